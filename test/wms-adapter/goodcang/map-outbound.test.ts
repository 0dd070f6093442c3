import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutboundRequest } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { splitOverTwoLines } from '../../../wms-adapter/goodcang/address-lines.ts'
import { buildCreateOrder, checkOutbound } from '../../../wms-adapter/goodcang/map-outbound.ts'
import { outboundRequest } from './scripted.ts'

const plain = outboundRequest()
const to = (changes: Partial<OutboundRequest['shipTo']>) => outboundRequest({ shipTo: { ...plain.shipTo, ...changes } })
const line = (changes: Partial<OutboundRequest['lines'][number]>) =>
  outboundRequest({ lines: [{ wmsSku: asWmsSku('FISH65'), quantity: 2, ...changes }] })

describe('the request for an order', () => {
  test('has the fields that Goodcang documents and no empty ones', () => {
    expect(buildCreateOrder(plain)).toEqual({
      reference_no: 'Q0123456789AB-1',
      platform: 'OTHER',
      shipping_method: 'FEDEX-SMALLPARCEL',
      warehouse_code: 'USEA',
      country_code: 'US',
      province: 'NJ',
      city: 'Dayton',
      address1: '12 Harbor Road',
      zipcode: '08810',
      name: 'Robin Example',
      phone: '+1 555 0100',
      email: 'robin@example.com',
      verify: 1,
      items: [{ product_sku: 'FISH65', quantity: 2 }],
    })
  })

  test.each([
    ['amazon', 'AMAZON'],
    ['ebay', 'EBAY'],
    ['shopify', 'OTHER'],
    ['wish', 'OTHER'],
    ['file', 'OTHER'],
  ])('names the platform %s as %s', (platform, word) => {
    expect(buildCreateOrder(outboundRequest({ platform })).platform).toBe(word)
  })

  test('carries the ids of eBay items, and of nobody else', () => {
    const ids = { channelItemId: '110', channelTransactionId: '220' }

    expect(buildCreateOrder({ ...line(ids), platform: 'ebay' }).items[0]).toMatchObject({ item_id: '110', transaction_id: '220' })
    expect(buildCreateOrder({ ...line(ids), platform: 'amazon' }).items[0]).toEqual({ product_sku: 'FISH65', quantity: 2 })
  })

  test.each([
    [{ amount: '12.30', currency: 'USD' }, '12.30'],
    [{ amount: '0.00', currency: 'USD' }, undefined],
    [{ amount: '12.30', currency: 'EUR' }, undefined],
  ])('declares only a value in dollars above zero (%j)', (declaredValue, expected) => {
    expect(buildCreateOrder(line({ declaredValue })).items[0]?.product_declared_value).toBe(expected)
  })

  test('asks for what the options say, in the documented fields', () => {
    const options = { signature: true, insurance: { amount: '120.50', currency: 'USD' }, ageCheck: 18, packaging: 'bubble-bag' } as const

    expect(buildCreateOrder(outboundRequest({ options }))).toMatchObject({
      is_signature: 1,
      is_insurance: 1,
      insurance_value: 120.5,
      age_detection: 18,
      customer_package_requirement: 3,
    })
    expect(checkOutbound(outboundRequest({ options }))).toEqual([])
  })

  test.each([
    [{ insurance: { amount: '120.50', currency: 'EUR' } }, 'options.insurance must be in USD for Goodcang; correct it'],
    [{ insurance: { amount: '12000.50', currency: 'USD' } }, 'options.insurance must have at most 7 signs for Goodcang; correct it'],
    [{ ageCheck: 21 }, 'options.ageCheck must be 16 or 18 for Goodcang; correct it'],
    [{ packaging: 'crate' }, 'options.packaging must be one of carton, courier-bag, bubble-bag, eco-bag for Goodcang; correct it'],
  ])('finds options that Goodcang has no word for: %j', (options, message) => {
    expect(checkOutbound(outboundRequest({ options }))).toMatchObject([{ message }])
  })

  test('writes customs codes without dots', () => {
    expect(buildCreateOrder(line({ hsCode: '6109.10.00' })).items[0]?.hs_code).toBe('61091000')
  })

  test('hands tax ids on', () => {
    expect(buildCreateOrder(outboundRequest({ taxIds: { ioss: 'IM1', vat: 'DE2', eori: 'DE3' } })).vat_change_info).toEqual({
      ioss_number: 'IM1',
      recipient_vat: 'DE2',
      recipient_eori: 'DE3',
    })
  })

  test.each([
    [{ identityNumber: '123.456.789-09' }, { pid_number: '123.456.789-09' }],
    [{ voec: '2021440' }, { recipient_vat: '2021440' }],
    [{ voec: '2021440', vat: 'NO1' }, { recipient_vat: 'NO1' }],
  ])('hands %j on as %j [wish-field-24]', (taxIds, expected) => {
    expect(buildCreateOrder(outboundRequest({ taxIds })).vat_change_info).toEqual(expected)
  })

  test('splits a long name over both name fields at a space', () => {
    const body = buildCreateOrder(to({ name: `${'A'.repeat(30)} ${'B'.repeat(30)}` }))

    expect([body.name, body.last_name]).toEqual(['A'.repeat(30), 'B'.repeat(30)])
  })

  test('adds the district to the address', () => {
    expect(buildCreateOrder(to({ district: 'Bayview' }))).toMatchObject({
      address1: '12 Harbor Road',
      address2: 'Bayview',
    })
  })

  test.each([
    ['DE', '', 'Dayton'],
    ['DE', 'Hessen', 'Hessen'],
    ['US', '', ''],
  ])('in %s with state "%s" says province "%s"', (country, state, province) => {
    expect(buildCreateOrder(to({ country, state })).province).toBe(province)
  })

  test.each([
    ['shopify', '+1 555 0100', { phone: '+1 555 0100' }],
    ['shopify', '+1 207-555-0100 ext. 12345', { phone: '+1 207-555-0100', cell_phone: '12345' }],
    ['shopify', '+44 (0) 20 7946 0000 00 x99', { phone: '+4402079460000'.concat('00'), cell_phone: '99' }],
    ['amazon', '+1 207-555-0100 ext. 12345', { phone: '+12075550100 x12345' }],
    ['amazon', '+44 (0) 20 7946 0000 00', { phone: '+440207946000000' }],
  ])('on %s fits the telephone number %s', (platform, phone, fields) => {
    const body = buildCreateOrder({ ...to({ phone }), platform })

    expect({ phone: body.phone, ...(body.cell_phone ? { cell_phone: body.cell_phone } : {}) }).toEqual(fields)
  })
})

