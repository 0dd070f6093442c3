import { describe, expect, it } from 'vitest'
import { leavesToday, nextCutoff } from '../../../core/planning/cutoff.ts'
import type { Instant } from '../../../core/value/instant.ts'

const at = (text: string) => text as Instant
const newJersey = { timezone: 'America/New_York', cutoff: '15:00' }

describe('the next cut-off', () => {
  it.each([
    ['later today', '2026-11-24T08:00:30.500Z', '2026-11-24T20:00:00.000Z'],
    ['tomorrow once it has passed', '2026-11-24T20:00:00.000Z', '2026-11-25T20:00:00.000Z'],
    ['by the clock of the day it falls on, when clocks go back in the night', '2026-10-31T21:00:00.000Z', '2026-11-01T20:00:00.000Z'],
    ['and when they go forward', '2027-03-13T21:00:00.000Z', '2027-03-14T19:00:00.000Z'],
  ])('is %s', (_case, now, cutoff) => {
    expect(nextCutoff(newJersey, at(now))).toBe(cutoff)
  })

  it('is in the time of the warehouse', () => {
    expect(nextCutoff({ timezone: 'Asia/Shanghai', cutoff: '9:30' }, at('2026-11-24T08:00:00.000Z'))).toBe('2026-11-25T01:30:00.000Z')
  })

  it('is none where the warehouse names none', () => {
    expect(nextCutoff({ timezone: 'America/New_York' }, at('2026-11-24T08:00:00.000Z'))).toBeUndefined()
  })
})

describe('an order', () => {
  it.each([
    ['2026-11-24T19:59:59.000Z', true],
    ['2026-11-24T20:00:00.000Z', false],
  ])('that arrives at %s leaves today: %s', (now, today) => {
    expect(leavesToday(newJersey, at(now))).toBe(today)
  })

  it('leaves today where there is no cut-off', () => {
    expect(leavesToday({ timezone: 'America/New_York' }, at('2026-11-24T23:59:00.000Z'))).toBe(true)
  })
})
