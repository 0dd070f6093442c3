import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import type { Config } from '../config/index.ts'
import type { LaneName } from '../core/model/lane.ts'
import type { HttpRequest, HttpResponse, Transport } from '../core/ports/transport.ts'
import { addMs, type Instant, parseInstant } from '../core/value/instant.ts'
import { composeRuntime, type Runtime } from '../daemon/compose.ts'
import { loadChecked } from '../daemon/load.ts'
import { silentLog } from '../daemon/log.ts'
import {
  createAmazon,
  createEbay,
  createGoodcang,
  createShopify,
  createWish,
  demoCatalog,
  openAccounts,
  type SeededOrder,
  type SimulatedMarketplace,
  type SimulatedWarehouse,
  type SimulationOptions,
  seedOrders,
  stockWarehouse,
} from '../sandbox/index.ts'
import { type OpenStorage, openStorage, parseKey } from '../storage/index.ts'
import { type Call, observeCall, type PlatformName } from './calls.ts'
import { inProcess } from './in-process.ts'
import { importDemoCatalog } from './stored-orders.ts'
import {
  type PassProblem,
  scheduleLanes,
  trackedStorage,
  trackedTransport,
  type VirtualTime,
  virtualDispatcher,
  virtualTime,
} from './virtual-run.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const pollEveryMs = 5 * minuteMs
const start = parseInstant('2026-11-24T00:00:00Z') as Instant
/** What came last is shipped and told in the hours that follow. */
const shippingMs = 3 * hourMs
const warehouseAccount = 'gc'

export interface PlatformDay {
  readonly platform: PlatformName
  readonly start: Instant
  readonly end: Instant
  readonly calls: readonly Call[]
  readonly marketplace: SimulatedMarketplace
  readonly account: string
  readonly storage: OpenStorage
  readonly problems: readonly PassProblem[]
  readonly passes: ReadonlyMap<LaneName, number>
  /** Changes of buyers and sellers that took place. */
  readonly changes: Readonly<Record<string, number>>
}

export interface DayOptions {
  readonly orders: number
  /** Hours in which the orders come; a day is 24. */
  readonly hours: number
}

/** The demo's shops, one of each platform. */
const accountOf: Readonly<Record<PlatformName, string>> = { amazon: 'us-amazon', ebay: 'de-ebay', shopify: 'brand-us', wish: 'wish-1' }

const create: Readonly<Record<PlatformName, (options: SimulationOptions) => SimulatedMarketplace>> = {
  amazon: createAmazon,
  ebay: createEbay,
  shopify: (options) => createShopify({ ...options, switches: { 'largest-cost': true } }),
  wish: createWish,
}

/** The calls that list orders, by the names that the simulated platforms give them. */
const lists = ['searchOrders', 'getOrders', 'orders', 'GetMultipleOrders']

/** One shop's day in virtual time, with the limits that its platform publishes and the product as it is. The caller closes the storage. */
export async function runPlatformDay(platform: PlatformName, { orders: orderCount, hours }: DayOptions): Promise<PlatformDay> {
  const shoppingMs = hours * hourMs
  const end = addMs(start, shoppingMs + shippingMs)
  const time = virtualTime(start)
  const options: SimulationOptions = { now: time.now, limits: 'published' }
  const marketplace = create[platform](options)
  const warehouse = createGoodcang(options)
  const account = accountOf[platform]
  const { accounts, orders } = plannedOrders(account, orderCount)
  const shopSettings = openAccounts(accounts, { [platform]: marketplace })[account]
  const warehouseSettings = stockWarehouse(warehouse, warehouseAccount, demoCatalog)
  const key = randomBytes(32).toString('base64')
  const config = await configurationFor(account, { shopSettings, warehouseSettings }, key)
  const storage = await openStorage({ url: 'sqlite::memory:', key: parseKey(key) })
  await importDemoCatalog(storage)

  const calls: Call[] = []
  const laneAtWork = new AsyncLocalStorage<LaneName>()
  const observed = observedTransport(
    inProcess(marketplace),
    (request, response, at) => calls.push(observeCall(platform, request, response, { at, lane: laneAtWork.getStore() })),
    time,
  )
  let runtime: Runtime | undefined
  const world = () => {
    if (!runtime) throw new Error('the day has not begun')
    return runtime.world
  }
  const dispatcher = virtualDispatcher(time, world, (lane, work) => laneAtWork.run(lane, work))
  runtime = await composeRuntime({
    config,
    storage: trackedStorage(storage, time),
    log: silentLog,
    clock: time,
    transport: (endpoint) => trackedTransport(endpoint === shopEndpoint ? observed : inProcess(warehouse), time),
    wake: dispatcher.wake,
  })
  marketplace.faults.set([
    { kind: 'G5-page-shift', operations: lists, probability: 0.05 },
    { kind: 'G1-duplicate', operations: lists, probability: 0.05 },
  ])
  const changes = scheduleBuyers(time, { marketplace, account, orders, shoppingMs })
  scheduleWarehouse(time, warehouse)
  scheduleLanes(runtime, dispatcher, pollEveryMs)
  await time.run(end)
  const { problems, passes } = dispatcher
  return { platform, start, end, calls, marketplace, account, storage, problems, passes, changes }
}

