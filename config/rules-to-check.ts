import type { Warehouse } from '../core/model/warehouse.ts'
import { type RulesDocument, stageKeys } from '../core/rules/document.ts'
import type { Config } from './config.ts'
import type { ParsedFile } from './documents.ts'
import { isBlock } from './entries.ts'

/** Rules that can be compiled although something is wrong in the files, so that every mistake is told at once. */
export type RulesToCheck = Pick<Config, 'rules' | 'lists' | 'warehouses' | 'rulePosition'>

/** Undefined when the file holds no rules that could be compiled. `warehouses` is undefined while warehouses.yaml cannot be read. */
export function rulesToCheck(source: ParsedFile | undefined, warehouses: readonly Warehouse[] | undefined): RulesToCheck | undefined {
  if (!source?.isReadable || !isBlock(source.value)) return undefined
  const { lists = {} } = source.value
  if (!isBlock(lists) || !Object.values(lists).every(isNamedList)) return undefined
  return {
    // As written: the compiler says itself what it cannot read.
    rules: Object.fromEntries(Object.entries(source.value).filter(([key]) => stageKeys.some((stage) => stage === key))) as RulesDocument,
    lists: lists as Config['lists'],
    warehouses: warehouses ?? namedBy(source.value),
    rulePosition: (at) => source.positions.at(at),
  }
}

/** While warehouses.yaml cannot be read, every word of the rules may be a warehouse, a service and a feature. */
function namedBy(rules: unknown): readonly Warehouse[] {
  const words = [...new Set(wordsIn(rules))]
  const services = words.map((code) => ({ code, wmsCode: code, carrier: code, countries: [], features: words }))
  return words.map((code) => ({ code, account: code, wmsCode: code, country: 'US', timezone: 'UTC', services }))
}

function wordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}

function isNamedList(value: unknown): boolean {
  return (
    isBlock(value) &&
    typeof value['kind'] === 'string' &&
    Array.isArray(value['values']) &&
    value['values'].every((one) => typeof one === 'string')
  )
}
