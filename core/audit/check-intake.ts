import { dossierOf, type Evidence, type ShopEvidence, type Violation } from './evidence.ts'
import type { LedgerOrder } from './ledger.ts'

/** I1 no order lost, I2 one canonical order each, I4 no cursor beyond an order that is not stored. */
export function checkIntake(evidence: Evidence): readonly Violation[] {
  return [...evidence.shops.flatMap((shop) => missingOrders(evidence, shop)), ...doubledOrders(evidence)]
}

function missingOrders(evidence: Evidence, shop: ShopEvidence): readonly Violation[] {
  const violations: Violation[] = []
  for (const order of shop.ledger.orders) {
    if (!isInScope(order, shop) || dossierOf(evidence, shop.shop, order.platformOrderId)) continue
    const subject = `${shop.shop}/${order.platformOrderId}`
    violations.push({ invariant: 'I1', subject, message: `created ${order.createdAt} on the platform and not known here` })
    if (shop.polledAt !== undefined && order.createdAt < shop.polledAt) {
      violations.push({
        invariant: 'I4',
        subject,
        message: `a poll that began ${shop.polledAt} finished without it: the cursor has passed it`,
      })
    }
  }
  return violations
}

function isInScope(order: LedgerOrder, shop: ShopEvidence): boolean {
  return order.visible && order.createdAt >= shop.since && !shop.rejectedIds.has(order.platformOrderId)
}

function doubledOrders(evidence: Evidence): readonly Violation[] {
  const seen = new Set<string>()
  const violations: Violation[] = []
  for (const { order } of evidence.dossiers) {
    const subject = `${order.shop}/${order.platformOrderId}`
    if (seen.has(subject)) violations.push({ invariant: 'I2', subject, message: 'stored twice' })
    seen.add(subject)
  }
  return violations
}
