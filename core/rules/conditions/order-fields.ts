import { type Address, type OrderTotals, paymentStates, platforms } from '../../model/order.ts'
import { addressProblem } from '../../planning/address.ts'
import { instantToMs } from '../../value/instant.ts'
import { promisedLevels } from '../facts.ts'
import { type Field, orderField } from './field.ts'
import { inDollars, type Scope } from './scope.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** Cubic millimeters to a gram of volumetric weight: 5000 cm³ to the kilogram, as most parcel carriers count. */
const mm3PerGram = 5_000

const typed = { ignoreCase: true } as const
const personal = { ignoreCase: true, personal: true } as const
const mapped = { since: 'review' } as const

/** Whole minutes since the payment, rounded down: `lt 30` holds until the thirtieth is full. */
const ageSincePaid = orderField(
  'ageSincePaidMin',
  'number',
  ({ facts, nowMs }) => {
    return facts.order.paidAt === undefined ? undefined : Math.floor((nowMs - instantToMs(facts.order.paidAt)) / minuteMs)
  },
  {
    turnsAt: (minutes, { facts: { order } }) => (order.paidAt === undefined ? undefined : instantToMs(order.paidAt) + minutes * minuteMs),
  },
)

/** Whole hours until the platform's deadline, rounded down; negative when it has passed. */
const hoursToShipBy = orderField(
  'hoursToShipBy',
  'number',
  ({ facts, nowMs }) => {
    return facts.order.shipBy === undefined ? undefined : Math.floor((instantToMs(facts.order.shipBy) - nowMs) / hourMs)
  },
  {
    turnsAt: (hours, { facts: { order } }) => (order.shipBy === undefined ? undefined : instantToMs(order.shipBy) - hours * hourMs + 1),
  },
)

export const orderFields: readonly Field[] = [
  orderField('shop', 'text', ({ facts }) => facts.order.shop),
  orderField('client', 'text', ({ facts }) => facts.order.clientId),
  orderField('platform', 'text', ({ facts }) => facts.order.platform, { values: platforms }),
  orderField('site', 'text', ({ facts }) => facts.order.site),
  orderField('tags', 'words', ({ facts }) => facts.order.tags, typed),
  orderField('paymentState', 'text', ({ facts }) => facts.order.paymentState, { values: paymentStates }),
  orderField('fulfilledBy', 'text', ({ facts }) => facts.order.fulfilledBy, { values: ['seller', 'platform'] }),
  orderField('promisedService', 'text', ({ facts }) => facts.order.promisedService, typed),
  orderField('promisedLevel', 'text', ({ facts }) => facts.promisedLevel, { since: 'enrich', values: promisedLevels }),
  ageSincePaid,
  hoursToShipBy,
  ...amountFields('total', 'grand'),
  ...amountFields('items', 'items'),
  ...amountFields('shipping', 'shipping'),
  ...amountFields('tax', 'tax'),
  ...amountFields('discount', 'discount'),
  orderField('amounts.currency', 'text', ({ facts }) => facts.order.totals?.grand.currency),
  orderField('buyer.id', 'text', ({ facts }) => facts.order.personal.buyer.id, personal),
  ...(['name', 'company', 'phone', 'email', 'line1', 'line2', 'line3', 'city', 'district', 'state'] as const).map(shipToField),
  orderField('shipTo.postcode', 'postcode', ({ shipTo }) => shipTo?.postcode, personal),
  orderField('shipTo.country', 'text', ({ shipTo }) => shipTo?.country, { list: 'country' }),
  orderField('duplicate', 'flag', ({ facts }) => facts.twin !== undefined),
  orderField('address.valid', 'flag', ({ shipTo }) => shipTo && addressProblem(shipTo) === undefined),
  orderField('buyerNote', 'text', ({ facts }) => facts.order.personal.notes.buyer, personal),
  orderField('sellerNote', 'text', ({ facts }) => facts.order.personal.notes.seller, personal),
  orderField('giftNote', 'text', ({ facts }) => facts.order.personal.notes.gift, personal),
  orderField('totalQuantity', 'number', (scope) => scope.totals()?.totalQuantity, mapped),
  orderField('skuCount', 'number', (scope) => scope.totals()?.skuCount, mapped),
  orderField('weightGrams', 'number', (scope) => scope.totals()?.weightGrams, mapped),
  orderField('chargeableGrams', 'number', chargeableGrams, mapped),
  orderField('longestMm', 'number', (scope) => scope.totals()?.longestMm, mapped),
  orderField('girthMm', 'number', (scope) => scope.totals()?.girthMm, mapped),
  orderField('warehouse', 'text', ({ facts }) => facts.warehouse, { since: 'courier', values: 'warehouses' }),
  orderField('zone', 'number', ({ facts }) => facts.place?.zone, { since: 'courier' }),
  orderField('remote', 'flag', ({ facts }) => facts.place?.remote, { since: 'courier' }),
  orderField('service', 'text', ({ facts }) => facts.service, { since: 'options', values: 'services' }),
]

/** In the order's own currency, and in dollars. */
function amountFields(name: string, key: keyof OrderTotals): readonly Field[] {
  return [
    orderField(`amounts.${name}`, 'money', ({ facts }) => facts.order.totals?.[key]),
    orderField(`amounts.${name}Usd`, 'money', (scope) => inDollars(scope.facts.order.totals?.[key], scope)),
  ]
}

function shipToField(key: Exclude<keyof Address, 'country' | 'postcode'>): Field {
  return orderField(`shipTo.${key}`, 'text', ({ shipTo }) => shipTo?.[key], personal)
}

/** What carriers charge for: the weight or the volume, whichever is more. */
function chargeableGrams(scope: Scope): number | undefined {
  const totals = scope.totals()
  if (totals?.weightGrams === undefined || totals.volumeMm3 === undefined) return undefined
  return Math.max(totals.weightGrams, Math.ceil(totals.volumeMm3 / mm3PerGram))
}
