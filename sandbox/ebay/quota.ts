import { addMs, type Instant, instantToMs } from '../../core/value/instant.ts'
import { json } from '../shared/respond.ts'
import { refuse } from './answers.ts'
import type { World } from './state.ts'

/**
 * Calls a day by application and API. eBay publishes no number that holds for everybody: 100,000 is the
 * larger and 5,000 the smaller one that is reported (switch `smallQuota`).
 * Source: https://developer.ebay.com/support/api-call-limits (read 2026-11-22).
 */
const largeQuota = 100_000
const smallQuota = 5_000
const openQuota = 1_000_000_000

function dailyLimit(world: World): number {
  if (world.options.limits === 'open') return openQuota
  return world.isOn('smallQuota') ? smallQuota : largeQuota
}

/** Counts a call; the refusal when the day's quota is used up. */
export function takeCall(world: World, appId: string, api: string): Response | undefined {
  const now = world.options.now()
  const key = `${appId}\n${api}\n${nextReset(now)}`
  const count = world.calls.get(key) ?? 0
  if (count >= dailyLimit(world)) {
    const seconds = Math.ceil((instantToMs(nextReset(now)) - instantToMs(now)) / 1_000)
    return refuse(2001, 'The request limit has been reached for the resource.', 429, { 'retry-after': String(seconds) })
  }
  world.calls.set(key, count + 1)
  return undefined
}

/** What getRateLimits and getUserRateLimits say. Source: Analytics API v1_beta (read 2026-11-22). */
export function quotaAnswer(world: World, appId: string, query: URLSearchParams): Response {
  const reset = nextReset(world.options.now())
  const names = ['fulfillment', 'inventory'].filter((name) => (query.get('api_name') ?? name).toLowerCase() === name)
  const contexts = query.get('api_context') ?? 'sell'
  if (names.length === 0 || contexts !== 'sell') return new Response(null, { status: 204 })
  const rateLimits = names.map((name) => {
    const limit = dailyLimit(world)
    const count = world.calls.get(`${appId}\n${name}\n${reset}`) ?? 0
    const rate = { count, limit, remaining: Math.max(0, limit - count), reset, timeWindow: 86_400 }
    return { apiContext: 'sell', apiName: name, apiVersion: 'v1', resources: [{ name: `sell.${name}`, rates: [rate] }] }
  })
  return json({ rateLimits })
}

const pacific = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'America/Los_Angeles',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Midnight Pacific; an hour off on the two days when clocks change. */
function nextReset(now: Instant): Instant {
  const [hours = 0, minutes = 0, seconds = 0] = pacific.format(new Date(now)).split(':').map(Number)
  const sinceMidnightMs = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + (instantToMs(now) % 1_000)
  return addMs(now, 86_400_000 - sinceMidnightMs)
}
