import type { Instant } from '../../core/value/instant.ts'
import { parseMoney } from '../../core/value/money.ts'
import type { NewOrder, NewOrderLine } from '../simulated.ts'
import type { IdSource } from './ids.ts'
import { rateBetween } from './money.ts'
import { type FulfillmentOrder, type OrderLine, type Shop, type ShopOrder, type ShopWorld, stockKey, type Variant } from './state.ts'

/** Makes the order that Shopify would make of a purchase, with its fulfillment orders, and reserves the stock. */
export function placeOrder(shop: Shop, order: NewOrder, world: Omit<ShopWorld, 'shop'>): ShopOrder {
  const kind = order.kind ?? 'ordinary'
  if (kind !== 'ordinary' && kind !== 'digital' && kind !== 'pickup') throw new Error(`Shopify has no orders of the kind "${kind}"`)
  const at = order.placedAt ?? world.now
  const minor = (amount: string | undefined): number => parseMoney(amount ?? '0', order.currency).minorUnits
  const lines = order.lines.map((line) => placeLine(shop, line, kind === 'digital', { currency: order.currency, ids: world.ids }))
  const placed: ShopOrder = {
    id: world.ids.next(),
    number: 1001 + shop.orders.size,
    createdAt: at,
    updatedAt: at,
    currency: order.currency,
    rateToShop: rateBetween(order.currency, shop.currency),
    kind,
    test: order.site === 'test',
    buyer: order.buyer,
    shipTo: order.shipTo,
    lines,
    shipping: minor(order.shipping),
    discount: minor(order.discount),
    tax: minor(order.tax),
    note: order.buyerNote,
    giftMessage: order.giftMessage,
    payment: order.payment === 'unpaid' ? 'pending' : 'paid',
    risk: 'none',
    edited: false,
    cancelledAt: undefined,
    closedAt: undefined,
    fulfillmentOrders: routeLines(shop, lines, kind === 'pickup' ? 'PICK_UP' : 'SHIPPING', { at, ids: world.ids }),
    fulfillments: [],
    refunds: [],
    visible: true,
    corruptions: [],
  }
  shop.orders.set(placed.id, placed)
  return placed
}

function placeLine(shop: Shop, line: NewOrderLine, digital: boolean, world: { currency: string; ids: IdSource }): OrderLine {
  const unitPrice = parseMoney(line.unitPrice, world.currency).minorUnits
  const key = [line.itemId ?? '', line.variantId ?? '', line.channelSku, line.title].join('|')
  if (!shop.variants.has(key)) shop.variants.set(key, stockVariant(shop, line, unitPrice, world.ids))
  const isGiftCard = /gift card/i.test(line.title)
  return {
    id: world.ids.next(),
    variantKey: key,
    sku: line.channelSku,
    title: line.title,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    unitPrice,
    requiresShipping: !digital && !isGiftCard && !/download/i.test(line.title),
    isGiftCard,
    customization: line.customization,
  }
}

function stockVariant(shop: Shop, line: NewOrderLine, price: number, ids: IdSource): Variant {
  const digits = (text: string | undefined): string => (text && /^\d+$/.test(text) ? text : ids.next())
  const variant: Variant = {
    id: digits(line.variantId),
    productId: digits(line.itemId),
    inventoryItemId: ids.next(),
    sku: line.channelSku,
    title: line.title,
    price,
  }
  for (const { id } of shop.locations) {
    const level = { itemId: variant.inventoryItemId, locationId: id, available: 100, committed: 0, updatedAt: shop.createdAt }
    shop.stock.set(stockKey(variant.inventoryItemId, id), level)
  }
  return variant
}

/** One fulfillment order for what is shipped or picked up, another for what needs neither. */
function routeLines(
  shop: Shop,
  lines: readonly OrderLine[],
  methodType: 'SHIPPING' | 'PICK_UP',
  world: { at: Instant; ids: IdSource },
): FulfillmentOrder[] {
  const [location] = shop.locations
  if (!location) throw new Error(`the simulated shop ${shop.account} has no location`)
  const groups = [
    { methodType, lines: lines.filter((line) => line.requiresShipping) },
    { methodType: 'NONE' as const, lines: lines.filter((line) => !line.requiresShipping) },
  ]
  return groups
    .filter((group) => group.lines.length > 0)
    .map((group) => ({
      id: world.ids.next(),
      locationId: location.id,
      methodType: group.methodType,
      createdAt: world.at,
      updatedAt: world.at,
      status: 'OPEN' as const,
      holds: [],
      lines: group.lines.map((line) => ({ id: world.ids.next(), lineId: line.id, total: line.quantity, remaining: line.quantity })),
    }))
}
