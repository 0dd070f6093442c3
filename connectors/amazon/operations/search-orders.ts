import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import type { Instant } from '../../../core/value/instant.ts'
import type { AmazonClient } from '../client.ts'
import { searchAnswer } from '../schema.ts'
import type { AmazonShop } from '../settings.ts'
import { hasV0Ended } from './v0/read-orders.ts'

export interface SearchPage {
  readonly records: readonly unknown[]
  readonly nextToken: string | undefined
  readonly answeredBefore: Instant | undefined
}

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

/** Some sellers get 403 from searchOrders while v0 works (selling-partner-api-models issue 5319, read 2026-11-22). */
export function mayUseV0(shop: AmazonShop, error: unknown, call: CallContext): boolean {
  if (shop.settings.ordersApi !== 'auto' || hasV0Ended(call.now())) return false
  return error instanceof SyncError && error.code === 'amazon-access-denied' && error.context['operation'] === 'searchOrders'
}