describe('the check before sending', () => {
  test('finds nothing in a plain order', () => {
    expect(checkOutbound(plain)).toEqual([])
  })

  const long = (length: number) => 'x'.repeat(length)
  test.each<[string, string, OutboundRequest]>([
    ['reference', 'too-long', outboundRequest({ reference: long(51) })],
    ['serviceCode', 'too-long', outboundRequest({ serviceCode: long(33) })],
    ['serviceCode', 'missing', outboundRequest({ serviceCode: '' })],
    ['warehouseCode', 'too-long', outboundRequest({ warehouseCode: long(33) })],
    ['shipTo.country', 'not-allowed', to({ country: 'U1' })],
    ['shipTo.state', 'too-long', to({ state: long(21) })],
    ['shipTo.state', 'missing', to({ state: '' })],
    ['shipTo.city', 'too-long', to({ city: long(33) })],
    ['shipTo.city', 'missing', to({ city: ' ' })],
    ['shipTo.company', 'too-long', to({ company: long(51) })],
    ['shipTo.line1', 'missing', to({ line1: '' })],
    ['shipTo.line1', 'too-long', to({ line1: long(51) })],
    ['shipTo.line1', 'too-long', to({ line1: `${long(49)} ${long(49)}`, line2: long(49) })],
    ['shipTo.postcode', 'too-long', to({ postcode: long(21) })],
    ['shipTo.postcode', 'missing', to({ postcode: '' })],
    ['shipTo.name', 'too-long', to({ name: long(49) })],
    ['shipTo.name', 'missing', to({ name: '' })],
    ['shipTo.phone', 'too-long', to({ phone: '0'.repeat(21) })],
    ['shipTo.email', 'too-long', to({ email: `${long(100)}@example.com` })],
    ['note', 'too-long', outboundRequest({ note: long(501) })],
    ['lines', 'missing', outboundRequest({ lines: [] })],
    ['lines.0.wmsSku', 'too-long', line({ wmsSku: asWmsSku(long(25)) })],
    ['lines.0.quantity', 'not-allowed', line({ quantity: 0 })],
    ['lines.0.quantity', 'not-allowed', line({ quantity: 1.5 })],
    ['lines.0.hsCode', 'not-allowed', line({ hsCode: '12345' })],
    ['lines.0.channelItemId', 'too-long', { ...line({ channelItemId: long(51) }), platform: 'ebay' }],
    ['lines.0.channelTransactionId', 'too-long', { ...line({ channelTransactionId: long(51) }), platform: 'ebay' }],
    ['taxIds.ioss', 'too-long', outboundRequest({ taxIds: { ioss: long(101) } })],
    ['taxIds.vat', 'too-long', outboundRequest({ taxIds: { vat: long(101) } })],
    ['taxIds.eori', 'too-long', outboundRequest({ taxIds: { eori: long(101) } })],
    ['taxIds.identityNumber', 'too-long', outboundRequest({ taxIds: { identityNumber: long(101) } })],
  ])('finds %s %s', (field, reason, request) => {
    expect(checkOutbound(request)).toEqual([expect.objectContaining({ field, reason })])
  })

  test('names the field and not its value', () => {
    const [problem] = checkOutbound(to({ name: `Robin${long(50)}` }))

    expect(problem?.message).toBe('shipTo.name has 55 signs and Goodcang takes 48; shorten it')
  })
})

