type Document = Record<string, unknown>

/**
 * Ways in which a record can be broken, or sent as the model allows and nobody expects, for tests of whoever reads it.
 * The words are those of a `corrupt` change.
 */
const corruptions: Readonly<Record<string, (order: Document) => void>> = {
  'missing-items': (order) => {
    delete order['orderItems']
  },
  'missing-id': (order) => {
    delete order['orderId']
  },
  'bad-time': (order) => {
    order['lastUpdatedTime'] = 'yesterday'
  },
  'text-quantity': (order) => {
    for (const item of itemsOf(order)) item['quantityOrdered'] = 'many'
  },
  'bad-amount': (order) => {
    for (const item of itemsOf(order)) setPrice(item, { amount: '12,50', currencyCode: 'USD' })
  },
  /** `Decimal` is a number as in RFC 7159, of any precision: orders_2026-01-01.json (read 2026-11-22). */
  'long-amounts': (order) => {
    for (const item of itemsOf(order)) setPrice(item, { amount: '4.166667', currencyCode: 'USD' })
    order['proceeds'] = { grandTotal: { amount: '1.25E1', currencyCode: 'USD' } }
  },
  'unknown-currency': (order) => {
    for (const item of itemsOf(order)) setPrice(item, { amount: '12.50', currencyCode: 'ZZZ' })
  },
  'unknown-status': (order) => {
    const fulfillment = order['fulfillment']
    if (isDocument(fulfillment)) fulfillment['fulfillmentStatus'] = 'TELEPORTED'
  },
  'unknown-country': (order) => {
    const recipient = order['recipient']
    const address = isDocument(recipient) ? recipient['deliveryAddress'] : undefined
    if (isDocument(address)) address['countryCode'] = 'ZZ'
  },
  'no-grand-total': (order) => {
    const proceeds = order['proceeds']
    if (isDocument(proceeds)) delete proceeds['grandTotal']
  },
  'no-marketplace-id': (order) => {
    const channel = order['salesChannel']
    if (isDocument(channel)) delete channel['marketplaceId']
  },
  'no-marketplace': (order) => {
    order['salesChannel'] = { channelName: 'AMAZON' }
  },
  'null-fields': (order) => {
    order['programs'] = null
    order['packages'] = null
    order['buyer'] = null
  },
  'extra-fields': (order) => {
    order['surprise'] = { of: ['a', 'new', 'field'] }
  },
}

/** Breaks a copy of the document in every way asked for. */
export function corrupt(document: object, ways: readonly string[]): unknown {
  if (ways.length === 0) return document
  const copy: Document = structuredClone({ ...document })
  for (const way of ways) corruptions[way]?.(copy)
  return copy
}

/** Throws on a way that does not exist. */
export function checkCorruption(way: string): void {
  if (Object.hasOwn(corruptions, way)) return
  throw new Error(`the sandbox knows no way "${way}" to corrupt an Amazon order: ${Object.keys(corruptions).join(', ')}`)
}

function itemsOf(order: Document): readonly Document[] {
  const items = order['orderItems']
  return Array.isArray(items) ? items.filter(isDocument) : []
}

function setPrice(item: Document, unitPrice: unknown): void {
  const product = item['product']
  if (isDocument(product)) product['price'] = { unitPrice }
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null
}
