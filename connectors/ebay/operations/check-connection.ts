import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import { addMs, type Instant, msBetween } from '../../../core/value/instant.ts'
import { dataOf, type EbayClient } from '../client.ts'
import type { Quota } from '../rate-limits.ts'
import { orderPageSchema, orderSchema } from '../schema.ts'
import type { EbaySettings } from '../settings.ts'
import { readQuota } from './quota.ts'

/** Life of a refresh token: 18 months. Source: https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22). */
const consentSeconds = 47_304_000
const warnBeforeMs = 30 * 86_400_000

/**
 * Reads the newest orders to see whose they are: a token of another account is answered with 200 and no
 * order, so nothing else tells it apart.
 */
export async function checkConnection(client: EbayClient, call: CallContext): Promise<ConnectCheck> {
  const { settings } = client.shop
  const subject = client.subject('read an order')
  const page = dataOf(await client.recentOrder(call), orderPageSchema, subject, call.now())
  const sellerId = page.orders.map((order) => orderSchema.pick({ sellerId: true }).safeParse(order).data?.sellerId).find(Boolean)
  if (settings.sellerId !== undefined && sellerId !== undefined && sellerId.toLowerCase() !== settings.sellerId.toLowerCase()) {
    throw new SyncError(
      'auth',
      `shop ${subject.shop}: the consent belongs to ${sellerId}, not to ${settings.sellerId}; run "npm run connect -- --shop ${subject.shop}"`,
      { code: 'ebay-account-differs', context: { expected: settings.sellerId, found: sellerId } },
    )
  }
  const quota = await readQuota(client, call)
  const warnings = [
    sellerId ? undefined : 'eBay shows no order of the last 90 days, so it cannot be seen whose token this is: compare it with Seller Hub',
    consentWarning(settings, call.now()),
    quotaWarning(quota),
  ]
  return { account: sellerId ?? settings.sellerId ?? '(unknown seller)', warnings: warnings.filter((warning) => warning !== undefined) }
}

function consentWarning(settings: EbaySettings, now: Instant): string | undefined {
  if (settings.refreshTokenIssuedAt === undefined) return undefined
  const endsAt = addMs(settings.refreshTokenIssuedAt, consentSeconds * 1_000)
  if (msBetween(now, endsAt) > warnBeforeMs) return undefined
  return `the seller's consent ends on ${endsAt.slice(0, 10)}: run "npm run connect" before and set refreshTokenIssuedAt anew`
}

function quotaWarning(quota: Quota | undefined): string | undefined {
  if (!quota || quota.remaining * 10 > quota.limit) return undefined
  return `${quota.remaining} of ${quota.limit} calls are left until ${quota.resetsAt}: ask eBay for more with an Application Growth Check`
}
