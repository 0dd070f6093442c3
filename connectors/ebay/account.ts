import { SyncError } from '../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../core/ports/connector.ts'
import { addMs, type Instant, msBetween, parseInstant } from '../../core/value/instant.ts'
import { dataOf, type EbayClient } from './client.ts'
import type { EbayAnswer } from './map-error.ts'
import { paceOf, type Quota } from './rate-limits.ts'
import { orderPageSchema, orderSchema, quotaSchema } from './schema.ts'
import type { EbaySettings } from './settings.ts'

/** Life of a refresh token: 18 months. Source: https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22). */
const consentSeconds = 47_304_000
const warnBeforeMs = 30 * 86_400_000
const quotaEveryMs = 3_600_000

/**
 * Reads the newest orders to see whose they are: a token of another account is answered with 200 and no
 * order, so nothing else tells it apart.
 */
export async function checkConnection(client: EbayClient, settings: EbaySettings, call: CallContext): Promise<ConnectCheck> {
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

/** Reads the quota once an hour; gives the time of the last reading. */
export async function readQuotaWhenDue(client: EbayClient, lastReadAt: Instant | undefined, call: CallContext): Promise<Instant> {
  if (lastReadAt !== undefined && msBetween(lastReadAt, call.now()) < quotaEveryMs) return lastReadAt
  await readQuota(client, call)
  return call.now()
}

/**
 * Corrects the pace of calls by what eBay says is left of the day, of the user where it counts by user, else
 * of the application. Without an answer the fallback goes on: the quota is a help, never a reason to stop.
 */
async function readQuota(client: EbayClient, call: CallContext): Promise<Quota | undefined> {
  try {
    const quota = quotaOf(await client.readUserQuota(call)) ?? quotaOf(await client.readApplicationQuota(call))
    if (quota) call.gate.observe('fulfillment', paceOf(quota, call.now()))
    return quota
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind === 'auth') throw error
    call.log.warn('the eBay quota could not be read', { code: error.code })
    return undefined
  }
}

/** The scarcest count of the Fulfillment API's order calls. Refunds and disputes are counted apart. */
function quotaOf(answer: EbayAnswer): Quota | undefined {
  const body = quotaSchema.safeParse(answer.json)
  if (answer.status !== 200 || !body.success) return undefined
  const quotas = body.data.rateLimits
    .filter((api) => api.apiName?.toLowerCase() === 'fulfillment')
    .flatMap((api) => api.resources)
    .filter((resource) => !/refund|dispute/i.test(resource.name ?? ''))
    .flatMap((resource) => resource.rates)
    .flatMap((rate) => {
      const resetsAt = parseInstant(rate.reset)
      return resetsAt ? [{ limit: rate.limit, remaining: rate.remaining, resetsAt }] : []
    })
  return quotas.sort((left, right) => left.remaining - right.remaining)[0]
}
