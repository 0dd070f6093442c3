import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { postcodeMatcher } from '../../../core/rules/conditions/postcodes.ts'

describe('a list of postcodes', () => {
  it.each([
    ['00601', ['00601-00988'], true],
    ['00988', ['00601-00988'], true],
    ['00989', ['00601-00988'], false],
    ['00601-1234', ['00601-00988'], true],
    ['006011234', ['00601-00988'], false],
    ['10001', ['10001'], true],
    ['k1a 0b1', ['K1A 0B1'], true],
    ['K1A0B1', ['K1A 0B1'], true],
    ['BT1 1AA', ['BT1-BT9'], true],
    ['B1 1AA', ['BT1-BT9'], false],
    ['100-0001', ['100-0001'], true],
    ['101-0001', ['100-0001'], false],
    ['00650', ['00640-00660', '00601-00610', '00605-00655'], true],
    ['00611', ['00601-00610', '00620-00630'], false],
  ])('%s in %j: %s', (postcode, values, found) => {
    expect(postcodeMatcher(values)(postcode)).toBe(found)
  })

  it('finds what a look through every range finds', () => {
    const code = fc.integer({ min: 0, max: 400 }).map((number) => String(number).padStart(5, '0'))
    const range = fc.tuple(code, code).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)))

    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), code, (ranges, postcode) => {
        const isWithin = ranges.some(([from, to]) => postcode >= from && postcode <= to)

        expect(postcodeMatcher(ranges.map(([from, to]) => `${from}-${to}`))(postcode)).toBe(isWithin)
      }),
    )
  })
})
