import { describe, expect, it } from 'vitest'
import { asChannelSku, asSku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { money } from '../../../core/value/money.ts'
import { orderLine } from '../../fakes/dossiers.ts'
import { euroRate, facts, isMet, totalsOf } from './rules-world.ts'

const address = { name: 'Ann Bee', line1: 'Main Street 1', city: 'Trenton', state: 'NJ', postcode: '08601', country: 'US' }
const about = facts({
  personal: {
    shipTo: address,
    buyer: { id: 'b-1' },
    notes: { buyer: 'Please NO plastic', seller: 'vip', gift: 'Happy birthday' },
  },
  tags: ['prime', 'gift'],
  site: 'ATVPDKIKX0DER',
  promisedService: 'Expedited',
  paidAt: '2026-11-24T07:31:00.000Z' as Instant,
  shipBy: '2026-11-24T12:30:00.000Z' as Instant,
  lines: [
    orderLine({ platformLineId: 'L1', quantity: 3, unitPrice: money(1000, 'USD'), channelSku: asChannelSku('CH-MUG') }),
    orderLine({
      platformLineId: 'L2',
      quantity: 2,
      unitPrice: money(2500, 'USD'),
      channelSku: asChannelSku('CH-SET'),
      resolved: [
        { sku: asSku('MUG'), quantity: 2 },
        { sku: asSku('LAMP'), quantity: 1 },
      ],
    }),
    orderLine({ platformLineId: 'L3', quantity: 9, cancelledQuantity: 9, channelSku: asChannelSku('CH-GONE'), resolved: [] }),
  ],
})

describe('a comparison', () => {
  it.each([
    // Codes are compared exactly, what people type without regard to capitals.
    ['shop eq brand', true],
    ['shop eq Brand', false],
    ['shop ne other', true],
    ['platform in [shopify, ebay]', true],
    ['platform not-in [shopify, ebay]', false],
    ['shop starts-with bra', true],
    ['shop ends-with and', true],
    ['shop matches ^br.nd$', true],
    ['client eq default', true],
    ['site exists true', true],
    ['shipTo.city eq TRENTON', true],
    ['shipTo.line1 contains "main str"', true],
    ['shipTo.line2 exists true', false],
    ['shipTo.line2 exists false', true],
    ['buyerNote contains plastic', true],
    ['buyerNote not-contains plastic', false],
    ['giftNote matches "^happy"', true],
    ['sellerNote eq VIP', true],
    ['shipTo.state in [nj, ny]', true],
    ['shipTo.country ne US', false],
    ['tags contains Prime', true],
    ['tags contains pri', false],
    ['tags in [vip, gift]', true],
    ['tags not-in [vip, b2b]', true],
    ['tags not-contains prime', false],
    ['promisedService eq expedited', true],
    ['paymentState eq paid', true],
    ['fulfilledBy eq seller', true],
    ['address.valid eq true', true],
    ['address.valid ne false', true],
    // Whole minutes and hours.
    ['ageSincePaidMin eq 29', true],
    ['ageSincePaidMin lt 29', false],
    ['ageSincePaidMin lt 30', true],
    ['hoursToShipBy eq 4', true],
    ['hoursToShipBy lt 5', true],
    ['hoursToShipBy between [3, 4]', true],
    // Amounts, exactly.
    ['amounts.total gte 350', true],
    ['amounts.total gt 350', false],
    ['amounts.total lt "350.01"', true],
    ['amounts.total eq "350.00"', true],
    ['amounts.total ne 350', false],
    ['amounts.totalUsd lte 350', true],
    ['amounts.total between [300, "349.99"]', false],
    ['amounts.shipping eq 0', true],
    ['amounts.currency eq USD', true],
    // What all goods come to; the cancelled line does not count.
    ['totalQuantity eq 9', true],
    ['skuCount eq 2', true],
    ['weightGrams eq 5160', true],
    ['longestMm eq 400', true],
    ['girthMm eq 900', true],
    ['chargeableGrams eq 10000', true],
  ])('%s: %s', (text, met) => {
    const [field = '', op = '', ...value] = text.split(' ')

    expect(isMet(`{ field: ${field}, op: ${op}, value: ${value.join(' ')} }`, about)).toBe(met)
  })

  it('counts 480 g in 30 × 20 × 10 cm as 1200 g', () => {
    expect(isMet('{ field: chargeableGrams, op: eq, value: 1200 }', facts({ lines: [orderLine({ quantity: 1 })] }))).toBe(true)
  })

  it('finds an absent value equal to nothing', () => {
    const bare = facts({ lines: [orderLine({ resolved: [{ sku: asSku('VAGUE'), quantity: 1 }] })] })

    expect(isMet('{ field: site, op: eq, value: x }', bare)).toBe(false)
    expect(isMet('{ field: site, op: ne, value: x }', bare)).toBe(true)
    expect(isMet('{ field: ageSincePaidMin, op: lt, value: 30 }', bare)).toBe(false)
    expect(isMet('{ field: weightGrams, op: lt, value: 30000 }', bare)).toBe(false)
    expect(isMet('{ field: tags, op: exists, value: true }', bare)).toBe(false)
    expect(isMet('{ field: tags, op: not-contains, value: x }', bare)).toBe(true)
  })

  it('looks at the address that a person corrected', () => {
    expect(isMet('{ field: shipTo.city, op: eq, value: newark }', facts({ edits: { shipTo: { ...address, city: 'Newark' } } }))).toBe(true)
  })

  it('does not run a pattern over more than the first 200 signs', () => {
    const long = facts({ personal: { buyer: {}, notes: { buyer: `${'x'.repeat(200)}needle` } } })

    expect(isMet('{ field: buyerNote, op: matches, value: needle }', long)).toBe(false)
    expect(isMet('{ field: buyerNote, op: contains, value: needle }', long)).toBe(true)
  })
})

describe('all, any and not', () => {
  it.each([
    ['{ all: [{ field: shop, op: eq, value: brand }, { field: platform, op: eq, value: shopify }] }', true],
    ['{ all: [{ field: shop, op: eq, value: brand }, { field: platform, op: eq, value: ebay }] }', false],
    ['{ any: [{ field: shop, op: eq, value: other }, { field: platform, op: eq, value: shopify }] }', true],
    ['{ any: [{ field: shop, op: eq, value: other }, { field: platform, op: eq, value: ebay }] }', false],
    ['{ not: { field: shop, op: eq, value: other } }', true],
    ['{ not: { not: { field: shop, op: eq, value: other } } }', false],
  ])('%s: %s', (condition, met) => {
    expect(isMet(condition, about)).toBe(met)
  })
})

describe('conditions on lines', () => {
  it.each([
    ['{ anyLine: { field: channelSku, op: eq, value: CH-SET } }', true],
    ['{ everyLine: { field: channelSku, op: starts-with, value: CH- } }', true],
    ['{ everyLine: { field: channelSku, op: eq, value: CH-SET } }', false],
    ['{ noLine: { field: channelSku, op: eq, value: CH-NONE } }', true],
    ['{ anyLine: { all: [{ field: sku, op: eq, value: MUG }, { field: quantity, op: gte, value: 3 }] } }', true],
    ['{ anyLine: { all: [{ field: sku, op: eq, value: LAMP }, { field: quantity, op: gte, value: 3 }] } }', false],
    ['{ anyLine: { field: unitPrice, op: gte, value: 25 } }', true],
    ['{ anyLine: { field: lineTotalUsd, op: gt, value: 50 } }', false],
    ['{ anyLine: { field: product.name, op: contains, value: lam } }', true],
    ['{ anyLine: { field: product.nameZh, op: eq, value: 台灯 } }', true],
    ['{ anyLine: { field: product.origin, op: eq, value: CN } }', true],
    ['{ everyLine: { field: product.weightGrams, op: gte, value: 480 } }', true],
    ['{ sumLines: { field: quantity, op: eq, value: 5 } }', true],
    ['{ sumLines: { field: lineTotal, op: eq, value: 80 } }', true],
    ['{ sumLines: { field: quantity, op: eq, value: 2, where: { field: product.cargoClass, op: eq, value: with-battery } } }', true],
  ])('%s: %s', (condition, met) => {
    expect(isMet(condition, about)).toBe(met)
  })

  it('sees the battery inside a bundle', () => {
    const battery = '{ field: product.cargoClass, op: in, value: [with-battery, pure-battery] }'

    expect(isMet(`{ anyLine: ${battery} }`, about)).toBe(true)
    expect(isMet(`{ noLine: ${battery} }`, about)).toBe(false)
    expect(isMet('{ everyLine: { field: product.cargoClass, op: eq, value: general } }', about)).toBe(false)
  })

  it('does not see a line that was cancelled', () => {
    expect(isMet('{ anyLine: { field: channelSku, op: eq, value: CH-GONE } }', about)).toBe(false)
  })
})

describe('named lists', () => {
  const lists =
    'lists: { islands: { kind: zip, values: ["00601-00988"] }, near: { kind: zip, values: ["08601"] }, block: { kind: text, values: [B-1] }, sets: { kind: sku, values: [CH-SET] }, eu: { kind: country, values: [DE] } }'

  it.each([
    ['{ field: shipTo.postcode, op: zip-in, value: islands }', false],
    ['{ field: shipTo.postcode, op: zip-in, value: near }', true],
    ['{ field: shipTo.postcode, op: zip-in, value: "08600-08699" }', true],
    ['{ field: shipTo.postcode, op: zip-in, value: ["10001", "08601"] }', true],
    ['{ field: buyer.id, op: in-list, value: block }', true],
    ['{ anyLine: { field: channelSku, op: in-list, value: sets } }', true],
    ['{ field: shipTo.country, op: in-list, value: eu }', false],
  ])('%s: %s', (condition, met) => {
    expect(isMet(condition, about, lists)).toBe(met)
  })
})

describe('amounts in dollars', () => {
  const euros = { totals: totalsOf('300.00', 'EUR') }
  const above = '{ field: amounts.totalUsd, op: gte, value: 300 }'

  it('are converted at the rate of the day', () => {
    expect(isMet('{ field: amounts.totalUsd, op: eq, value: 330 }', facts(euros, { fx: euroRate }))).toBe(true)
  })

  it('hold the order when no rate is known', () => {
    expect(isMet(above, facts(euros))).toBe('fx-missing')
  })

  it('do not matter where another part of the condition decides', () => {
    const shop = (value: string) => `{ field: shop, op: eq, value: ${value} }`

    expect(isMet(`{ all: [${above}, ${shop('other')}] }`, facts(euros))).toBe(false)
    expect(isMet(`{ any: [${above}, ${shop('brand')}] }`, facts(euros))).toBe(true)
    expect(isMet(`{ not: { any: [${above}, ${shop('other')}] } }`, facts(euros))).toBe('fx-missing')
  })

  it('are absent while the platform shows no prices', () => {
    const { totals: _totals, ...unpriced } = facts().order

    expect(isMet(above, { ...facts(), order: unpriced })).toBe(false)
  })
})
