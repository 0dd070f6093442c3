import type { RejectedStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import type { Place } from './encryption.ts'
import { present } from './json.ts'
import { chunks, type RowAccess } from './rows.ts'

interface RejectedRow {
  readonly account: string
  readonly record_key: string
  readonly platform_order_id: string | null
  readonly reason: string
  readonly payload: Buffer
  readonly first_seen_at: string
  readonly last_seen_at: string
}

export function rejectedStore({ database, cipher }: RowAccess): RejectedStore {
  return {
    async save(record, at) {
      const recordKey =
        record.platformOrderId === undefined ? `payload ${cipher.fingerprint(record.payload)}` : `id ${record.platformOrderId}`
      const row: RejectedRow = {
        account: record.account,
        record_key: recordKey,
        platform_order_id: record.platformOrderId ?? null,
        reason: record.reason,
        payload: cipher.seal(placeOf(record.account, recordKey), record.payload),
        first_seen_at: at,
        last_seen_at: at,
      }
      await database('rejected_records').insert(row).onConflict(['account', 'record_key']).merge(['reason', 'payload', 'last_seen_at'])
    },

    async clear(account, platformOrderIds) {
      for (const chunk of chunks(platformOrderIds)) {
        const recordKeys = chunk.map((id) => `id ${id}`)
        await database('rejected_records').where({ account }).whereIn('record_key', recordKeys).del()
      }
    },

    async list() {
      const rows: RejectedRow[] = await database('rejected_records').orderBy(['first_seen_at', 'account', 'record_key'])
      return rows.map((row) => ({
        account: row.account,
        ...present({ platformOrderId: row.platform_order_id }),
        reason: row.reason,
        payload: cipher.open(placeOf(row.account, row.record_key), row.payload),
        firstSeenAt: row.first_seen_at as Instant,
        lastSeenAt: row.last_seen_at as Instant,
      }))
    },
  }
}

function placeOf(account: string, recordKey: string): Place {
  return { table: 'rejected_records', column: 'payload', rowKey: `${account} ${recordKey}` }
}
