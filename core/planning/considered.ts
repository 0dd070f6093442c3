import type { Hold } from '../model/hold.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Dossier } from './dossier.ts'
import type { Plan } from './plan.ts'

/** An order with what planning makes of it now. Nothing of it is written yet. */
export interface Considered {
  /** The order as mapped and ruled. */
  readonly dossier: Dossier
  readonly plan: Plan
  readonly wanted: readonly WantedHold[]
  /** The holds that would be open with it. */
  readonly open: readonly Hold[]
  /** A rule leaves it to somebody else. */
  readonly isLeftOut: boolean
}
