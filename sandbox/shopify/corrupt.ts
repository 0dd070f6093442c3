import { gid } from './ids.ts'
import type { ShopOrder } from './state.ts'

type Json = { [name: string]: unknown }

const failedField = 'failed-field'

/**
 * Ways to spoil what the API says about an order, for tests of readers: `currency`, `amount`, `decimals`, `country`,
 * `financial-status`, `fulfillment-status`, `work-status`, `no-id`, `no-lines`, `quantity-text`, `extra-field`, and counts
 * as shops have seen them: `negative-unfulfilled`, `refunded-in-work` (a unit refunded without restock is still to be
 * fulfilled), `lost-units` (a fulfillment failed and no work was left). The sandbox's own state does not come to these, so
 * they are put into the finished answer. `failed-field` is an error at a field of the order beside the data.
 */
const spoilers: Readonly<Record<string, (order: Json) => void>> = {
  currency: (order) => replaceDeep(order, 'currencyCode', 'XXQ'),
  amount: (order) => replaceDeep(order, 'amount', 'twelve'),
  decimals: (order) => replaceDeep(order, 'amount', '4.166667'),
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
  'negative-unfulfilled': (order) => replaceDeep(order['lineItems'], 'unfulfilledQuantity', -1),
  'refunded-in-work': (order) => replaceDeep(order['lineItems'], 'currentQuantity', 1),
  'lost-units': (order) => {
    replaceDeep(order['lineItems'], 'unfulfilledQuantity', 0)
    replaceDeep(order['fulfillmentOrders'], 'remainingQuantity', 0)
    replaceDeep(order['fulfillmentOrders'], 'status', 'CLOSED')
  },
  [failedField]: (order) => {
    order['shippingLine'] = null
  },
}

export function corruptionNames(): readonly string[] {
  return Object.keys(spoilers)
}

/** Spoils the answer where it shows orders that have been corrupted. Returns the errors that it then carries. */
export function corruptAnswer(data: unknown, orders: Iterable<ShopOrder>): readonly object[] {
  const spoiled = [...orders].flatMap((order) =>
    order.corruptions.flatMap((how) => findById(data, gid('Order', order.id)).map((shown) => ({ how, ...shown }))),
  )
  for (const { how, found } of spoiled) spoilers[how]?.(found)
  return spoiled.filter(({ how }) => how === failedField).map(({ path }) => internalError([...path, 'shippingLine']))
}

function internalError(path: readonly (string | number)[]) {
  return {
    message: 'Internal error. Looks like something went wrong on our end.',
    path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: '00000000-0000-0000-0000-000000000000' },
  }
}

interface Found {
  readonly found: Json
  readonly path: readonly (string | number)[]
}

function findById(value: unknown, id: string, path: Found['path'] = []): readonly Found[] {
  if (typeof value !== 'object' || value === null) return []
  const stepOf = (key: string) => (Array.isArray(value) ? Number(key) : key)
  const inner = Object.entries(value).flatMap(([key, entry]) => findById(entry, id, [...path, stepOf(key)]))
  return (value as Json)['id'] === id ? [{ found: value as Json, path }, ...inner] : inner
}

function replaceDeep(value: unknown, name: string, replacement: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, entry] of Object.entries(value)) {
    if (key === name && entry !== null) (value as Json)[key] = replacement
    else replaceDeep(entry, name, replacement)
  }
}
