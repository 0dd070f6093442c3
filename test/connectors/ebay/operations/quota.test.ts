import { describe, expect, test } from 'vitest'
import { paceOf } from '../../../../connectors/ebay/rate-limits.ts'
import { minuteMs } from '../../../contract/connector-world.ts'
import { ebayWorld, requestsOf } from '../ebay-world.ts'
import { instant } from '../order-payload.ts'

describe('the daily quota', () => {
  test('is read at the start and once an hour', async () => {
    const world = ebayWorld()
    let cursor: string | undefined
    for (let pass = 0; pass < 13; pass += 1) {
      cursor = (await world.readAll(cursor)).cursor
      world.advance(10 * minuteMs)
    }

    expect(requestsOf(world, 'getUserRateLimits')).toBe(3)
  })

  test('corrects the pace of the calls it counts', async () => {
    const world = ebayWorld({ limits: 'published', switches: { smallQuota: true } })

    await world.readAll()

    // 5,000 calls from midnight to midnight Pacific, read at its start: half at once, half over 24 hours.
    expect(world.call.observations).toEqual([
      { operation: 'fulfillment', observation: { perSecond: 4_995 / 2 / 86_400, burst: 2_497, remaining: 2_497 } },
    ])
  })

  test('is the application’s where eBay counts no user', async () => {
    const world = ebayWorld({ switches: { userQuotaIsEmpty: true } })

    await world.readAll()

    expect(requestsOf(world, 'getRateLimits')).toBe(1)
    expect(world.call.observations).toHaveLength(1)
  })

  test.each(['H5-5xx-before', 'H6-timeout-before', 'H9-html-200', 'H1-429-seconds'] as const)(
    'that cannot be read (%s) stops nothing',
    async (kind) => {
      const world = ebayWorld()
      const id = world.place()
      world.advance(minuteMs)
      world.marketplace.faults.set([{ kind, operations: ['getUserRateLimits', 'getRateLimits'] }])

      expect([...(await world.readAll()).orders.keys()]).toEqual([id])
    },
  )

  test('used up stops calls until it is given anew', () => {
    const now = instant('2026-11-24T08:00:00Z')

    expect(paceOf({ limit: 5_000, remaining: 3, resetsAt: instant('2026-11-24T09:00:00Z') }, now)).toEqual({
      remaining: 0,
      retryAfterMs: 3_600_000,
    })
  })

  test('used up in the middle of work is a rate limit with eBay’s own wait', async () => {
    const world = ebayWorld()
    world.marketplace.faults.set([{ kind: 'H1-429-seconds', operations: ['getOrder'], times: 1 }])

    await expect(world.connector.fetchOrder('1', world.call)).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 2_000 })
    expect(world.call.observations.at(-1)).toEqual({ operation: 'fulfillment', observation: { retryAfterMs: 2_000 } })
  })
})
