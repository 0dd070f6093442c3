import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asChannelSku, asSku, asWmsSku, fulfillmentReference, orderNumber } from '../../../core/value/ids.ts'

const id = fc.string({ minLength: 1, maxLength: 60 })

describe('orderNumber', () => {
  it('is the same for the same order, also after a lost database', () => {
    expect(orderNumber('brand', '1001')).toBe('QSZ1REJ5GVBD9')
  })

  it('is Q and twelve signs that nobody mishears', () => {
    fc.assert(
      fc.property(id, id, (shop, order) => {
        expect(orderNumber(shop, order)).toMatch(/^Q[0-9A-HJKMNP-TV-Z]{12}$/)
      }),
    )
  })

  it('tells the shops and the orders apart, wherever the one ends and the other begins', () => {
    expect(orderNumber('brand', '1001')).not.toBe(orderNumber('brand', '1002'))
    expect(orderNumber('brand', '1001')).not.toBe(orderNumber('other', '1001'))
    expect(orderNumber('a', 'bc')).not.toBe(orderNumber('ab', 'c'))
  })

  it('does not repeat in a hundred thousand orders', () => {
    const numbers = new Set(Array.from({ length: 100_000 }, (_, index) => orderNumber('brand', String(index))))

    expect(numbers.size).toBe(100_000)
  })
})

describe('fulfillmentReference', () => {
  it('is at most 30 signs of A–Z, 0–9 and hyphen, whatever the generation', () => {
    fc.assert(
      fc.property(id, id, fc.integer({ min: 1, max: 9_999_999 }), (shop, order, sequence) => {
        expect(fulfillmentReference(orderNumber(shop, order), sequence)).toMatch(/^[A-Z0-9-]{1,30}$/)
      }),
    )
  })

  it('tells the generations of one order apart', () => {
    expect(fulfillmentReference('Q1', 1)).toBe('Q1-1')
    expect(fulfillmentReference('Q1', 2)).toBe('Q1-2')
  })
})

describe('SKUs', () => {
  it('are text as it was written, spaces and signs included', () => {
    expect([asSku(' A,=1 '), asChannelSku('=SUM(A1)'), asWmsSku('001')]).toEqual([' A,=1 ', '=SUM(A1)', '001'])
  })
})
