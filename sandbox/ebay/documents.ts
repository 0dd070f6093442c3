import { instantToMs } from '../../core/value/instant.ts'
import { addMoney, allocateMoney, formatAmount, type Money, money, multiplyMoney, subtractMoney, zero } from '../../core/value/money.ts'
import { shipToDocument } from './address-documents.ts'
import {
  type Account,
  amountOr,
  lineWord,
  orderWord,
  type StoredFulfillment,
  type StoredLine,
  type StoredOrder,
  subtotal,
  type World,
} from './state.ts'

const api = 'https://api.ebay.com/sell/fulfillment/v1'

export interface View {
  readonly world: World
  readonly account: Account
  /** With TAX_BREAKDOWN the tax that eBay collects is part of the amounts. */
  readonly withTaxes: boolean
  /** Only getOrder fills the cancel requests. */
  readonly withCancelRequests: boolean
}

type Document = Readonly<Record<string, unknown>>

/** An order as the API shows it. Source: Fulfillment API 1.20.7, type Order (read 2026-11-22). */
export function orderDocument(order: StoredOrder, view: View): Document {
  const tax = amountOr(order, order.placed.tax)
  const paid = { ...amountDocument(grandTotal(order, view.withTaxes)) }
  return corrupt(order, {
    orderId: order.orderId,
    creationDate: order.createdAt,
    lastModifiedDate: order.modifiedAt,
    orderFulfillmentStatus: orderWord(view.world, order),
    orderPaymentStatus: order.payment,
    sellerId: view.account.sellerId,
    buyer: { username: order.placed.buyer.id, taxAddress: taxAddress(order) },
    ...(order.placed.buyerNote ? { buyerCheckoutNotes: order.placed.buyerNote } : {}),
    pricingSummary: pricingSummary(order, view),
    cancelStatus: cancelStatus(order, view),
    paymentSummary: {
      totalDueSeller: amountDocument(grandTotal(order, false)),
      refunds: refunds(order),
      payments: [
        {
          paymentMethod: 'EBAY',
          paymentReferenceId: order.legacyNumber,
          ...(order.paidAt ? { paymentDate: order.paidAt } : {}),
          amount: paid,
          paymentStatus: order.paidAt ? 'PAID' : 'PENDING',
          ...(order.payoutHold ? { paymentHolds: [{ holdReason: 'Seller is new', holdState: order.payoutHold, holdAmount: paid }] } : {}),
        },
      ],
    },
    fulfillmentStartInstructions: [shipToDocument(order, ageDays(order, view))],
    fulfillmentHrefs: order.fulfillments.map((entry) => fulfillmentHref(order, entry)),
    lineItems: lineDocuments(order, view),
    salesRecordReference: order.legacyNumber,
    ...(tax.minorUnits > 0 || order.placed.ioss ? { ebayCollectAndRemitTax: true } : {}),
    ...program(order),
    totalFeeBasisAmount: amountDocument(subtotal(order)),
    totalMarketplaceFee: amountDocument(zero(order.placed.currency)),
  })
}

export function fulfillmentHref(order: StoredOrder, entry: StoredFulfillment): string {
  return `${api}/order/${order.orderId}/shipping_fulfillment/${encodeURIComponent(entry.fulfillmentId)}`
}

export function fulfillmentDocument(entry: StoredFulfillment): Document {
  return {
    fulfillmentId: entry.fulfillmentId,
    ...(entry.trackingNumber ? { shipmentTrackingNumber: entry.trackingNumber } : {}),
    ...(entry.carrier ? { shippingCarrierCode: entry.carrier } : {}),
    shippedDate: entry.shippedAt,
    lineItems: entry.lines.map((line) => ({ lineItemId: line.lineItemId, quantity: line.quantity })),
  }
}

function ageDays(order: StoredOrder, view: View): number {
  return (instantToMs(view.world.options.now()) - instantToMs(order.createdAt)) / 86_400_000
}

/** eBay drops zeros at the end but keeps one digit: `20.2`, `0.0`. */
function amountDocument(value: Money): { readonly value: string; readonly currency: string } {
  const [whole = '0', fraction = ''] = formatAmount(value).split('.')
  return { value: `${whole}.${fraction.replace(/0+$/, '') || '0'}`, currency: value.currency }
}

