import { expect, test } from 'vitest'
import { observeLimit } from '../../../connectors/wish/rate-limits.ts'
import { type Instant, instantToMs } from '../../../core/value/instant.ts'

const now = '2026-11-24T08:00:00.000Z' as Instant
const reset = instantToMs(now) + 20_000

test.each([
  ['epoch seconds', { 'wish-rate-limit-reset': String(reset / 1_000) }, 20_000],
  ['epoch milliseconds', { 'wish-rate-limit-reset': String(reset) }, 20_000],
  ['ISO 8601', { 'wish-rate-limit-reset': '2026-11-24T16:00:20.000+08:00' }, 20_000],
  ['an HTTP date', { 'wish-rate-limit-reset': 'Tue, 24 Nov 2026 08:00:20 GMT' }, 20_000],
  ['seconds from now', { 'wish-rate-limit-reset': '20' }, 20_000],
  ['Retry-After alone', { 'retry-after': '7' }, 7_000],
  ['a time that has passed', { 'wish-rate-limit-reset': '2026-11-24T07:00:00Z' }, 1_000],
  ['a time years ahead', { 'wish-rate-limit-reset': '2036-11-24T07:00:00Z' }, 3_600_000],
  ['nothing readable', { 'wish-rate-limit-reset': 'soon' }, 60_000],
  ['no header', {}, 60_000],
])('a 429 waits until the reset given as %s [wish-limit-03]', (_, headers, retryAfterMs) => {
  expect(observeLimit(429, headers, now)).toEqual({ remaining: 0, retryAfterMs })
})

test.each([
  [{ 'wish-rate-limit-remaining': '2' }, { remaining: 2 }],
  [{ 'wish-rate-limit-remaining': '0' }, { remaining: 0 }],
  [{ 'wish-rate-limit-remaining': 'many' }, {}],
  [{ 'wish-rate-limit-remaining': '12' }, {}],
  [{}, {}],
])('other answers say when little is left, and never that there is plenty: %j [wish-limit-02]', (headers, observation) => {
  expect(observeLimit(200, headers, now)).toEqual(observation)
})
