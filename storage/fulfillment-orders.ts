import type { Knex } from 'knex'
import { SyncError } from '../core/errors.ts'
import type { FulfillmentOrder, FulfillmentOrderStatus } from '../core/model/fulfillment-order.ts'
import type { FulfillmentOrderStore } from '../core/ports/storage.ts'
import { latest } from '../core/value/instant.ts'
import { fromJson, toJson } from './json.ts'
import { loadByKeys, type RowAccess } from './rows.ts'

/** The document is the whole fulfillment order with its packages; the columns repeat what is searched by. */
interface FulfillmentOrderRow {
  readonly fo_no: string
  readonly order_no: string
  readonly sequence: number
  readonly account: string
  readonly reference: string
  readonly status: string
  /** 0 alone or the lead; the others of a merged parcel count on. */
  readonly parcel_position: number
  /** When it was last changed or looked up. */
  readonly heard_at: string
  readonly version: number
  readonly document: string
}

const liveStatuses: readonly FulfillmentOrderStatus[] = ['accepted', 'processing', 'partially-shipped', 'wms-exception']

export function fulfillmentOrderStore({ database }: RowAccess): FulfillmentOrderStore {
  const rows = () => database<FulfillmentOrderRow>('fulfillment_orders')

  return {
    async save(fulfillmentOrder) {
      const row = toRow(fulfillmentOrder)
      const isSaved = row.version === 1 ? await insert(database, row) : await replace(database, row)
      if (!isSaved) throw changed(fulfillmentOrder)
    },

    async load(foNo) {
      return (await rows().where('fo_no', foNo)).map(fromRow)[0]
    },

    async forOrders(orderNos) {
      const found = await loadByKeys(orderNos, async (chunk) => {
        return await rows().whereIn('order_no', chunk).orderBy(['order_no', 'sequence'])
      })
      return found.map(fromRow)
    },

    async byReferences(account, references) {
      const found = await loadByKeys(references, async (chunk) => {
        return await rows().where({ account }).whereIn('reference', chunk).orderBy(['reference', 'parcel_position'])
      })
      return found.map(fromRow)
    },

    async countLive(account) {
      const row = await database('fulfillment_orders').where({ account }).whereIn('status', liveStatuses).count({ live: '*' }).first()
      return Number(row?.['live'] ?? 0)
    },

    async unheard(account, since, limit) {
      const found = await rows()
        .where({ account, parcel_position: 0 })
        .whereIn('status', liveStatuses)
        .where('heard_at', '<=', since)
        .orderBy(['heard_at', 'fo_no'])
        .limit(limit)
      return found.map(fromRow)
    },
  }
}

async function insert(database: Knex, row: FulfillmentOrderRow): Promise<boolean> {
  const inserted = await database('fulfillment_orders').insert(row).onConflict().ignore().returning('fo_no')
  return inserted.length === 1
}

async function replace(database: Knex, row: FulfillmentOrderRow): Promise<boolean> {
  const stored = { fo_no: row.fo_no, version: row.version - 1 }
  return (await database('fulfillment_orders').where(stored).update(row)) === 1
}

function changed(fulfillmentOrder: FulfillmentOrder): SyncError {
  const { foNo, orderNo, reference, version } = fulfillmentOrder
  return new SyncError('conflict', `the fulfillment order ${foNo} of order ${orderNo} was changed meanwhile; load it and decide again`, {
    code: 'fulfillment-order-changed',
    context: { foNo, orderNo, reference, version },
  })
}

function toRow(fulfillmentOrder: FulfillmentOrder): FulfillmentOrderRow {
  return {
    fo_no: fulfillmentOrder.foNo,
    order_no: fulfillmentOrder.orderNo,
    sequence: fulfillmentOrder.sequence,
    account: fulfillmentOrder.account,
    reference: fulfillmentOrder.reference,
    status: fulfillmentOrder.status,
    parcel_position: Math.max(0, fulfillmentOrder.merged?.indexOf(fulfillmentOrder.foNo) ?? 0),
    heard_at: latest(fulfillmentOrder.changedAt, fulfillmentOrder.lookedUpAt ?? fulfillmentOrder.changedAt),
    version: fulfillmentOrder.version,
    document: toJson(fulfillmentOrder),
  }
}

function fromRow(row: FulfillmentOrderRow): FulfillmentOrder {
  return fromJson(row.document) as FulfillmentOrder
}
