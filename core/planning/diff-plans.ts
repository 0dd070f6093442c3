import type { RuleSet } from '../rules/rule-set.ts'
import { addMoney, type Money, subtractMoney, sumMoney, zero } from '../value/money.ts'
import { outcomeOf, type PartOutcome, type PlanOutcome } from './plan-outcome.ts'
import { type PastConditions, type PastOrder, planPast, wasOurs } from './plan-past.ts'

export const planChanges = [
  'ignored',
  'taken',
  'newly-held',
  'released',
  'held-otherwise',
  'other-goods',
  'other-warehouse',
  'other-service',
  'other-options',
  'other-split',
  'other-merge',
  'other-marks',
] as const
export type PlanChange = (typeof planChanges)[number]

export interface ChangedPlan {
  readonly orderNo: string
  readonly shop: string
  readonly platformOrderId: string
  readonly changes: readonly PlanChange[]
  readonly before: PlanOutcome
  readonly after: PlanOutcome
}

export interface PlanDiff {
  /** Orders that were planned with both rule sets. */
  readonly compared: number
  /** Orders that were never ours to ship: no rule has a say. */
  readonly leftOut: number
  /** An order with several changes counts in each. */
  readonly counts: Readonly<Record<PlanChange, number>>
  /** What the services cost, of all orders that both rule sets would ship with known prices; one entry a currency. */
  readonly money: readonly { readonly before: Money; readonly after: Money; readonly difference: Money }[]
  /** Days until arrival, of all orders that both would ship in a known time; `difference` is their sum. */
  readonly days: { readonly faster: number; readonly slower: number; readonly difference: number }
  /** In the order given. */
  readonly changed: readonly ChangedPlan[]
}

/**
 * Plans past orders with two rule sets and tells what differs. Pure: nothing but the rules differs between the
 * two plans of an order, whatever has happened since.
 */
export async function diffPlans(
  orders: AsyncIterable<PastOrder> | Iterable<PastOrder>,
  { before, after, ...conditions }: PastConditions & { readonly before: RuleSet; readonly after: RuleSet },
): Promise<PlanDiff> {
  const changed: ChangedPlan[] = []
  const pairs: Pair[] = []
  let leftOut = 0
  for await (const past of orders) {
    if (!wasOurs(past.order)) {
      leftOut += 1
      continue
    }
    const pair = {
      before: outcomeOf(planPast(past, before, conditions)),
      after: outcomeOf(planPast(past, after, conditions)),
    }
    pairs.push(pair)
    const changes = changesOf(pair)
    const { orderNo, shop, platformOrderId } = past.order
    if (changes.length > 0) changed.push({ orderNo, shop, platformOrderId, changes, ...pair })
  }
  return { compared: pairs.length, leftOut, counts: countChanges(changed), money: moneyOf(pairs), days: daysOf(pairs), changed }
}

interface Pair {
  readonly before: PlanOutcome
  readonly after: PlanOutcome
}

function changesOf({ before, after }: Pair): readonly PlanChange[] {
  if (before.ignored !== null || after.ignored !== null) {
    if (before.ignored !== null && after.ignored !== null) return []
    return [after.ignored === null ? 'taken' : 'ignored']
  }
  const changes = [
    holdChange(before.holds, after.holds),
    isSame(before.goods, after.goods) ? undefined : ('other-goods' as const),
    partChange(before.parts, after.parts),
    before.merge === after.merge ? undefined : ('other-merge' as const),
    before.marks === after.marks ? undefined : ('other-marks' as const),
  ]
  return changes.filter((change) => change !== undefined)
}

function holdChange(before: readonly string[], after: readonly string[]): PlanChange | undefined {
  if (isSame(before, after)) return undefined
  if (before.length === 0) return 'newly-held'
  return after.length === 0 ? 'released' : 'held-otherwise'
}

/** Undefined too where one of the plans has no parts: then its hold says why. */
function partChange(before: readonly PartOutcome[], after: readonly PartOutcome[]): PlanChange | undefined {
  if (before.length === 0 || after.length === 0) return undefined
  const differs = (tell: (part: PartOutcome) => string): boolean => !isSame(before.map(tell).toSorted(), after.map(tell).toSorted())
  if (before.length !== after.length) return 'other-split'
  if (differs((part) => part.warehouse)) return 'other-warehouse'
  if (differs((part) => `${part.warehouse} ${part.service}`)) return 'other-service'
  if (before.length > 1 && differs((part) => `${part.warehouse} ${part.goods}`)) return 'other-split'
  return differs((part) => `${part.warehouse} ${part.options}`) ? 'other-options' : undefined
}

function isSame(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((text, index) => text === after[index])
}

function countChanges(changed: readonly ChangedPlan[]): PlanDiff['counts'] {
  const counts = Object.fromEntries(planChanges.map((change) => [change, 0])) as Record<PlanChange, number>
  for (const change of changed.flatMap(({ changes }) => changes)) counts[change] += 1
  return counts
}

function moneyOf(pairs: readonly Pair[]): PlanDiff['money'] {
  const sums = new Map<string, { before: Money; after: Money }>()
  const add = (side: 'before' | 'after', price: Money): void => {
    const none = zero(price.currency)
    const sum = sums.get(price.currency) ?? { before: none, after: none }
    sums.set(price.currency, { ...sum, [side]: addMoney(sum[side], price) })
  }
  for (const { before, after } of pairs) {
    const [old, next] = [pricesOf(before), pricesOf(after)]
    if (!old || !next) continue
    for (const price of old) add('before', price)
    for (const price of next) add('after', price)
  }
  const byCurrency = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return byCurrency.map(([, sum]) => ({ ...sum, difference: subtractMoney(sum.after, sum.before) }))
}

/** Undefined when it does not ship, or for an unknown price. */
function pricesOf({ parts }: PlanOutcome): readonly Money[] | undefined {
  const prices = parts.flatMap((part) => part.price ?? [])
  return prices.length === parts.length && parts.length > 0 ? prices : undefined
}

function daysOf(pairs: readonly Pair[]): PlanDiff['days'] {
  const differences = pairs.flatMap(({ before, after }) => {
    const [old, next] = [slowest(before), slowest(after)]
    return old === undefined || next === undefined ? [] : [next - old]
  })
  return {
    faster: differences.filter((days) => days < 0).length,
    slower: differences.filter((days) => days > 0).length,
    difference: differences.reduce((sum, days) => sum + days, 0),
  }
}

/** An order has arrived with its last part. */
function slowest({ parts }: PlanOutcome): number | undefined {
  const days = parts.flatMap((part) => part.days ?? [])
  return days.length === parts.length && parts.length > 0 ? Math.max(...days) : undefined
}

/** What the parts of an outcome cost together, by currency. */
export function costOf({ parts }: PlanOutcome): readonly Money[] {
  const prices = parts.flatMap((part) => part.price ?? [])
  return [...new Set(prices.map((price) => price.currency))].map((currency) =>
    sumMoney(
      prices.filter((price) => price.currency === currency),
      currency,
    ),
  )
}
