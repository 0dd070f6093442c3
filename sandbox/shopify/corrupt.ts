import { gid } from './ids.ts'
import type { ShopOrder } from './state.ts'

type Json = { [name: string]: unknown }

/**
 * Ways to spoil what the API says about an order, for tests of readers: `currency`, `amount`, `country`,
 * `financial-status`, `fulfillment-status`, `work-status`, `no-id`, `no-lines`, `quantity-text`, `extra-field`.
 * The schema could not produce these, so they are put into the finished answer.
 */
const spoilers: Readonly<Record<string, (order: Json) => void>> = {
  currency: (order) => replaceDeep(order, 'currencyCode', 'XXQ'),
  amount: (order) => replaceDeep(order, 'amount', 'twelve'),
  country: (order) => {
    replaceDeep(order, 'countryCodeV2', 'XX')
    replaceDeep(order, 'countryCode', 'XX')
  },
  'financial-status': (order) => replaceDeep(order, 'displayFinancialStatus', 'BARTERED'),
  'fulfillment-status': (order) => replaceDeep(order, 'displayFulfillmentStatus', 'TELEPORTED'),
  'work-status': (order) => replaceDeep(order['fulfillmentOrders'], 'status', 'DREAMING'),
  'no-id': (order) => {
    order['id'] = null
  },
  'no-lines': (order) => {
    order['lineItems'] = null
  },
  'quantity-text': (order) => replaceDeep(order['lineItems'], 'quantity', 'some'),
  'extra-field': (order) => {
    order['__proto__field'] = { unexpected: true }
  },
}

export function corruptionNames(): readonly string[] {
  return Object.keys(spoilers)
}

/** Spoils the answer where it shows orders that have been corrupted. */
export function corruptAnswer(data: unknown, orders: Iterable<ShopOrder>): void {
  for (const order of orders) {
    for (const how of order.corruptions) {
      for (const shown of findById(data, gid('Order', order.id))) spoilers[how]?.(shown)
    }
  }
}

function findById(value: unknown, id: string): readonly Json[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap((entry) => findById(entry, id))
  return (value as Json)['id'] === id ? [value as Json, ...inner] : inner
}

function replaceDeep(value: unknown, name: string, replacement: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, entry] of Object.entries(value)) {
    if (key === name && entry !== null) (value as Json)[key] = replacement
    else replaceDeep(entry, name, replacement)
  }
}
