import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExactly } from '../../../../connectors/wish/schema.ts'
import { readSample as read } from '../sample-order.ts'

describe('amounts', () => {
  test('keep the digits that were sent, whatever a float would make of them [wish-trap-04] [wish-read-11]', () => {
    const body = '{"amount": 90071992547409.93, "other": 1.10, "list": [{"amount": 1e2}]}'

    expect(parseExactly(body)).toEqual({ amount: '90071992547409.93', other: 1.1, list: [{ amount: '1e2' }] })
  })

  test.each([
    [Math.fround(12.99), 1299],
    [12.345, 1235],
    [1.25e2, 12500],
  ])('with the digits of a float (%d) are rounded to those of their currency [wish-trap-04]', (amount, minorUnits) => {
    const product_price = { amount, currency_code: 'USD' }
    const order = read({ tax_information: null, order_payment: { general_payment_details: { product_quantity: 1, product_price } } })

    expect(order.totals?.grand).toEqual({ minorUnits, currency: 'USD' })
    expect(order.holds).toEqual([])
  })

  test('of currencies without decimals are whole [wish-trap-04]', () => {
    const order = read({
      tax_information: null,
      order_payment: { general_payment_details: { product_quantity: 2, product_price: { amount: 1200, currency_code: 'JPY' } } },
    })

    expect(order.totals?.grand).toEqual({ minorUnits: 2400, currency: 'JPY' })
  })

  test('below zero, which a shipping charge may be, are read [wish-trap-05]', () => {
    const amount = (value: number) => ({ amount: value, currency_code: 'USD' })
    const order = read({
      tax_information: null,
      order_payment: { general_payment_details: { product_quantity: 2, product_price: amount(5), product_shipping_price: amount(-0.5) } },
    })

    expect(order.totals?.shipping).toEqual({ minorUnits: -100, currency: 'USD' })
    expect(order.totals?.grand).toEqual({ minorUnits: 900, currency: 'USD' })
  })

  test('add up for every price, discount and quantity', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(cents, cents, cents, fc.integer({ min: 1, max: 1_000 }), (price, discounted, shipping, quantity) => {
        const amount = (value: number) => ({ amount: Number((value / 100).toFixed(2)), currency_code: 'USD' })
        const details = {
          product_quantity: quantity,
          product_price: amount(price),
          discounted_price: amount(discounted),
          product_shipping_price: amount(shipping),
        }

        const { totals } = read({ tax_information: null, order_payment: { general_payment_details: details } })

        expect(totals?.grand.minorUnits).toBe((Math.min(price, discounted) + shipping) * quantity)
        expect(totals?.items.minorUnits).toBe(price * quantity)
      }),
    )
  })
})
