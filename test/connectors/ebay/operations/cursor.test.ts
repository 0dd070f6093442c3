import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  advance,
  narrow,
  openWindow,
  pageSize,
  type ReadingState,
  type ReadingWindow,
  readCursor,
  stepBack,
} from '../../../../connectors/ebay/operations/cursor.ts'
import { addMs, type Instant, instantToMs, msBetween } from '../../../../core/value/instant.ts'
import { ebayWorld } from '../ebay-world.ts'
import { instant } from '../order-payload.ts'

const now = instant('2026-11-24T08:00:00Z')

const hourMs = 3_600_000

function window(changes: Partial<ReadingWindow> = {}): ReadingWindow {
  const from = instant('2026-11-24T07:00:00Z')
  const end = instant('2026-11-24T07:59:58Z')
  return { from, to: end, end, offset: 0, restarts: 0, ...changes }
}

const state: ReadingState = { spanMs: 24 * hourMs }

describe('opening a window', () => {
  test('starts one overlap before what has been read and ends just before now [ebay-read-01]', () => {
    const opened = openWindow({ ...state, watermark: instant('2026-11-24T07:30:00Z') }, { since: now, overlapMs: 600_000, now })

    expect(opened).toMatchObject({ from: '2026-11-24T07:20:00.000Z', to: '2026-11-24T07:59:58.000Z' })
  })

  test('starts one overlap before `since` the first time, in slices of a day', () => {
    const opened = openWindow(state, { since: instant('2026-11-20T00:00:00Z'), overlapMs: 600_000, now })

    expect(opened).toMatchObject({ from: '2026-11-19T23:50:00.000Z', to: '2026-11-20T23:50:00.000Z', end: '2026-11-24T07:59:58.000Z' })
  })

  test('does not reach back further than eBay keeps orders [ebay-read-10]', () => {
    const opened = openWindow(state, { since: instant('2020-01-01T00:00:00Z'), overlapMs: 0, now })

    expect(msBetween(opened?.from ?? now, now) / (24 * hourMs)).toBe(729)
  })

  test('opens none when `since` has not come', () => {
    expect(openWindow(state, { since: addMs(now, hourMs), overlapMs: 0, now })).toBeUndefined()
  })
})

describe('narrowing a window', () => {
  test('cuts at least in half what does not fit a page', () => {
    const shorter = narrow(window(), pageSize + 1)

    expect(msBetween(window().from, shorter?.to ?? now)).toBeLessThanOrEqual(msBetween(window().from, window().to) / 2)
    expect(shorter?.end).toBe(window().end)
  })

  test('cuts where three quarters of a page have changed, by the changes that the page shows', () => {
    const moments = Array.from({ length: 200 }, (_unused, index) => addMs(window().from, index * 1_000))

    const shorter = narrow(window(), 300, moments)

    expect(shorter?.to).toBe(addMs(window().from, 100_000))
  })

  test('cuts in front of a moment at which more changed than a page holds, and then at that moment', () => {
    const cluster = addMs(window().from, 1_800_000)
    const moments = [window().from, ...Array.from({ length: 199 }, () => cluster)]

    const before = narrow(window(), 260, moments)
    const within = narrow(window({ from: cluster }), 259, moments)

    expect(before?.to).toBe(addMs(cluster, -1))
    expect(within?.to).toBe(addMs(cluster, 1_000))
  })

  test('cuts shorter every time, whatever the page shows', () => {
    const hour = fc.integer({ min: 0, max: hourMs })
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 200 }), fc.integer({ min: 201, max: 5_000 }), (offsets, total) => {
        const shorter = narrow(
          window(),
          total,
          offsets.map((ms) => addMs(window().from, ms)),
        )

        expect(shorter && shorter.to < window().to && shorter.to > window().from).toBe(true)
      }),
    )
  })

  test('keeps what fits, what is being paged, and what is as short as it gets [ebay-read-04]', () => {
    expect(narrow(window(), pageSize)).toBeUndefined()
    expect(narrow(window({ offset: 200 }), 900)).toBeUndefined()
    expect(narrow(window({ to: addMs(window().from, 1_000) }), 900)).toBeUndefined()
  })
})

describe('advancing after a page', () => {
  test('ends the pass at the frozen end, which becomes the watermark [ebay-read-01]', () => {
    expect(advance(state, window(), { total: 3, records: 3 })).toMatchObject({ hasMore: false, state: { watermark: window().end } })
  })

  test('goes on by offset when a window holds more than a page', () => {
    const next = advance(state, window(), { total: 450, records: 200 })

    expect(next).toMatchObject({ hasMore: true, state: { window: { offset: 200, total: 450 } } })
  })

  test('reads the window again when its total has changed [ebay-read-05]', () => {
    const next = advance(state, window({ offset: 200, total: 450 }), { total: 449, records: 200 })

    expect(next).toMatchObject({ hasMore: true, state: { window: { offset: 0, restarts: 1 } } })
    expect(next.state.window).not.toHaveProperty('total')
  })

  test('leaves a window that never rests for the next pass, without moving the watermark', () => {
    const next = advance({ ...state, watermark: window().from }, window({ offset: 200, total: 450, restarts: 3 }), {
      total: 449,
      records: 200,
    })

    expect(next).toMatchObject({ hasMore: false, state: { watermark: window().from, window: { offset: 0, restarts: 0 } } })
  })

  test('does not take an empty page in the middle for the end', () => {
    expect(advance(state, window({ offset: 200, total: 450 }), { total: 450, records: 0 })).toMatchObject({
      state: { window: { offset: 0 } },
    })
  })

  test('covers every moment once, whatever the density of changes [ebay-read-02]', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 200, maxLength: 200 }), (totals) => {
        const since = instant('2026-11-01T00:00:00Z')
        let current: ReadingState = state
        let next: ReadingWindow | undefined = openWindow(current, { since, overlapMs: 0, now })
        let covered: Instant = addMs(since, -1)
        for (const total of totals) {
          if (!next) break
          const shorter: ReadingWindow | undefined = narrow(next, total)
          if (shorter) {
            next = shorter
            continue
          }
          expect(instantToMs(next.from)).toBe(instantToMs(covered) + 1)
          covered = next.to
          const step = advance(current, next, { total, records: total })
          current = step.state
          next = step.state.window
          if (!step.hasMore) expect(current.watermark).toBe(covered)
        }
      }),
    )
  })
})

describe('a clock that runs ahead', () => {
  test('steps back behind eBay’s own time', () => {
    expect(stepBack(window(), instant('2026-11-24T07:30:00Z'))).toMatchObject({
      to: '2026-11-24T07:29:58.000Z',
      end: '2026-11-24T07:29:58.000Z',
    })
  })

  test('steps back a minute when the answer has no date, and gives up when nothing is left', () => {
    expect(stepBack(window(), undefined)?.to).toBe('2026-11-24T07:58:58.000Z')
    expect(stepBack(window(), instant('2026-11-24T06:00:00Z'))).toBeUndefined()
  })
})

describe('the stored position', () => {
  const { shop, call } = ebayWorld()

  test('comes back as it was stored', () => {
    const stored: ReadingState = { spanMs: 5_000, watermark: now, quotaReadAt: now, window: window({ offset: 200, total: 450 }) }

    expect(readCursor(shop, JSON.stringify(stored), call)).toEqual(stored)
  })

  test.each([undefined, '', 'not json', '{"version":9}', '{"spanMs":1,"watermark":"soon"}'])('starts over when it is %j', (cursor) => {
    expect(readCursor(shop, cursor, call)).toEqual(state)
  })
})
