import type { CommandRequest, RequestStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import type { Cipher, Place } from './encryption.ts'
import { present } from './json.ts'
import type { RowAccess } from './rows.ts'

interface RequestRow {
  readonly request_id: string
  readonly kind: string
  readonly arguments: Buffer
  readonly created_at: string
  readonly finished_at: string | null
  readonly result: Buffer | null
  readonly failure: string | null
}

/** Arguments and results are sealed: an edited address is among them. */
export function requestStore({ database, cipher }: RowAccess): RequestStore {
  return {
    async create(request) {
      await database('requests').insert({
        request_id: request.id,
        kind: request.kind,
        arguments: cipher.seal(placeOf('arguments', request.id), request.arguments),
        created_at: request.createdAt,
      })
    },

    async pending() {
      const rows: RequestRow[] = await database('requests').whereNull('finished_at').orderBy(['created_at', 'request_id'])
      return rows.map((row) => fromRow(row, cipher))
    },

    async finish(id, at, outcome) {
      await database('requests')
        .where('request_id', id)
        .update({
          finished_at: at,
          result: outcome.result === undefined ? null : cipher.seal(placeOf('result', id), outcome.result),
          failure: outcome.failure ?? null,
        })
    },

    async load(id) {
      const row: RequestRow | undefined = await database('requests').where('request_id', id).first()
      return row && fromRow(row, cipher)
    },
  }
}

function fromRow(row: RequestRow, cipher: Cipher): CommandRequest {
  return {
    id: row.request_id,
    kind: row.kind,
    arguments: cipher.open(placeOf('arguments', row.request_id), row.arguments),
    createdAt: row.created_at as Instant,
    ...present({ finishedAt: row.finished_at as Instant | null, failure: row.failure }),
    ...(row.result && { result: cipher.open(placeOf('result', row.request_id), row.result) }),
  }
}

function placeOf(column: string, id: string): Place {
  return { table: 'requests', column, rowKey: id }
}
