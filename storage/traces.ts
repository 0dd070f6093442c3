import type { TraceStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import type { Place } from './encryption.ts'
import type { RowAccess } from './rows.ts'

/** A trace shows the values that rules compared, addresses among them: it is sealed. */
export function traceStore({ database, cipher }: RowAccess): TraceStore {
  return {
    async save(orderNo, at, trace) {
      const row = { order_no: orderNo, at, trace: cipher.seal(placeOf(orderNo), trace) }
      await database('traces').insert(row).onConflict('order_no').merge()
    },

    async latest(orderNo) {
      const row: { at: Instant; trace: Buffer } | undefined = await database('traces').where('order_no', orderNo).first()
      return row && { at: row.at, trace: cipher.open(placeOf(orderNo), row.trace) }
    },
  }
}

function placeOf(orderNo: string): Place {
  return { table: 'traces', column: 'trace', rowKey: orderNo }
}
