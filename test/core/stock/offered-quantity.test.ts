import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offeredQuantity } from '../../../core/stock/offered-quantity.ts'

describe('what a listing shows', () => {
  const stock = { available: 50, promised: 8 }

  it('is a share of what is free after the buffer, in whole units', () => {
    expect(offeredQuantity(stock, { percent: 80, buffer: 5 })).toBe(29)
  })

  it('is nothing when it would be below the floor', () => {
    expect(offeredQuantity({ available: 16, promised: 8 }, { percent: 80, buffer: 5, floor: 3 })).toBe(0)
    expect(offeredQuantity({ available: 17, promised: 8 }, { percent: 80, buffer: 5, floor: 3 })).toBe(3)
  })

  it('is everything free when nothing is said, and never more than the cap', () => {
    expect(offeredQuantity(stock)).toBe(42)
    expect(offeredQuantity(stock, { cap: 10 })).toBe(10)
  })

  it('is never negative and never more than is free', () => {
    const figure = fc.integer({ min: 0, max: 1_000 })
    const policy = fc.record({ percent: fc.integer({ min: 0, max: 100 }), buffer: figure, floor: figure, cap: figure })
    fc.assert(
      fc.property(figure, figure, policy, (available, promised, given) => {
        const offered = offeredQuantity({ available, promised }, given)

        expect(offered).toBeGreaterThanOrEqual(0)
        expect(offered).toBeLessThanOrEqual(Math.max(0, available - promised))
      }),
    )
  })
})
