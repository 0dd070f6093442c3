import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import type { AmazonClient, SearchPage } from '../client.ts'
import { isPageTokenRefused } from '../map-error.ts'
import type { AmazonShop } from '../settings.ts'
import { getV0Order, searchV0Orders } from './read-orders.ts'

/**
 * Day on which Amazon removes the v0 reads.
 * Source: https://developer-docs.amazon.com/sp-api/changelog/new-introducing-the-orders-api-v2026-01-01 (read 2026-11-22).
 */
const lastDay = '2027-03-27T00:00:00.000Z'

/** Page tokens of v0 begin with it: such a page is read on with v0. */
const mark = 'v0 '

const hourMs = 3_600_000
/**
 * Refusals of a first page or of one order where v0 works, and how long v0 then reads changes: some sellers or single
 * marketplaces get 403 (selling-partner-api-models issue 5319, selling-partner-api-sdk issue 764), and the data set
 * FULFILLMENT, without which no order has a state, got 400 for half a day (selling-partner-api-models issue 5365). All
 * read 2026-11-22.
 */
const refusals: Readonly<Record<string, number>> = { 'amazon-access-denied': 24 * hourMs, 'amazon-invalid-input': hourMs }

const reads: readonly unknown[] = ['searchOrders', 'getOrder']

/** How long to read with v0 after this error; undefined when v0 is no way out. */
function v0ReadsForMs({ settings }: AmazonShop, error: unknown, call: CallContext): number | undefined {
  if (settings.ordersApi !== 'auto' || call.now() >= lastDay) return undefined
  return error instanceof SyncError && reads.includes(error.context['operation']) ? refusals[error.code] : undefined
}

/** The client, which reads with v0 in place of 2026-01-01 as the settings say, or where Amazon refuses that. */
export function withV0(client: AmazonClient): AmazonClient {
  const { shop } = client
  const isSet = shop.settings.ordersApi === 'v0'
  return {
    ...client,

    /** The page says until when v0 is to be used. Where Amazon refuses a page, v0 begins with the first one. */
    async searchOrders(search, call) {
      const { v0Until } = search
      const isUnderWay = search.token.startsWith(mark)
      const token = isUnderWay ? '' : search.token
      const isDue = isUnderWay || (token === '' && v0Until !== undefined && v0Until > call.now())
      const fetchV0 = async (from: string, until: Instant | undefined): Promise<SearchPage> => {
        if (call.now() >= lastDay) {
          const message = `shop ${shop.id}: Amazon has removed the order reads of v0; set ordersApi to "2026-01-01"`
          throw new SyncError('config', message, { code: 'amazon-v0-ended' })
        }
        const { nextToken, ...page } = await searchV0Orders(client, { ...search, token: from }, call)
        return { ...page, nextToken: nextToken && `${mark}${nextToken}`, v0Until: until }
      }
      if (isSet || (isDue && call.now() < lastDay)) return fetchV0(isUnderWay ? search.token.slice(mark.length) : '', v0Until)
      try {
        return await client.searchOrders({ ...search, token }, call)
      } catch (error) {
        const forMs = v0ReadsForMs(shop, error, call)
        if (forMs === undefined || (token !== '' && isPageTokenRefused(error))) throw error
        const until = addMs(call.now(), forMs)
        const reason = error instanceof Error ? error.message : ''
        call.log.warn('amazon refuses searchOrders; orders are read with v0, which ends on 2027-03-27', { shop: shop.id, until, reason })
        return fetchV0('', until)
      }
    },

    /** It often works where searchOrders is refused, so each call finds out for itself. */
    async getOrder(orderId, includedData, call) {
      if (isSet) return getV0Order(client, orderId, includedData, call)
      try {
        return await client.getOrder(orderId, includedData, call)
      } catch (error) {
        if (v0ReadsForMs(shop, error, call) === undefined) throw error
        return getV0Order(client, orderId, includedData, call)
      }
    },
  }
}

export function v0Warnings({ settings }: AmazonShop, now: Instant): readonly string[] {
  if (settings.ordersApi !== 'v0') return []
  const ended = now >= lastDay ? 'has removed' : 'removes'
  return [`Amazon ${ended} the order reads of v0 on 2027-03-27: set ordersApi to "auto" or "2026-01-01"`]
}
