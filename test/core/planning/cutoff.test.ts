import { describe, expect, it } from 'vitest'
import { daysToLeave, nextCutoff } from '../../../core/planning/cutoff.ts'
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

describe('a warehouse with work days and holidays', () => {
  const closed = { ...newJersey, workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: ['2026-11-26', '2026-12-25'] }

  it.each([
    ['on a work day closes that day', '2026-11-25T12:00:00.000Z', '2026-11-25T20:00:00.000Z'],
    ['before a holiday closes the day after it', '2026-11-25T20:00:00.000Z', '2026-11-27T20:00:00.000Z'],
    ['on Friday evening closes on Monday', '2026-11-27T21:00:00.000Z', '2026-11-30T20:00:00.000Z'],
    ['before a long weekend closes after it', '2026-12-24T20:00:00.000Z', '2026-12-28T20:00:00.000Z'],
    ['goes by its own days: Sunday evening in London is Sunday there too', '2026-11-29T23:30:00.000Z', '2026-11-30T20:00:00.000Z'],
  ])('%s', (_case, now, cutoff) => {
    expect(nextCutoff(closed, at(now))).toBe(cutoff)
  })

  it('sends what comes too late after as many days as it is closed', () => {
    expect(daysToLeave(closed, at('2026-11-25T19:59:00.000Z'))).toBe(0)
    expect(daysToLeave(closed, at('2026-11-25T20:00:00.000Z'))).toBe(2)
    expect(daysToLeave(closed, at('2026-11-28T15:00:00.000Z'))).toBe(2)
    expect(daysToLeave({ timezone: 'America/New_York', workdays: closed.workdays }, at('2026-11-28T15:00:00.000Z'))).toBe(2)
  })

  it('by the day of its own clock', () => {
    const tokyo = { timezone: 'Asia/Tokyo', cutoff: '09:00', workdays: closed.workdays }

    expect(nextCutoff(tokyo, at('2026-11-29T23:30:00.000Z'))).toBe('2026-11-30T00:00:00.000Z')
    expect(nextCutoff(tokyo, at('2026-11-27T12:00:00.000Z'))).toBe('2026-11-30T00:00:00.000Z')
  })
})

describe('an order', () => {
  it.each([
    ['2026-11-24T19:59:59.000Z', 0],
    ['2026-11-24T20:00:00.000Z', 1],
  ])('that arrives at %s leaves in %s days', (now, days) => {
    expect(daysToLeave(newJersey, at(now))).toBe(days)
  })

  it('leaves today where there is no cut-off', () => {
    expect(daysToLeave({ timezone: 'America/New_York' }, at('2026-11-24T23:59:00.000Z'))).toBe(0)
  })
})
