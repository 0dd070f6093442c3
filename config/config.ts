import type { Shop } from '../core/model/shop.ts'
import type { Carrier, Warehouse, WmsAccount } from '../core/model/warehouse.ts'
import type { NamedList, RulesDocument } from '../core/rules/document.ts'
import type { Position } from './positions.ts'

/** The configuration of one installation, checked and complete. */
export interface Config {
  /** Absolute. */
  readonly folder: string
  /** sha256 over the names and contents of its files: the version of the configuration. */
  readonly hash: string
  readonly database: { readonly url: string }
  /** `key` is 32 bytes in base64. */
  readonly privacy: { readonly key: string; readonly retainDaysAfterDelivery: number }
  readonly console: { readonly port: number }
  /** Read and plan, change nothing outside. */
  readonly writeStop: boolean
  /** In the order of the files; `settings` is the output of the connector's schema. */
  readonly shops: readonly Shop[]
  readonly accounts: readonly WmsAccount[]
  readonly warehouses: readonly Warehouse[]
  readonly carriers: readonly Carrier[]
  readonly rules: RulesDocument
  readonly lists: Readonly<Record<string, NamedList>>
  /** Where in rules.yaml the value at this path stands, such as `['review', 0, 'when', 'op']`; the nearest parent when it does not exist. */
  rulePosition(path: readonly (string | number)[]): Position
}
