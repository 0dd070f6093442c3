import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { EventStore, OrderEvent } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { canonicalJson, fromJson, toJson } from './json.ts'
import { chunks, type RowAccess } from './rows.ts'

interface EventRow {
  readonly order_no: string
  readonly sequence: number
  readonly type: string
  readonly at: string
  readonly data: string
  readonly hash: string
}

/** The end of an order's chain, kept apart so that cutting off the last events is noticed too. */
interface ChainRow {
  readonly order_no: string
  readonly length: number
  readonly hash: string
}

export function eventStore({ database }: RowAccess): EventStore {
  return {
    async append(orderNo, events) {
      if (events.length === 0) return
      const rows = chainOn(await loadChain(database, orderNo), events)
      for (const chunk of chunks(rows)) await database('order_events').insert(chunk)
      const last = rows[rows.length - 1]
      await database('event_chains').insert({ order_no: orderNo, length: last?.sequence, hash: last?.hash }).onConflict('order_no').merge()
    },

    async list(orderNo) {
      return (await loadEvents(database, orderNo)).map((row) => ({
        type: row.type,
        at: row.at as Instant,
        data: fromJson(row.data) as OrderEvent['data'],
      }))
    },

    async isIntact(orderNo) {
      return await isChainIntact(database, orderNo)
    },
  }
}

/** Whether the stored events of the order give the hashes that were stored with them, to the end. */
export async function isChainIntact(database: Knex, orderNo: string): Promise<boolean> {
  const chain = await loadChain(database, orderNo)
  let { hash } = emptyChain(orderNo)
  const rows = await loadEvents(database, orderNo)
  for (const [index, row] of rows.entries()) {
    hash = hashOf(hash, { ...row, data: fromJson(row.data) })
    if (row.sequence !== index + 1 || row.hash !== hash) return false
  }
  return chain.length === rows.length && chain.hash === hash
}

async function loadEvents(database: Knex, orderNo: string): Promise<EventRow[]> {
  return await database('order_events').where('order_no', orderNo).orderBy('sequence')
}

async function loadChain(database: Knex, orderNo: string): Promise<ChainRow> {
  const row: ChainRow | undefined = await database('event_chains').where('order_no', orderNo).first()
  return row ?? emptyChain(orderNo)
}

function emptyChain(orderNo: string): ChainRow {
  return { order_no: orderNo, length: 0, hash: '' }
}

function chainOn(chain: ChainRow, events: readonly OrderEvent[]): EventRow[] {
  let { hash } = chain
  return events.map((event, index) => {
    const fields = { order_no: chain.order_no, sequence: chain.length + index + 1, type: event.type, at: event.at }
    hash = hashOf(hash, { ...fields, data: event.data })
    return { ...fields, data: toJson(event.data), hash }
  })
}

function hashOf(previous: string, event: Omit<EventRow, 'data' | 'hash'> & { readonly data: unknown }): string {
  const content = canonicalJson([event.order_no, event.sequence, event.type, event.at, event.data])
  return createHash('sha256').update(previous).update(content).digest('hex')
}
