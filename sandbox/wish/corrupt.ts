type Loose = Record<string, unknown>

/** How a document can be spoiled on its way out. The ledger keeps the truth. */
export const corruptions: Readonly<Record<string, (document: Loose) => void>> = {
  'unknown-state': (document) => {
    document['state'] = 'QUARANTINED'
  },
  'unknown-order-type': (document) => {
    document['fulfillment_order_types'] = ['TELEPORTED']
  },
  'unknown-program-status': (document) => {
    document['special_programs'] = [{ display_name: 'Auto fulfillment', status: 'MAYBE' }]
  },
  'unknown-currency': (document) => {
    details(document)['product_price'] = { amount: 12.34, currency_code: 'WSH' }
  },
  'unknown-country': (document) => {
    inside(document, 'full_address', 'shipping_detail')['country_code'] = 'ZZ'
  },
  'too-many-decimals': (document) => {
    details(document)['product_price'] = { amount: 12.345, currency_code: 'USD' }
  },
  'quantity-as-text': (document) => {
    details(document)['product_quantity'] = String(details(document)['product_quantity'])
  },
  'without-quantity': (document) => {
    delete details(document)['product_quantity']
  },
  'without-id': (document) => {
    delete document['id']
  },
  'without-updated-at': (document) => {
    delete document['updated_at']
  },
  'without-address': (document) => {
    delete document['full_address']
  },
  'without-optional-blocks': (document) => {
    for (const key of Object.keys(document)) if (!requiredForUse.has(key)) delete document[key]
  },
  'null-blocks': (document) => {
    for (const key of Object.keys(document)) if (!requiredForUse.has(key)) document[key] = null
  },
  'scalar-blocks': (document) => {
    document['full_address'] = 'somewhere'
  },
}

/** Without these nobody could tell which order it is, when it changed and what was bought. */
const requiredForUse = new Set(['id', 'updated_at', 'released_at', 'state', 'order_payment'])

function details(document: Loose): Loose {
  return inside(document, 'order_payment', 'general_payment_details')
}

function inside(document: Loose, outer: string, inner: string): Loose {
  return (document[outer] as Loose)[inner] as Loose
}
