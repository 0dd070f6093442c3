import { SyncError } from '../../../core/errors.ts'
import type { CallContext } from '../../../core/ports/connector.ts'
import { parseInstant } from '../../../core/value/instant.ts'
import type { EbayClient } from '../client.ts'
import type { EbayAnswer } from '../map-error.ts'
import { paceOf, type Quota } from '../rate-limits.ts'
import { quotaSchema } from '../schema.ts'

/** How often the quota is read. What is counted by minutes is over before the next reading. */
export const quotaEveryMs = 3_600_000

/**
 * Corrects the pace of calls by what eBay says is left, of the user and of the application, whichever is less. Without
 * an answer the fallback goes on: the quota is a help, never a reason to stop.
 */
export async function readQuota(client: EbayClient, call: CallContext): Promise<Quota | undefined> {
  try {
    const quotas = [...quotasOf(await client.readUserQuota(call)), ...quotasOf(await client.readApplicationQuota(call))]
    const quota = quotas.toSorted((left, right) => left.remaining - right.remaining)[0]
    if (quota) call.gate.observe('fulfillment', paceOf(quota, call.now()))
    return quota
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind === 'auth') throw error
    call.log.warn('the eBay quota could not be read', { code: error.code })
    return undefined
  }
}

/** The daily counts of the Fulfillment API's order calls; refunds and disputes are counted apart. */
function quotasOf(answer: EbayAnswer): readonly Quota[] {
  const body = quotaSchema.safeParse(answer.json)
  if (answer.status !== 200 || !body.success) return []
  return body.data.rateLimits
    .filter((api) => api.apiName?.toLowerCase() === 'fulfillment')
    .flatMap((api) => api.resources)
    .filter((resource) => !/refund|dispute/i.test(resource.name ?? ''))
    .flatMap((resource) => resource.rates)
    .flatMap(({ limit, remaining, reset, timeWindow = 0 }) => {
      const resetsAt = parseInstant(reset ?? '')
      const isDaily = timeWindow * 1_000 > quotaEveryMs
      return isDaily && limit !== undefined && remaining !== undefined && resetsAt ? [{ limit, remaining, resetsAt }] : []
    })
}
