import type { PayloadStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import type { RowAccess } from './rows.ts'

interface PayloadRow {
  readonly payload_id: number
  readonly order_no: string
  readonly fingerprint: string
  readonly fetched_at: string
  readonly payload: Buffer
}

export function payloadStore({ database, cipher }: RowAccess): PayloadStore {
  return {
    async append(orderNo, payload, fetchedAt) {
      const fingerprint = cipher.fingerprint(payload)
      await database('payloads')
        .insert({
          order_no: orderNo,
          fingerprint,
          fetched_at: fetchedAt,
          payload: cipher.seal(placeOf(orderNo, fingerprint), payload),
        })
        .onConflict(['order_no', 'fingerprint'])
        .ignore()
    },

    async list(orderNo) {
      const rows: PayloadRow[] = await database('payloads').where('order_no', orderNo).orderBy('payload_id')
      return rows.map((row) => ({
        payload: cipher.open(placeOf(orderNo, row.fingerprint), row.payload),
        fetchedAt: row.fetched_at as Instant,
      }))
    },
  }
}

function placeOf(orderNo: string, fingerprint: string) {
  return { table: 'payloads', column: 'payload', rowKey: `${orderNo} ${fingerprint}` }
}
