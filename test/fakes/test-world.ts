import { onTestFinished } from 'vitest'
import { recoverEffects } from '../../core/effects/recover.ts'
import { SyncError } from '../../core/errors.ts'
import { type PassResult, runPass } from '../../core/lanes/run-pass.ts'
import type { EffectCapabilities } from '../../core/model/effect.ts'
import type { LaneName } from '../../core/model/lane.ts'
import type { OrderSnapshot } from '../../core/model/order.ts'
import { type Dossier, loadDossier } from '../../core/planning/dossier.ts'
import type { ConnectorCapabilities } from '../../core/ports/connector.ts'
import type { Stores } from '../../core/ports/storage.ts'
import type { WmsCapabilities } from '../../core/ports/wms-adapter.ts'
import { orderNumber } from '../../core/value/ids.ts'
import type { Failpoint, Operations, PassReport, World } from '../../core/world.ts'
import { type OpenStorage, openStorage } from '../../storage/index.ts'
import { type FakeCallContext, fakeCallContext } from './fake-call-context.ts'
import { type ScriptedConnector, scriptedConnector } from './scripted-connector.ts'
import { inStock, type ScriptedWarehouse, scriptedWarehouse } from './scripted-warehouse.ts'
import { testCatalog, testOperations } from './test-operations.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

export interface TestWorldOptions {
  readonly operations?: Partial<Operations>
  readonly clock?: VirtualClock
  readonly connector?: ScriptedConnector
  readonly warehouse?: ScriptedWarehouse
  readonly confirmShipment?: EffectCapabilities
  readonly severalPackages?: boolean
  readonly create?: EffectCapabilities
  readonly cancel?: EffectCapabilities
  /** Mugs, boxes and cases in the warehouse, already read; 100 of each when absent, never read when `unread`. */
  readonly stock?: Readonly<Record<string, number>> | 'unread'
}

/** The product around a scripted marketplace and a scripted warehouse, on a real database in memory. */
export interface TestWorld extends World {
  readonly storage: OpenStorage
  readonly clock: VirtualClock
  readonly connector: ScriptedConnector
  readonly warehouse: ScriptedWarehouse
  readonly lines: FakeCallContext['lines']
  /** Lanes that were asked for, as `lane account`. */
  readonly wakes: readonly string[]
  /** What happens at a named step; nothing when absent. */
  readonly atFailpoint: Map<Failpoint, () => void | Promise<void>>
  /** A changed configuration comes into force. */
  reconfigure(change: Partial<Operations>): void
  /** One pass, for the only account there is unless another is named. Throws what made it fail. */
  run(lane: LaneName, account?: string): Promise<PassReport>
  pass(lane: LaneName, account?: string, options?: { readonly evenIfPaused?: boolean }): Promise<PassResult>
  /** The process ends and a new one starts on the same database. Returns how many calls the old one left open. */
  restart(): Promise<number>
  /** The marketplace has these orders, and they are read, stored and decided. */
  receive(...snapshots: readonly OrderSnapshot[]): Promise<void>
  dossier(platformOrderId: string, shop?: string): Promise<Dossier>
  write<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

const byOrder: EffectCapabilities = { key: 'none', readBack: 'by-order', readBackLagMs: 2_000 }
const byKey: EffectCapabilities = { key: 'enforced', readBack: 'by-key', readBackLagMs: 0 }
const key = Buffer.alloc(32, 7)

export async function testWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const storage = await openStorage({ url: 'sqlite::memory:', key })
  onTestFinished(() => storage.close())
  const clock = options.clock ?? virtualClock()
  const connector = options.connector ?? scriptedConnector()
  const warehouse = options.warehouse ?? scriptedWarehouse()
  const wakes: string[] = []
  const atFailpoint: TestWorld['atFailpoint'] = new Map()
  const call = fakeCallContext({ clock: () => clock.now() })
  let epoch = await storage.write((stores) => stores.lanes.nextEpoch())
  let operations: Operations = { ...testOperations, ...options.operations }
  let count = 0
  const nextId = (): string => {
    count += 1
    return `id-${String(count).padStart(6, '0')}`
  }
  const { confirmShipment = byOrder, severalPackages = true, create = byKey, cancel = byKey } = options
  const shopCapabilities: ConnectorCapabilities = { confirmShipment, severalPackages }
  const wmsCapabilities: WmsCapabilities = { create, cancel, referenceFreedOnCancel: false, partialShipment: true }
  const world: World = {
    storage,
    clock,
    ids: { next: nextId },
    log: call.log,
    get epoch() {
      return epoch
    },
    operations: () => operations,
    shop(id) {
      const shop = operations.shops.find((candidate) => candidate.id === id) ?? notConfigured(id)
      return { shop, connector, capabilities: shopCapabilities, call: (signal) => ({ ...call, signal }) }
    },
    wmsAccount(id) {
      const account = operations.accounts.find((candidate) => candidate.id === id) ?? notConfigured(id)
      return { account, adapter: warehouse, capabilities: wmsCapabilities, call: (signal) => ({ ...call, signal }) }
    },
    wake: (lane, account) => void wakes.push(`${lane} ${account}`),
    failpoint: async (name) => atFailpoint.get(name)?.(),
  }
  const pass: TestWorld['pass'] = (lane, account = onlyAccount(lane), passOptions = {}) =>
    runPass(world, lane, account, new AbortController().signal, passOptions)
  const run: TestWorld['run'] = async (lane, account) => {
    const result = await pass(lane, account)
    if ('report' in result) return result.report
    throw new Error(`the pass of ${lane} did not succeed: ${JSON.stringify(result)}`)
  }
  await fillCatalog(storage)
  if (options.stock !== 'unread') {
    for (const [wmsSku, available] of Object.entries(options.stock ?? { 'GC-MUG': 100, 'GC-BOX': 100, 'GC-CASE6': 100 })) {
      warehouse.stock.push(inStock(wmsSku, available))
    }
    await run('stock')
    clock.advance(1_000)
  }
  return {
    ...world,
    get epoch() {
      return epoch
    },
    storage,
    clock,
    connector,
    warehouse,
    lines: call.lines,
    wakes,
    atFailpoint,
    reconfigure(change) {
      operations = { ...operations, ...change }
    },
    run,
    pass,
    async restart() {
      epoch = await storage.write((stores) => stores.lanes.nextEpoch())
      return recoverEffects(world)
    },
    async receive(...snapshots) {
      connector.put(...snapshots)
      await run('poll')
      await run('plan')
    },
    async dossier(platformOrderId, shop = 'brand') {
      const dossier = await storage.read((stores) => loadDossier(stores, orderNumber(shop, platformOrderId)))
      if (!dossier) throw new Error(`order ${shop}/${platformOrderId} is not stored`)
      return dossier
    },
    write: (work) => storage.write(work),
  }
}

function onlyAccount(lane: LaneName): string {
  if (lane === 'plan') return 'default'
  return lane === 'push' || lane === 'track' || lane === 'stock' ? 'gc' : 'brand'
}

async function fillCatalog(storage: OpenStorage): Promise<void> {
  await storage.write(async (stores) => {
    await stores.catalog.saveProducts(testCatalog.products)
    await stores.catalog.saveMappings(testCatalog.mappings)
    await stores.catalog.saveWarehouseSkus(testCatalog.warehouseSkus)
  })
}

function notConfigured(id: string): never {
  throw new SyncError('config', `${id} is not configured`, { code: 'not-configured' })
}
