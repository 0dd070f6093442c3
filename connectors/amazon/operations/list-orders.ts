import { z } from 'zod'
import type { CallContext, OrderListing, TimeWindow } from '../../../core/ports/connector.ts'
import { addMs } from '../../../core/value/instant.ts'
import { listedOrders, parsePage } from '../../shared/cursor.ts'
import { defined } from '../../shared/defined.ts'
import type { AmazonClient } from '../client.ts'
import { endlessPages, isPageTokenRefused } from '../map-error.ts'
import { readListed } from '../map-order.ts'
import { blindZoneMs } from './cursor.ts'

/** A page token is only good with the parameters it was made for, so they travel with it. */
const pageSchema = z.object({ createdBefore: z.string().optional(), token: z.string() })

/**
 * Lists orders by creation time. Each 100 orders cost one call of searchOrders, whose bucket the poll needs as
 * well: about 484 calls a day in all. An upper bound within the last two minutes would be refused, so Amazon then
 * takes its own. A refused page token starts the list again, so ids may come twice.
 */
export async function listOrders(
  client: AmazonClient,
  window: TimeWindow,
  page: string | undefined,
  call: CallContext,
): Promise<OrderListing> {
  const { shop } = client
  const isPast = window.to <= addMs(call.now(), -blindZoneMs)
  const { createdBefore, token } = parsePage(pageSchema, page) ?? { token: '', createdBefore: isPast ? window.to : undefined }
  const search = { bounds: { createdAfter: window.from, ...defined({ createdBefore }) }, includedData: ['FULFILLMENT'], token }
  try {
    const { records, nextToken } = await client.searchOrders(search, call)
    if (nextToken !== undefined && nextToken === token) throw endlessPages(shop, "Amazon's list of orders repeats itself")
    const orders = listedOrders(records, readListed, { window, shop, call })
    return { orders, nextPage: nextToken && JSON.stringify({ createdBefore, token: nextToken }) }
  } catch (error) {
    if (token === '' || !isPageTokenRefused(error)) throw error
    return listOrders(client, window, undefined, call)
  }
}
