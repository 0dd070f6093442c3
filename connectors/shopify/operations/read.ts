import type { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { CallContext, OrderPage, RejectedRecord } from '../../../core/ports/connector.ts'
import { readRecords, rejectedRecord } from '../../shared/read-records.ts'
import type { ShopifyClient } from '../client.ts'
import { readError, withholdsPersonal } from '../map-error.ts'
import { idOf, mapOrder } from '../map-order.ts'
import { mostObjectsOfOneList } from '../rate-limits.ts'
import { answers, type OpenList, openList } from '../schema.ts'
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
  return { node: await completed(client, node, call), personalWithheld }
}

/** Completes and maps the records of one answer, each by itself. */
export async function readSnapshots(
  client: ShopifyClient,
  nodes: readonly unknown[],
  personalWithheld: boolean,
  call: CallContext,
): Promise<Pick<OrderPage, 'orders' | 'rejected'>> {
  const options = { ...client.shop.settings, personalWithheld }
  const whole: unknown[] = []
  const incomplete: RejectedRecord[] = []
  for (const node of nodes) {
    try {
      whole.push(await completed(client, node, call))
    } catch (error) {
      if (!(error instanceof SyncError) || error.code !== 'shopify-record-incomplete') throw error
      incomplete.push(rejectedRecord(node, idOf(node), error))
    }
  }
  const { orders, rejected } = await readRecords(whole, { idOf, read: (node) => mapOrder(node, options) })
  return { orders, rejected: [...incomplete, ...rejected] }
}

/** How a list inside an order is read on, by the kind of its owner, which stands in the id, and its name. */
const restOf: Readonly<Record<string, Operation>> = {
  'Order.lineItems': documents.restOfLines,
  'Order.fulfillmentOrders': documents.restOfWork,
  'FulfillmentOrder.lineItems': documents.restOfWorkLines,
  'Fulfillment.fulfillmentLineItems': documents.restOfShippedLines,
}

/** Reads on wherever a list of a record had more entries than fitted. What has another form stays; mapping it then says what is wrong. */
async function completed(client: ShopifyClient, node: unknown, call: CallContext): Promise<unknown> {
  if (!JSON.stringify(node ?? null).includes('"hasNextPage":true')) return node
  if (Array.isArray(node)) {
    const nodes: unknown[] = []
    for (const each of node) nodes.push(await completed(client, each, call))
    return nodes
  }
  const id = idOf(node) ?? ''
  const fields: [string, unknown][] = []
  for (const [name, value] of Object.entries(node as object)) {
    const list = openList.safeParse(value).data
    const operation = restOf[`${id.split('/')[3]}.${name}`]
    const whole = list && operation ? await wholeList(client, operation, id, list, call) : value
    fields.push([name, await completed(client, whole, call)])
  }
  return Object.fromEntries(fields)
}

async function wholeList(client: ShopifyClient, operation: Operation, id: string, first: OpenList, call: CallContext): Promise<OpenList> {
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
  return { pageInfo, nodes }
}
