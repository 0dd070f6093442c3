import { addMoney, type Money } from '../../value/money.ts'
import { describeReading, type ReadComparison } from './comparison.ts'
import { type Comparison, type Condition, negated, type Verdict, verdictsOf } from './condition.ts'
import { noRate, type Reading, type Scope } from './scope.ts'

export const lineConditions = ['anyLine', 'everyLine', 'noLine'] as const
export type LineConditionKey = (typeof lineConditions)[number]

/**
 * A condition on the lines of an order. The parts of a bundle are looked at one by one, so that a battery
 * inside a bundle is seen; lines that were cancelled are not looked at.
 */
export function lineGroup(key: LineConditionKey, part: Condition): Condition {
  const decide = (scope: Scope): Verdict => {
    const verdicts = verdictsOf(scope.goods(), part.test)
    if (key === 'everyLine') return verdicts.every()
    return key === 'anyLine' ? verdicts.some() : negated(verdicts.some())
  }
  return {
    text: `${key} (${part.text})`,
    needs: 'order',
    test: decide,
    explain: (scope) => explainLines(scope, part),
    changes: (scope) => scope.goods().flatMap((each) => part.changes(each)),
  }
}

/** The comparisons of every line, each once however many lines say the same. */
function explainLines(scope: Scope, part: Condition): readonly Comparison[] {
  const seen = new Map<string, Comparison>()
  for (const each of scope.goods()) {
    for (const comparison of part.explain(each)) seen.set(`${comparison.asked} ${comparison.found}`, comparison)
  }
  return [...seen.values()]
}

/** The sum of a figure over the lines, or over those of them that the filter keeps. */
export function sumCondition(comparison: ReadComparison, filter: Condition | undefined): Condition {
  const { field, text, answer } = comparison
  const read = (scope: Scope): Reading => {
    const kept = keptLines(scope, filter)
    return kept === noRate ? noRate : sumOf(kept.map((line) => field.read(line)))
  }
  const sumText = filter ? `sum of ${text} where ${filter.text}` : `sum of ${text}`
  return {
    text: sumText,
    needs: 'order',
    test: (scope) => answer(read(scope)),
    explain: (scope) => {
      const reading = read(scope)
      return [{ asked: sumText, found: describeReading(reading, field), verdict: answer(reading) }]
    },
    changes: (scope) => (filter ? scope.goods().flatMap((each) => filter.changes(each)) : []),
  }
}

/** Each line once; a line of several parts is kept when one of them is. */
function keptLines(scope: Scope, filter: Condition | undefined): readonly Scope[] | typeof noRate {
  const kept = new Map<unknown, Scope>()
  for (const each of scope.goods()) {
    const verdict = filter ? filter.test(each) : true
    if (verdict === 'unknown') return noRate
    if (verdict && !kept.has(each.line)) kept.set(each.line, each)
  }
  return [...kept.values()]
}

function sumOf(readings: readonly Reading[]): Reading {
  let sum: number | Money = 0
  for (const reading of readings) {
    if (reading === noRate || reading === undefined) return reading
    if (typeof reading === 'number') sum = Number(sum) + reading
    else if (typeof reading === 'object' && 'minorUnits' in reading) {
      if (typeof sum === 'object' && sum.currency !== reading.currency) return undefined
      sum = typeof sum === 'object' ? addMoney(sum, reading) : reading
    }
  }
  return sum
}
