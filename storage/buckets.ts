import type { BucketRow, BucketStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { present } from './json.ts'
import { chunks, lastByKey, type RowAccess } from './rows.ts'

interface StoredBucket {
  readonly scope: string
  readonly operation: string
  readonly tokens: number
  readonly per_second: number
  readonly burst: number
  readonly at: string
  readonly blocked_until: string | null
}

export function bucketStore({ database }: RowAccess): BucketStore {
  return {
    async load(scope) {
      const stored: StoredBucket[] = await database('buckets').where({ scope }).orderBy('operation')
      return stored.map(fromStored)
    },

    async save(rows) {
      const stored = lastByKey(rows, (row) => JSON.stringify([row.scope, row.operation])).map(toStored)
      for (const chunk of chunks(stored)) await database('buckets').insert(chunk).onConflict(['scope', 'operation']).merge()
    },
  }
}

function toStored(row: BucketRow): StoredBucket {
  return {
    scope: row.scope,
    operation: row.operation,
    tokens: row.tokens,
    per_second: row.perSecond,
    burst: row.burst,
    at: row.at,
    blocked_until: row.blockedUntil ?? null,
  }
}

function fromStored(stored: StoredBucket): BucketRow {
  return {
    scope: stored.scope,
    operation: stored.operation,
    tokens: stored.tokens,
    perSecond: stored.per_second,
    burst: stored.burst,
    at: stored.at as Instant,
    ...present({ blockedUntil: stored.blocked_until as Instant | null }),
  }
}
