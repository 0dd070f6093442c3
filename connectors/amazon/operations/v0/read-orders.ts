import type { z } from 'zod'
import { SyncError } from '../../../../core/errors.ts'
import type { CallContext } from '../../../../core/ports/connector.ts'
import type { TokenRequest } from '../../../../core/ports/token-store.ts'
import type { Instant } from '../../../../core/value/instant.ts'
import { storedToken } from '../../../shared/with-token.ts'
import type { AmazonClient, AmazonRequest } from '../../client.ts'
import type { SearchPage } from '../../schema.ts'
import { tokenKey } from '../../settings.ts'
import { type V0Record, v0IdOf } from './map-order.ts'
import { restrictedTokenAnswer, v0ItemsAnswer, v0OrderAnswer, v0OrdersAnswer } from './schema.ts'

/**
 * Day on which Amazon removes the v0 reads.
 * Source: https://developer-docs.amazon.com/sp-api/changelog/new-introducing-the-orders-api-v2026-01-01 (read 2026-11-22).
 */
const lastDay = '2027-03-27T00:00:00.000Z'

/** Each order costs a call for its items, at 0.5/s against one page a minute: more than 25 orders a page only pile up. */
const pageSize = 25

/** What is asked for with a restricted data token. Each element has a role of its own. */
type PersonalData = 'buyer-and-address' | 'address'

/** How much personal data the application's roles let through. */
type Sight = PersonalData | 'nothing'

export function hasV0Ended(now: Instant): boolean {
  return now >= lastDay
}

/** One page of getOrders. `bounds` are LastUpdatedAfter, or CreatedAfter and CreatedBefore, repeated with every token. */
export async function listV0Orders(
  client: AmazonClient,
  bounds: Readonly<Record<string, string>>,
  token: string,
  call: CallContext,
): Promise<SearchPage & { readonly sight: Sight }> {
  if (hasV0Ended(call.now())) {
    const message = `shop ${client.shop.id}: Amazon has removed the order reads of v0; set ordersApi to "2026-01-01"`
    throw new SyncError('config', message, { code: 'amazon-v0-ended' })
  }
  const query = {
    MarketplaceIds: client.shop.settings.marketplaceIds,
    MaxResultsPerPage: pageSize,
    ...bounds,
    ...(token === '' ? {} : { NextToken: token }),
  }
  const request = { operation: 'v0.getOrders', sdkOperation: 'orders.getOrders', version: 'v0', query } as const
  const { answer, sight } = await readWithPersonalData(client, request, v0OrdersAnswer, call)
  const { Orders: records, NextToken: nextToken, LastUpdatedBefore: answeredBefore } = answer.payload
  return { records, sight, nextToken: nextToken || undefined, answeredBefore }
}

/** Adds the items to an order of a list that was read with that sight. */
export async function completeV0Order(client: AmazonClient, order: unknown, sight: Sight, call: CallContext): Promise<V0Record> {
  const id = v0IdOf(order)
  return { order, items: id === undefined ? [] : await fetchItems(client, id, sight, call) }
}

/** Throws `transient` with code `amazon-not-found` for an order that Amazon does not know. */
export async function fetchV0Order(client: AmazonClient, orderId: string, call: CallContext): Promise<V0Record> {
  const request = { operation: 'v0.getOrder', sdkOperation: 'orders.getOrder', version: 'v0', path: { orderId } } as const
  const { answer, sight } = await readWithPersonalData(client, request, v0OrderAnswer, call)
  return { order: answer.payload, items: await fetchItems(client, orderId, sight, call) }
}

async function fetchItems(client: AmazonClient, orderId: string, sight: Sight, call: CallContext): Promise<readonly unknown[]> {
  const items: unknown[] = []
  const seen = new Set<string>()
  let token: string | undefined
  do {
    const query = token === undefined ? {} : { NextToken: token }
    const path = { path: { orderId }, query }
    // Of the items, only gift messages and customizations need the restricted token.
    const seeing = sight === 'buyer-and-address' ? { token: restrictedToken(client, sight, call) } : {}
    const request = { operation: 'v0.getOrderItems', sdkOperation: 'orders.getOrderItems', version: 'v0', ...path, ...seeing } as const
    const { payload } = await client.read(request, v0ItemsAnswer, call)
    items.push(...payload.OrderItems)
    token = payload.NextToken || undefined
    if (token !== undefined && seen.has(token)) {
      throw new SyncError('transient', `Amazon repeats the items of order ${orderId} without end; it is tried again`, {
        code: 'amazon-endless-pages',
      })
    }
    if (token !== undefined) seen.add(token)
  } while (token !== undefined)
  return items
}

/** Amazon refuses a restricted token as a whole when one role is missing: less is asked for then, and the order held for what lacks. */
async function readWithPersonalData<Schema extends z.ZodType>(
  client: AmazonClient,
  request: AmazonRequest,
  schema: Schema,
  call: CallContext,
): Promise<{ readonly answer: z.output<Schema>; readonly sight: Sight }> {
  for (const sight of ['buyer-and-address', 'address'] as const) {
    try {
      return { answer: await client.read({ ...request, token: restrictedToken(client, sight, call) }, schema, call), sight }
    } catch (error) {
      if (!(error instanceof SyncError) || !isRoleMissing(error)) throw error
      call.log.warn('amazon gives no restricted data token for all personal data; less is read', { without: sight, code: error.code })
    }
  }
  return { answer: await client.read(request, schema, call), sight: 'nothing' }
}

function isRoleMissing(error: SyncError): boolean {
  return (
    error.context['operation'] === 'createRestrictedDataToken' &&
    (error.code === 'amazon-access-denied' || error.code === 'amazon-invalid-input')
  )
}

/**
 * A restricted data token for every order of the seller, by generic paths: one an hour serves all.
 * Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide (read 2026-11-24).
 */
function restrictedToken({ shop, read }: AmazonClient, personalData: PersonalData, call: CallContext): TokenRequest {
  const ofOrders = personalData === 'address' ? ['shippingAddress'] : ['buyerInfo', 'shippingAddress']
  const resource = (path: string, dataElements: readonly string[]) => ({ method: 'GET', path: `/orders/v0/orders${path}`, dataElements })
  const restrictedResources = [
    resource('', ofOrders),
    resource('/{orderId}', ofOrders),
    ...(personalData === 'address' ? [] : [resource('/{orderId}/orderItems', ['buyerInfo'])]),
  ]
  const operation = 'createRestrictedDataToken'
  const request = { operation, sdkOperation: `tokens.${operation}`, version: '2021-03-01', body: { restrictedResources } } as const
  const { scope, seed } = tokenKey(shop.settings)
  return {
    scope: `${scope}:${personalData}`,
    seed,
    renew: async () => {
      const answer = await read(request, restrictedTokenAnswer, call)
      return storedToken(answer.restrictedDataToken, undefined, call.now(), answer.expiresIn)
    },
  }
}
