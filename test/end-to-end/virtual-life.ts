import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { importDemoCatalog } from '../../bench/stored-orders.ts'
import {
  scheduleLanes,
  trackedStorage,
  trackedTransport,
  type VirtualDispatcher,
  type VirtualTime,
  virtualDispatcher,
  virtualTime,
} from '../../bench/virtual-run.ts'
import type { Config } from '../../config/index.ts'
import type { AuditResult } from '../../core/audit/audit.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { composeRuntime, type Runtime } from '../../daemon/compose.ts'
import { loadChecked } from '../../daemon/load.ts'
import { applyChanges, demoCatalog, placeOrders, type SeededOrder, seedOrders } from '../../sandbox/index.ts'
import { openStorage, parseKey } from '../../storage/index.ts'
import { fakeCallContext } from '../fakes/fake-call-context.ts'
import { sandboxTransport } from '../fakes/sandbox-transport.ts'
import { writeConfiguration } from './configuration.ts'
import { auditNow, dossiersOf } from './evidence.ts'
import { openSandboxes, type Sandboxes, warehouseAccount } from './sandboxes.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The product as it is, in this process and in virtual time, among marketplaces that hold to their published limits. */
export interface VirtualLife {
  readonly time: VirtualTime
  readonly start: Instant
  readonly sandboxes: Sandboxes
  readonly dispatcher: VirtualDispatcher
  /** An operator saves shops.yaml with other settings for a shop. */
  saveSettings(shop: string, settings: Readonly<Record<string, unknown>>): Promise<void>
  audit(): Promise<AuditResult>
  dossiers(): Promise<readonly Dossier[]>
  close(): Promise<void>
}

export interface LifeOptions {
  readonly start: Instant
  readonly shops: readonly string[]
  /** How often lanes run that are not woken; polls run at least every five minutes. */
  readonly idleEveryMs: number
}

export async function openLife({ start, shops, idleEveryMs }: LifeOptions): Promise<VirtualLife> {
  const time = virtualTime(start)
  const since = addMs(start, -hourMs)
  const sandboxes = openSandboxes({ shops, limits: 'published', now: time.now })
  const settings: Record<string, unknown> = { ...sandboxes.shopSettings }
  const key = randomBytes(32).toString('base64')
  vi.stubEnv('QUAYSIDE_KEY', key)
  const storage = await openStorage({ url: 'sqlite::memory:', key: parseKey(key) })
  await importDemoCatalog(storage)
  const begun: { runtime?: Runtime } = {}
  const dispatcher = virtualDispatcher(time, () => {
    if (!begun.runtime) throw new Error('this life has not begun')
    return begun.runtime.world
  })
  const runtime = await composeRuntime({
    config: await configurationOf(sandboxes, settings, since),
    storage: trackedStorage(storage, time),
    log: fakeCallContext({ clock: time.now }).log,
    clock: time,
    transport: (endpoint) => trackedTransport(sandboxTransport(simulatedAt(sandboxes, endpoint)), time),
    wake: dispatcher.wake,
  })
  begun.runtime = runtime
  scheduleLanes(runtime, dispatcher, idleEveryMs)
  return {
    time,
    start,
    sandboxes,
    dispatcher,
    async saveSettings(shop, changed) {
      settings[shop] = changed
      runtime.reconfigure(await configurationOf(sandboxes, settings, since))
    },
    audit: () => auditNow(storage, sandboxes, since),
    dossiers: () => dossiersOf(storage),
    close: () => storage.close(),
  }
}

const portOf: Readonly<Record<string, number>> = { shopify: 4601, amazon: 4602, ebay: 4603, wish: 4604, goodcang: 4700 }

/** Nothing listens there: the transport of these tests recognizes the address. */
function endpointOf(name: string): string {
  return `http://127.0.0.1:${portOf[name]}`
}

function simulatedAt(sandboxes: Sandboxes, endpoint: string | undefined) {
  const found = Object.entries(sandboxes.all).find(([name]) => endpointOf(name) === endpoint)
  if (!found) throw new Error(`nothing is simulated at ${endpoint}`)
  return found[1]
}

async function configurationOf({ warehouseSettings }: Sandboxes, shopSettings: LifeSettings, since: Instant): Promise<Config> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-life-'))
  const endpoints = Object.fromEntries(Object.keys(portOf).map((name) => [name, endpointOf(name)]))
  const parts = { folder, databaseUrl: 'sqlite::memory:', since, shopSettings, warehouseSettings, endpoints }
  await writeConfiguration({ ...parts, settle: '2m', pollEvery: '5m', isThrottled: true })
  const loaded = await loadChecked(folder)
  await rm(folder, { recursive: true, force: true })
  if ('problems' in loaded) throw new Error(`the configuration of the test has mistakes: ${JSON.stringify(loaded.problems)}`)
  return loaded.config
}

type LifeSettings = Readonly<Record<string, unknown>>

/** Buyers order through a time, and some change their minds soon, after the push, or later. */
export function scheduleBuyers(
  { time, start, sandboxes }: VirtualLife,
  { seed, count, shoppingMs, shops }: { seed: number; count: number; shoppingMs: number; shops: readonly string[] },
): void {
  const { orders } = seedOrders(seed, count, { catalog: demoCatalog, since: addMs(start, -hourMs), accounts: shops })
  for (const [index, seeded] of orders.entries())
    scheduleOrder(time, sandboxes, seeded, addMs(start, Math.round((index * shoppingMs) / count)))
}

function scheduleOrder(time: VirtualTime, { marketplaces }: Sandboxes, seeded: SeededOrder, at: Instant): void {
  time.at(at, () => {
    const placed = placeOrders([seeded], marketplaces)
    const later = { 'before-push': 1_000, 'after-push': 20 * minuteMs, later: 90 * minuteMs } as const
    for (const [when, afterMs] of Object.entries(later) as [keyof typeof later, number][]) {
      time.at(addMs(at, afterMs), () => void applyChanges(placed, when, marketplaces))
    }
  })
}

/** The building works every half hour, now and then only on a part. */
export function scheduleWarehouse({ time, start, sandboxes }: VirtualLife, untilMs: number): void {
  for (let index = 1; index * 30 * minuteMs <= untilMs; index += 1) {
    const to = index % 5 === 1 ? 'partially-shipped' : 'shipped'
    time.at(addMs(start, index * 30 * minuteMs), () => void sandboxes.warehouse.advance(warehouseAccount, { to }))
  }
}
