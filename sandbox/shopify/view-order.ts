import { type PageArguments, paginateList } from './connection.ts'
import { gid } from './ids.ts'
import { moneyBag } from './money.ts'
import { type ShopOrder, unfulfilledOf } from './state.ts'
import { canReadFulfillmentOrders, requireProtectedData, requireScope, showTime, type View } from './view.ts'
import { mailingAddress } from './view-address.ts'
import { fulfillmentOrderView, fulfillmentView } from './view-fulfillment.ts'
import { lineView } from './view-line.ts'
import { amountsOf, financialStatus, fulfillmentStatus } from './view-order-status.ts'
import { refundView, transactionViews } from './view-payment.ts'

/** An Order as the Admin API shows it. */
export function orderView(order: ShopOrder, view: View) {
  return {
    __typename: 'Order',
    ...identity(order),
    ...dates(order),
    ...statuses(order),
    ...people(order, view),
    ...parts(order, view),
    ...money(order, view),
  }
}

function identity(order: ShopOrder) {
  return {
    id: gid('Order', order.id),
    legacyResourceId: order.id,
    name: `#${order.number}`,
    number: order.number,
    confirmationNumber: `SBX${order.number}`,
    poNumber: null,
    sourceName: 'web',
    sourceIdentifier: null,
    customerLocale: 'en',
    tags: [],
    note: order.note ?? null,
    customAttributes: order.giftMessage === undefined ? [] : [{ key: 'Gift message', value: order.giftMessage }],
    discountCode: null,
    discountCodes: [],
  }
}

function dates(order: ShopOrder) {
  return {
    createdAt: showTime(order.createdAt),
    processedAt: showTime(order.createdAt),
    updatedAt: showTime(order.updatedAt),
    cancelledAt: showTime(order.cancelledAt),
    closedAt: showTime(order.closedAt),
    cancelReason: order.cancelledAt ? 'CUSTOMER' : null,
    closed: order.closedAt !== undefined,
  }
}

function statuses(order: ShopOrder) {
  const riskLevel = order.risk === 'none' ? 'LOW' : 'HIGH'
  return {
    displayFinancialStatus: financialStatus(order),
    displayFulfillmentStatus: fulfillmentStatus(order),
    returnStatus: 'NO_RETURN',
    confirmed: true,
    test: order.test,
    edited: order.edited,
    unpaid: order.payment === 'pending',
    fullyPaid: order.payment !== 'pending',
    fulfillable: order.lines.some((line) => unfulfilledOf(order, line) > 0),
    refundable: order.payment === 'paid',
    restockable: false,
    requiresShipping: order.lines.some((line) => line.requiresShipping),
    riskLevel,
    risk: { recommendation: order.risk === 'none' ? 'ACCEPT' : 'INVESTIGATE', assessments: [{ riskLevel }] },
    paymentGatewayNames: ['bogus'],
    taxExempt: false,
    taxesIncluded: false,
    dutiesIncluded: false,
    totalWeight: '0',
    subtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.currentQuantity, 0),
  }
}

function people(order: ShopOrder, view: View) {
  const hidden = <T>(field: string, value: T) => {
    return (): T => {
      requireProtectedData(view, field)
      return value
    }
  }
  const ships = order.kind === 'ordinary' && order.lines.some((line) => line.requiresShipping)
  const shippingAddress = ships ? mailingAddress(order.shipTo, order.id) : null
  return {
    email: hidden('email', order.buyer.email ?? order.shipTo.email ?? null),
    phone: hidden('phone', order.shipTo.phone ?? null),
    shippingAddress: hidden('shippingAddress', shippingAddress),
    displayAddress: hidden('displayAddress', shippingAddress),
    billingAddress: hidden('billingAddress', mailingAddress(order.shipTo, order.id)),
    billingAddressMatchesShippingAddress: true,
    customer: hidden('customer', customerView(order)),
  }
}

function customerView(order: ShopOrder) {
  const [firstName = '', ...rest] = order.buyer.name.split(' ')
  const number = order.buyer.id.replace(/\D/g, '') || '1'
  const email = order.buyer.email ?? null
  return {
    __typename: 'Customer',
    id: gid('Customer', number),
    legacyResourceId: number,
    displayName: order.buyer.name,
    firstName,
    lastName: rest.join(' ') || null,
    email,
    phone: null,
    note: null,
    locale: 'en',
    tags: [],
    createdAt: showTime(order.createdAt),
    updatedAt: showTime(order.createdAt),
    defaultEmailAddress: email === null ? null : { emailAddress: email },
    defaultPhoneNumber: null,
  }
}

