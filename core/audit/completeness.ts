import type { SweepRow } from '../ports/storage.ts'
import type { Instant } from '../value/instant.ts'

export interface Gap {
  readonly platformOrderId: string
  readonly createdAt: Instant
  readonly reason: string
  readonly isExplained: boolean
}

export interface HourOfShop {
  /** The hour's beginning. */
  readonly hour: Instant
  /** Orders of this hour that we hold now. */
  readonly known: number
  /** Of the gaps of this hour, those that are still missing. */
  readonly missing: number
}

/** What a sweep has found, compared with what is held now. */
export interface Completeness {
  readonly listed: number
  readonly heldThen: number
  /** What the sweep missed at first: each with its reason. */
  readonly gaps: readonly Gap[]
  /** Only hours in which something was bought. */
  readonly hours: readonly HourOfShop[]
}

export interface HeldOrder {
  readonly platformOrderId: string
  readonly purchasedAt: Instant
}

/** A record that could not be read, as far as the comparison needs it. */
export interface SetAside {
  readonly account: string
  readonly platformOrderId?: string
  readonly reason: string
}

/** Why records of a shop could not be read, by the platform's id of the order. */
export function reasonsSetAside(shop: string, records: readonly SetAside[]): ReadonlyMap<string, string> {
  return new Map(records.flatMap((row) => (row.account === shop && row.platformOrderId ? [[row.platformOrderId, row.reason]] : [])))
}

/** Completeness of one shop by hour, from its last finished sweep, what is held now and what was set aside. */
export function completenessOf(sweep: SweepRow, held: readonly HeldOrder[], setAside: ReadonlyMap<string, string>): Completeness {
  const ids = new Set(held.map((order) => order.platformOrderId))
  const gaps = sweep.gaps.map((gap) => gapNow(gap, ids, setAside))
  const missing = gaps.filter((gap) => !ids.has(gap.platformOrderId))
  const hours = new Map<Instant, HourOfShop>()
  const count = (at: Instant, key: 'known' | 'missing'): void => {
    const hour = `${at.slice(0, 13)}:00:00.000Z` as Instant
    const row = hours.get(hour) ?? { hour, known: 0, missing: 0 }
    hours.set(hour, { ...row, [key]: row[key] + 1 })
  }
  for (const order of held) count(order.purchasedAt, 'known')
  for (const gap of missing) count(gap.createdAt, 'missing')
  return {
    listed: sweep.listed,
    heldThen: sweep.held,
    gaps,
    hours: [...hours.values()].sort((a, b) => (a.hour < b.hour ? -1 : 1)),
  }
}

/** A gap is explained by the sweep itself, by the order having come since, or by its record having been set aside. */
export function gapNow(gap: SweepRow['gaps'][number], held: ReadonlySet<string>, setAside: ReadonlyMap<string, string>): Gap {
  const { platformOrderId, createdAt, reason } = gap
  if (gap.explained) return { platformOrderId, createdAt, reason, isExplained: true }
  if (held.has(platformOrderId)) return { platformOrderId, createdAt, reason: `${reason}; it has come since`, isExplained: true }
  const unreadable = setAside.get(platformOrderId)
  if (unreadable !== undefined) {
    return { platformOrderId, createdAt, reason: `set aside with its payload: ${unreadable}`, isExplained: true }
  }
  return { platformOrderId, createdAt, reason, isExplained: false }
}
