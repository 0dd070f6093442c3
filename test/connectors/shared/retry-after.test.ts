import { describe, expect, test } from 'vitest'
import { retryAfterMs } from '../../../connectors/shared/retry-after.ts'
import { type Instant, parseInstant } from '../../../core/value/instant.ts'

const now = parseInstant('2026-11-24T08:00:00Z') as Instant
const day = 86_400_000

describe('the Retry-After header', () => {
  test.each([
    ['2', 2_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 08:00:05 GMT', 5_000],
    ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
    ['1000000000', day],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s milliseconds', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms)
  })
})
