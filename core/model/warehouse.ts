import type { Money } from '../value/money.ts'
import type { CargoClass } from './catalog.ts'

/** What a parcel costs: a base, and so much for its chargeable weight. */
export interface Tariff {
  readonly base: Money
  /** By the gram: a part of a kilogram costs its part, rounded up to the smallest unit of the currency. */
  readonly perKg?: Money
  /** A part of a kilogram counts as a whole one. */
  readonly perStartedKg?: Money
}

/** Without a base a price holds only in the zones that it names. All in one currency. */
export interface ServicePrice extends Partial<Tariff> {
  /** By the number of the zone. */
  readonly byZone?: Readonly<Record<string, Tariff>>
  /** Added where the zone table calls the place remote. */
  readonly remote?: Money
}

/** A way to ship from one warehouse. Weights in grams; `days` are fastest and slowest. */
export interface ShippingService {
  readonly code: string
  readonly wmsCode: string
  /** Our carrier code, a key of carriers.yaml. */
  readonly carrier: string
  /** ISO 3166-1 alpha-2; empty serves every country. */
  readonly countries: readonly string[]
  readonly maxWeightGrams?: number
  /** Longest side first. */
  readonly maxSidesMm?: readonly [number, number, number]
  /** The longest side plus twice the two others. */
  readonly maxGirthMm?: number
  readonly maxValue?: Money
  /** Cubic centimeters that are charged like a kilogram. */
  readonly volumetricDivisor?: number
  /** Undefined takes all. */
  readonly cargoClasses?: readonly CargoClass[]
  /** What rules may ask for: `ground`, `signature` …, in the operator's words. */
  readonly features?: readonly string[]
  readonly days?: readonly [number, number]
  readonly price?: ServicePrice
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

export interface Warehouse {
  readonly code: string
  readonly account: string
  readonly wmsCode: string
  readonly country: string
  readonly timezone: string
  readonly cutoff?: string
  /** Days on which parcels leave; undefined is every day. */
  readonly workdays?: readonly Weekday[]
  /** Local days such as `2026-12-25` on which nothing leaves. */
  readonly holidays?: readonly string[]
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
