import type { PaymentState, PlatformHold } from '../../../core/model/order.ts'
import { checkCountry, type Doubts, holdOfDoubts } from '../../shared/doubts.ts'
import type { ShopifyOrder } from '../schema.ts'
import type { OrderWork } from './work.ts'

interface HoldFacts {
  readonly payment: PaymentState | undefined
  readonly isAddressMissing: boolean
  readonly country: string | undefined
  readonly doubts: Doubts
}

/** Why the order must wait, by what Shopify says of it and of its fulfillment orders. */
export function holdsOf(order: ShopifyOrder, work: OrderWork, facts: HoldFacts): readonly PlatformHold[] {
  const { payment, isAddressMissing, country, doubts } = facts
  if (payment === undefined) doubts.push(`payment status ${order.displayFinancialStatus ?? 'missing'}`)
  if (!isAddressMissing && country !== undefined) checkCountry(country, doubts)
  const refundedHolds = payment === 'refunded' ? [refundedHold] : []
  const addressHolds = isAddressMissing ? [addressHold] : []
  return [...work.holds, ...refundedHolds, ...addressHolds, ...riskHolds(order.risk, doubts), ...holdOfDoubts(doubts)]
}

const refundedHold: PlatformHold = {
  reason: 'platform-hold',
  detail: 'the payment is refunded in full (REFUNDED), yet units are open; cancel the order on Shopify, or release this hold to ship',
}

const addressHold: PlatformHold = {
  reason: 'pii-missing',
  detail: 'Shopify gives no street; in the Dev Dashboard, check the access of the app to protected customer data (level 2)',
}

const calmRecommendations = new Set(['ACCEPT', 'NONE'])

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderRiskRecommendationResult (read 2026-11-22). */
function riskHolds({ recommendation, assessments = [] }: Partial<ShopifyOrder['risk']> = {}, doubts: Doubts): readonly PlatformHold[] {
  const isHigh = assessments.some(({ riskLevel }) => riskLevel === 'HIGH')
  if (recommendation === 'CANCEL' || recommendation === 'INVESTIGATE' || isHigh) {
    const said = `recommendation ${recommendation ?? 'none'}${isHigh ? ', risk HIGH' : ''}`
    return [{ reason: 'risk-flagged', detail: `${said}; look at the order on Shopify, then release this hold or cancel the order` }]
  }
  if (recommendation !== undefined && !calmRecommendations.has(recommendation)) doubts.push(`risk recommendation ${recommendation}`)
  return []
}
