import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { Shop } from '../../../core/model/shop.ts'
import type { CallContext, Cursor, OrderPage } from '../../../core/ports/connector.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { earliestOf } from '../../shared/earliest-of.ts'
import { readOne, readRecords } from '../../shared/read-records.ts'
import type { Answer, ShopifyClient } from '../client.ts'
import { idOf } from '../map-order.ts'
import { mostObjectsOfOneList, mostPointsOfOneQuery } from '../rate-limits.ts'
import { orderShape, type Page } from '../schema.ts'
import { atBeginning, type Reading, readCursor, timeFilter } from './cursor.ts'
import { documents } from './documents.ts'
import { endless, nextPage, readSnapshot } from './read.ts'

const changedShape = orderShape.pick({ updatedAt: true })
const mostRestarts = 3
const mostEmptyPages = 10

/**
 * One page of what changed: first the orders of the window by `updated_at`, then the orders whose
 * fulfillment orders moved while they themselves did not.
 */
export async function fetchOrderChanges(client: ShopifyClient, cursor: Cursor | undefined, call: CallContext): Promise<OrderPage> {
  const reading = readCursor(client.shop, cursor, call)
  try {
    return reading.stream === 'orders' ? await readOrders(client, reading, call) : await readWork(client, reading, call)
  } catch (error) {
    const again = beginAgain(reading, error)
    if (!again) throw error
    call.log.info('the window of changed orders begins again', { shop: client.shop.id, restarts: again.restarts })
    return { ...nothing, ...saved(again) }
  }
}

const nothing = { orders: [], rejected: [] }

function saved(reading: Reading): Pick<OrderPage, 'nextCursor' | 'hasMore'> {
  return { nextCursor: JSON.stringify(reading), hasMore: reading.stream !== 'done' }
}

async function readOrders(client: ShopifyClient, reading: Reading, call: CallContext): Promise<OrderPage> {
  const answer = await client.request(documents.changedOrders, variablesOf(reading), call)
  const { orders } = answer.data
  const pageSize = nextPageSize(reading, answer.requestedCost)
  const next = advance({ ...reading, pageSize }, orders, client.shop)
  return { ...(await snapshotsOf(client, orders.nodes, answer, call)), ...saved(next) }
}

async function readWork(client: ShopifyClient, reading: Reading, call: CallContext): Promise<OrderPage> {
  const { fulfillmentOrders } = (await client.request(documents.changedWork, variablesOf(reading), call)).data
  const next = advance(reading, fulfillmentOrders, client.shop)
  // An order that moved too was in the first stream, or is in the next window.
  const left = fulfillmentOrders.nodes.filter(({ order }) => !order?.updatedAt || order.updatedAt < reading.from)
  if (left.length === 0) return { ...nothing, ...saved(next) }
  const ids = [...new Set(left.map(({ orderId }) => orderId))]
  const answer = await client.request(documents.ordersById, { ids }, call)
  const nodes = answer.data.nodes.map((node, index) => node ?? (answer.failed.has(index) ? { id: ids[index] } : undefined))
  return { ...(await snapshotsOf(client, nodes, answer, call)), ...saved(next) }
}

function variablesOf(reading: Reading) {
  return { first: reading.pageSize, after: reading.after, query: timeFilter('updated_at', reading) }
}

/** Each record by itself. One on which Shopify failed is asked for alone before it is set aside, for that may pass. */
function snapshotsOf(client: ShopifyClient, nodes: readonly unknown[], { personalWithheld, failed }: Answer<unknown>, call: CallContext) {
  const read = async (node: unknown) => {
    const failure = failed.get(nodes.indexOf(node))
    if (!failure) return readSnapshot(client, node, personalWithheld, call)
    const order = await fetchOrder(client, idOf(node) ?? '', call)
    if (order) return order
    throw failure
  }
  const known = nodes.filter((node) => node !== undefined)
  return readRecords(known, { idOf, read })
}

/** Where reading goes on after a page. */
function advance(reading: Reading, page: Page, shop: Shop): Reading {
  const earliest = earliestOf(page.nodes.map((node) => changedShape.safeParse(node).data?.updatedAt))
  assertFilterHeld(earliest, reading, shop)
  const after = nextPage(page, reading.after)
  if (after === undefined) return atBeginning(reading, { stream: reading.stream === 'orders' ? 'work' : 'done' })
  const read = reading.read + page.nodes.length
  const empty = page.nodes.length === 0 ? reading.empty + 1 : 0
  if (empty >= mostEmptyPages) throw endless()
  if (read < mostObjectsOfOneList) return { ...reading, after, read, empty }
  // Shopify lists no more; the rest of the window is a window of its own, from this page's time on.
  if (earliest !== undefined && earliest > reading.from) return atBeginning(reading, { from: earliest })
  throw new SyncError('invalid-data', `shop ${shop.id} has more changes at one moment than Shopify lists`, {
    code: 'shopify-list-too-long',
  })
}

/** A filter that Shopify does not know is ignored and everything comes back; older records than asked for give it away. */
function assertFilterHeld(earliest: Instant | undefined, { from }: Reading, shop: Shop): void {
  if (earliest === undefined || earliest >= from) return
  throw new SyncError('invalid-data', `Shopify ignored the time filter of shop ${shop.id}; report this with the API version in use`, {
    code: 'shopify-filter-ignored',
    context: { from, updatedAt: earliest },
  })
}

/** A page token that is no good any more, or a page that costs too much, begins the window again; three times at most. */
function beginAgain(reading: Reading, error: unknown): Reading | undefined {
  if (!(error instanceof SyncError) || reading.restarts >= mostRestarts) return undefined
  const restarts = reading.restarts + 1
  if (error.code === 'shopify-query-too-costly' && reading.pageSize > 1) {
    const pageSize = Math.ceil(reading.pageSize / 4)
    return atBeginning(reading, { restarts, pageSize, largestPage: pageSize })
  }
  const isTokenRefused = error.code === 'shopify-query-refused' && reading.after !== undefined
  return isTokenRefused ? atBeginning(reading, { restarts }) : undefined
}

/** Larger pages cost Shopify less per order. Its cost grows with the page, so the largest page below its limit is known from one answer. */
function nextPageSize({ pageSize, largestPage }: Reading, requestedCost: number | undefined): number {
  if (requestedCost === undefined || requestedCost <= 0) return pageSize
  const affordable = Math.floor((pageSize * mostPointsOfOneQuery * 0.95) / requestedCost)
  return Math.max(1, Math.min(largestPage, affordable))
}

export async function fetchOrder(client: ShopifyClient, platformOrderId: string, call: CallContext): Promise<OrderSnapshot | undefined> {
  const id = globalIdOf(platformOrderId)
  if (id === undefined) return undefined
  const { data, personalWithheld } = await client.request(documents.orderById, { id }, call)
  if (!data.order) return undefined
  return readOne('Shopify', platformOrderId, () => readSnapshot(client, data.order, personalWithheld, call))
}

/** The number in the address of the admin's page will do; anything else would be refused as a malformed id. */
function globalIdOf(id: string): string | undefined {
  if (/^\d+$/.test(id)) return `gid://shopify/Order/${id}`
  return /^gid:\/\/shopify\/Order\/\d+$/.test(id) ? id : undefined
}
