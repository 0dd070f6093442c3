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

const extendedFields = { streetName: 'Rua Azul', streetNumber: '12', complement: 'Apto 3', neighborhood: 'Centro' }

describe('an order to Brazil', () => {
  it('has street and number in fields of their own, and the number of a person for customs [amazon-field-13] [amazon-field-28]', () => {
    const taxRegistrations = [{ entityType: 'BUYER', taxRegistrationType: 'CPF', taxRegistrationNumber: '123.456.789-09' }]

    const brazilian = readOrder(
      orderDocument({ recipient: { deliveryAddress: { extendedFields, city: 'Recife', countryCode: 'BR' } }, tax: { taxRegistrations } }),
    )

    expect(brazilian.personal.shipTo).toMatchObject({ line1: 'Rua Azul, 12', line2: 'Apto 3', district: 'Centro', country: 'BR' })
    expect(brazilian.taxIds).toEqual({ ioss: 'IM1234567890', identityNumber: '123.456.789-09' })
  })

  it('of a company has its number where a VAT number stands [amazon-field-28]', () => {
    const taxRegistrations = [{ entityType: 'BUYER', taxRegistrationType: 'CNPJ', taxRegistrationNumber: '11.222.333/0001-81' }]

    expect(readOrder(orderDocument({ tax: { taxRegistrations } })).taxIds).toMatchObject({ vat: '11.222.333/0001-81' })
  })
})

describe('empty text in an address', () => {
  it('says nothing: what stands elsewhere counts [amazon-field-12] [amazon-field-13]', () => {
    const empty = { addressLine1: '', addressLine2: ' ', companyName: '', city: '', districtOrCounty: '' }
    const deliveryAddress = { ...empty, extendedFields, municipality: 'Recife', countryCode: 'BR' }

    const { shipTo } = readOrder(orderDocument({ recipient: { deliveryAddress } })).personal

    expect(shipTo).toMatchObject({
      line1: 'Rua Azul, 12',
      line2: 'Apto 3',
      company: 'Buyer Ltd',
      city: 'Recife',
      district: 'Centro',
    })
  })

  it('alone is no address: the order waits for one [amazon-field-13]', () => {
    const order = readOrder(orderDocument({ recipient: { deliveryAddress: { addressLine1: ' ', city: 'Recife', countryCode: 'BR' } } }))

    expect(order.holds.map(({ reason }) => reason)).toEqual(['pii-missing'])
  })
})

describe('the marketplace of an order', () => {
  it.each([
    ['Amazon.com', 'ATVPDKIKX0DER'],
    ['www.amazon.co.uk', 'A1F83G8C2ARO7P'],
    ['Amazon.com.br', 'A2Q3Y263D00KWC'],
    ['A shop on the moon', undefined],
  ])('is known by its site %s where Amazon gives no id [amazon-field-03]', (marketplaceName, site) => {
    expect(readOrder(orderDocument({ salesChannel: { channelName: 'AMAZON', marketplaceName } })).site).toBe(site)
  })
})