function grandTotal(order: StoredOrder, withTaxes: boolean): Money {
  const goods = addMoney(subtotal(order), amountOr(order, order.placed.shipping))
  const reduced = subtractMoney(goods, amountOr(order, order.placed.discount))
  return withTaxes ? addMoney(reduced, amountOr(order, order.placed.tax)) : reduced
}

function pricingSummary(order: StoredOrder, view: View): Document {
  const discount = amountOr(order, order.placed.discount)
  const tax = amountOr(order, order.placed.tax)
  return {
    priceSubtotal: amountDocument(subtotal(order)),
    deliveryCost: amountDocument(amountOr(order, order.placed.shipping)),
    ...(discount.minorUnits > 0 ? { priceDiscount: amountDocument(money(-discount.minorUnits, discount.currency)) } : {}),
    ...(view.withTaxes && tax.minorUnits > 0 ? { tax: amountDocument(tax) } : {}),
    total: amountDocument(grandTotal(order, view.withTaxes)),
  }
}

function lineDocuments(order: StoredOrder, view: View): readonly Document[] {
  const costs = order.lines.map((line) => multiplyMoney(line.unitPrice, line.quantity))
  // Equal shares when every line is free: the weights must not all be zero.
  const weights = costs.every((cost) => cost.minorUnits === 0) ? costs.map(() => 1) : costs.map((cost) => cost.minorUnits)
  const discounts = allocateMoney(amountOr(order, order.placed.discount), weights)
  const taxes = allocateMoney(amountOr(order, order.placed.tax), weights)
  return order.lines.map((line, index) => {
    const none = zero(order.placed.currency)
    const share = { cost: costs[index] ?? none, discount: discounts[index] ?? none, tax: taxes[index] ?? none, isFirst: index === 0 }
    return lineDocument(order, line, { ...share, view })
  })
}

interface Share {
  readonly cost: Money
  readonly discount: Money
  readonly tax: Money
  readonly isFirst: boolean
  readonly view: View
}

function lineDocument(order: StoredOrder, line: StoredLine, share: Share): Document {
  const marketplace = order.placed.site ?? share.view.account.marketplaceId
  // The first line of a combined purchase carries the delivery.
  const delivery = share.isFirst ? amountOr(order, order.placed.shipping) : zero(order.placed.currency)
  const before = subtractMoney(addMoney(share.cost, delivery), share.discount)
  const shipBy = new Date(instantToMs(order.createdAt) + 3 * 86_400_000).toISOString()
  return {
    lineItemId: line.lineItemId,
    legacyItemId: line.itemId,
    ...(line.variantId ? { legacyVariationId: line.variantId } : {}),
    ...(line.sku ? { sku: line.sku } : {}),
    title: line.title,
    lineItemCost: amountDocument(share.cost),
    ...(share.discount.minorUnits > 0 ? { discountedLineItemCost: amountDocument(subtractMoney(share.cost, share.discount)) } : {}),
    quantity: line.quantity,
    soldFormat: 'FIXED_PRICE',
    listingMarketplaceId: share.view.account.marketplaceId,
    purchaseMarketplaceId: marketplace,
    lineItemFulfillmentStatus: lineWord(share.view.world, order, line),
    total: amountDocument(share.view.withTaxes ? addMoney(before, share.tax) : before),
    deliveryCost: { shippingCost: amountDocument(delivery) },
    appliedPromotions:
      share.discount.minorUnits > 0
        ? [{ promotionId: `${line.itemId}-promotion`, description: 'Promotion', discountAmount: amountDocument(share.discount) }]
        : [],
    taxes: [],
    ...collectedTax(order, share),
    refunds: lineRefunds(order, line, subtractMoney(share.cost, share.discount)),
    properties: { buyerProtection: true },
    lineItemFulfillmentInstructions: {
      minEstimatedDeliveryDate: shipBy,
      maxEstimatedDeliveryDate: new Date(Date.parse(shipBy) + 4 * 86_400_000).toISOString(),
      shipByDate: shipBy,
      guaranteedDelivery: false,
    },
    itemLocation: { countryCode: 'DE', location: 'Bremen', postalCode: '28195' },
    ...(order.placed.giftMessage && order.placed.kind === 'digital' ? { giftDetails: { message: order.placed.giftMessage } } : {}),
  }
}