describe('an address over two lines', () => {
  const words = fc.array(fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcÄß東1/-') }), { maxLength: 8 })
  const parts = fc.array(
    words.map((list) => list.join(' ')),
    { maxLength: 4 },
  )
  const bare = (text: string) => text.replace(/\s+/g, '')

  test('loses nothing, keeps the order, and keeps to the length', () => {
    fc.assert(
      fc.property(parts, (lines) => {
        const split = splitOverTwoLines(lines, 50)
        if (!split) return
        expect(bare(split.first + split.second)).toBe(bare(lines.join('')))
        expect(`${split.first} ${split.second}`.trim()).toBe(lines.filter((part) => part !== '').join(' '))
        expect(Math.max(split.first.length, split.second.length)).toBeLessThanOrEqual(50)
      }),
    )
  })

  test('is given up only when no space divides it rightly', () => {
    fc.assert(
      fc.property(parts, (lines) => {
        const text = lines.filter((part) => part !== '').join(' ')
        const breaks = [...text.matchAll(/ /g)].map((match) => match.index)
        const canBreak = text.length <= 50 || breaks.some((at) => at <= 50 && text.length - at - 1 <= 50)

        expect(splitOverTwoLines(lines, 50) !== undefined).toBe(canBreak)
      }),
    )
  })

  test.each([
    [['a', 'b'], { first: 'a', second: 'b' }],
    [['a', '', 'c'], { first: 'a', second: 'c' }],
    [['a  a\nb'], { first: 'a a b', second: '' }],
    [[undefined], { first: '', second: '' }],
    [['aaaa', 'bbbb', 'cccc'], { first: 'aaaa', second: 'bbbb cccc' }],
    [['aaaa', 'bbbb', 'ccccccc'], { first: 'aaaa bbbb', second: 'ccccccc' }],
    [['aaaa bbbb cccc'], { first: 'aaaa bbbb', second: 'cccc' }],
    [['aaaaaaaaaaaa'], undefined],
  ])('%j in lines of ten', (lines, expected) => {
    expect(splitOverTwoLines(lines, 10)).toEqual(expected)
  })
})
