import type { Address, PlatformHold } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import { checkCountry, type Doubts, holdOfDoubts } from '../../shared/doubts.ts'
import type { WishOrder } from '../schema.ts'
import { historyOf } from './history.ts'

/** What is never ours to ship, and why. */
const notOurs: Readonly<Record<string, string>> = {
  FULFILLED_BY_WISH: 'fulfilled by Wish (FULFILLED_BY_WISH): nothing to ship',
  FULFILLED_BY_STORE: 'picked up in a store (FULFILLED_BY_STORE): handed out there',
  UNIFICATION_INITIATIVE: 'goes through a Wish hub (UNIFICATION_INITIATIVE): sent with WishPost',
}
const viaWishPost = ['ADVANCED_LOGISTICS', 'OPTIONAL_ADVANCED_LOGISTICS']
/** Schema OrderType; the enumeration writes PC-VAT, the prose beside it PC_VAT. */
const shippedAsUsual = [
  'WISH_EXPRESS',
  'LESS_THAN_TRUCKLOAD',
  'PREMIUM_SHIPPING_CARRIER_UPGRADE',
  'CONFIRMED_DELIVERY_POLICY',
  'VAT',
  'PC-VAT',
  'PC_VAT',
  'MAX_DELIVERY_DAY_REQUIREMENT',
  'CALCULATED_SHIPPING',
  'WISH_PLUS',
]
const knownOrderTypes = [...Object.keys(notOurs), ...viaWishPost, ...shippedAsUsual]

export function ignoredReasonOf(order: WishOrder): string | undefined {
  const reasons = order.fulfillment_order_types.flatMap((type) => notOurs[type] ?? [])
  const taken = order.special_programs.find(({ status }) => status === 'SUCCEED')
  return reasons[0] ?? (taken && `fulfilled by the Wish program "${taken.display_name ?? ''}": nothing to ship`)
}

/** Why an open order of ours must wait. */
export function holdsOf(order: WishOrder, shipTo: Address | undefined, doubts: Doubts): readonly PlatformHold[] {
  for (const type of order.fulfillment_order_types) if (!knownOrderTypes.includes(type)) doubts.push(`fulfillment_order_types "${type}"`)
  for (const { status = '' } of order.special_programs) {
    if (!['PENDING', 'SUCCEED', 'FAILED'].includes(status)) doubts.push(`special_programs status "${status}"`)
  }
  if (order.released_at === undefined) doubts.push('released_at is missing')
  if (shipTo) checkCountry(shipTo.country, doubts)
  const missing = shipTo === undefined ? 'shipping address' : 'street'
  const withheld = `Wish sent no ${missing}: read the order again later, or enter it from the Wish dashboard`
  return [
    ...holdOfDoubts(doubts),
    ...platformWaits(order).map((detail): PlatformHold => ({ reason: 'platform-hold', detail })),
    ...reReleaseHolds(order),
    ...(shipTo?.line1 === undefined ? [{ reason: 'pii-missing' as const, detail: withheld }] : []),
  ]
}

/** Why Wish itself wants the order left alone. */
function platformWaits(order: WishOrder): readonly string[] {
  const isReview = order.state === 'REQUIRE_REVIEW'
  const isBusy = order.processing_status === 'IN_PROGRESS' && order.processing_source !== 'UPDATE_TRACKING'
  const change = order.processing_source ?? 'a change'
  const undecided = order.special_programs.filter(({ status }) => status === 'PENDING').map(({ display_name = '' }) => display_name)
  const elsewhere = 'this parcel goes through WishPost, not through a warehouse abroad; ship it there, then mark it as shipped'
  return [
    ...(isReview ? ['Wish is reviewing the order (REQUIRE_REVIEW); it becomes APPROVED or REFUNDED by itself'] : []),
    ...order.fulfillment_order_types.filter((type) => viaWishPost.includes(type)).map((type) => `${type}: ${elsewhere}`),
    ...undecided.map((name) => `Wish has not decided yet whether its program "${name}" fulfills the order`),
    ...(isBusy ? [`Wish is working on ${change} of this order; it goes on when that is over`] : []),
  ]
}

/** Going on by itself could send a second parcel. Every release asks for a look of its own. */
function reReleaseHolds(order: WishOrder): readonly PlatformHold[] {
  const again = historyOf(order).openedAgain
  if (again === undefined) return []
  const number = order.tracking_information[0]?.tracking_number
  const before = again.wasShipped ? `shipped${number === undefined ? '' : ` with ${number}`}` : 'refunded'
  const detail =
    `Wish opened this order again after it was ${before}: if a parcel is under way, enter its number again in the Wish dashboard; ` +
    'if none is, release this hold, and what has not left a warehouse of yours is shipped'
  return [{ reason: 'platform-hold', detail, ...defined({ causedAt: again.at }) }]
}
