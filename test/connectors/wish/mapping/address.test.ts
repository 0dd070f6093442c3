import { describe, expect, test } from 'vitest'
import { readSample as read } from '../sample-order.ts'

describe('an order', () => {
  test('goes to the address of its shipping detail, with the prefix of its country before the number [wish-field-12]', () => {
    expect(read().personal.shipTo).toEqual({
      name: 'Maria Keller',
      phone: '+49 2215550100',
      line1: 'Hauptstr. 5',
      line2: '2. OG',
      city: 'Köln',
      state: 'NW',
      postcode: '50667',
      country: 'DE',
    })
  })

  test.each([
    ['+12015550123', '1'],
    ['0012015550123', '1'],
    [' +1 201 555 0123', '+1'],
    ['2015550123', undefined],
  ])('keeps the number %j as it is beside the prefix %j', (number, country_code) => {
    const detail = { street_address1: 'a', city: 'b', state: 'c', zipcode: 'd', country_code: 'US', phone_number: { number, country_code } }

    expect(read({ full_address: { shipping_detail: detail } }).personal.shipTo?.phone).toBe(number)
  })

  test.each([
    ['neighborhood', 'BR'],
    ['region', 'CL'],
  ])('has its %s as the district of the address in %s [wish-field-13]', (field, country_code) => {
    const detail = { name: 'A', street_address1: 'b 1', street_address3: 'c', city: 'd', state: 'e', zipcode: 'f', country_code }

    const order = read({ full_address: { shipping_detail: { ...detail, [field]: 'Centro' } } })

    expect(order.personal.shipTo).toMatchObject({ line3: 'c', district: 'Centro', country: country_code })
  })
})
