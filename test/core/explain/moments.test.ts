import { describe, expect, it } from 'vitest'
import { distanceInWords } from '../../../core/explain/distance.ts'
import { moment } from '../../../core/explain/moments.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'

const now = '2026-11-24T08:00:00.000Z' as Instant

describe('moments', () => {
  it('show UTC to the second', () => {
    expect(moment('2026-11-24T08:00:05.123Z' as Instant)).toBe('2026-11-24 08:00:05Z')
  })

  it.each([
    [0, 'in 0 seconds', '0 秒后'],
    [-1_000, '1 second ago', '1 秒前'],
    [-59_999, '59 seconds ago', '59 秒前'],
    [60_000, 'in 1 minute', '1 分钟后'],
    [-7_199_999, '119 minutes ago', '119 分钟前'],
    [7_200_000, 'in 2 hours', '2 小时后'],
    [-47 * 3_600_000, '47 hours ago', '47 小时前'],
    [48 * 3_600_000, 'in 2 days', '2 天后'],
  ])('tell a distance of %i ms in the largest unit that loses little', (ms, english, inChinese) => {
    expect(distanceInWords(now, addMs(now, ms))).toBe(english)
    expect(distanceInWords(now, addMs(now, ms), 'zh')).toBe(inChinese)
  })
})
