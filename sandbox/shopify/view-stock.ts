import { type PageArguments, paginateList } from './connection.ts'
import { gid } from './ids.ts'
import { type Shop, type ShopLocation, type StockLevel, stockKey, type Variant } from './state.ts'
import { requireId, requireScope, showTime, type View } from './view.ts'

/** An InventoryItem. */
export function inventoryItemView(variant: Variant, view: View) {
  const level = (location: ShopLocation) => {
    const entry = view.shop.stock.get(stockKey(variant.inventoryItemId, location.id))
    return entry ? levelView(entry, view) : null
  }
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', variant.inventoryItemId),
    legacyResourceId: variant.inventoryItemId,
    sku: variant.sku === '' ? null : variant.sku,
    tracked: true,
    requiresShipping: true,
    countryCodeOfOrigin: null,
    harmonizedSystemCode: null,
    createdAt: showTime(view.shop.createdAt),
    updatedAt: showTime(view.shop.createdAt),
    variant: () => view.show.variant(variant),
    inventoryLevel: ({ locationId }: { locationId: string }) => {
      const location = view.shop.locations.find(({ id }) => id === requireId('Location', locationId))
      return location ? level(location) : null
    },
    inventoryLevels: (page: PageArguments) => paginateList(view.shop.locations, page, level, `levels ${variant.id}`),
  }
}

function levelView(level: StockLevel, view: View) {
  const item = [...view.shop.variants.values()].find((variant) => variant.inventoryItemId === level.itemId)
  const location = view.shop.locations.find(({ id }) => id === level.locationId)
  const amounts: Readonly<Record<string, number>> = {
    available: level.available,
    on_hand: level.available + level.committed,
    committed: level.committed,
    incoming: 0,
    reserved: 0,
    damaged: 0,
    safety_stock: 0,
    quality_control: 0,
  }
  return {
    __typename: 'InventoryLevel',
    id: `${gid('InventoryLevel', level.locationId)}?inventory_item_id=${level.itemId}`,
    isActive: true,
    createdAt: showTime(view.shop.createdAt),
    updatedAt: showTime(level.updatedAt),
    item: () => (item ? inventoryItemView(item, view) : null),
    location: () => (location ? locationView(location, view.shop, view) : null),
    quantities: ({ names }: { names: readonly string[] }) =>
      names.map((name) => ({
        id: `${gid('InventoryQuantity', level.locationId)}?inventory_item_id=${level.itemId}&name=${name}`,
        name,
        quantity: amounts[name] ?? 0,
        updatedAt: showTime(level.updatedAt),
      })),
  }
}

/** A Location. */
export function locationView(location: ShopLocation, shop: Shop, view: View) {
  return {
    __typename: 'Location',
    id: gid('Location', location.id),
    legacyResourceId: location.id,
    name: location.name,
    isActive: true,
    activatable: false,
    deactivatable: true,
    deactivatedAt: null,
    isPrimary: location === shop.locations[0],
    isFulfillmentService: false,
    fulfillsOnlineOrders: true,
    shipsInventory: true,
    hasActiveInventory: true,
    createdAt: showTime(shop.createdAt),
    updatedAt: showTime(shop.createdAt),
    address: {
      address1: '1 Sandbox Way',
      city: 'Edison',
      countryCode: 'US',
      country: 'United States',
      provinceCode: 'NJ',
      zip: '08817',
      formatted: [],
    },
    inventoryLevel: () => {
      requireScope(view, 'inventoryLevel field', 'read_inventory')
      return null
    },
    inventoryLevels: (page: PageArguments) => {
      requireScope(view, 'inventoryLevels field', 'read_inventory')
      const levels = [...shop.stock.values()]
        .filter((level) => level.locationId === location.id)
        .map((level) => ({ ...level, id: level.itemId }))
      return paginateList(levels, page, (level) => levelView(level, view), `stock ${location.id}`)
    },
  }
}