/** Everyday orders of one shop; the demo's odd ones would wait for a person. */
function plannedOrders(account: string, count: number) {
  const context = { catalog: demoCatalog, since: addMs(start, -hourMs), accounts: [account] }
  const { accounts, orders } = seedOrders(11, count * 2 + 200, context)
  return { accounts, orders: orders.filter(({ shows }) => shows === 'ordinary').slice(0, count) }
}

interface Shopping {
  readonly marketplace: SimulatedMarketplace
  readonly account: string
  readonly orders: readonly SeededOrder[]
  readonly shoppingMs: number
}

/** Two in ten orders come in two sales of ten minutes, the others evenly; some are changed while they are new. */
function scheduleBuyers(time: VirtualTime, { marketplace, account, orders, shoppingMs }: Shopping): Readonly<Record<string, number>> {
  const changes: Record<string, number> = {}
  for (const [index, { order }] of orders.entries()) {
    const placedAt = addMs(start, arrivalMs(index / orders.length, index % 10, shoppingMs))
    time.at(placedAt, () => {
      const id = marketplace.placeOrder(account, order)
      const later = laterChange(marketplace.platform, index)
      if (!later) return
      changes[later.type] = (changes[later.type] ?? 0) + 1
      time.at(addMs(placedAt, later.afterMs), () => marketplace.changeOrder(account, id, { type: later.type }))
    })
  }
  return changes
}

function arrivalMs(share: number, digit: number, shoppingMs: number): number {
  if (digit === 3) return shoppingMs * 0.4 + share * 10 * minuteMs
  if (digit === 7) return shoppingMs * 0.8 + share * 10 * minuteMs
  return share * shoppingMs
}

/** One in twelve is touched just when a poll may be paging; of eBay's, one in a hundred is asked to be cancelled, which is declined. */
function laterChange(platform: string, index: number) {
  if (platform === 'ebay' && index % 100 === 50) return { type: 'request-cancel' as const, afterMs: 2 * minuteMs }
  if (index % 100 === 75) return { type: 'cancel' as const, afterMs: 3 * minuteMs }
  return index % 12 === 0 ? { type: 'touch' as const, afterMs: 90_000 + index * 37 } : undefined
}

/** The building works every half hour. */
function scheduleWarehouse(time: VirtualTime, warehouse: SimulatedWarehouse): void {
  const work = (at: Instant): void => {
    time.at(at, () => {
      warehouse.advance(warehouseAccount, { to: 'shipped' })
      work(addMs(at, 30 * minuteMs))
    })
  }
  work(addMs(start, 30 * minuteMs))
}

const shopEndpoint = 'http://127.0.0.1:4600'
const warehouseEndpoint = 'http://127.0.0.1:4700'

interface SimulatedSettings {
  readonly shopSettings: unknown
  readonly warehouseSettings: unknown
}

/** The demo's configuration with one shop, the published rates, and the credentials of this run. */
async function configurationFor(account: string, { shopSettings, warehouseSettings }: SimulatedSettings, key: string): Promise<Config> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'))
  try {
    await cp(join(import.meta.dirname, '../config/demo'), folder, { recursive: true })
    await editYaml<{ shops: { id: string; platform: string }[] }>(join(folder, 'shops.yaml'), ({ shops }) => ({
      shops: shops
        .filter(({ id }) => id === account)
        .map(({ id, platform }) => ({
          ...{ id, platform, endpoint: shopEndpoint, settle: '2m', settings: shopSettings },
          poll: { every: '5m', overlap: '10m', since: addMs(start, -hourMs) },
        })),
    }))
    await editYaml<{ accounts: { id: string; adapter: string }[]; warehouses: unknown }>(
      join(folder, 'warehouses.yaml'),
      ({ accounts, warehouses }) => ({
        accounts: accounts.map(({ id, adapter }) => ({ id, adapter, endpoint: warehouseEndpoint, settings: warehouseSettings })),
        warehouses,
      }),
    )
    process.env['QUAYSIDE_KEY'] = key
    const loaded = await loadChecked(folder)
    if ('config' in loaded) return loaded.config
    throw new Error(`the configuration of the benchmark has mistakes: ${JSON.stringify(loaded.problems)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function editYaml<File>(path: string, edit: (file: File) => unknown): Promise<void> {
  await writeFile(path, stringify(edit(parse(await readFile(path, 'utf8')) as File)), { mode: 0o600 })
}

function observedTransport(
  transport: Transport,
  observe: (request: HttpRequest, response: HttpResponse, at: Instant) => void,
  time: VirtualTime,
): Transport {
  return {
    async send(request) {
      const at = time.now()
      const response = await transport.send(request)
      observe(request, response, at)
      return response
    },
  }
}
