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
  const { doubts } = facts
  const holds: PlatformHold[] = [...work.holds]
  if (facts.payment === undefined) doubts.push(`payment status ${order.displayFinancialStatus ?? 'missing'}`)
  if (facts.payment === 'refunded') {
    const detail =
      'the payment is refunded in full (REFUNDED), yet units are open; cancel the order on Shopify, or release this hold to ship'
    holds.push({ reason: 'platform-hold', detail })
  }
  if (facts.isAddressMissing) {
    const detail = 'Shopify gives no street; in the Dev Dashboard, check the access of the app to protected customer data (level 2)'
    holds.push({ reason: 'pii-missing', detail })
  } else if (facts.country !== undefined) checkCountry(facts.country, doubts)
  return [...holds, ...riskHolds(order.risk, doubts), ...holdOfDoubts(doubts)]
}

const calmRecommendations = new Set(['ACCEPT', 'NONE'])

/** Values: https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderRiskRecommendationResult (read 2026-11-22). */
function riskHolds(risk: ShopifyOrder['risk'], doubts: Doubts): readonly PlatformHold[] {
  const recommendation = risk?.recommendation
  const isHigh = risk?.assessments.some((assessment) => assessment.riskLevel === 'HIGH') ?? false
  if (recommendation === 'CANCEL' || recommendation === 'INVESTIGATE' || isHigh) {
    const said = `recommendation ${recommendation ?? 'none'}${isHigh ? ', risk HIGH' : ''}`
    return [{ reason: 'risk-flagged', detail: `${said}; look at the order on Shopify, then release this hold or cancel the order` }]
  }
  if (recommendation !== undefined && !calmRecommendations.has(recommendation)) doubts.push(`risk recommendation ${recommendation}`)
  return []
}
