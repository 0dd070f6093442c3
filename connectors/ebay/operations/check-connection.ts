import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import { type Instant, msBetween } from '../../../core/value/instant.ts'
import { dataOf, type EbayClient } from '../client.ts'
import type { Quota } from '../rate-limits.ts'
import { headOf, orderPageSchema } from '../schema.ts'
import { quotaEveryMs, readQuota } from './quota.ts'

const warnBeforeMs = 30 * 86_400_000

/**
 * Reads the newest orders to see whose they are: a token of another account is answered with 200 and no
 * order, so nothing else tells it apart.
 */
export async function checkConnection(client: EbayClient, call: CallContext): Promise<ConnectCheck> {
  const { settings } = client.shop
  const page = dataOf(await client.recentOrder(call), orderPageSchema, client.subject('read an order'), call.now())
  const sellerId = page.orders.map((order) => headOf(order).sellerId).find(Boolean)
  checkSeller(client, sellerId)
  const quota = await readQuota(client, call)
  const warnings = [
    sellerId ? undefined : 'eBay shows no order of the last 90 days, so it cannot be seen whose token this is: compare it with Seller Hub',
    consentWarning(await client.consentEndsAt(call), call.now()),
    quotaWarning(quota),
  ]
  return { account: sellerId ?? settings.sellerId ?? '(unknown seller)', warnings: warnings.filter((warning) => warning !== undefined) }
}

/** Throws `auth` when the orders are those of another seller than the settings name. */
export function checkSeller({ shop }: EbayClient, found: string | undefined): void {
  const expected = shop.settings.sellerId
  if (expected === undefined || found === undefined || found.toLowerCase() === expected.toLowerCase()) return
  const message = `shop ${shop.id}: the consent belongs to ${found}, not to ${expected}; run "npm run connect -- --shop ${shop.id}", or correct sellerId`
  throw new SyncError('auth', message, { code: 'ebay-account-differs', context: { expected, found } })
}

/** Reads the quota once an hour, and looks once a day how long the consent lasts; gives the time of the last reading. */
export async function checkWhenDue(client: EbayClient, lastAt: Instant | undefined, call: CallContext): Promise<Instant> {
  const now = call.now()
  if (lastAt !== undefined && msBetween(lastAt, now) < quotaEveryMs) return lastAt
  await readQuota(client, call)
  const warning = lastAt?.slice(0, 10) === now.slice(0, 10) ? undefined : consentWarning(await client.consentEndsAt(call), now)
  if (warning !== undefined) call.log.warn(warning, { shop: client.shop.id })
  return now
}

function consentWarning(endsAt: Instant | undefined, now: Instant): string | undefined {
  if (endsAt === undefined || msBetween(now, endsAt) > warnBeforeMs) return undefined
  return `the seller's consent ends on ${endsAt.slice(0, 10)}: run "npm run connect" before, or enter a new refreshToken and refreshTokenIssuedAt`
}

function quotaWarning(quota: Quota | undefined): string | undefined {
  if (!quota || quota.remaining * 10 > quota.limit) return undefined
  return `${quota.remaining} of ${quota.limit} calls are left until ${quota.resetsAt}: ask eBay for more with an Application Growth Check`
}
