import type { Scope } from './scope.ts'

/** `unknown` when it hangs on an amount without a rate of exchange. */
export type Verdict = boolean | 'unknown'

/** One comparison as it came out, for the trace. Free of personal data. */
export interface Comparison {
  /** `amounts.totalUsd gte 300`. */
  readonly asked: string
  /** The value that was found; `(personal)` when it is about a person, `(absent)` when there is none. */
  readonly found: string
  readonly verdict: Verdict
}

/** A condition, compiled. Asking it is pure and never throws. */
export interface Condition {
  /** The condition in words, without any value of an order. */
  readonly text: string
  readonly needs: 'order' | 'line'
  test(scope: Scope): Verdict
  /** Every comparison with what it found. */
  explain(scope: Scope): readonly Comparison[]
  /** When, in milliseconds since 1970, the clock alone may change the answer: the moments after now, in no order. */
  changes(scope: Scope): readonly number[]
}

export function allOfConditions(parts: readonly Condition[]): Condition {
  return group(parts, 'all of', (verdicts) => verdicts.every())
}

export function anyOfConditions(parts: readonly Condition[]): Condition {
  return group(parts, 'any of', (verdicts) => verdicts.some())
}

export function notCondition(part: Condition): Condition {
  return { ...part, text: `not (${part.text})`, test: (scope) => negated(part.test(scope)) }
}

export function negated(verdict: Verdict): Verdict {
  return verdict === 'unknown' ? verdict : !verdict
}

interface Verdicts {
  every(): Verdict
  some(): Verdict
}

function group(parts: readonly Condition[], word: string, decide: (verdicts: Verdicts) => Verdict): Condition {
  return {
    text: parts.length === 1 ? (parts[0]?.text ?? '') : `${word} (${parts.map((part) => part.text).join(', ')})`,
    needs: parts.some((part) => part.needs === 'line') ? 'line' : 'order',
    test: (scope) => decide(verdictsOf(parts, (part) => part.test(scope))),
    explain: (scope) => parts.flatMap((part) => part.explain(scope)),
    changes: (scope) => parts.flatMap((part) => part.changes(scope)),
  }
}

/** Kleene's logic: what is not known only matters where it decides. */
export function verdictsOf<T>(items: readonly T[], ask: (item: T) => Verdict): Verdicts {
  return { every: () => decided(items, ask, false), some: () => decided(items, ask, true) }
}

function decided<T>(items: readonly T[], ask: (item: T) => Verdict, decisive: boolean): Verdict {
  let isUnknown = false
  for (const item of items) {
    const verdict = ask(item)
    if (verdict === decisive) return decisive
    if (verdict === 'unknown') isUnknown = true
  }
  return isUnknown ? 'unknown' : !decisive
}
