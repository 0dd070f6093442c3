import { z } from 'zod'
import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import type { TokenRequest } from '../../../core/ports/token-store.ts'
import { defined } from '../../shared/defined.ts'
import { absent, instant, text } from '../../shared/schema.ts'
import { storedToken } from '../../shared/with-token.ts'
import type { AmazonClient, Search, SearchPage } from '../client.ts'
import { endlessPages } from '../map-error.ts'
import { tokenKey } from '../settings.ts'
import type { V0Record } from './map-order.ts'

/** Each order costs a call for its items, at 0.5/s against one page a minute: more than 25 orders a page only pile up. */
const pageSize = 25

const version = 'v0'
const ordersAnswer = z.object({
  payload: z.object({ Orders: z.array(z.unknown()), NextToken: text, LastUpdatedBefore: absent(instant) }),
})
const withId = z.object({ AmazonOrderId: z.string().min(1) })
const orderAnswer = z.object({ payload: z.looseObject({}) })
const itemsAnswer = z.object({ payload: z.object({ OrderItems: z.array(z.unknown()), NextToken: text }) })
const restrictedTokenAnswer = z.object({ restrictedDataToken: z.string().min(1), expiresIn: z.number().positive() })

/** Elements of personal data that are asked for; each has a role of its own. */
type Sight = readonly ('buyerInfo' | 'shippingAddress')[]

/** One page of getOrders; each order comes with its items when prices are asked for. */
export async function searchV0Orders(client: AmazonClient, search: Search, call: CallContext): Promise<SearchPage> {
  // `createdAfter` is `CreatedAfter` here.
  const bounds = Object.entries(search.bounds).map(([name, value]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value] as const)
  const query = {
    MarketplaceIds: client.shop.settings.marketplaceIds,
    MaxResultsPerPage: pageSize,
    ...Object.fromEntries(bounds),
    ...defined({ NextToken: search.token }),
  }
  const request = { operation: 'v0.getOrders', sdkOperation: 'orders.getOrders', version, query } as const
  return withPersonalData(call, async (sight) => {
    const { payload } = await client.read({ ...request, ...restricted(client, sight, call) }, ordersAnswer, call)
    const records: V0Record[] = []
    for (const order of payload.Orders) {
      const id = search.includedData.includes('PROCEEDS') ? withId.safeParse(order).data?.AmazonOrderId : undefined
      records.push({ order, items: id === undefined ? [] : await fetchItems(client, id, sight, call) })
    }
    return { records, nextToken: payload.NextToken || undefined, answeredBefore: payload.LastUpdatedBefore }
  })
}

/** Throws `transient` with code `amazon-not-found` for an order that Amazon does not know. */
export async function getV0Order(
  client: AmazonClient,
  orderId: string,
  includedData: readonly string[],
  call: CallContext,
): Promise<V0Record> {
  const request = { operation: 'v0.getOrder', sdkOperation: 'orders.getOrder', version, path: { orderId } } as const
  const read = async (sight: Sight): Promise<V0Record> => {
    const { payload } = await client.read({ ...request, ...restricted(client, sight, call) }, orderAnswer, call)
    return { order: payload, items: await fetchItems(client, orderId, sight, call) }
  }
  return includedData.includes('RECIPIENT') ? withPersonalData(call, read) : read([])
}

async function fetchItems(client: AmazonClient, orderId: string, sight: Sight, call: CallContext): Promise<unknown[]> {
  // Of the items, only gift messages and customizations need the restricted token.
  const token = restricted(client, sight.includes('buyerInfo') ? sight : [], call)
  const request = { operation: 'v0.getOrderItems', sdkOperation: 'orders.getOrderItems', version, path: { orderId }, ...token } as const
  const items: unknown[] = []
  const seen = new Set<string>()
  let query = {}
  for (;;) {
    const { payload } = await client.read({ ...request, query }, itemsAnswer, call)
    items.push(...payload.OrderItems)
    const { NextToken } = payload
    if (!NextToken) return items
    if (seen.has(NextToken)) throw endlessPages(client.shop, `Amazon repeats the items of order ${orderId}`)
    seen.add(NextToken)
    query = { NextToken }
  }
}

/** Amazon refuses a restricted token as a whole when one role is missing: less is asked for then, and the order held for what lacks. */
async function withPersonalData<Answer>(call: CallContext, read: (sight: Sight) => Promise<Answer>): Promise<Answer> {
  for (const sight of [['buyerInfo', 'shippingAddress'], ['shippingAddress']] as const) {
    try {
      return await read(sight)
    } catch (error) {
      if (!(error instanceof SyncError) || !isRoleMissing(error)) throw error
      call.log.warn('amazon gives no restricted data token for all personal data; less is read', { without: sight, code: error.code })
    }
  }
  return read([])
}

function isRoleMissing({ context, code }: SyncError): boolean {
  return context['operation'] === 'createRestrictedDataToken' && ['amazon-access-denied', 'amazon-invalid-input'].includes(code)
}

/**
 * A restricted data token for every order of the seller, by generic paths: one an hour serves all.
 * Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide (read 2026-11-24).
 */
function restricted({ shop, read }: AmazonClient, sight: Sight, call: CallContext): { readonly token?: TokenRequest } {
  if (sight.length === 0) return {}
  const resource = (path: string, dataElements: Sight) => ({ method: 'GET', path: `/orders/v0/orders${path}`, dataElements })
  const ofItems = sight.includes('buyerInfo') ? [resource('/{orderId}/orderItems', ['buyerInfo'])] : []
  const restrictedResources = [resource('', sight), resource('/{orderId}', sight), ...ofItems]
  const operation = 'createRestrictedDataToken'
  const request = { operation, sdkOperation: `tokens.${operation}`, version: '2021-03-01', body: { restrictedResources } } as const
  const renew = async () => {
    const answer = await read(request, restrictedTokenAnswer, call)
    return storedToken(answer.restrictedDataToken, undefined, call.now(), answer.expiresIn)
  }
  const { scope, seed } = tokenKey(shop.settings)
  return { token: { scope: `${scope}:${sight.join('-')}`, seed, renew } }
}
