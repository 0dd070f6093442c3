import { z } from 'zod'
import { type Warehouse, type WmsAccount, weekdays } from '../../core/model/warehouse.ts'
import { suggestion } from '../../core/value/spelling.ts'
import { clockTime, country, duration, endpoint, identifier, limits, text, timezone } from '../fields.ts'
import { serviceBlock, serviceFrom } from './services.ts'

const weekday = z.enum(weekdays, {
  error: ({ input }) => `unknown day "${String(input)}"${suggestion(String(input), weekdays)}`,
})

const holiday = z.string().refine(isDay, 'expected a day such as 2026-12-25')

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
  workdays: z.array(weekday).min(1).optional().describe('Days on which parcels leave; absent: every day'),
  holidays: z.array(holiday).optional().describe('Local days on which nothing leaves'),
  services: z.array(serviceBlock).min(1),
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
  const { cutoff, workdays, holidays, services, ...rest } = block
  return {
    ...rest,
    ...(cutoff !== undefined && { cutoff }),
    ...(workdays && { workdays }),
    ...(holidays && { holidays }),
    services: services.map(serviceFrom),
  }
}

/** Some engines take 30 February for 2 March. */
function isDay(value: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value)
}
