import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMs,
  earliest,
  type Instant,
  instantFromMs,
  instantToMs,
  latest,
  msBetween,
  parseDurationMs,
  parseInstant,
  parseInstantAtOffset,
} from '../../../core/value/instant.ts'

const ms = fc.integer({ min: 0, max: 253_402_300_799_999 })

describe('parseInstant', () => {
  it.each([
    ['2026-11-24T08:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:00Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24 08:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:00:00.5Z', '2026-11-24T08:00:00.500Z'],
    ['2026-11-24T08:00:00.123456789Z', '2026-11-24T08:00:00.123Z'],
    ['2026-11-24T16:00:00+08:00', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T00:30:00-0730', '2026-11-24T08:00:00.000Z'],
    ['2026-12-31T23:59:59-01:00', '2027-01-01T00:59:59.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant)
  })

  it.each([
    ['no zone', '2026-11-24T08:00:00'],
    ['no time', '2026-11-24'],
    ['a month that does not exist', '2026-13-01T00:00:00Z'],
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['a day that the year does not have', '2027-02-29T00:00:00+01:00'],
    ['an hour that does not exist', '2026-11-24T25:00:00Z'],
    ['words', 'yesterday'],
    ['nothing', ''],
    ['a count of seconds', '1764000000'],
  ])('gives nothing for text with %s', (_case, text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('reads what instants are written as', () => {
    fc.assert(
      fc.property(ms, (value) => {
        const instant = instantFromMs(value)

        expect(parseInstant(instant)).toBe(instant)
        expect(instantToMs(instant)).toBe(value)
      }),
    )
  })
})

describe('parseInstantAtOffset', () => {
  it('reads local time of a fixed offset, such as Beijing', () => {
    expect(parseInstantAtOffset('2026-11-24 16:00:00', 480)).toBe('2026-11-24T08:00:00.000Z')
    expect(parseInstantAtOffset('2026-11-24T03:00:00.25', -300)).toBe('2026-11-24T08:00:00.250Z')
  })

  it.each(['2026-11-24', '2026-11-24 16:00', '2026-11-24T16:00:00Z', '2026-02-30 16:00:00', '2026-11-24 99:00:00', 'never'])(
    'gives nothing for "%s"',
    (text) => {
      expect(parseInstantAtOffset(text, 480)).toBeUndefined()
    },
  )
})

describe('instants', () => {
  const [early, late] = ['2026-11-24T08:00:00.000Z' as Instant, '2026-11-24T08:00:01.500Z' as Instant]

  it('sort as text as they follow in time', () => {
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        expect(instantFromMs(a) < instantFromMs(b)).toBe(a < b)
      }),
    )
  })

  it('are compared, moved and subtracted', () => {
    expect(latest(early, late)).toBe(late)
    expect(latest(late, early)).toBe(late)
    expect(earliest(early, late)).toBe(early)
    expect(earliest(late, early)).toBe(early)
    expect(addMs(early, 1_500)).toBe(late)
    expect(msBetween(early, late)).toBe(1_500)
    expect(msBetween(late, early)).toBe(-1_500)
  })

  it('are refused beyond the years that a date can hold', () => {
    expect(() => instantFromMs(8.64e15 + 1)).toThrow(RangeError)
  })
})

describe('parseDurationMs', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1.5h', 5_400_000],
    [' 2d ', 172_800_000],
    ['0s', 0],
  ])('reads "%s" as %i ms', (text, value) => {
    expect(parseDurationMs(text)).toBe(value)
  })

  it.each(['', '5', 'm', '5 m', '-5m', '5w', '1h30m'])('gives nothing for "%s"', (text) => {
    expect(parseDurationMs(text)).toBeUndefined()
  })
})
