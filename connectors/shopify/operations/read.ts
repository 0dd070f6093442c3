import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import type { ShopifyClient } from '../client.ts'
import { idOf, mapOrder } from '../map-order.ts'
import { mostObjectsOfOneList } from '../rate-limits.ts'
import { anyPage, type Page } from '../schema.ts'
import { restOf } from './documents.ts'

/** The token of the page after this one, which came by `token`; undefined on the last. */
export function nextPage({ pageInfo: { hasNextPage, endCursor } }: Page, token: string | undefined): string | undefined {
  if (!hasNextPage) return undefined
  if (endCursor === undefined || endCursor === token) throw endless()
  return endCursor
}

export function endless(): SyncError {
  return new SyncError('invalid-data', 'Shopify promises one more page without end', { code: 'shopify-page-token-stuck' })
}

/** One order with the rest of its lists. Throws ZodError or `invalid-data` when it cannot be read. */
export async function readSnapshot(client: ShopifyClient, node: unknown, personalWithheld: boolean, call: CallContext) {
  return mapOrder(await completed(client, node, call), { ...client.shop.settings, personalWithheld })
}

/** Reads on wherever a list of a record had more entries than fitted. What has another form stays; mapping it then says what is wrong. */
export async function completed(client: ShopifyClient, node: unknown, call: CallContext): Promise<unknown> {
  if (!JSON.stringify(node ?? null).includes('"hasNextPage":true')) return node
  if (Array.isArray(node)) {
    const nodes: unknown[] = []
    for (const each of node) nodes.push(await completed(client, each, call))
    return nodes
  }
  const id = idOf(node) ?? ''
  const fields: [string, unknown][] = []
  for (const [name, value] of Object.entries(node as object)) {
    const list = anyPage.safeParse(value).data
    const operation = restOf[`${id.split('/')[3]}.${name}`]
    const whole = list && operation ? await wholeList(client, operation, id, list, call) : value
    fields.push([name, await completed(client, whole, call)])
  }
  return Object.fromEntries(fields)
}

async function wholeList(client: ShopifyClient, operation: (typeof restOf)[string], id: string, first: Page, call: CallContext) {
  let list = first
  for (let after = nextPage(first, undefined); after !== undefined; after = nextPage(list, after)) {
    const { owner } = (await client.request(operation, { id, after }, call)).data
    if (!owner || list.nodes.length > mostObjectsOfOneList) {
      throw new SyncError('invalid-data', `${operation.name}: the rest of the list cannot be read`, { code: 'shopify-record-incomplete' })
    }
    list = { pageInfo: owner.page.pageInfo, nodes: [...list.nodes, ...owner.page.nodes] }
  }
  return list
}
