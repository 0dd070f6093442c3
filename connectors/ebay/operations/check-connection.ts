import { SyncError } from '../../../core/errors.ts'
import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import { type Instant, msBetween } from '../../../core/value/instant.ts'
import { connectCommand } from '../../shared/with-token.ts'
import { dataOf, type EbayClient } from '../client.ts'
import type { EbayAnswer } from '../map-error.ts'
import { paceOf, type Quota } from '../rate-limits.ts'
import { type EbayRecord, orderPageSchema, quotaSchema } from '../schema.ts'

const warnBeforeMs = 30 * 86_400_000
/** How often the quota is read. What is counted by minutes is over before the next reading. */
const quotaEveryMs = 3_600_000

/**
 * Reads the newest orders to see whose they are: a token of another account is answered with 200 and no
 * order, so nothing else tells it apart.
 */
export async function checkConnection(client: EbayClient, call: CallContext): Promise<ConnectCheck> {
  const { settings } = client.shop
  const page = dataOf(await client.searchOrders({ limit: 1 }, call), orderPageSchema)
  const sellerId = checkSeller(client, page.orders)
  const quota = await readQuota(client, call)
  const warnings = [
    sellerId ? undefined : 'eBay shows no order of the last 90 days, so it cannot be seen whose token this is: compare it with Seller Hub',
    consentWarning(await client.consentEndsAt(call), call.now()),
    quotaWarning(quota),
  ]
  return { account: sellerId ?? settings.sellerId ?? '(unknown seller)', warnings: warnings.filter((warning) => warning !== undefined) }
}

/** Whose orders these are, as far as one tells. Throws `auth` when it is another seller than the settings name. */
export function checkSeller({ shop }: EbayClient, orders: readonly EbayRecord[]): string | undefined {
  const expected = shop.settings.sellerId
  const found = orders.find((order) => order.sellerId)?.sellerId
  if (expected === undefined || found === undefined || found.toLowerCase() === expected.toLowerCase()) return found
  const message = `shop ${shop.id}: the consent belongs to ${found}, not to ${expected}; run "${connectCommand(shop.id)}", or correct sellerId`
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

/**
 * Corrects the pace of calls by what eBay says is left, of the user and of the application, whichever is less. Without
 * an answer the fallback goes on: the quota is a help, never a reason to stop.
 */
async function readQuota(client: EbayClient, call: CallContext): Promise<Quota | undefined> {
  const quotas: Quota[] = []
  const said: (number | string)[] = []
  for (const read of [client.readUserQuota, client.readApplicationQuota]) {
    try {
      const answer = await read(call)
      quotas.push(...quotasOf(answer))
      said.push(answer.status)
    } catch (error) {
      // Without the seller's token nothing else can be read either.
      const isEnd = !(error instanceof SyncError) || (error.kind === 'auth' && read === client.readUserQuota)
      if (isEnd) throw error
      said.push(error.code)
    }
  }
  const [quota] = quotas.toSorted((left, right) => left.remaining - right.remaining)
  if (quota) call.gate.observe('fulfillment', paceOf(quota, call.now()))
  else call.log.warn('eBay tells no daily quota: calls go on at the last known pace', { shop: client.shop.id, said })
  return quota
}

/** The daily counts of the Fulfillment API's order calls; refunds and disputes are counted apart. */
function quotasOf(answer: EbayAnswer): readonly Quota[] {
  const apis = answer.status === 200 ? (quotaSchema.safeParse(answer.json).data?.rateLimits ?? []) : []
  return apis
    .filter((api) => api.apiName?.toLowerCase() === 'fulfillment')
    .flatMap((api) => api.resources)
    .filter((resource) => !/refund|dispute/i.test(resource.name ?? ''))
    .flatMap((resource) => resource.rates.flatMap((rate) => rate ?? []))
    .filter((rate) => rate.timeWindow * 1_000 > quotaEveryMs)
}
