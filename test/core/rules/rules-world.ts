import { parse } from 'yaml'
import type { Product } from '../../../core/model/catalog.ts'
import type { Order } from '../../../core/model/order.ts'
import type { Warehouse } from '../../../core/model/warehouse.ts'
import { compileRules, type NamedList, type RuleContext, type RulesDocument } from '../../../core/rules/compile.ts'
import type { RuleFacts } from '../../../core/rules/facts.ts'
import type { FxRates } from '../../../core/rules/fx.ts'
import type { RuleSet } from '../../../core/rules/rule-set.ts'
import { asSku, type Sku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { money, parseMoney } from '../../../core/value/money.ts'
import { order } from '../../fakes/dossiers.ts'
import { testWarehouse } from '../../fakes/test-operations.ts'

export const now = '2026-11-24T08:00:00.000Z' as Instant

const warehouses: readonly Warehouse[] = [
  {
    ...testWarehouse,
    cutoff: '15:00',
    services: [
      { code: 'ground', wmsCode: 'G', carrier: 'fedex', countries: ['US'], days: [1, 3], price: { base: money(610, 'USD') } },
      { code: 'saver', wmsCode: 'S', carrier: 'fedex', countries: ['US'], days: [3, 6], price: { base: money(520, 'USD') } },
    ],
  },
  { ...testWarehouse, code: 'CA', wmsCode: 'USWE', timezone: 'America/Los_Angeles', cutoff: '15:00' },
]

/** A rules.yaml as the configuration hands it over: the stages, and the lists apart. */
export function compileYaml(yaml: string, context: Partial<RuleContext> = {}) {
  const { lists = {}, ...document } = (parse(yaml) ?? {}) as RulesDocument & { readonly lists?: Readonly<Record<string, NamedList>> }
  return compileRules(document, { lists, version: 'rules-1', warehouses, ...context })
}

/** Fails when the rules have a mistake, so that no test passes on rules that were never compiled. */
export function rulesOf(yaml: string, context: Partial<RuleContext> = {}): RuleSet {
  const compiled = compileYaml(yaml, context)
  if ('problems' in compiled)
    throw new Error(compiled.problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`).join('\n'))
  return compiled.ruleSet
}

/** Each mistake as `path: message`. */
export function mistakesIn(yaml: string): readonly string[] {
  const compiled = compileYaml(yaml)
  return 'problems' in compiled ? compiled.problems.map(({ path, message }) => `${path.join('.')}: ${message}`) : []
}

const products: readonly Product[] = [
  {
    sku: asSku('MUG'),
    name: 'Mug',
    weightGrams: 480,
    lengthMm: 300,
    widthMm: 200,
    heightMm: 100,
    origin: 'CN',
    hsCode: '691110',
    declaredValue: money(500, 'USD'),
    cargoClass: 'general',
  },
  {
    sku: asSku('LAMP'),
    name: 'Lamp',
    nameZh: '台灯',
    weightGrams: 900,
    lengthMm: 400,
    widthMm: 100,
    heightMm: 100,
    cargoClass: 'with-battery',
  },
  { sku: asSku('VAGUE'), name: 'Never measured', cargoClass: 'general' },
]

export function facts(changes: Partial<Order> = {}, more: Partial<RuleFacts> = {}): RuleFacts {
  const bySku = new Map<Sku, Product>(products.map((product) => [product.sku, product]))
  return { order: order({ totals: totalsOf('350.00', 'USD'), ...changes }), products: bySku, now, ...more }
}

export function totalsOf(grand: string, currency: string): NonNullable<Order['totals']> {
  const none = money(0, currency)
  const whole = parseMoney(grand, currency)
  return { items: whole, shipping: none, tax: none, discount: none, grand: whole }
}

export const euroRate: FxRates = { rate: (from, to) => (from === 'EUR' && to === 'USD' ? '1.10' : undefined) }

/** Whether a condition, written as YAML, is met: by the hold that it places. */
export function isMet(condition: string, about: RuleFacts, lists = ''): boolean | 'fx-missing' {
  const [hold] = rulesOf(`review: [{ name: asked, when: ${condition}, then: [{ hold: {} }] }]\n${lists}`).review(about)
  return hold?.reason === 'fx-missing' ? 'fx-missing' : hold !== undefined
}
