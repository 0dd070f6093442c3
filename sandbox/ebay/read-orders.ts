import type { FaultKind } from '../faults.ts'
import { disturbPage } from '../shared/page-faults.ts'
import { json } from '../shared/respond.ts'
import { refuse } from './answers.ts'
import { fulfillmentDocument, orderDocument } from './documents.ts'
import { parseFilter } from './filter.ts'
import { type Account, isVisible, type StoredOrder, touch, type World } from './state.ts'

/** Source: Fulfillment API 1.20.7, getOrders (read 2026-11-22). */
const largestPage = 200
const defaultPage = 50
const mostIds = 50

/** getOrders. With `orderIds` every other parameter is ignored. */
export function getOrders(world: World, account: Account, query: URLSearchParams, drawn: readonly FaultKind[]): Response {
  const ids = query.get('orderIds')
  if (ids) return ordersByIds(world, account, ids.split(','))
  const fieldGroups = query.get('fieldGroups')
  if (!isFieldGroup(fieldGroups)) return refuse(32800, fieldGroups ?? '')
  const limit = wholeNumber(query.get('limit'), defaultPage)
  if (limit === undefined || limit < 1 || limit > largestPage) return refuse(31100, query.get('limit') ?? '')
  const offset = wholeNumber(query.get('offset'), 0)
  if (offset === undefined) return refuse(31000, query.get('offset') ?? '')
  const filter = parseFilter(world, query.get('filter') ?? undefined)
  if ('errorId' in filter) return refuse(filter.errorId, filter.value)

  if (drawn.includes('G7-one-timestamp')) shareOneTimestamp(account, filter.matches)
  const found = visibleOrders(world, account).filter(filter.matches)
  found.sort((left, right) => compare(left, right, filter.sortBy))
  const page = found.slice(offset, offset + limit)
  const hasNext = offset + limit < found.length
  const documents = page.map((order) => document(world, account, order, { fieldGroups, isSingle: false }))
  // Afterwards, so that the next page is read from a set that has moved up by one.
  if (hasNext && (drawn.includes('G5-page-shift') || world.isOn('pagesShift')) && page[0]) touch(world, page[0])
  return json({
    href: pageHref(query, limit, offset),
    total: found.length,
    limit,
    offset,
    ...(hasNext ? { next: pageHref(query, limit, offset + limit) } : {}),
    ...(offset > 0 ? { prev: pageHref(query, limit, Math.max(0, offset - limit)) } : {}),
    orders: disturbPage(documents, drawn),
  })
}

function ordersByIds(world: World, account: Account, ids: readonly string[]): Response {
  if (ids.length > mostIds) return refuse(30900, String(ids.length))
  const found = visibleOrders(world, account).filter((order) => ids.includes(order.orderId))
  const orders = found.map((order) => document(world, account, order, { fieldGroups: null, isSingle: false }))
  return json({ href: 'https://api.ebay.com/sell/fulfillment/v1/order', total: orders.length, limit: mostIds, offset: 0, orders })
}

export function getOrder(world: World, account: Account, orderId: string, query: URLSearchParams): Response {
  const fieldGroups = query.get('fieldGroups')
  if (!isFieldGroup(fieldGroups)) return refuse(32800, fieldGroups ?? '')
  const order = account.orders.get(orderId)
  if (!order || !isVisible(world, order)) return orderMissing(orderId)
  return json(document(world, account, world.views.read(orderId, order), { fieldGroups, isSingle: true }))
}

export function getShippingFulfillments(world: World, account: Account, orderId: string): Response {
  const order = account.orders.get(orderId)
  if (!order || !isVisible(world, order)) return refuse(32100, orderId)
  const fulfillments = world.views.read(orderId, order).fulfillments.map(fulfillmentDocument)
  return json({ fulfillments, total: fulfillments.length, warnings: [] })
}

export function getShippingFulfillment(world: World, account: Account, orderId: string, fulfillmentId: string): Response {
  const order = account.orders.get(orderId)
  if (!order || !isVisible(world, order)) return refuse(32100, orderId)
  const found = world.views.read(orderId, order).fulfillments.find((entry) => entry.fulfillmentId === fulfillmentId)
  return found ? json(fulfillmentDocument(found)) : refuse(32110, fulfillmentId)
}

/** Malformed ids are refused with 400; a well-formed one that nobody knows is not found. */
function orderMissing(orderId: string): Response {
  return /^\d{2}-\d{5}-\d{5}$/.test(orderId) ? new Response('', { status: 404 }) : refuse(32100, orderId)
}

interface DocumentOptions {
  readonly fieldGroups: string | null
  readonly isSingle: boolean
}

function document(world: World, account: Account, order: StoredOrder, options: DocumentOptions): Readonly<Record<string, unknown>> {
  return orderDocument(order, {
    world,
    account,
    withTaxes: options.fieldGroups === 'TAX_BREAKDOWN',
    withCancelRequests: options.isSingle,
  })
}

function visibleOrders(world: World, account: Account): StoredOrder[] {
  return [...account.orders.values()].filter((order) => isVisible(world, order)).map((order) => world.views.read(order.orderId, order))
}

function shareOneTimestamp(account: Account, matches: (order: StoredOrder) => boolean): void {
  const orders = [...account.orders.values()].filter(matches)
  const last = orders
    .map((order) => order.modifiedAt)
    .sort()
    .at(-1)
  for (const order of orders) if (last) order.modifiedAt = last
}

function compare(left: StoredOrder, right: StoredOrder, field: 'createdAt' | 'modifiedAt'): number {
  if (left[field] !== right[field]) return left[field] < right[field] ? -1 : 1
  return left.orderId < right.orderId ? -1 : 1
}

function isFieldGroup(text: string | null): boolean {
  return text === null || text === '' || text === 'TAX_BREAKDOWN'
}

function wholeNumber(text: string | null, fallback: number): number | undefined {
  if (text === null || text === '') return fallback
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function pageHref(query: URLSearchParams, limit: number, offset: number): string {
  const next = new URLSearchParams(query)
  next.set('limit', String(limit))
  next.set('offset', String(offset))
  return `https://api.ebay.com/sell/fulfillment/v1/order?${next}`
}
