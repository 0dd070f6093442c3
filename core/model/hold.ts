import type { Instant } from '../value/instant.ts'

/** Why an order waits. The list is closed. */
export const holdReasons = [
  'review-rule',
  'cool-off',
  'high-value',
  'duplicate-suspected',
  'risk-flagged',
  'platform-hold',
  'payment-pending',
  'unmapped-sku',
  'unit-factor-mismatch',
  'address-invalid',
  'pii-missing',
  'country-not-served',
  'no-route',
  'out-of-stock',
  'split-not-allowed',
  'field-too-long',
  'insufficient-funds',
  'push-rejected',
  'push-unknown',
  'reference-conflict',
  'wms-exception',
  'wms-parked',
  'cancel-pending',
  'intercept-failed',
  'writeback-rejected',
  'writeback-unknown',
  'carrier-unmapped',
  'no-first-scan',
  'marked-not-shipped',
  'fx-missing',
  'unknown-value',
  'before-cutover',
] as const
export type HoldReason = (typeof holdReasons)[number]

/** Who placed it: a rule, a person, the product itself, or the platform. */
export type HoldSource = 'rule' | 'user' | 'system' | 'platform'

/** What ends it: a person, a moment, or the end of its cause. */
export type HoldRelease =
  | { readonly mode: 'manual' }
  | { readonly mode: 'at-time'; readonly at: Instant }
  | { readonly mode: 'when-condition' }

/** A reason to wait, as data. An order with an open hold does not move on. At most one is open per order, reason and subject. */
export interface Hold {
  readonly orderNo: string
  readonly clientId: string
  readonly reason: HoldReason
  readonly source: HoldSource
  /** What exactly is waited for: a channel SKU, a reference, a rule's name; empty when the order as a whole. */
  readonly subject: string
  /** One sentence for the operator: what happened and what to do. Free of personal data. */
  readonly detail: string
  readonly release: HoldRelease
  readonly placedAt: Instant
  readonly releasedAt?: Instant
  /**
   * `system` or a user's name. What a person released is not placed again for the same reason and subject,
   * unless it is a fact that nobody can decide (no stock, no answer) or happened once more.
   */
  readonly releasedBy?: string
}
