import { gid } from './ids.ts'
import { decimal, moneyBag } from './money.ts'
import { fulfilledOf, type OrderLine, type ShopOrder, stockKey, unfulfilledOf, type Variant } from './state.ts'
import { showTime, type View } from './view.ts'
import { inventoryItemView } from './view-stock.ts'

/** A LineItem. */
export function lineView(order: ShopOrder, line: OrderLine, view: View) {
  const bag = (minorUnits: number) => moneyBag(minorUnits, order, view.shop.currency)
  const variant = view.shop.variants.get(line.variantKey)
  const discount = discountOf(order, line)
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    sku: line.sku === '' ? null : line.sku,
    name: line.title,
    title: line.title,
    variantTitle: null,
    vendor: 'Sandbox',
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    unfulfilledQuantity: unfulfilledOf(order, line),
    fulfillableQuantity: unfulfilledOf(order, line),
    nonFulfillableQuantity: 0,
    refundableQuantity: line.currentQuantity,
    requiresShipping: line.requiresShipping,
    isGiftCard: line.isGiftCard,
    merchantEditable: fulfilledOf(order, line) === 0,
    restockable: false,
    taxable: true,
    taxLines: [],
    customAttributes: line.customization === undefined ? [] : [{ key: 'Engraving', value: line.customization }],
    variant: variant ? variantView(variant, view) : null,
    product: variant ? productView(variant, view) : null,
    originalUnitPriceSet: bag(line.unitPrice),
    discountedUnitPriceSet: bag(line.unitPrice),
    discountedUnitPriceAfterAllDiscountsSet: bag(line.unitPrice - Math.round(discount / line.quantity)),
    originalTotalSet: bag(line.unitPrice * line.quantity),
    discountedTotalSet: bag(line.unitPrice * line.quantity),
    totalDiscountSet: bag(discount),
    unfulfilledOriginalTotalSet: bag(line.unitPrice * unfulfilledOf(order, line)),
    unfulfilledDiscountedTotalSet: bag(line.unitPrice * unfulfilledOf(order, line)),
  }
}

/** A ProductVariant. */
export function variantView(variant: Variant, view: View) {
  const available = view.shop.locations.map(({ id }) => view.shop.stock.get(stockKey(variant.inventoryItemId, id))?.available ?? 0)
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    legacyResourceId: variant.id,
    sku: variant.sku === '' ? null : variant.sku,
    barcode: null,
    title: variant.title,
    displayName: variant.title,
    position: 1,
    price: decimal(variant.price, view.shop.currency),
    taxable: true,
    availableForSale: true,
    inventoryQuantity: available.reduce((sum, quantity) => sum + quantity, 0),
    inventoryItem: () => inventoryItemView(variant, view),
    product: productView(variant, view),
    createdAt: showTime(view.shop.createdAt),
    updatedAt: showTime(view.shop.createdAt),
  }
}

function productView(variant: Variant, view: View) {
  return {
    __typename: 'Product',
    id: gid('Product', variant.productId),
    legacyResourceId: variant.productId,
    title: variant.title,
    handle: variant.title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    vendor: 'Sandbox',
    productType: '',
    createdAt: showTime(view.shop.createdAt),
    updatedAt: showTime(view.shop.createdAt),
  }
}

/** The part of the order's discount that falls on a line, by its share of the price. */
function discountOf(order: ShopOrder, line: OrderLine): number {
  const items = order.lines.reduce((sum, entry) => sum + entry.unitPrice * entry.quantity, 0)
  return items === 0 ? 0 : Math.round((order.discount * line.unitPrice * line.quantity) / items)
}
