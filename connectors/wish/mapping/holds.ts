import type { Address, PlatformHold } from '../../../core/model/order.ts'
import { checkCountry, type Doubts, holdOfDoubts } from '../../shared/doubts.ts'
import { isReReleased } from '../map-shipment.ts'
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
  const waits = platformWaits(order)
  return [
    ...holdOfDoubts(doubts),
    ...(waits.length > 0 ? [{ reason: 'platform-hold' as const, detail: waits.join('; ') }] : []),
    ...(shipTo === undefined ? [{ reason: 'pii-missing' as const, detail: 'Wish sent no shipping address' }] : []),
  ]
}

function checkWords(order: WishOrder, doubts: Doubts): void {
  if (!knownStates.has(order.state ?? '')) doubts.push(`state "${order.state ?? ''}"`)
  for (const type of order.fulfillment_order_types) if (!knownOrderTypes.has(type)) doubts.push(`fulfillment_order_types "${type}"`)
  for (const { status } of order.special_programs) {
    if (!['PENDING', 'SUCCEED', 'FAILED'].includes(status ?? '')) doubts.push(`special_programs status "${status ?? ''}"`)
  }
  if (order.released_at === undefined) doubts.push('released_at is missing')
}

/** Why Wish itself wants the order left alone, or why a person must look first. */
function platformWaits(order: WishOrder): readonly string[] {
  const waits: string[] = []
  if (order.state === 'REQUIRE_REVIEW') waits.push('Wish is reviewing the order; it becomes APPROVED or REFUNDED')
  if (isReReleased(order)) {
    waits.push('Wish released this order again after it was shipped or refunded; check that no first parcel is under way')
  }
  for (const type of ['ADVANCED_LOGISTICS', 'OPTIONAL_ADVANCED_LOGISTICS']) {
    if (order.fulfillment_order_types.includes(type))
      waits.push(`${type}: this parcel goes through WishPost, not through a warehouse abroad`)
  }
  for (const program of order.special_programs) {
    if (program.status === 'PENDING') waits.push(`Wish decides whether its program "${program.display_name ?? ''}" fulfills the order`)
  }
  if (order.processing_status === 'IN_PROGRESS' && order.processing_source !== 'UPDATE_TRACKING') {
    waits.push(`Wish is working on ${order.processing_source ?? 'a change'} of this order`)
  }
  return waits
}
