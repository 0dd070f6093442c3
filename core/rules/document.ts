import type { Warehouse } from '../model/warehouse.ts'

/** The stages a rule can belong to, in the order in which an order meets them. */
export const stageKeys = [
  'intake',
  'enrich',
  'mapping',
  'review',
  'merge',
  'allocate',
  'split',
  'courier',
  'options',
  'push',
  'intercept',
  'writeback',
] as const
export type StageKey = (typeof stageKeys)[number]

/** One rule as written. */
export interface RuleDocument {
  readonly name: string | { readonly en: string; readonly zh: string }
  /** Absent matches every order. */
  readonly when?: unknown
  readonly then: readonly Readonly<Record<string, unknown>>[]
}

/** rules.yaml without its lists; a stage's rules stand in the order in which they are tried. */
export type RulesDocument = Readonly<Partial<Record<StageKey, readonly RuleDocument[]>>>

/** A list of values that rules refer to by name. Zip values are codes or `from-to` ranges. */
export interface NamedList {
  readonly kind: 'zip' | 'country' | 'sku' | 'text'
  readonly values: readonly string[]
}

/** What rules may refer to. */
export interface RuleContext {
  readonly lists: Readonly<Record<string, NamedList>>
  /** Config version that decisions name. */
  readonly version: string
  readonly warehouses: readonly Warehouse[]
}

/** Keys and indexes from the root of rules.yaml. */
export type Path = readonly (string | number)[]

/** A mistake of the rules file; the caller knows the line and column of the path. */
export interface RuleProblem {
  readonly path: Path
  readonly message: string
}