function parts(order: ShopOrder, view: View) {
  const shipping = shippingLines(order, view)
  return {
    lineItems: (page: PageArguments) => paginateList(order.lines, page, (line) => lineView(order, line, view), `lines ${order.id}`),
    shippingLine: shipping[0] ?? null,
    shippingLines: (page: PageArguments) => paginateList(shipping, page, (line) => line, `shipping ${order.id}`),
    // Without a scope for them the list is empty, not an error.
    fulfillmentOrders: (page: PageArguments) =>
      paginateList(
        canReadFulfillmentOrders(view) ? order.fulfillmentOrders : [],
        page,
        (entry) => fulfillmentOrderView(order, entry, view),
        `work ${order.id}`,
      ),
    fulfillments: ({ first }: { first?: number }) =>
      order.fulfillments.slice(0, first ?? order.fulfillments.length).map((entry) => fulfillmentView(order, entry, view)),
    fulfillmentsCount: { count: order.fulfillments.length, precision: 'EXACT' },
    refunds: ({ first }: { first?: number }) =>
      order.refunds.slice(0, first ?? order.refunds.length).map((refund) => refundView(order, refund, view)),
    transactions: ({ first }: { first?: number }) => transactionViews(order, view).slice(0, first ?? undefined),
    returns: (page: PageArguments) => {
      requireScope(view, 'returns field', 'read_returns')
      return paginateList([] as readonly { readonly id: string }[], page, (entry) => entry, `returns ${order.id}`)
    },
  }
}

function shippingLines(order: ShopOrder, view: View) {
  if (!order.lines.some((line) => line.requiresShipping)) return []
  const price = moneyBag(order.shipping, order, view.shop.currency)
  return [
    {
      id: gid('ShippingLine', order.id),
      title: order.kind === 'pickup' ? 'Pick up in store' : 'Standard',
      code: order.kind === 'pickup' ? 'PICKUP' : 'STANDARD',
      source: 'shopify',
      carrierIdentifier: null,
      deliveryCategory: null,
      custom: false,
      isRemoved: false,
      phone: null,
      taxLines: [],
      originalPriceSet: price,
      discountedPriceSet: price,
      currentDiscountedPriceSet: price,
    },
  ]
}

function money(order: ShopOrder, view: View) {
  const bag = (minorUnits: number) => moneyBag(minorUnits, order, view.shop.currency)
  const amounts = amountsOf(order)
  const taxLines =
    order.tax === 0
      ? []
      : [{ title: 'Sales tax', rate: null, ratePercentage: null, source: 'sandbox', channelLiable: false, priceSet: bag(order.tax) }]
  return {
    currencyCode: view.shop.currency,
    presentmentCurrencyCode: order.currency,
    taxLines,
    currentTaxLines: amounts.current.tax === 0 ? [] : taxLines,
    subtotalPriceSet: bag(amounts.placed.items - order.discount),
    totalDiscountsSet: bag(order.discount),
    totalShippingPriceSet: bag(order.shipping),
    totalTaxSet: bag(order.tax),
    totalPriceSet: bag(amounts.placed.grand),
    originalTotalPriceSet: bag(amounts.placed.grand),
    originalTotalDutiesSet: null,
    currentSubtotalPriceSet: bag(amounts.current.items - amounts.current.discount),
    currentTotalDiscountsSet: bag(amounts.current.discount),
    currentCartDiscountAmountSet: bag(amounts.current.discount),
    currentShippingPriceSet: bag(amounts.current.shipping),
    currentTotalTaxSet: bag(amounts.current.tax),
    currentTotalPriceSet: bag(amounts.current.grand),
    currentTotalDutiesSet: null,
    totalReceivedSet: bag(amounts.received),
    totalRefundedSet: bag(amounts.refunded),
    totalRefundedShippingSet: bag(0),
    netPaymentSet: bag(amounts.received - amounts.refunded),
    totalOutstandingSet: bag(order.payment === 'pending' ? amounts.current.grand : 0),
    totalTipReceivedSet: bag(0),
  }
}
