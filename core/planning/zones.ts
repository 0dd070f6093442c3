import type { Zone } from '../model/catalog.ts'
import type { Address } from '../model/order.ts'
import { normalPostcode } from '../rules/conditions/postcodes.ts'

/** Where a destination lies, seen from one warehouse. */
export type ZonePlace = Pick<Zone, 'zone' | 'remote'>

/** Zone tables, ready for look-ups. */
export interface ZoneTables {
  /** Undefined when no row of the warehouse covers the address. */
  find(origin: string, shipTo: Pick<Address, 'country' | 'postcode'>): ZonePlace | undefined
}

/** Built once per revision. The row with the longest beginning of a postcode counts; the importer lets none of one length overlap. */
export function indexZones(rows: readonly Zone[]): ZoneTables {
  const tables = new Map<string, ReadonlyMap<number, readonly Zone[]>>()
  for (const [key, list] of Map.groupBy(rows, ({ origin, country }) => keyOf(origin, country))) {
    const byLength = Map.groupBy(
      list.toSorted((a, b) => (a.zipFrom < b.zipFrom ? -1 : 1)),
      ({ zipFrom }) => zipFrom.length,
    )
    tables.set(key, new Map([...byLength].toSorted(([a], [b]) => b - a)))
  }
  return {
    find(origin, { country, postcode = '' }) {
      const code = normalPostcode(postcode)
      for (const [length, list] of tables.get(keyOf(origin, country)) ?? []) {
        const found = code.length < length ? undefined : rowOf(list, code.slice(0, length))
        if (found) return found
      }
      return undefined
    },
  }
}

function keyOf(origin: string, country: string): string {
  return `${country} ${origin}`
}

/** Binary search: a table has thousands of rows. */
function rowOf(sorted: readonly Zone[], code: string): Zone | undefined {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const row = sorted[middle]
    if (!row) return undefined
    if (code < row.zipFrom) high = middle - 1
    else if (code > row.zipTo) low = middle + 1
    else return row
  }
  return undefined
}
