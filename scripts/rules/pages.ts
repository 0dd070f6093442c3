import { type ChangedPlan, costOf, type PlanChange, type PlanDiff, planChanges } from '../../core/planning/diff-plans.ts'
import type { PlanOutcome } from '../../core/planning/plan-outcome.ts'
import type { RuleFinding, RuleStatistic } from '../../core/planning/rule-statistics.ts'
import type { Instant } from '../../core/value/instant.ts'
import { formatAmount, type Money, moneyDocument } from '../../core/value/money.ts'
import { counted, table } from '../command-line.ts'

const findings: Readonly<Record<RuleFinding, string>> = {
  'never-asked': 'never asked: a rule above always decided, or its stage was never reached',
  'never-matched': 'never matched',
  'always-matched': 'always matched, whatever its condition',
  undecided: 'never decided: a rate of exchange was missing',
}

export function statisticsPage(
  { orders, rules }: { readonly orders: number; readonly rules: readonly RuleStatistic[] },
  since: Instant,
): string {
  if (rules.length === 0) return 'no rule in any stage that planning asks: every order goes by the defaults'
  const head = `${counted(rules.length, 'rule')} without a mistake; ${orders} orders bought since ${since.slice(0, 10)} planned again with them`
  const rows = rules.map(({ stage, rule, tried, matched, finding }) => [
    stage,
    rule,
    String(tried),
    String(matched),
    finding === null ? '' : findings[finding],
  ])
  return `${head}\n\n${table([['stage', 'rule', 'tried', 'matched', ''], ...rows])}`
}

const changeWords: Readonly<Record<PlanChange, string>> = {
  ignored: 'left to somebody else',
  taken: 'taken after all',
  'newly-held': 'newly held',
  released: 'held no more',
  'held-otherwise': 'held for other reasons',
  'other-goods': 'mapped to other goods',
  'other-warehouse': 'from another warehouse',
  'other-service': 'by another service',
  'other-options': 'with other options',
  'other-split': 'split in another way',
  'other-merge': 'merged by another rule',
  'other-marks': 'other tags or level',
}

export function diffPage(
  diff: PlanDiff,
  { since, file, limit }: { readonly since: Instant; readonly file: string; readonly limit: number },
): string {
  const head = `${diff.compared} orders bought since ${since.slice(0, 10)}, planned as they came in, by the rules in force and by ${file}`
  const stock = 'Stock counts as enough everywhere; of an order that was split, each warehouse has what it shipped.'
  if (diff.changed.length === 0) return [head, stock, '', 'nothing would differ'].join('\n')
  const counts = planChanges.filter((change) => diff.counts[change] > 0).map((change) => [String(diff.counts[change]), changeWords[change]])
  const shown = diff.changed.slice(0, limit)
  const left = diff.changed.length - shown.length
  return [
    head,
    stock,
    '',
    `${diff.changed.length} would differ`,
    indented(table(counts)),
    ...moneyLines(diff),
    ...daysLine(diff),
    '',
    ...shown.map(describeChanged),
    ...(left > 0 ? [`… and ${left} more: --limit ${diff.changed.length}, or --json for all`] : []),
  ].join('\n')
}

function moneyLines({ money }: PlanDiff): readonly string[] {
  return money.map(
    ({ before, after, difference }) =>
      `  shipping of all in ${before.currency}: ${formatAmount(before)} → ${formatAmount(after)} (${signed(difference)})`,
  )
}

function daysLine({ days }: PlanDiff): readonly string[] {
  if (days.faster + days.slower === 0) return []
  return [`  ${days.faster} arrive earlier, ${days.slower} later; ${days.difference > 0 ? '+' : ''}${days.difference} days in all`]
}

function describeChanged({ orderNo, shop, platformOrderId, changes, before, after }: ChangedPlan): string {
  const what = changes.map((change) => changeWords[change]).join(', ')
  return `${orderNo}  ${shop}/${platformOrderId}  ${what}\n    before: ${describeOutcome(before)}\n    after:  ${describeOutcome(after)}`
}

function describeOutcome(outcome: PlanOutcome): string {
  if (outcome.ignored !== null) return `left to somebody else: ${outcome.ignored}`
  const cost = costOf(outcome).map((price) => `${formatAmount(price)} ${price.currency}`)
  const parts = outcome.parts.map(({ warehouse, service, goods }) => `${warehouse} by ${service} (${goods})`)
  const way = parts.length === 0 ? 'no way to ship it' : [...parts, ...cost].join(', ')
  const holds = outcome.holds.length === 0 ? '' : `; held: ${outcome.holds.join(', ')}`
  return `${way}${holds}${outcome.marks === null ? '' : `; ${outcome.marks}`}`
}

/** As JSON: amounts as decimal text. */
export function diffDocument(diff: PlanDiff) {
  return {
    ...diff,
    money: diff.money.map(({ before, after, difference }) => ({
      currency: before.currency,
      before: formatAmount(before),
      after: formatAmount(after),
      difference: formatAmount(difference),
    })),
    changed: diff.changed.map((each) => ({ ...each, before: outcomeDocument(each.before), after: outcomeDocument(each.after) })),
  }
}

function outcomeDocument(outcome: PlanOutcome) {
  return { ...outcome, parts: outcome.parts.map((part) => ({ ...part, price: part.price && moneyDocument(part.price) })) }
}

function signed(value: Money): string {
  return `${value.minorUnits > 0 ? '+' : ''}${formatAmount(value)}`
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
