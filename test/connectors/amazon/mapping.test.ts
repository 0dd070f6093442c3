import { describe, expect, it } from 'vitest'
import { readOrder } from '../../../connectors/amazon/map-order.ts'
import { addMoney, subtractMoney } from '../../../core/value/money.ts'
import { dollars, fieldRows } from './field-rows.ts'
import { fullOrder } from './full-order.ts'
import { item, orderDocument, usd } from './order-document.ts'

const order = readOrder(fullOrder)

describe('of an order of Amazon is read', () => {
  it.each(fieldRows)('$field [amazon-field-$id]', ({ read, is }) => {
    expect(read(order)).toEqual(is)
  })
})

describe('totals of an order', () => {
  it('are those of its items where Amazon gives none [amazon-field-23]', () => {
    const single = orderDocument({ proceeds: undefined, orderItems: [item({ proceeds: { proceedsTotal: usd('9.99') } })] })

    expect(readOrder(single).totals?.grand).toEqual(dollars(999))
  })

  it('add up in minor units [amazon-field-36]', () => {
    const { totals } = order
    if (!totals) throw new Error('there are totals')

    expect(subtractMoney(addMoney(addMoney(totals.items, totals.shipping), totals.tax), totals.discount)).toEqual(totals.grand)
  })
})

describe('an order to Brazil', () => {
  it('has street and number in fields of their own, and the number of a person for customs [amazon-field-13] [amazon-field-28]', () => {
    const extendedFields = { streetName: 'Rua Azul', streetNumber: '12', complement: 'Apto 3', neighborhood: 'Centro' }
    const taxRegistrations = [{ entityType: 'BUYER', taxRegistrationType: 'CPF', taxRegistrationNumber: '123.456.789-09' }]

    const brazilian = readOrder(
      orderDocument({ recipient: { deliveryAddress: { extendedFields, city: 'Recife', countryCode: 'BR' } }, tax: { taxRegistrations } }),
    )

    expect(brazilian.personal.shipTo).toMatchObject({ line1: 'Rua Azul, 12', line2: 'Apto 3', district: 'Centro', country: 'BR' })
    expect(brazilian.taxIds.vat).toBe('123.456.789-09')
  })
})
