import { describe, expect, test } from 'vitest'
import { platformNames } from '../../bench/calls.ts'
import { benchPlatforms, tableOf } from '../../bench/platforms.ts'

describe('two hours of shopping under virtual time', { timeout: 120_000 }, () => {
  test.each(platformNames)('of %s needs few more calls than it must, is never throttled and misses nothing', async (platform) => {
    const report = await benchPlatforms({ orders: 40, hours: 2 }, [platform])

    expect(report.platforms).toMatchObject([{ platform, orders: 40, throttled: 0, missed: 0, problems: {} }])
    expect(report.platforms[0]?.writebacks).toMatchObject({ open: 0, refused: 0 })
    expect(report.platforms[0]?.writebacks.confirmed).toBeGreaterThan(35)
    expect(report.platforms[0]?.ratio).toBeLessThanOrEqual(1.05)
    expect(report.passed).toBe(true)
    expect(tableOf(report)).toContain(platform)
  })
})
