import { type ExplainContext, type Explanation, explainOrder } from '../../../core/explain/index.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import type { LaneRow } from '../../../core/ports/storage.ts'
import { dossier } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

/** The moment at which everything is explained here. */
export const now = at('12:00')

export function explain(parts: Partial<Dossier> = {}, context: Partial<ExplainContext> = {}): Explanation {
  return explainOrder(dossier(parts), { trace: undefined, events: [], now, lang: 'en', ...context })
}

/** A lane that has just worked, unless the changes say otherwise. */
export function laneRow(changes: Partial<LaneRow> = {}): LaneRow {
  return { lane: 'push', account: 'gc', failures: 0, lastStartedAt: at('11:59'), lastSucceededAt: at('11:59'), ...changes }
}

/** A stored trace of the given steps. */
export function traceOf(...steps: readonly unknown[]): NonNullable<ExplainContext['trace']> {
  return { at: at('08:00'), trace: { version: '0123456789abcdef', steps } }
}
