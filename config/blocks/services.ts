import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import { cargoClasses } from '../../core/model/catalog.ts'
import type { ServicePrice, ShippingService, Tariff } from '../../core/model/warehouse.ts'
import { isCurrency, type Money, parseMoney } from '../../core/value/money.ts'
import { suggestion } from '../../core/value/spelling.ts'
import { country, currency, identifier, text } from '../fields.ts'

const amount = z.string().regex(/^\d+(\.\d+)?$/, 'expected an amount as quoted text, such as "6.10"')

const amounts = {
  base: amount.describe('For each parcel'),
  perKg: amount.optional().describe('For a kilogram of chargeable weight, by the gram'),
  perStartedKg: amount.optional().describe('For each started kilogram of chargeable weight'),
}

const zonePrice = z.strictObject(amounts)

const price = z
  .strictObject({
    ...amounts,
    base: amounts.base.optional(),
    byZone: z
      .record(z.string().regex(/^[1-9]\d{0,3}$/, 'expected the number of a zone, such as "2"'), zonePrice)
      .optional()
      .describe('Prices that hold in a zone instead, by its number'),
    remote: amount.optional().describe('Added in areas that the zone table calls remote'),
    currency,
  })
  .refine((value) => value.base !== undefined || value.byZone !== undefined, 'give "base", or prices "byZone"')
  .refine((value) => value.base !== undefined || (value.perKg ?? value.perStartedKg) === undefined, 'perKg and perStartedKg need a "base"')
  .transform((value, context): ServicePrice => {
    const read = (input: string, path: readonly string[]): Money => {
      try {
        return parseMoney(input, value.currency)
      } catch (error) {
        if (!(error instanceof SyncError)) throw error
        if (isCurrency(value.currency)) context.addIssue({ code: 'custom', path: [...path], message: error.message })
        return z.NEVER
      }
    }
    const tariff = (block: z.output<typeof zonePrice>, path: readonly string[]): Tariff => ({
      base: read(block.base, [...path, 'base']),
      ...(block.perKg !== undefined && { perKg: read(block.perKg, [...path, 'perKg']) }),
      ...(block.perStartedKg !== undefined && { perStartedKg: read(block.perStartedKg, [...path, 'perStartedKg']) }),
    })
    const { base, byZone, remote } = value
    return {
      ...(base !== undefined && tariff({ ...value, base }, [])),
      ...(byZone && { byZone: Object.fromEntries(Object.entries(byZone).map(([zone, block]) => [zone, tariff(block, ['byZone', zone])])) }),
      ...(remote !== undefined && { remote: read(remote, ['remote']) }),
    }
  })

const maxValue = z.strictObject({ amount, currency }).transform((value, context): Money => {
  try {
    return parseMoney(value.amount, value.currency)
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    if (isCurrency(value.currency)) context.addIssue({ code: 'custom', path: ['amount'], message: error.message })
    return z.NEVER
  }
})

const days = z
  .array(z.int().min(0).max(365))
  .refine((value) => value.length === 2 && (value[0] ?? 0) <= (value[1] ?? 0), 'expected fastest and slowest days, such as [2, 5]')
  .transform((value): readonly [number, number] => [value[0] ?? 0, value[1] ?? 0])

/** In any order; the longest comes first. */
const sides = z
  .array(z.int().positive())
  .refine((value) => value.length === 3, 'expected three sides in millimeters, such as [600, 400, 300]')
  .transform((value): readonly [number, number, number] => {
    const [a = 0, b = 0, c = 0] = value.toSorted((one, other) => other - one)
    return [a, b, c]
  })

const cargoClass = z.enum(cargoClasses, {
  error: ({ input }) => `unknown cargo class "${String(input)}"${suggestion(String(input), cargoClasses)}`,
})

/** One entry of `services:` of a warehouse. */
export const serviceBlock = z.strictObject({
  code: identifier.describe('Your name for the service'),
  wmsCode: text.describe("The warehouse system's code of the service"),
  carrier: identifier.describe('A carrier of carriers.yaml'),
  countries: z.array(country).default([]).describe('Where it delivers; empty or absent: everywhere'),
  maxWeightGrams: z.int().positive().optional().describe('Heaviest parcel'),
  maxSidesMm: sides.optional().describe('Largest parcel: three sides in any order'),
  maxGirthMm: z.int().positive().optional().describe('Longest side plus twice the two others, at most'),
  maxValue: maxValue.optional().describe('What the goods may be worth'),
  cargoClasses: z.array(cargoClass).min(1).optional().describe('Goods that it takes; absent: all'),
  features: z.array(identifier).min(1).optional().describe('What courier rules may ask for, in your own words'),
  volumetricDivisor: z.int().positive().optional().describe('Cubic centimeters that are charged like a kilogram, such as 5000'),
  days: days.optional().describe('Fastest and slowest delivery, in calendar days after it left'),
  price: price.optional().describe('Amounts as text in quotes'),
})

export function serviceFrom(block: z.output<typeof serviceBlock>): ShippingService {
  const { code, wmsCode, carrier, countries, ...optional } = block
  const present = Object.entries(optional).filter(([, value]) => value !== undefined)
  return { code, wmsCode, carrier, countries, ...(Object.fromEntries(present) as Partial<ShippingService>) }
}
