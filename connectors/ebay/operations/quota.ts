import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { type Instant, msBetween, parseInstant } from '../../../core/value/instant.ts'
import type { EbayClient } from '../client.ts'
import type { EbayAnswer } from '../map-error.ts'
import { paceOf, type Quota } from '../rate-limits.ts'
import { quotaSchema } from '../schema.ts'

const quotaEveryMs = 3_600_000

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
export async function readQuota(client: EbayClient, call: CallContext): Promise<Quota | undefined> {
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
