import { z } from 'zod'
import { formatAmount, money } from '../../../core/value/money.ts'
import { readOrDoubt } from '../../shared/doubts.ts'
import { readMoney } from '../../shared/money.ts'
import { money as amountSchema } from '../schema.ts'

/** An order and its items, which come by calls of their own, as they came. */
const v0Record = z.object({ order: z.unknown(), items: z.array(z.unknown()) })
export type V0Record = z.input<typeof v0Record>

/** Fields of ordersV0.json of the official models (read 2026-11-22). The schema of 2026-01-01 checks what becomes of them. */
const fields = z.record(z.string(), z.unknown()).catch({})
type Fields = z.output<typeof fields>

/** A record of v0 in the shape of 2026-01-01; any other record as it is. Never throws. */
export function inPresentShape(record: unknown): unknown {
  const { data } = v0Record.safeParse(record)
  if (data === undefined) return record
  const { order, items } = fields.parse(withPresentNames(data))
  return presentOrder(fields.parse(order), z.array(fields).parse(items))
}

/** Most fields have kept their names but for the capital: `AddressLine1` is `addressLine1`, `ASIN` is `asin`. */
function withPresentNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPresentNames)
  if (typeof value !== 'object' || value === null) return value
  const presentName = (name: string) => name.replace(/^([A-Z]+(?=[A-Z][a-z]|$)|[A-Z])/, (start) => start.toLowerCase())
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [presentName(name), withPresentNames(field)]))
}

/** Field by field as in Amazon's migration guide (selling-partner-api-samples, orders-api-migration-data.json, read 2026-11-22). */
function presentOrder(order: Fields, items: readonly Fields[]): unknown {
  const buyer = fields.parse(order['buyerInfo'])
  const address = fields.parse(order['shippingAddress'])
  const status = presentWord(order['orderStatus'])
  const channel = order['fulfillmentChannel']
  const programs = [
    isTrue(order['isPrime']) && 'PRIME',
    isTrue(order['isBusinessOrder']) && 'AMAZON_BUSINESS',
    isTrue(order['isPremiumOrder']) && 'PREMIUM',
    order['orderType'] === 'Preorder' && 'PREORDER',
    isTrue(order['isISPU']) && 'IN_STORE_PICK_UP',
    isTrue(order['isIBA']) && 'INVOICE_BY_AMAZON',
    order['easyShipShipmentStatus'] && 'AMAZON_EASY_SHIP',
  ]
  return {
    orderId: order['amazonOrderId'],
    createdTime: order['purchaseDate'],
    lastUpdatedTime: order['lastUpdateDate'],
    orderAliases: order['sellerOrderId'] ? [{ aliasId: order['sellerOrderId'], aliasType: 'SELLER_ORDER_ID' }] : [],
    programs: programs.filter(Boolean),
    associatedOrders: isTrue(order['isReplacementOrder']) ? [{ associationType: 'REPLACEMENT_ORIGINAL_ID' }] : [],
    salesChannel: {
      channelName: /^non-amazon/i.test(String(order['salesChannel'])) ? 'NON_AMAZON' : 'AMAZON',
      marketplaceId: order['marketplaceId'],
      marketplaceName: order['salesChannel'],
    },
    buyer: { ...buyer, buyerPurchaseOrderNumber: buyer['purchaseOrderNumber'] },
    recipient: {
      deliveryAddress: {
        ...address,
        addressType: presentWord(address['addressType']),
        districtOrCounty: [address['district'], address['county']].filter(Boolean).join(', '),
      },
    },
    proceeds: { grandTotal: order['orderTotal'] },
    fulfillment: {
      fulfillmentStatus: status === 'CANCELED' ? 'CANCELLED' : status,
      fulfilledBy: channel === 'MFN' ? 'MERCHANT' : channel === 'AFN' ? 'AMAZON' : channel,
      fulfillmentServiceLevel: presentWord(order['shipmentServiceLevelCategory']),
      shipByWindow: { latestDateTime: order['latestShipDate'] },
      deliverByWindow: { latestDateTime: order['latestDeliveryDate'] },
    },
    orderItems: items.map(presentItem),
  }
}

function presentItem(item: Fields): unknown {
  const buyer = fields.parse(item['buyerInfo'])
  const cancel = fields.parse(item['buyerRequestedCancel'])
  const { programs } = z
    .object({ programs: z.array(z.unknown()) })
    .catch({ programs: [] })
    .parse(item['amazonPrograms'])
  const shipped = item['quantityShipped'] ?? 0
  const parts = [
    ['ITEM', item['itemPrice']],
    ['SHIPPING', item['shippingPrice']],
    ['GIFT_WRAP', buyer['giftWrapPrice']],
    ['COD_FEE', item['codFee']],
    ['TAX', item['itemTax']],
    ['TAX', item['shippingTax']],
    ['TAX', buyer['giftWrapTax']],
    ['DISCOUNT', item['promotionDiscount']],
    ['DISCOUNT', item['shippingDiscount']],
    ['DISCOUNT', item['codFeeDiscount']],
  ]
  return {
    orderItemId: item['orderItemId'],
    quantityOrdered: item['quantityOrdered'],
    programs: isTrue(item['isTransparency']) ? [...programs, 'TRANSPARENCY'] : programs,
    product: {
      asin: item['asin'],
      title: item['title'],
      sellerSku: item['sellerSKU'],
      price: { unitPrice: unitPriceOf(item) },
      customization: { customizedUrl: fields.parse(buyer['buyerCustomizedInfo'])['customizedURL'] },
    },
    proceeds: { breakdowns: parts.filter(([, subtotal]) => subtotal).map(([type, subtotal]) => ({ type, subtotal })) },
    cancellation: {
      cancellationRequest: isTrue(cancel['isBuyerRequestedCancel']) ? { cancelReason: cancel['buyerCancelReason'] } : undefined,
    },
    fulfillment: {
      quantityFulfilled: shipped,
      quantityUnfulfilled: Math.max(0, Number(item['quantityOrdered']) - Number(shipped)),
      packing: {
        giftOption: isTrue(item['isGift']) ? { giftMessage: buyer['giftMessageText'], giftWrapLevel: buyer['giftWrapLevel'] } : undefined,
        serialNumberRequirement: isTrue(item['serialNumberRequired']) ? {} : undefined,
      },
      shipping: { shippingConstraints: item['shippingConstraints'], internationalShipping: { iossNumber: item['iossNumber'] } },
    },
    tax: {
      taxCalculationBreakdowns: [{ reportingScheme: item['deemedResellerCategory'] }],
      taxCollections: [{ model: presentWord(fields.parse(item['taxCollection'])['model']) }],
    },
  }
}

/** v0's ItemPrice is for the whole line; the price of one unit is known only when it divides evenly. */
function unitPriceOf(item: Fields): unknown {
  const quantity = Number(item['quantityOrdered'])
  const price = amountSchema.safeParse(item['itemPrice']).data
  const ofLine = readOrDoubt([], () => readMoney(price, 'ItemPrice', []))
  if (ofLine === undefined || !(quantity >= 1) || ofLine.minorUnits % quantity !== 0) return undefined
  return { amount: formatAmount(money(ofLine.minorUnits / quantity, ofLine.currency)), currencyCode: ofLine.currency }
}

/** v0 sends some booleans as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

/** `PartiallyShipped` to `PARTIALLY_SHIPPED`. */
function presentWord(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() : value
}
