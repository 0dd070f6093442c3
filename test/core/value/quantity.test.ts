import { describe, expect, it } from 'vitest'
import { isQuantity, sumByKey } from '../../../core/value/quantity.ts'

describe('isQuantity', () => {
  it.each([0, 1, 1_000_000, 1e12])('takes %d', (value) => {
    expect(isQuantity(value)).toBe(true)
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e12 + 1])('refuses %d', (value) => {
    expect(isQuantity(value)).toBe(false)
  })
})

describe('sumByKey', () => {
  it('adds up by key, in the order in which keys were first seen, and keeps those that sum to zero', () => {
    const rows: readonly (readonly [string, number])[] = [
      ['b', 1],
      ['a', 2],
      ['b', 3],
      ['c', 0],
    ]

    expect([...sumByKey(rows)]).toEqual([
      ['b', 4],
      ['a', 2],
      ['c', 0],
    ])
  })
})
