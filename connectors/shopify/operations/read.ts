import type { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { CallContext, OrderPage, RejectedRecord } from '../../../core/ports/connector.ts'
import { readRecords, rejectedRecord } from '../../shared/read-records.ts'
import type { ShopifyClient } from '../client.ts'
import { readError, withholdsPersonal } from '../map-error.ts'
import { idOf, mapOrder } from '../map-order.ts'
import { mostObjectsOfOneList } from '../rate-limits.ts'
import { answers, openFulfillment, openFulfillmentOrder, openOrder } from '../schema.ts'
import { documents, type Operation } from './documents.ts'

type Variables = Readonly<Record<string, unknown>>

export interface Answered<T> {
  readonly data: T
  readonly personalWithheld: boolean
  /** Points that Shopify counted before it answered; undefined when it did not say. */
  readonly requestedCost: number | undefined
  readonly version: string | undefined
}

/** Reads one document. Throws the SyncError of whatever went wrong; data in part is data. */
export async function read<T>(
  client: ShopifyClient,
  operation: Operation,
  variables: Variables,
  shape: z.ZodType<T>,
  call: CallContext,
): Promise<Answered<T>> {
  const answer = await client.request(operation, variables, call)
  const error = readError(answer, client.place(call))
  if (error) throw error
  if (answer.kind !== 'graphql') throw new Error('an answer without error is a GraphQL answer')
  const parsed = shape.safeParse(answer.data)
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'data').join(', ')
    throw new SyncError('transient', `${client.place(call).host} answered ${operation.name} without ${places}`, {
      code: 'shopify-answer-incomplete',
    })
  }
  return {
    data: parsed.data,
    personalWithheld: withholdsPersonal(answer.errors),
    requestedCost: answer.cost?.requested,
    version: answer.version,
  }
}

/** One order by its id, with the rest of its lists; `node` is undefined when Shopify does not know it. */
export async function fetchNode(
  client: ShopifyClient,
  operation: Operation,
  id: string,
  call: CallContext,
): Promise<{ readonly node: unknown; readonly personalWithheld: boolean }> {
  const { data, personalWithheld } = await read(client, operation, { id }, answers.order, call)
  const node = data.order ?? undefined
  return { node: node === undefined ? undefined : await completeOrder(client, node, call), personalWithheld }
}

/** Completes and maps the records of one answer, each by itself. */
export async function readSnapshots(
  client: ShopifyClient,
  nodes: readonly unknown[],
  personalWithheld: boolean,
  call: CallContext,
): Promise<Pick<OrderPage, 'orders' | 'rejected'>> {
  const options = { includeTestOrders: client.shop.settings.includeTestOrders, personalWithheld }
  const completed: Awaited<ReturnType<typeof completeOrReject>>[] = []
  for (const node of nodes) completed.push(await completeOrReject(client, node, call))
  const complete = completed.flatMap((one) => ('reason' in one ? [] : [one.node]))
  const page = await readRecords(complete, { idOf, read: (node) => mapOrder(node, options) })
  return { orders: page.orders, rejected: [...completed.flatMap((one) => ('reason' in one ? [one] : [])), ...page.rejected] }
}

async function completeOrReject(client: ShopifyClient, node: unknown, call: CallContext): Promise<{ node: unknown } | RejectedRecord> {
  try {
    return { node: await completeOrder(client, node, call) }
  } catch (error) {
    if (error instanceof SyncError && error.code === 'shopify-record-incomplete') return rejectedRecord(node, idOf(node), error)
    throw error
  }
}

/**
 * Reads on where an inner list of an order had more entries than fitted. A node of another form passes
 * through unchanged; mapping it then says what is wrong with it.
 */
async function completeOrder(client: ShopifyClient, node: unknown, call: CallContext): Promise<unknown> {
  const parsed = openOrder.safeParse(node)
  if (!parsed.success) return node
  const order = parsed.data
  const lineItems = order.lineItems && (await restOf(client, documents.restOfLines, order.id, order.lineItems, call))
  const work = await restOf(client, documents.restOfWork, order.id, order.fulfillmentOrders, call)
  const fulfillmentOrders = { ...work, nodes: await completeEach(client, work.nodes, call) }
  const fulfillments = await completeEach(client, order.fulfillments, call)
  return { ...order, ...(lineItems ? { lineItems } : {}), fulfillmentOrders, fulfillments }
}

async function completeEach(client: ShopifyClient, nodes: readonly unknown[], call: CallContext): Promise<readonly unknown[]> {
  const completed: unknown[] = []
  for (const node of nodes) {
    const fulfillmentOrder = openFulfillmentOrder.safeParse(node).data
    const fulfillment = openFulfillment.safeParse(node).data
    if (fulfillmentOrder?.lineItems.pageInfo.hasNextPage) {
      const { id, lineItems } = fulfillmentOrder
      completed.push({ ...fulfillmentOrder, lineItems: await restOf(client, documents.restOfWorkLines, id, lineItems, call) })
    } else if (fulfillment?.fulfillmentLineItems.pageInfo.hasNextPage) {
      const { id, fulfillmentLineItems } = fulfillment
      const rest = await restOf(client, documents.restOfShippedLines, id, fulfillmentLineItems, call)
      completed.push({ ...fulfillment, fulfillmentLineItems: rest })
    } else completed.push(node)
  }
  return completed
}

interface OpenConnection {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | undefined }
  readonly nodes: readonly unknown[]
}

async function restOf(
  client: ShopifyClient,
  operation: Operation,
  id: string,
  first: OpenConnection,
  call: CallContext,
): Promise<OpenConnection> {
  const nodes = [...first.nodes]
  let { pageInfo } = first
  while (pageInfo.hasNextPage) {
    const { data } = await read(client, operation, { id, after: pageInfo.endCursor }, answers.rest, call)
    const page = data.owner?.page
    if (!page || page.pageInfo.endCursor === pageInfo.endCursor || nodes.length > mostObjectsOfOneList) {
      throw new SyncError('invalid-data', `${operation.name}: the rest of the list cannot be read`, { code: 'shopify-record-incomplete' })
    }
    nodes.push(...page.nodes)
    pageInfo = page.pageInfo
  }
  return { ...first, pageInfo, nodes }
}