/** Without the tax that eBay collected, which it gives back itself. */
function lineRefunds(order: StoredOrder, line: StoredLine, price: Money): readonly Document[] {
  const refundDate = order.refundedLines.get(line.lineItemId)
  return refundDate ? [{ amount: amountDocument(price), refundDate, refundId: `6${order.legacyNumber}` }] : []
}

function collectedTax(order: StoredOrder, share: Share): Document {
  if (share.tax.minorUnits === 0 && !order.placed.ioss) return {}
  const reference = order.placed.ioss ? { ebayReference: { name: 'IOSS', value: order.placed.ioss } } : {}
  const taxType = order.placed.shipTo.country === 'US' ? 'STATE_SALES_TAX' : 'VAT'
  return { ebayCollectAndRemitTaxes: [{ taxType, amount: amountDocument(share.tax), collectionMethod: 'NET', ...reference }] }
}

function cancelStatus(order: StoredOrder, view: View): Document {
  const requests = order.cancelRequests.map((request) => ({
    cancelRequestId: request.id,
    cancelRequestState: request.state,
    cancelRequestedDate: request.at,
    cancelInitiator: request.by,
    cancelReason: request.by === 'Buyer' ? 'BUYER_ASKED_CANCEL' : 'OUT_OF_STOCK_OR_CANNOT_FULFILL',
    ...(request.state === 'COMPLETED' && order.cancelledAt ? { cancelCompletedDate: order.cancelledAt } : {}),
  }))
  return {
    cancelState: order.cancelState,
    cancelRequests: view.withCancelRequests ? requests : [],
    ...(order.cancelledAt ? { cancelledDate: order.cancelledAt } : {}),
  }
}

/** What the seller pays back: without the tax that eBay collected. */
function refunds(order: StoredOrder): readonly Document[] {
  if (!order.refundedAt) return []
  const refund = { refundDate: order.refundedAt, refundStatus: 'REFUNDED', refundReferenceId: `R${order.legacyNumber}` }
  return [{ ...refund, refundId: `5${order.legacyNumber}`, amount: amountDocument(grandTotal(order, false)) }]
}

function program(order: StoredOrder): Document {
  if (order.placed.kind === 'platform-fulfilled') return { program: { fulfillmentProgram: { fulfilledBy: 'EBAY' } } }
  if (order.placed.kind === 'programme') return { program: { authenticityVerification: { status: 'PENDING' } } }
  if (order.placed.kind === 'hub-forwarded') return { program: { ebayInternationalShipping: { returnsManagedBy: 'EBAY' } } }
  return {}
}

function taxAddress(order: StoredOrder): Document {
  const { city, state, postcode, country } = order.placed.shipTo
  return {
    ...(city ? { city } : {}),
    ...(state ? { stateOrProvince: state } : {}),
    ...(postcode ? { postalCode: postcode } : {}),
    countryCode: country,
  }
}

/** Damages a record on purpose, to see what a reader makes of it. */
function corrupt(order: StoredOrder, document: Record<string, unknown>): Document {
  switch (order.corruption) {
    case undefined:
      return document
    case 'quantity-text':
      return { ...document, lineItems: (document['lineItems'] as Document[]).map((line) => ({ ...line, quantity: 'two' })) }
    case 'no-lines':
      return { ...document, lineItems: [] }
    case 'bad-date':
      return { ...document, lastModifiedDate: 'yesterday' }
    case 'unknown-status':
      return { ...document, orderFulfillmentStatus: 'BEAMED' }
    case 'unknown-payment':
      return { ...document, orderPaymentStatus: 'BARTERED' }
    case 'unknown-currency':
      return { ...document, pricingSummary: { total: { value: '1.0', currency: 'XQQ' } } }
    case 'nulls':
      return { ...document, buyer: null, program: null, pricingSummary: null, fulfillmentHrefs: null, salesRecordReference: null }
    default:
      throw new Error(`eBay orders cannot be corrupted by "${order.corruption}"`)
  }
}
