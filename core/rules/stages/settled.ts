import { onlyOne, readAction } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { StageKey } from '../document.ts'
import type { Place } from '../place.ts'

/**
 * Stages in which the product does one thing only: a rule may say so, and any other action is refused by
 * name, so that nobody believes in a rule that does nothing.
 */
export const settledStages: readonly StageKey[] = ['intercept', 'writeback']

/** Policies of the design beside the one that is carried out. */
const unsupportedPolicies = ['on-label', 'on-first-scan', 'at-deadline']

export function settledReader(stage: StageKey): StageReader<true> {
  return {
    stage,
    endsAtFirstMatch: () => true,
    readThen(place) {
      const only = onlyOne(place)
      const read = only && readAction(only, stage)
      if (!read) return undefined
      return stage === 'writeback' ? readPolicy(read.at) : read.at.isBare() || undefined
    },
  }
}

function readPolicy(place: Place): true | undefined {
  if (typeof place.value === 'string' && unsupportedPolicies.includes(place.value)) {
    return place.problem(`the policy ${place.value} is not supported yet: a shipment is reported when the warehouse has dispatched it`)
  }
  return place.word(['on-dispatch'], 'policy') && true
}
