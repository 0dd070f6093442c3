import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AuditResult } from '../../core/audit/audit.ts'
import { isOpen } from '../../core/model/reconcile-holds.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { composeRuntime, type Runtime } from '../../daemon/compose.ts'
import { loadChecked } from '../../daemon/load.ts'
import { applyChanges, demoCatalog, placeOrders, type SeededOrder, seedOrders } from '../../sandbox/index.ts'
import { type OpenStorage, openStorage, parseKey } from '../../storage/index.ts'
import { fakeCallContext } from '../fakes/fake-call-context.ts'
import { sandboxTransport } from '../fakes/sandbox-transport.ts'
import { virtualClock } from '../fakes/virtual-clock.ts'
import { writeConfiguration } from './configuration.ts'
import { allDossiers, auditNow } from './evidence.ts'
import { importCatalog, requestsOf } from './harness.ts'
import { openSandboxes, type Sandboxes, shopOf, warehouseAccount } from './sandboxes.ts'
import { type DayReport, type Happening, type SequentialDispatcher, sequentialDispatcher } from './sequential-dispatcher.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const orderCount = 240
/** Orders come during the first twenty hours, so that the last can be shipped and told before the day ends. */
const shoppingMs = 20 * hourMs

describe('a day under a virtual clock, with the limits that the platforms publish', { timeout: 120_000 }, () => {
  const clock = virtualClock('2026-11-24T00:00:00Z')
  const start = clock.now()
  const since = addMs(start, -hourMs)
  const sandboxes = openSandboxes({ shops: Object.values(shopOf), limits: 'published', now: clock.now })
  let storage: OpenStorage
  let day: DayReport
  let audited: AuditResult
  let dossiers: readonly Dossier[]

  beforeAll(async () => {
    const key = randomBytes(32).toString('base64')
    vi.stubEnv('QUAYSIDE_KEY', key)
    storage = await openStorage({ url: 'sqlite::memory:', key: parseKey(key) })
    await importCatalog(storage)
    const dispatcher = sequentialDispatcher(clock)
    const runtime = await composeRuntime({
      config: await configurationOf(sandboxes, since),
      storage,
      log: fakeCallContext({ clock: clock.now }).log,
      clock,
      transport: (endpoint) => sandboxTransport(simulatedAt(sandboxes, endpoint)),
      wake: dispatcher.wake,
    })
    scheduleLanes(runtime, dispatcher)
    day = await dispatcher.run(
      runtime,
      [...ordersOf(sandboxes, start, since), ...warehouseWork(sandboxes, start)],
      addMs(start, 24 * hourMs),
    )
    audited = await auditNow(storage, sandboxes, since)
    dossiers = await storage.read(allDossiers)
  })
  afterAll(() => storage.close())

  it('asks nobody faster than allowed: no request is refused for its rate', () => {
    const requests = requestsOf(sandboxes)
    const throttled = requests.filter(({ status, outcome, isWrite }) => status === 429 || (outcome === 'refused' && !isWrite))

    expect(requests.length).toBeGreaterThan(1_000)
    expect(throttled).toEqual([])
  })

  it('meets no problem in any lane', () => {
    expect(day.problems).toEqual([])
    expect(day.passes).toBeGreaterThan(4 * 24 * 12)
  })

  it('ends with every order known, done or waiting for a stated reason, and nothing twice', () => {
    const unfinished = dossiers.filter(
      ({ order, holds }) => !['completed', 'cancelled', 'ignored', 'awaiting-payment'].includes(order.state) && !holds.some(isOpen),
    )

    expect(audited).toEqual({ lost: 0, duplicates: 0, violations: [] })
    expect(dossiers.length).toBeGreaterThan(orderCount * 0.9)
    expect(unfinished.map(({ order }) => `${order.shop}/${order.platformOrderId} ${order.state}`)).toEqual([])
  })

  it('completes most of them', () => {
    const completed = dossiers.filter(({ order }) => order.state === 'completed')

    expect(completed.length).toBeGreaterThan(orderCount * 0.7)
  })
})

const portOf: Readonly<Record<string, number>> = { shopify: 4601, amazon: 4602, ebay: 4603, wish: 4604, goodcang: 4700 }

/** Nothing listens there: the transport of this test recognizes the address. */
function endpointOf(name: string): string {
  return `http://127.0.0.1:${portOf[name]}`
}

function simulatedAt(sandboxes: Sandboxes, endpoint: string | undefined) {
  const found = Object.entries(sandboxes.all).find(([name]) => endpointOf(name) === endpoint)
  if (!found) throw new Error(`nothing is simulated at ${endpoint}`)
  return found[1]
}

async function configurationOf({ shopSettings, warehouseSettings }: Sandboxes, since: Instant) {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-day-'))
  const endpoints = Object.fromEntries(Object.keys(portOf).map((name) => [name, endpointOf(name)]))
  const parts = { folder, databaseUrl: 'sqlite::memory:', since, shopSettings, warehouseSettings, endpoints }
  await writeConfiguration({ ...parts, settle: '2m', pollEvery: '5m', isThrottled: true })
  const loaded = await loadChecked(folder)
  await rm(folder, { recursive: true, force: true })
  if ('problems' in loaded) throw new Error(`the configuration of the test has mistakes: ${JSON.stringify(loaded.problems)}`)
  return loaded.config
}

/** The daemon's cadences, but lanes that work on wake-ups look for forgotten rows every five minutes only. */
function scheduleLanes(runtime: Runtime, { every }: SequentialDispatcher): void {
  const cadences = { poll: 5, stock: 15, plan: 5, push: 5, track: 5, confirm: 5, sweep: 24 * 60 } as const
  for (const lane of ['poll', 'stock', 'plan', 'push', 'track', 'confirm', 'sweep'] as const) {
    for (const account of runtime.accounts(lane)) every(lane, account, cadences[lane] * minuteMs)
  }
}

/** Buyers order through the day, and some change their minds soon, after the push, or later. */
function ordersOf(sandboxes: Sandboxes, start: Instant, since: Instant): readonly Happening[] {
  const { orders } = seedOrders(7, orderCount, { catalog: demoCatalog, since, accounts: Object.values(shopOf) })
  return orders.flatMap((order, index) => happeningsOf(sandboxes, order, addMs(start, Math.round((index * shoppingMs) / orderCount))))
}

function happeningsOf({ marketplaces }: Sandboxes, seeded: SeededOrder, at: Instant): readonly Happening[] {
  let placed: ReturnType<typeof placeOrders> = []
  const change = (when: 'before-push' | 'after-push' | 'later', afterMs: number): Happening => ({
    at: addMs(at, afterMs),
    happen: () => void applyChanges(placed, when, marketplaces),
  })
  const place: Happening = {
    at,
    happen: () => {
      placed = placeOrders([seeded], marketplaces)
    },
  }
  return [place, change('before-push', 1_000), change('after-push', 20 * minuteMs), change('later', 90 * minuteMs)]
}

/** The building works every half hour, now and then only on a part. */
function warehouseWork({ warehouse }: Sandboxes, start: Instant): readonly Happening[] {
  return Array.from({ length: 48 }, (_unused, index) => ({
    at: addMs(start, (index + 1) * 30 * minuteMs),
    happen: () => void warehouse.advance(warehouseAccount, { to: index % 5 === 0 ? 'partially-shipped' : 'shipped' }),
  }))
}
