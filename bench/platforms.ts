import type { LedgerOrder } from '../core/audit/ledger.ts'
import type { OpenStorage } from '../storage/index.ts'
import { type DayOfCalls, minimumOf, type PlatformName, platformNames } from './calls.ts'
import { type DayOptions, type PlatformDay, pollEveryMs, runPlatformDay } from './platform-day.ts'

export interface PlatformFigures {
  readonly platform: PlatformName
  readonly orders: number
  readonly calls: number
  readonly minimum: number
  /** Calls made for each call that was needed; 1.05 is the goal. */
  readonly ratio: number
  readonly throttled: number
  /** Orders that the platform shows and that are not known. */
  readonly missed: number
  readonly writebacks: { readonly confirmed: number; readonly open: number; readonly refused: number }
  /** Passes that could not do their work and came again, by the code of their error. */
  readonly problems: Readonly<Record<string, number>>
  readonly simulatedHours: number
  readonly seconds: number
  /** What the calls were for: made by lane and kind, needed by purpose. */
  readonly made: Readonly<Record<string, number>>
  readonly needed: Readonly<Record<string, number>>
}

export interface PlatformsReport {
  readonly name: 'platforms'
  readonly orders: number
  readonly platforms: readonly PlatformFigures[]
  readonly passed: boolean
}

const goalRatio = 1.05

/** How many calls each platform costs for a day of orders, against the fewest by which it could be done. */
export async function benchPlatforms(day: DayOptions, only: readonly PlatformName[] = platformNames): Promise<PlatformsReport> {
  const platforms: PlatformFigures[] = []
  for (const platform of only) platforms.push(await figuresOf(platform, day))
  const passed = platforms.every(({ ratio, throttled, missed }) => ratio <= goalRatio && throttled === 0 && missed === 0)
  return { name: 'platforms', orders: day.orders, platforms, passed }
}

async function figuresOf(platform: PlatformName, options: DayOptions): Promise<PlatformFigures> {
  const startedAt = performance.now()
  const day = await runPlatformDay(platform, options)
  try {
    return await measure(day, (performance.now() - startedAt) / 1_000)
  } finally {
    await day.storage.close()
  }
}

async function measure(day: PlatformDay, seconds: number): Promise<PlatformFigures> {
  const { platform, calls, start, end, account } = day
  const { orders } = day.marketplace.ledger(account)
  const needed = minimumOf(callsOf(day, orders))
  const minimum = Object.values(needed).reduce((sum, count) => sum + count, 0)
  return {
    platform,
    orders: orders.length,
    calls: calls.length,
    minimum,
    ratio: Math.round((calls.length / minimum) * 1_000) / 1_000,
    throttled: calls.filter(({ isThrottled }) => isThrottled).length,
    missed: await missedOrders(day.storage, account, orders),
    writebacks: await writebacksOf(day.storage, account),
    problems: countBy(day.problems.map(({ lane, code }) => `${lane} ${code}`)),
    simulatedHours: Math.round((Date.parse(end) - Date.parse(start)) / 3_600_000),
    seconds: Math.round(seconds * 10) / 10,
    made: madeBy(day),
    needed,
  }
}

function callsOf({ platform, calls, start, end, changes }: PlatformDay, orders: readonly LedgerOrder[]): DayOfCalls {
  const packages = orders.flatMap(({ shipments }) => shipments).filter(({ throughApi }) => throughApi).length
  return { platform, calls, start, end, pollEveryMs, packages, cancelRequests: changes['request-cancel'] ?? 0 }
}

async function missedOrders(storage: OpenStorage, shop: string, orders: readonly LedgerOrder[]): Promise<number> {
  const visible = orders.filter((order) => order.visible)
  const known = await storage.read((stores) => Promise.all(visible.map((order) => stores.orders.find(shop, order.platformOrderId))))
  return known.filter((order) => order === undefined).length
}

async function writebacksOf(storage: OpenStorage, shop: string): Promise<PlatformFigures['writebacks']> {
  const count = (states: Parameters<typeof countIn>[1]) => countIn(storage, states, shop)
  return {
    confirmed: await count(['confirmed']),
    open: await count(['planned', 'inflight', 'accepted', 'unknown']),
    refused: await count(['rejected']),
  }
}

async function countIn(
  storage: OpenStorage,
  states: readonly ('planned' | 'inflight' | 'accepted' | 'unknown' | 'confirmed' | 'rejected')[],
  shop: string,
): Promise<number> {
  const effects = await storage.read((stores) => stores.effects.inState(states, shop))
  return effects.filter(({ kind }) => kind === 'confirm-shipment').length
}

function madeBy({ calls }: PlatformDay): Readonly<Record<string, number>> {
  return countBy(calls.map(({ lane, kind }) => `${lane ?? 'start'} ${kind}`))
}

/** How often each name comes, the most frequent first. */
function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length] as const)
  return Object.fromEntries(counts.toSorted(([, a], [, b]) => b - a))
}

const columns = [
  'platform',
  'orders',
  'calls',
  'needed',
  'ratio',
  '429s',
  'missed',
  'write-backs',
  'passes retried',
  'hours',
  'seconds',
] as const

/** The report for people. */
export function tableOf({ platforms, orders, passed }: PlatformsReport): string {
  const rows = platforms.map((figures) => [
    figures.platform,
    figures.orders,
    figures.calls,
    figures.minimum,
    figures.ratio.toFixed(3),
    figures.throttled,
    figures.missed,
    `${figures.writebacks.confirmed} (${figures.writebacks.open} open, ${figures.writebacks.refused} refused)`,
    Object.values(figures.problems).reduce((sum, count) => sum + count, 0),
    figures.simulatedHours,
    figures.seconds,
  ])
  const cells = [columns, ...rows].map((row) => row.map(String))
  const widths = columns.map((_unused, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const verdict = passed ? 'every goal is met' : 'a goal is missed'
  return [
    `A day of ${orders} orders for each platform, with its published limits, in virtual time`,
    '',
    ...lines,
    '',
    `Goals: ratio at most ${goalRatio}, no 429, no missed order: ${verdict}. --json shows what the calls were for.`,
  ].join('\n')
}
