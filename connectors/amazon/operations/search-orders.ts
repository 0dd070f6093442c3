import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import type { AmazonClient } from '../client.ts'
import { type SearchPage, searchAnswer } from '../schema.ts'
import type { AmazonShop } from '../settings.ts'
import { hasV0Ended } from './v0/read-orders.ts'

/** One page of searchOrders. The bounds must be repeated with every token. */
export async function searchOrders(
  { shop, read }: AmazonClient,
  bounds: Readonly<Record<string, string>>,
  { includedData, token }: { readonly includedData: readonly string[]; readonly token: string },
  call: CallContext,
): Promise<SearchPage> {
  const { marketplaceIds } = shop.settings
  const paging = token === '' ? {} : { paginationToken: token }
  const query = { ...bounds, marketplaceIds, includedData, maxResultsPerPage: 100, ...paging }
  const request = { operation: 'searchOrders', sdkOperation: 'orders.searchOrders', version: '2026-01-01', query } as const
  const answer = await read(request, searchAnswer, call)
  return { records: answer.orders, nextToken: answer.pagination?.nextToken || undefined, answeredBefore: answer.lastUpdatedBefore }
}

export function isTokenRefused(error: unknown): boolean {
  return error instanceof SyncError && error.code === 'amazon-invalid-input'
}

const hourMs = 3_600_000
/**
 * Refusals of a first page or of one order where v0 works, and how long v0 then reads lists: some sellers or single
 * marketplaces get 403 (selling-partner-api-models issue 5319, selling-partner-api-sdk issue 764), and the data set
 * FULFILLMENT, without which no order has a state, got 400 for half a day (selling-partner-api-models issue 5365). All
 * read 2026-11-22.
 */
const refusals: Readonly<Record<string, number>> = { 'amazon-access-denied': 24 * hourMs, 'amazon-invalid-input': hourMs }

const reads: readonly unknown[] = ['searchOrders', 'getOrder']

/** How long to read with v0 after this error; undefined when v0 is no way out. */
export function v0ReadsForMs(shop: AmazonShop, error: unknown, call: CallContext): number | undefined {
  if (shop.settings.ordersApi !== 'auto' || hasV0Ended(call.now())) return undefined
  return error instanceof SyncError && reads.includes(error.context['operation']) ? refusals[error.code] : undefined
}
