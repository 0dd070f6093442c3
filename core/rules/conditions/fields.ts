import type { Field } from './field.ts'
import { lineFields } from './line-fields.ts'
import { orderFields } from './order-fields.ts'

const all = [...orderFields, ...lineFields]
export const fields: ReadonlyMap<string, Field> = new Map(all.map((field) => [field.name, field]))

/** Fields of the design that nothing here can answer yet; naming one is refused with this, not as a slip. */
export const unansweredFields: Readonly<Record<string, string>> = {
  source: 'where an order came from is not kept apart from its platform',
  kind: 'every order is a normal order so far',
  'buyer.isNew': 'buyers are not remembered across orders',
  'buyer.openOrders': 'buyers are not remembered across orders',
  'shipTo.kind': 'no platform reports the kind of an address',
  'stock.full': 'rules cannot look at stock yet; allocation does',
  'stock.splitNeeded': 'rules cannot look at stock yet; allocation does',
  estFee: 'fees are not estimated before the service is chosen',
  estDays: 'days are compared by the courier stage itself',
  feeToValue: 'fees are not estimated before the service is chosen',
}
