import { checkFulfillment } from './check-fulfillment.ts'
import { checkIntake } from './check-intake.ts'
import { checkProgress } from './check-progress.ts'
import { checkShipments } from './check-shipments.ts'
import type { Evidence, Violation } from './evidence.ts'

export interface AuditResult {
  /** Orders of a marketplace that we do not know. */
  readonly lost: number
  /** Fulfillment orders or shipments that exist twice, and units shipped beyond what was ordered. */
  readonly duplicates: number
  readonly violations: readonly Violation[]
}

/**
 * Compares what the marketplaces say, what we hold and what the warehouses did. Meant for a moment when
 * nothing is under way and no fault is active. The invariants are described in docs/architecture.md.
 */
export function audit(evidence: Evidence): AuditResult {
  const intake = checkIntake(evidence)
  const fulfillment = checkFulfillment(evidence)
  const shipments = checkShipments(evidence)
  const violations = [...intake, ...fulfillment.violations, ...shipments.violations, ...checkProgress(evidence)]
  return {
    lost: intake.filter((violation) => violation.invariant === 'I1').length,
    duplicates: fulfillment.duplicates + shipments.duplicates,
    violations,
  }
}
