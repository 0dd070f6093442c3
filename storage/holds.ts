import type { Knex } from 'knex'
import type { Hold, HoldReason, HoldRelease, HoldSource } from '../core/model/hold.ts'
import type { HoldStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { fromJson, present, toJson } from './json.ts'
import { loadByKeys, type RowAccess } from './rows.ts'

interface HoldRow {
  readonly order_no: string
  readonly client_id: string
  readonly reason: string
  readonly source: string
  readonly subject: string
  readonly detail: string
  readonly release: string
  readonly placed_at: string
  readonly released_at: string | null
  readonly released_by: string | null
}

interface SummaryRow {
  readonly reason: HoldReason
  readonly subject: string
  readonly holds: number
  readonly oldest_ship_by: Instant | null
}

export function holdStore({ database }: RowAccess): HoldStore {
  return {
    async save(hold) {
      const row = holdToRow(hold)
      await (hold.releasedAt === undefined ? saveOpen(database, row) : saveReleased(database, row))
    },

    async forOrders(orderNos) {
      const rows = await loadByKeys(orderNos, async (chunk): Promise<HoldRow[]> => {
        return await database('holds').whereIn('order_no', chunk).orderBy(['placed_at', 'hold_id'])
      })
      // Each chunk comes sorted; several chunks are merged here.
      return rows.sort((a, b) => (a.placed_at < b.placed_at ? -1 : Number(a.placed_at > b.placed_at))).map(holdFromRow)
    },

    async openByReason(reason, limit) {
      const select = database('holds').whereNull('released_at').orderBy(['placed_at', 'hold_id'])
      if (reason !== undefined) select.where('reason', reason)
      if (limit !== undefined) select.limit(limit)
      const rows: HoldRow[] = await select
      return rows.map(holdFromRow)
    },

    async summary() {
      const rows: SummaryRow[] = await database('holds')
        .leftJoin('orders', 'orders.order_no', 'holds.order_no')
        .whereNull('holds.released_at')
        .select('holds.reason', 'holds.subject')
        .select(database.raw('count(*) as holds, min(orders.ship_by) as oldest_ship_by'))
        .groupBy('holds.reason', 'holds.subject')
        .orderBy(['holds.reason', 'holds.subject'])
      return rows.map((row) => ({
        reason: row.reason,
        subject: row.subject,
        count: row.holds,
        ...present({ oldestShipBy: row.oldest_ship_by }),
      }))
    },
  }
}

async function saveOpen(database: Knex, row: HoldRow): Promise<void> {
  await database('holds').insert(row).onConflict(database.raw('(order_no, reason, subject) where released_at is null')).merge()
}

/** Closes the open row; saved once more, the same release changes its row and adds none. */
async function saveReleased(database: Knex, row: HoldRow): Promise<void> {
  const same = { order_no: row.order_no, reason: row.reason, subject: row.subject }
  if ((await database('holds').where(same).whereNull('released_at').update(row)) > 0) return
  if ((await database('holds').where(same).where('placed_at', row.placed_at).update(row)) > 0) return
  await database('holds').insert(row)
}

function holdToRow(hold: Hold): HoldRow {
  return {
    order_no: hold.orderNo,
    client_id: hold.clientId,
    reason: hold.reason,
    source: hold.source,
    subject: hold.subject,
    detail: hold.detail,
    release: toJson(hold.release),
    placed_at: hold.placedAt,
    released_at: hold.releasedAt ?? null,
    released_by: hold.releasedBy ?? null,
  }
}

function holdFromRow(row: HoldRow): Hold {
  return {
    orderNo: row.order_no,
    clientId: row.client_id,
    reason: row.reason as HoldReason,
    source: row.source as HoldSource,
    subject: row.subject,
    detail: row.detail,
    release: fromJson(row.release) as HoldRelease,
    placedAt: row.placed_at as Instant,
    ...present({ releasedAt: row.released_at as Instant | null, releasedBy: row.released_by }),
  }
}
