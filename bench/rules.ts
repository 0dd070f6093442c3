import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config/index.ts'
import { indexCatalog } from '../core/mapping/catalog-index.ts'
import { diffPlans } from '../core/planning/diff-plans.ts'
import { planPast } from '../core/planning/plan-past.ts'
import type { RuleFacts, RuleSet } from '../core/rules/rule-set.ts'
import { type Instant, parseInstant } from '../core/value/instant.ts'
import { loadChecked, ruleSetOf } from '../daemon/load.ts'
import { pastConditions, pastOrders } from '../daemon/past-orders.ts'
import { openStorage, parseKey } from '../storage/index.ts'
import { storeOrders } from './stored-orders.ts'

const now = parseInstant('2026-11-24T00:00:00Z') as Instant
const goalMicroseconds = 50
const goalSeconds = 10

export interface RulesReport {
  readonly name: 'rules'
  readonly orders: number
  readonly rules: number
  /** All stages of the rule set asked once, for one order. */
  readonly microsecondsPerOrder: number
  /** `rules diff` over the stored orders, from the database to the figures. */
  readonly diffSeconds: number
  readonly changed: number
  readonly passed: boolean
}

/** What forty rules cost for an order, and what it takes to see what edited ones would have changed. */
export async function benchRules(orderCount: number): Promise<RulesReport> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'))
  const key = randomBytes(32).toString('base64')
  process.env['QUAYSIDE_KEY'] = key
  try {
    const written = await readFile(join(import.meta.dirname, 'rules.yaml'), 'utf8')
    const config = await configurationWith(folder, written)
    const edited = await configurationWith(folder, written.replace('value: 900 }', 'value: 100 }').replace('delay: 30m', 'delay: 2h'))
    const storage = await openStorage({ url: `sqlite:${join(folder, 'bench.db')}`, key: parseKey(key) })
    try {
      await storeOrders(storage, config, { count: orderCount, now })
      const [before, after] = [ruleSetOf(config), ruleSetOf(edited)]
      const conditions = pastConditions(config, indexCatalog(await storage.read((stores) => stores.catalog.load())))
      const startedAt = performance.now()
      const since = parseInstant('2026-11-01T00:00:00Z') as Instant
      const diff = await diffPlans(pastOrders(storage, since, [before, after]), { ...conditions, before, after })
      const diffSeconds = (performance.now() - startedAt) / 1_000

      const facts: RuleFacts[] = []
      for await (const past of pastOrders(storage, since, [])) {
        if (facts.length === 2_000) break
        const { lines } = planPast(past, before, conditions)
        const facted = { order: { ...past.order, lines }, products: conditions.catalog.products, fx: conditions.catalog.fx, now }
        facts.push({ ...facted, warehouse: 'NJ', service: 'ground', promisedLevel: 'standard' })
      }
      const microsecondsPerOrder = Math.round(timePerOrder(before, facts) * 10) / 10
      return {
        name: 'rules',
        orders: diff.compared + diff.leftOut,
        rules: Object.values(config.rules).flat().length,
        microsecondsPerOrder,
        diffSeconds: Math.round(diffSeconds * 100) / 100,
        changed: diff.changed.length,
        passed: microsecondsPerOrder < goalMicroseconds && diffSeconds < goalSeconds && diff.changed.length > 0,
      }
    } finally {
      await storage.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The demo's shops and warehouses with these rules. */
async function configurationWith(folder: string, rules: string): Promise<Config> {
  await cp(join(import.meta.dirname, '../config/demo'), folder, { recursive: true })
  await writeFile(join(folder, 'rules.yaml'), rules)
  const loaded = await loadChecked(folder)
  if ('config' in loaded) return loaded.config
  throw new Error(`the configuration of the benchmark has mistakes: ${JSON.stringify(loaded.problems)}`)
}

const rounds = 5

/** The middle of several rounds, in microseconds; the first ones warm the code up. */
function timePerOrder(rules: RuleSet, facts: readonly RuleFacts[]): number {
  const times: number[] = []
  for (let round = 0; round < rounds * 2; round += 1) {
    const startedAt = performance.now()
    for (const each of facts) askEveryStage(rules, each)
    times.push(((performance.now() - startedAt) * 1_000) / facts.length)
  }
  return times.slice(rounds).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.POSITIVE_INFINITY
}

function askEveryStage(rules: RuleSet, facts: RuleFacts): void {
  rules.intake?.(facts)
  const { order } = rules.enrich?.(facts) ?? facts
  const enriched = { ...facts, order }
  for (const line of order.lines) rules.mapping?.(enriched, line)
  rules.review(enriched)
  rules.allocate?.(enriched)
  rules.split?.(enriched)
  rules.courier?.(enriched)
  rules.push?.(enriched)
}

/** The report for people. */
export function rulesPage({ orders, rules, microsecondsPerOrder, diffSeconds, changed, passed }: RulesReport): string {
  return [
    `${rules} rules`,
    `  asked for one order in every stage: ${microsecondsPerOrder} µs (goal: under ${goalMicroseconds})`,
    `  rules diff over ${orders} stored orders: ${diffSeconds} s, ${changed} would differ (goal: under ${goalSeconds} s)`,
    '',
    `Every goal is met: ${passed ? 'yes' : 'no'}.`,
  ].join('\n')
}
