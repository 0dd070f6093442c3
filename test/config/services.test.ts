import { describe, expect, it } from 'vitest'
import { money } from '../../core/value/money.ts'
import { changed, configOf, problemsOf, writeFolder } from './configuration.ts'

const plain = 'days: [2, 5]\n        price: { base: "6.10", currency: USD }'
const serviceWith = (text: string) => writeFolder(changed('warehouses.yaml', plain, text))
const warehouseWith = (text: string) => writeFolder(changed('warehouses.yaml', '    services:', `    ${text}\n    services:`))

describe('a service', () => {
  it('has its limits, features and prices as planning takes them', async () => {
    const text = `maxSidesMm: [300, 1200, 600]
        maxGirthMm: 3000
        maxValue: { amount: "500", currency: EUR }
        cargoClasses: [general, with-battery]
        features: [ground, signature]
        volumetricDivisor: 5000
        price:
          base: "6.10"
          perStartedKg: "0.80"
          byZone: { "8": { base: "7.90", perKg: "1.10" } }
          remote: "4"
          currency: USD`

    expect((await configOf(await serviceWith(text))).warehouses[0]?.services[0]).toEqual({
      code: 'ground',
      wmsCode: 'FEDEX_GROUND',
      carrier: 'fedex',
      countries: ['US'],
      maxWeightGrams: 30000,
      maxSidesMm: [1200, 600, 300],
      maxGirthMm: 3000,
      maxValue: money(50_000, 'EUR'),
      cargoClasses: ['general', 'with-battery'],
      features: ['ground', 'signature'],
      volumetricDivisor: 5000,
      price: {
        base: money(610, 'USD'),
        perStartedKg: money(80, 'USD'),
        byZone: { '8': { base: money(790, 'USD'), perKg: money(110, 'USD') } },
        remote: money(400, 'USD'),
      },
    })
  })

  it.each([
    ['maxSidesMm: [300, 200]', '18:21  maxSidesMm: expected three sides in millimeters, such as [600, 400, 300]'],
    ['maxGirthMm: 30.5', '18:21  maxGirthMm: expected a whole number, got a number'],
    ['maxValue: { amount: 500, currency: USD }', '18:29  amount: expected text, got a number; put it in quotes'],
    ['maxValue: { amount: "5.005", currency: USD }', '18:29  amount: "5.005" is not an amount of USD (2 decimal digits)'],
    ['cargoClasses: [with-batery]', '18:24  cargoClasses: unknown cargo class "with-batery", did you mean "with-battery"?'],
    ['feature: [ground]', '18:9  unknown key "feature", did you mean "features"?'],
    ['features: []', '18:19  features: the list must not be empty'],
    ['price: { currency: USD }', '18:16  price: give "base", or prices "byZone"'],
    [
      'price: { byZone: { two: { base: "5" } }, currency: USD }',
      '18:28  the name "two" cannot be used: expected the number of a zone, such as "2"',
    ],
    ['price: { byZone: { "2": { perKg: "5" } }, currency: USD }', '18:33  missing key "base"'],
    ['price: { byZone: { "2": { base: "5.001" } }, currency: USD }', '18:41  base: "5.001" is not an amount of USD (2 decimal digits)'],
    ['price: { byZone: { "2": { base: "5" } }, perKg: "1", currency: USD }', '18:16  price: perKg and perStartedKg need a "base"'],
  ])('that is written as %s is refused at its place', async (text, mistake) => {
    expect(await problemsOf(await serviceWith(text))).toEqual([`warehouses.yaml:${mistake}`])
  })
})

describe('a warehouse', () => {
  it('has its work days and holidays', async () => {
    const { warehouses } = await configOf(await warehouseWith('workdays: [mon, fri]\n    holidays: [2026-12-25]'))

    expect(warehouses[0]).toMatchObject({ workdays: ['mon', 'fri'], holidays: ['2026-12-25'] })
  })

  it.each([
    ['workdays: [monday]', '12:16  workdays: unknown day "monday" (known: mon, tue, wed, thu, fri, sat, sun)'],
    ['workdays: []', '12:15  workdays: the list must not be empty'],
    ['holidays: [2026-02-30]', '12:16  holidays: expected a day such as 2026-12-25'],
    ['holidays: [25.12.2026]', '12:16  holidays: expected a day such as 2026-12-25'],
  ])('with %s is refused at its place', async (text, mistake) => {
    expect(await problemsOf(await warehouseWith(text))).toEqual([`warehouses.yaml:${mistake}`])
  })
})
