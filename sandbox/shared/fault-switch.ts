import type { FaultKind, FaultRule, FaultSwitch } from '../faults.ts'
import { seededRandom } from './random.ts'

interface ActiveRule {
  readonly rule: FaultRule
  seen: number
  happened: number
}

/** A fault switch without rules. The seed decides which requests the rules with a probability meet. */
export function createFaultSwitch(seed = 1): FaultSwitch {
  const random = seededRandom(seed)
  const happened = new Map<FaultKind, number>()
  let active: ActiveRule[] = []
  const strikes = (entry: ActiveRule, operation: string): boolean => {
    const { operations, skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = entry.rule
    if (operations && !operations.includes(operation)) return false
    entry.seen += 1
    if (entry.seen <= skip || entry.happened >= times) return false
    if (!random.chance(probability)) return false
    entry.happened += 1
    return true
  }
  return {
    set: (rules) => {
      active = rules.map((rule) => ({ rule, seen: 0, happened: 0 }))
    },
    clear: () => {
      active = []
    },
    draw: (operation) => {
      const drawn = active.filter((entry) => strikes(entry, operation)).map((entry) => entry.rule.kind)
      for (const kind of drawn) happened.set(kind, (happened.get(kind) ?? 0) + 1)
      return drawn
    },
    counts: () => Object.fromEntries(happened),
  }
}
