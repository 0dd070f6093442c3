import { z } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { ShippingService, Warehouse, WmsAccount } from '../../core/model/warehouse.ts'
import { isCurrency, type Money, parseMoney } from '../../core/value/money.ts'
import { clockTime, country, currency, duration, endpoint, identifier, limits, text, timezone } from '../fields.ts'

const amount = z.string().regex(/^\d+(\.\d+)?$/, 'expected an amount as quoted text, such as "6.10"')

const price = z
  .strictObject({ base: amount, perKg: amount.optional(), currency })
  .transform((value, context): { readonly base: Money; readonly perKg?: Money } => {
    const read = (key: 'base' | 'perKg', input: string): Money => {
      try {
        return parseMoney(input, value.currency)
      } catch (error) {
        if (!(error instanceof SyncError)) throw error
        if (isCurrency(value.currency)) context.addIssue({ code: 'custom', path: [key], message: error.message })
        return z.NEVER
      }
    }
    const base = read('base', value.base)
    return value.perKg === undefined ? { base } : { base, perKg: read('perKg', value.perKg) }
  })

const days = z
  .array(z.int().min(0).max(365))
  .refine((value) => value.length === 2 && (value[0] ?? 0) <= (value[1] ?? 0), 'expected fastest and slowest days, such as [2, 5]')
  .transform((value): readonly [number, number] => [value[0] ?? 0, value[1] ?? 0])

const service = z.strictObject({
  code: identifier.describe('Your name for the service'),
  wmsCode: text.describe("The warehouse system's code of the service"),
  carrier: identifier.describe('A carrier of carriers.yaml'),
  countries: z.array(country).default([]).describe('Where it delivers; empty or absent: everywhere'),
  maxWeightGrams: z.int().positive().optional(),
  days: days.optional().describe('Fastest and slowest delivery'),
  price: price.optional().describe('Amounts as text in quotes'),
})

const account = z.strictObject({
  id: identifier,
  adapter: z.string(),
  endpoint: endpoint.optional().describe('Replaces the host of the warehouse system'),
  limits: limits.prefault({}).describe('Rates that override the published ones, by operation or for all (default)'),
  settle: duration.prefault('2m').describe('Time between two probes of an unknown outcome'),
  settings: z.record(z.string(), z.unknown()),
})

const warehouse = z.strictObject({
  code: identifier.describe('Your name for the warehouse'),
  account: identifier.describe('An account of this file'),
  wmsCode: text.describe("The warehouse system's code of the warehouse"),
  country,
  timezone,
  cutoff: clockTime.optional().describe('Local time until which orders leave the same day'),
  services: z.array(service).min(1),
})

/** One entry of `accounts:`. `settings` is checked apart, by the adapter's own schema. */
export const accountBlock = account

/** warehouses.yaml. */
export const warehousesFile = z.strictObject({ accounts: z.array(account), warehouses: z.array(warehouse) })

/** The account as the product uses it; `settings` has passed the adapter's schema. */
export function accountFrom(block: z.output<typeof account>, settings: unknown): WmsAccount {
  return {
    id: block.id,
    adapter: block.adapter,
    ...(block.endpoint === undefined ? {} : { endpoint: block.endpoint }),
    limits: block.limits,
    settleMs: block.settle,
    settings,
  }
}

export function warehouseFrom(block: z.output<typeof warehouse>): Warehouse {
  const { cutoff, services, ...rest } = block
  return { ...rest, ...(cutoff === undefined ? {} : { cutoff }), services: services.map(serviceFrom) }
}

function serviceFrom(block: z.output<typeof service>): ShippingService {
  return {
    code: block.code,
    wmsCode: block.wmsCode,
    carrier: block.carrier,
    countries: block.countries,
    ...(block.maxWeightGrams === undefined ? {} : { maxWeightGrams: block.maxWeightGrams }),
    ...(block.days === undefined ? {} : { days: block.days }),
    ...(block.price === undefined ? {} : { price: block.price }),
  }
}
