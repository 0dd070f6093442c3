import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { Shop } from '../../../core/model/shop.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import { parseInstant } from '../../../core/value/instant.ts'
import { readOne } from '../../shared/read-records.ts'
import type { ShopifyClient } from '../client.ts'
import { mapOrder } from '../map-order.ts'
import { mostObjectsOfOneList, mostPointsOfOneQuery } from '../rate-limits.ts'
import { answers } from '../schema.ts'
import { finishedCursor, firstPageSize, type Reading, readCursor, timeFilter } from './cursor.ts'
import { documents } from './documents.ts'
import { fetchNode, read, readSnapshots } from './read.ts'

const workPageSize = 100
const mostRestarts = 3
const mostEmptyPages = 10

/**
 * One page of what changed: first the orders of the window by `updated_at`, then the orders whose
 * fulfillment orders moved while they themselves did not.
 */
export async function fetchOrderChanges(client: ShopifyClient, cursor: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const reading = readCursor(client.shop, cursor, call)
  try {
    return reading.stream === 'orders' ? await readOrderPage(client, reading, call) : await readWorkPage(client, reading, call)
  } catch (error) {
    const again = beginAgain(reading, error)
    if (!again) throw error
    call.log.info('the window of changed orders begins again', { shop: client.shop.id, restarts: again.restarts })
    return { orders: [], rejected: [], nextCursor: JSON.stringify(again), hasMore: true }
  }
}

async function readOrderPage(client: ShopifyClient, reading: Reading, call: CallContext): Promise<OrderPage> {
  const variables = { first: reading.pageSize, after: reading.after, query: timeFilter('updated_at', reading.from, reading.to) }
  const { data, personalWithheld, requestedCost } = await read(client, documents.changedOrders, variables, answers.orders, call)
  for (const node of data.orders.nodes) assertFilterHeld(updatedAtOf(node), reading, client.shop)
  const page = await readSnapshots(client, data.orders.nodes, personalWithheld, call)
  const pageSize = nextPageSize(reading, requestedCost)
  return { ...page, ...advance({ ...reading, pageSize }, data.orders, client.shop) }
}

async function readWorkPage(client: ShopifyClient, reading: Reading, call: CallContext): Promise<OrderPage> {
  const { shop } = client
  const variables = { first: workPageSize, after: reading.after, query: timeFilter('updated_at', reading.from, reading.to) }
  const { data } = await read(client, documents.changedWork, variables, answers.work, call)
  const left = new Set<string>()
  for (const { orderId, updatedAt, order } of data.fulfillmentOrders.nodes) {
    assertFilterHeld(updatedAt, reading, shop)
    // An order that moved too was in the first stream, or is in the next window.
    const moved = parseInstant(order?.updatedAt ?? '')
    if (moved === undefined || moved < reading.from) left.add(orderId)
  }
  const page: { orders: OrderPage['orders'][number][]; rejected: OrderPage['rejected'][number][] } = { orders: [], rejected: [] }
  for (let start = 0; start < left.size; start += firstPageSize) {
    const ids = [...left].slice(start, start + firstPageSize)
    const answer = await read(client, documents.ordersById, { ids }, answers.nodes, call)
    const found = answer.data.nodes.filter((node) => node !== null)
    const part = await readSnapshots(client, found, answer.personalWithheld, call)
    page.orders.push(...part.orders)
    page.rejected.push(...part.rejected)
  }
  return { ...page, ...advance(reading, data.fulfillmentOrders, shop) }
}

export async function fetchOrder(client: ShopifyClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const id = globalIdOf(platformOrderId)
  if (id === undefined) return undefined
  const { node, personalWithheld } = await fetchNode(client, documents.orderById, id, call)
  if (node === undefined) return undefined
  return readOne('Shopify', platformOrderId, () => mapOrder(node, { ...client.shop.settings, personalWithheld }))
}

