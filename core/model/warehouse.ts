import type { Money } from '../value/money.ts'

/** A way to ship from one warehouse. Weights in grams; `days` are fastest and slowest. */
export interface ShippingService {
  readonly code: string
  readonly wmsCode: string
  /** Our carrier code, a key of carriers.yaml. */
  readonly carrier: string
  /** ISO 3166-1 alpha-2; empty serves every country. */
  readonly countries: readonly string[]
  readonly maxWeightGrams?: number
  readonly days?: readonly [number, number]
  readonly price?: { readonly base: Money; readonly perKg?: Money }
}

export interface Warehouse {
  readonly code: string
  readonly account: string
  readonly wmsCode: string
  readonly country: string
  readonly timezone: string
  readonly cutoff?: string
  readonly services: readonly ShippingService[]
}

/** One login at one warehouse system. */
export interface WmsAccount {
  readonly id: string
  readonly adapter: string
  readonly endpoint?: string
  readonly limits: Limits
  readonly settleMs: number
  readonly settings: unknown
}

/** Rates that override the published ones, by operation; `default` for all. */
export type Limits = Readonly<Record<string, { readonly perSecond: number; readonly burst: number }>>

/** A carrier and each platform's word for it. */
export interface Carrier {
  readonly code: string
  readonly name: string
  readonly words: Readonly<Record<string, string>>
  /** With `{trackingNumber}` in it. */
  readonly trackingUrl?: string
}
