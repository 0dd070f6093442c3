import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Money } from '../value/money.ts'
import { describeOptions } from './part-options.ts'
import type { Plan, PlannedPart } from './plan.ts'

/** What a plan comes to, in what an operator compares. */
export interface PlanOutcome {
  /** Why it is left to somebody else; null when it is ours. */
  readonly ignored: string | null
  /** `high-value (High value)` for each hold, sorted. */
  readonly holds: readonly string[]
  /** Also of an order that is held: what would be made of it then. */
  readonly parts: readonly PartOutcome[]
  /** `2 × MUG + 1 × BOX` for each line; empty text where it is not mapped. */
  readonly goods: readonly string[]
  /** Which rule lets it travel with others; null when it travels alone. Who they are is not planned again. */
  readonly merge: string | null
  /** What enrich rules made of it; null when they left it as it was. */
  readonly marks: string | null
}

export interface PartOutcome {
  readonly warehouse: string
  readonly service: string
  /** `2 MUG, 1 BOX`, in units of the SKU. */
  readonly goods: string
  /** Of the service; null when it has no price. */
  readonly price: Money | null
  /** Until it has surely arrived; null when the service does not say. */
  readonly days: number | null
  /** What the warehouse is asked for beside shipping; null when nothing. */
  readonly options: string | null
}

export function outcomeOf(plan: Plan): PlanOutcome {
  const { ignoredReason = null, tags, level } = plan.ruled ?? {}
  const marks = [tags && `tags ${tags.join(', ') || 'none'}`, level && `level ${level}`].filter(Boolean).join('; ')
  return {
    ignored: ignoredReason,
    holds: ignoredReason === null ? [...plan.holds, ...(plan.rest ? [plan.rest] : [])].map(describeHold).toSorted() : [],
    parts: ignoredReason === null ? plan.parts.map(partOutcome) : [],
    goods: plan.lines.map((line) => line.resolved.map((item) => `${item.quantity} × ${item.sku}`).join(' + ')),
    merge: (ignoredReason === null && plan.merge?.rule) || null,
    marks: marks === '' ? null : marks,
  }
}

function describeHold({ reason, subject, release }: WantedHold): string {
  const until = release.mode === 'at-time' ? ` until ${release.at}` : ''
  return `${reason}${subject === '' ? '' : ` (${subject})`}${until}`
}

function partOutcome({ warehouse, service, lines, price, options }: PlannedPart): PartOutcome {
  return {
    warehouse: warehouse.code,
    service: service.code,
    goods: lines.map((line) => `${line.quantity * line.unitFactor} ${line.sku}`).join(', '),
    price: price ?? null,
    days: service.days?.[1] ?? null,
    options: options ? describeOptions(options) : null,
  }
}