/** The number in the address of the admin's page will do; anything else would be refused as a malformed id. */
function globalIdOf(id: string): string | undefined {
  if (/^\d+$/.test(id)) return `gid://shopify/Order/${id}`
  return /^gid:\/\/shopify\/Order\/\d+$/.test(id) ? id : undefined
}

interface ListPage {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | undefined }
  readonly nodes: readonly unknown[]
}

function advance(reading: Reading, page: ListPage, shop: Shop): Pick<OrderPage, 'nextCursor' | 'hasMore'> {
  const { hasNextPage, endCursor } = page.pageInfo
  if (!hasNextPage) return finishStream(reading)
  const read = reading.read + page.nodes.length
  const empty = page.nodes.length === 0 ? reading.empty + 1 : 0
  if (endCursor === undefined || endCursor === reading.after || empty >= mostEmptyPages) {
    throw new SyncError('invalid-data', `Shopify promises shop ${shop.id} one more page without end`, { code: 'shopify-page-token-stuck' })
  }
  if (read >= mostObjectsOfOneList) return { nextCursor: JSON.stringify(narrow(reading, page, shop)), hasMore: true }
  return { nextCursor: JSON.stringify({ ...reading, after: endCursor, read, empty }), hasMore: true }
}

function finishStream(reading: Reading): Pick<OrderPage, 'nextCursor' | 'hasMore'> {
  if (reading.stream === 'work') return { nextCursor: finishedCursor(reading), hasMore: false }
  return { nextCursor: JSON.stringify({ ...atBeginning(reading), stream: 'work' }), hasMore: true }
}

/** Shopify lists 25,000 records at most; the rest of the window is a window of its own, from the last record's time on. */
function narrow(reading: Reading, page: ListPage, shop: Shop): Reading {
  const last = page.nodes.map(updatedAtOf).map((text) => parseInstant(text ?? ''))
  const from = last.filter((instant) => instant !== undefined).sort()[0]
  if (from === undefined || from <= reading.from) {
    throw new SyncError('invalid-data', `shop ${shop.id} has more changes at one moment than Shopify lists`, {
      code: 'shopify-list-too-long',
    })
  }
  return { ...atBeginning(reading), from }
}

/** The same window and stream without page token. */
function atBeginning({ after: _after, ...reading }: Reading): Reading {
  return { ...reading, read: 0, empty: 0 }
}

/** A filter that Shopify does not know is ignored and everything comes back; older records than asked for give it away. */
function assertFilterHeld(updatedAt: string | undefined, reading: Reading, shop: Shop): void {
  const instant = parseInstant(updatedAt ?? '')
  if (instant === undefined || instant >= reading.from) return
  throw new SyncError('invalid-data', `Shopify ignored the time filter of shop ${shop.id}; report this with the API version in use`, {
    code: 'shopify-filter-ignored',
    context: { from: reading.from, updatedAt: instant },
  })
}

/** A page token that is no good any more, or a page that costs too much, begins the window again; three times at most. */
function beginAgain(reading: Reading, error: unknown): Reading | undefined {
  if (!(error instanceof SyncError) || reading.restarts >= mostRestarts) return undefined
  const again = { ...atBeginning(reading), restarts: reading.restarts + 1 }
  if (error.code === 'shopify-query-too-costly' && reading.pageSize > 1) {
    const pageSize = Math.ceil(reading.pageSize / 4)
    return { ...again, pageSize, largestPage: pageSize }
  }
  return error.code === 'shopify-query-refused' && reading.after !== undefined ? again : undefined
}

/** Larger pages cost Shopify less per order. Its cost grows with the page, so the largest page below its limit is known from one answer. */
function nextPageSize({ pageSize, largestPage }: Reading, requestedCost: number | undefined): number {
  if (requestedCost === undefined || requestedCost <= 0) return pageSize
  const affordable = Math.floor((pageSize * mostPointsOfOneQuery * 0.95) / requestedCost)
  return Math.max(1, Math.min(largestPage, affordable))
}

function updatedAtOf(node: unknown): string | undefined {
  return z.object({ updatedAt: z.string() }).safeParse(node).data?.updatedAt
}
