import type { Address, PlatformHold } from '../../../core/model/order.ts'
import { defined } from '../../shared/defined.ts'
import { checkCountry, type Doubts, holdOfDoubts } from '../../shared/doubts.ts'
import { reReleaseOf } from '../map-shipment.ts'
import type { WishOrder } from '../schema.ts'

const knownStates = new Set(['APPROVED', 'SHIPPED', 'REFUNDED', 'REQUIRE_REVIEW', 'DECLINED'])

/** Schema OrderType; the enumeration writes PC-VAT, the prose beside it PC_VAT. */
const knownOrderTypes = new Set([
  'WISH_EXPRESS',
  'FULFILLED_BY_WISH',
  'FULFILLED_BY_STORE',
  'LESS_THAN_TRUCKLOAD',
  'PREMIUM_SHIPPING_CARRIER_UPGRADE',
  'ADVANCED_LOGISTICS',
  'OPTIONAL_ADVANCED_LOGISTICS',
  'CONFIRMED_DELIVERY_POLICY',
  'VAT',
  'PC-VAT',
  'PC_VAT',
  'UNIFICATION_INITIATIVE',
  'MAX_DELIVERY_DAY_REQUIREMENT',
  'CALCULATED_SHIPPING',
  'WISH_PLUS',
])

/** Why an open order of ours must wait. */
export function holdsOf(order: WishOrder, shipTo: Address | undefined, doubts: Doubts): readonly PlatformHold[] {
  checkWords(order, doubts)
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

/** Going on by itself could send a second parcel. Every release asks for a look of its own. */
function reReleaseHolds(order: WishOrder): readonly PlatformHold[] {
  const again = reReleaseOf(order)
  if (again === undefined) return []
  const number = order.tracking_information[0]?.tracking_number
  const before = again.wasShipped ? `shipped${number === undefined ? '' : ` with ${number}`}` : 'refunded'
  const detail =
    `Wish opened this order again after it was ${before}: if a parcel is under way, enter its number again in the Wish dashboard; ` +
    'if none is, release this hold, and what has not left a warehouse of yours is shipped'
  return [{ reason: 'platform-hold', detail, ...defined({ causedAt: again.at }) }]
}

function checkWords(order: WishOrder, doubts: Doubts): void {
  if (!knownStates.has(order.state ?? '')) doubts.push(`state "${order.state ?? ''}"`)
  for (const type of order.fulfillment_order_types) if (!knownOrderTypes.has(type)) doubts.push(`fulfillment_order_types "${type}"`)
  for (const { status } of order.special_programs) {
    if (!['PENDING', 'SUCCEED', 'FAILED'].includes(status ?? '')) doubts.push(`special_programs status "${status ?? ''}"`)
  }
  if (order.released_at === undefined) doubts.push('released_at is missing')
}

/** Why Wish itself wants the order left alone. */
function platformWaits(order: WishOrder): readonly string[] {
  const waits: string[] = []
  if (order.state === 'REQUIRE_REVIEW')
    waits.push('Wish is reviewing the order (REQUIRE_REVIEW); it becomes APPROVED or REFUNDED by itself')
  for (const type of ['ADVANCED_LOGISTICS', 'OPTIONAL_ADVANCED_LOGISTICS']) {
    if (order.fulfillment_order_types.includes(type))
      waits.push(`${type}: this parcel goes through WishPost, not through a warehouse abroad; ship it there, then mark it as shipped`)
  }
  for (const program of order.special_programs) {
    if (program.status === 'PENDING')
      waits.push(`Wish has not decided yet whether its program "${program.display_name ?? ''}" fulfills the order`)
  }
  if (order.processing_status === 'IN_PROGRESS' && order.processing_source !== 'UPDATE_TRACKING') {
    waits.push(`Wish is working on ${order.processing_source ?? 'a change'} of this order; it goes on when that is over`)
  }
  return waits
}
