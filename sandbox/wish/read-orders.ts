import type { FaultKind } from '../faults.ts'
import { disturbPage } from '../shared/page-faults.ts'
import { badParameter, done, type Result, ruleRefused } from './answers.ts'
import { corruptions } from './corrupt.ts'
import type { OrderDocument } from './document.ts'
import { select } from './fields.ts'
import type { ListQuery } from './requests.ts'
import type { Account, OrderRecord, World } from './state.ts'

/**
 * `GET /api/v3/orders`. Bounds are inclusive ("orders updated before this time will not show"), the default is
 * the 50 latest updates, latest first. What decides between equal times is not documented; here it is the id.
 */
export function listOrders(world: World, account: Account, query: ListQuery, drawn: readonly FaultKind[]): Result {
  const [key, direction = 'desc'] = (query.sort_by ?? 'updated_at.desc').split('.') as ['updated_at' | 'released_at', ('asc' | 'desc')?]
  const fitting = visibleOrders(world, account).filter(({ document }) => fits(document, query))
  const sign = direction === 'asc' ? 1 : -1
  fitting.sort((a, b) => sign * (compare(a.document[key], b.document[key]) || compare(a.document.id, b.document.id)))
  const page = disturbPage(fitting.slice(0, query.limit ?? 50), drawn)
  return done(page.map((seen) => select(shown(world, seen.order, seen.document), query.fields)))
}

export function getOrder(world: World, account: Account, id: string, fields: string | undefined): Result {
  if (!/^[0-9a-f]{24}$/.test(id)) return badParameter('id: not an object id')
  const order = account.orders.get(id)
  if (order === undefined || !order.visible) return ruleRefused(`We could not find an order for id: '${id}'`)
  return done(select(shown(world, order, world.lagged.read(id, order.document)), fields))
}

/** The order as an answer shows it, spoiled if it is to be. */
export function shown(world: World, order: OrderRecord, document: OrderDocument): Record<string, unknown> {
  const copy = JSON.parse(JSON.stringify(document), world.is('float-amounts') ? asFloat : undefined) as Record<string, unknown>
  if (world.is('without-history')) delete copy['fulfillment_records']
  if (world.is('order-types-as-text')) copy['fulfillment_order_types'] = document.fulfillment_order_types.join(',')
  if (world.is('omit-empty-blocks')) {
    for (const [key, value] of Object.entries(copy)) if (Array.isArray(value) && value.length === 0) delete copy[key]
  }
  if (order.corruption !== undefined) corruptions[order.corruption]?.(copy)
  return copy
}

function asFloat(key: string, value: unknown): unknown {
  return key === 'amount' ? Math.fround(Number(value)) : value
}

interface SeenOrder {
  readonly order: OrderRecord
  readonly document: OrderDocument
}

function visibleOrders(world: World, account: Account): SeenOrder[] {
  const seen: SeenOrder[] = []
  for (const order of account.orders.values()) {
    if (order.visible) seen.push({ order, document: world.lagged.read(order.document.id, order.document) })
  }
  return seen
}

function fits(document: OrderDocument, query: ListQuery): boolean {
  const { states, order_type: orderType } = query
  if (states !== undefined && !states.includes(document.state)) return false
  if (orderType !== undefined && !document.fulfillment_order_types.includes(orderType)) return false
  return (
    isWithin(document.updated_at, query.updated_at_min, query.updated_at_max) &&
    isWithin(document.released_at, query.released_at_min, query.released_at_max)
  )
}

function isWithin(time: string, least: string | undefined, most: string | undefined): boolean {
  const ms = Date.parse(time)
  return (least === undefined || ms >= Date.parse(least)) && (most === undefined || ms <= Date.parse(most))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
