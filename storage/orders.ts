import type { Knex } from 'knex'
import { SyncError } from '../core/errors.ts'
import type { Order, OrderState } from '../core/model/order.ts'
import type { OrderQuery, OrderStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { destinationColumn, likenessColumn, type OrderRow, orderFromRow, orderToRow } from './order-row.ts'
import { loadByKeys, type RowAccess } from './rows.ts'

const urgentFirst = 'ship_by asc nulls last, purchased_at asc, order_no asc'
/** A person's wish or a new mapping changes where these go; later states have been decided. */
const statesWithHold: readonly OrderState[] = ['open', 'in-fulfillment', 'partially-shipped']
const statesToShip: readonly OrderState[] = ['open', 'in-fulfillment', 'partially-shipped']
const statesOver: readonly OrderState[] = ['cancelled', 'ignored']

export function orderStore({ database, cipher }: RowAccess): OrderStore {
  const rows = () => database<OrderRow>('orders')
  const toOrders = (found: readonly OrderRow[]) => found.map((row) => orderFromRow(row, cipher))

  return {
    async load(orderNo) {
      return toOrders(await rows().where('order_no', orderNo))[0]
    },

    async loadMany(orderNos) {
      return toOrders(await loadByKeys(orderNos, async (chunk) => await rows().whereIn('order_no', chunk).orderBy('order_no')))
    },

    async find(shop, platformOrderId) {
      return toOrders(await rows().where({ platform_order_id: platformOrderId, shop }))[0]
    },

    async findMany(shop, platformOrderIds) {
      const load = async (chunk: readonly string[]) =>
        await rows().where({ shop }).whereIn('platform_order_id', chunk).orderBy('platform_order_id')
      return toOrders(await loadByKeys(platformOrderIds, load))
    },

    async lookUp(id) {
      const slash = id.indexOf('/')
      const matches = rows().where('order_no', id).orWhere('platform_order_id', id)
      if (slash > 0) matches.orWhere({ shop: id.slice(0, slash), platform_order_id: id.slice(slash + 1) })
      return toOrders(await matches.orderBy('order_no'))
    },

    async save(order) {
      const row = orderToRow(order, cipher)
      await (order.version === 1 ? insert(database, row) : replace(database, row))
    },

    async dueForPlan(clientId, now, limit) {
      const chosen = database('orders')
        .select('order_no')
        .where('client_id', clientId)
        .where('plan_due_at', '<=', now)
        .orderByRaw(urgentFirst)
        .limit(limit)
      return toOrders(await rows().whereIn('order_no', chosen).orderByRaw(urgentFirst))
    },

    async nextPlanDue(clientId) {
      const row = await rows().where('client_id', clientId).whereNotNull('plan_due_at').min({ at: 'plan_due_at' }).first()
      return (row?.['at'] ?? undefined) as Instant | undefined
    },

    async wakePlan(filter, at) {
      const update = rows()
      if (filter.clientId !== undefined) update.where('client_id', filter.clientId)
      if (filter.shop !== undefined) update.where('shop', filter.shop)
      const held = database('holds').select('order_no').whereNull('released_at')
      if (filter.holdReasons) update.whereIn('state', statesWithHold).whereIn('order_no', held.whereIn('reason', filter.holdReasons))
      // What a rule leaves out is ours again when the rule goes; the rest of an order that has partly left may wait.
      else
        update.where((either) =>
          either
            .where('state', 'open')
            .orWhereNotNull('ruled_out')
            .orWhere((rest) => rest.whereIn('state', statesWithHold).whereIn('order_no', held)),
        )
      // An order that is due earlier stays so.
      return await update.update({ plan_due_at: database.raw('case when plan_due_at < ? then plan_due_at else ? end', [at, at]) })
    },

    async list(query) {
      const found = toOrders(await listRows(database, query))
      const last = found[query.limit - 1]
      const page = found.slice(0, query.limit)
      return { orders: page, next: found.length > query.limit && last ? pageToken(last) : null }
    },

    async dueToShip(until, limit) {
      return toOrders(await rows().whereIn('state', statesToShip).where('ship_by', '<=', until).orderByRaw(urgentFirst).limit(limit))
    },

    async findTwin(order, since) {
      const likeness = likenessColumn(order, cipher)
      if (likeness === null) return undefined
      const row = await rows()
        .select('order_no', 'shop', 'platform_order_id', 'purchased_at')
        .where({ likeness })
        .where('purchased_at', '>=', since)
        .whereRaw('(purchased_at, order_no) < (?, ?)', [order.purchasedAt, order.orderNo])
        .whereNotIn('state', statesOver)
        .orderByRaw('purchased_at, order_no')
        .first()
      return (
        row && {
          orderNo: row.order_no,
          shop: row.shop,
          platformOrderId: row.platform_order_id,
          purchasedAt: row.purchased_at as Instant,
        }
      )
    },

    async findCompanions(order, limit) {
      const destination = destinationColumn(order, cipher)
      if (destination === null) return []
      const found = rows().where({ destination }).whereNot('order_no', order.orderNo)
      return toOrders(await found.orderByRaw('purchased_at, order_no').limit(limit))
    },

    async countByState(shop) {
      const counts: { state: OrderState; orders: number }[] = await database('orders')
        .select('state', database.raw('count(*) as orders'))
        .where(shop === undefined ? {} : { shop })
        .groupBy('state')
        .orderBy('state')
      return Object.fromEntries(counts.map((row) => [row.state, row.orders]))
    },
  }
}

async function insert(database: Knex, row: OrderRow): Promise<void> {
  const inserted = await database('orders').insert(row).onConflict().ignore().returning('order_no')
  if (inserted.length === 1) return
  throw new SyncError('conflict', `the order ${row.shop}/${row.platform_order_id} is stored already; load it and decide again`, {
    code: 'order-exists',
    context: { orderNo: row.order_no, shop: row.shop, platformOrderId: row.platform_order_id },
  })
}

async function replace(database: Knex, row: OrderRow): Promise<void> {
  // The identity never changes; leaving it out spares its index.
  const { order_no, shop, platform, platform_order_id, ...changes } = row
  const changed = await database('orders')
    .where({ order_no, shop, platform_order_id, version: row.version - 1 })
    .update(changes)
  if (changed === 1) return
  throw new SyncError('conflict', `the order ${row.order_no} was changed meanwhile; load it and decide again`, {
    code: 'order-changed',
    context: { orderNo: row.order_no, version: row.version },
  })
}

/** One row more than asked for: it tells whether there is a next page. */
async function listRows(database: Knex, query: OrderQuery): Promise<OrderRow[]> {
  const select = database<OrderRow>('orders')
  if (query.shop !== undefined) select.where('shop', query.shop)
  if (query.state !== undefined) select.where('state', query.state)
  if (query.purchasedFrom !== undefined) select.where('purchased_at', '>=', query.purchasedFrom)
  if (query.purchasedTo !== undefined) select.where('purchased_at', '<', query.purchasedTo)
  if (query.after !== undefined) select.whereRaw('(purchased_at, order_no) < (?, ?)', parsePageToken(query.after))
  return await select.orderByRaw('purchased_at desc, order_no desc').limit(query.limit + 1)
}

function pageToken(order: Order): string {
  return Buffer.from(`${order.purchasedAt} ${order.orderNo}`).toString('base64url')
}

function parsePageToken(token: string): [string, string] {
  const [purchasedAt, orderNo] = Buffer.from(token, 'base64url').toString().split(' ')
  if (!purchasedAt || !orderNo) {
    throw new SyncError('config', 'the page mark is not one that a list gave as its `next`; start again without it', {
      code: 'page-mark-invalid',
    })
  }
  return [purchasedAt, orderNo]
}
