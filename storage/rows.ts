import type { Knex } from 'knex'
import type { Cipher } from './encryption.ts'

/** What every store of rows works with: a transaction of the writer or a connection for reading, and the cipher. */
export interface RowAccess {
  readonly database: Knex
  readonly cipher: Cipher
}

/** SQLite takes at most 500 rows in one insert, and a limited number of values in one list. */
const chunkSize = 400

/** Loads rows for any number of keys, in the order of the keys as far as `load` sorts by them; equal keys are asked for once. */
export async function loadByKeys<K extends string, R>(
  keys: readonly K[],
  load: (chunk: readonly K[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const rows: R[] = []
  for (const chunk of chunks([...new Set(keys)].sort())) rows.push(...(await load(chunk)))
  return rows
}

/** Parts that fit into one statement. */
export function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize)
}

/** One row per key, the last one given: PostgreSQL refuses to write the same row twice in one statement. */
export function lastByKey<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}
