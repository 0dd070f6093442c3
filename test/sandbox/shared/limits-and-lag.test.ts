import { describe, expect, it } from 'vitest'
import { instantFromMs } from '../../../core/value/instant.ts'
import { createLaggedView } from '../../../sandbox/shared/lagged-view.ts'
import { createTokenBuckets } from '../../../sandbox/shared/token-bucket.ts'

function clock() {
  let ms = Date.parse('2026-11-24T10:00:00Z')
  const pass = (by: number): void => {
    ms += by
  }
  return { now: () => instantFromMs(ms), pass }
}

const rates = { search: { perSecond: 0.5, burst: 2 } }

describe('the token buckets', () => {
  it('refuse what is beyond the burst and say when to come again', () => {
    const { now } = clock()
    const buckets = createTokenBuckets(rates, 'published', now)

    const taken = [1, 2, 3].map(() => buckets.take('seller', 'search'))

    expect(taken.map(({ allowed }) => allowed)).toEqual([true, true, false])
    expect(taken[2]?.retryAfterMs).toBe(2_000)
  })

  it('fill up again with time, up to the burst and no further', () => {
    const { now, pass } = clock()
    const buckets = createTokenBuckets(rates, 'published', now)
    buckets.take('seller', 'search', 2)

    pass(2_000)
    expect(buckets.take('seller', 'search').allowed).toBe(true)
    expect(buckets.take('seller', 'search').allowed).toBe(false)
    pass(3_600_000)
    expect(buckets.take('seller', 'search', 3).allowed).toBe(false)
    expect(buckets.take('seller', 'search', 2).allowed).toBe(true)
  })

  it('are apart for each scope and each operation', () => {
    const buckets = createTokenBuckets({ ...rates, other: { perSecond: 1, burst: 1 } }, 'published', clock().now)
    buckets.take('seller', 'search', 2)

    expect(buckets.take('seller', 'search').allowed).toBe(false)
    expect(buckets.take('another', 'search').allowed).toBe(true)
    expect(buckets.take('seller', 'other').allowed).toBe(true)
  })

  it('take back what was reserved and not used', () => {
    const buckets = createTokenBuckets(rates, 'published', clock().now)
    buckets.take('seller', 'search', 2)
    buckets.giveBack('seller', 'search', 1)

    expect(buckets.take('seller', 'search').allowed).toBe(true)
  })

  it('never refuse in an open simulation, nor an operation without a rate', () => {
    const open = createTokenBuckets(rates, 'open', clock().now)
    const published = createTokenBuckets(rates, 'published', clock().now)

    expect([1, 2, 3, 4].every(() => open.take('seller', 'search').allowed)).toBe(true)
    expect([1, 2, 3, 4].every(() => published.take('seller', 'ping').allowed)).toBe(true)
  })
})

describe('a lagging view', () => {
  it('shows the state before the first write while the lag runs, then the current one', () => {
    const { now, pass } = clock()
    const view = createLaggedView<{ count: number }>(now)
    const state = { count: 1 }

    view.keep('order', state, 1_000)
    state.count = 2
    view.keep('order', state, 1_000)
    state.count = 3

    expect(view.read('order', state)).toEqual({ count: 1 })
    pass(1_000)
    expect(view.read('order', state)).toEqual({ count: 3 })
  })
})
