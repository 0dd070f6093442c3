import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { systemClock } from '../../daemon/system.ts'
import {
  catalogCsv,
  createAmazon,
  createEbay,
  createGoodcang,
  createShopify,
  createWish,
  demoCatalog,
  openAccounts,
  type PlacedOrder,
  placeOrders,
  type SeedPlan,
  type ServedSimulation,
  type SimulatedMarketplace,
  type SimulatedWarehouse,
  seedOrders,
  serveSimulation,
  stockWarehouse,
} from '../../sandbox/index.ts'

/** A call that is never answered costs the demo no more than this. */
const hangMs = 3_000

/** The warehouse account of the demo. */
export const warehouseAccount = 'gc'

/** Everything that the demo plays on: simulated platforms and a warehouse over real HTTP, and a configuration for them. */
export interface Stage {
  readonly folder: string
  readonly since: Instant
  readonly marketplaces: Readonly<Record<string, SimulatedMarketplace>>
  readonly warehouse: SimulatedWarehouse
  readonly plan: SeedPlan
  readonly placed: readonly PlacedOrder[]
  readonly catalog: ReturnType<typeof catalogCsv>
  readonly warehouseSettings: { readonly appKey: string; readonly appToken: string }
  close(keep: boolean): Promise<void>
}

export async function setStage(count: number, seed: number, keep: boolean): Promise<Stage> {
  const since = addMs(systemClock.now(), -3_600_000)
  const options = { now: systemClock.now, limits: 'open', seed } as const
  const marketplaces = {
    shopify: createShopify(options),
    amazon: createAmazon(options),
    ebay: createEbay(options),
    wish: createWish(options),
  }
  const warehouse = createGoodcang(options)
  const plan = seedOrders(seed, count, { catalog: demoCatalog, since })
  const settings = openAccounts(plan.accounts, marketplaces)
  const warehouseSettings = stockWarehouse(warehouse, warehouseAccount, demoCatalog) as Stage['warehouseSettings']
  const placed = placeOrders(plan.orders, marketplaces)
  const served: Record<string, ServedSimulation> = {}
  for (const [name, simulated] of Object.entries({ ...marketplaces, goodcang: warehouse }))
    served[name] = await serveSimulation(simulated, { hangMs })
  const folder = keep ? resolve('data/demo') : await mkdtemp(join(tmpdir(), 'quayside-demo-'))
  if (keep) await rm(folder, { recursive: true, force: true })
  await writeConfiguration({
    folder,
    since,
    settings,
    warehouseSettings,
    urls: Object.fromEntries(Object.entries(served).map(([name, { url }]) => [name, url])),
  })
  return {
    folder,
    since,
    marketplaces,
    warehouse,
    plan,
    placed,
    catalog: catalogCsv(demoCatalog),
    warehouseSettings,
    async close(kept) {
      for (const simulation of Object.values(served)) await simulation.close()
      if (!kept) await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Wiring {
  readonly folder: string
  readonly since: Instant
  readonly settings: Readonly<Record<string, unknown>>
  readonly warehouseSettings: unknown
  readonly urls: Readonly<Record<string, string>>
}

interface ShopBlock {
  id: string
  platform: string
  endpoint: string
  poll: { since: string }
  settings: unknown
}

/** config/demo with the addresses, credentials and the key of this run; the rest stays as it is written there. */
async function writeConfiguration({ folder, since, settings, warehouseSettings, urls }: Wiring): Promise<void> {
  await mkdir(folder, { recursive: true })
  await cp('config/demo', folder, { recursive: true })
  await change<{ shops: ShopBlock[] }>(join(folder, 'shops.yaml'), (file) => {
    for (const shop of file.shops) {
      shop.endpoint = urls[shop.platform] ?? shop.endpoint
      shop.poll = { ...shop.poll, since }
      shop.settings = settings[shop.id] ?? shop.settings
    }
  })
  await change<{ accounts: { endpoint?: string; settings: unknown }[] }>(join(folder, 'warehouses.yaml'), (file) => {
    for (const account of file.accounts) {
      account.endpoint = urls['goodcang'] ?? ''
      account.settings = warehouseSettings
    }
  })
  await change<{ database: unknown; privacy: { key: string } }>(join(folder, 'quayside.yaml'), (file) => {
    file.database = { url: `sqlite:${join(folder, 'quayside.db')}` }
    file.privacy.key = randomBytes(32).toString('base64')
  })
}

async function change<File>(path: string, edit: (file: File) => void): Promise<void> {
  const file = parse(await readFile(path, 'utf8')) as File
  edit(file)
  await writeFile(path, stringify(file), { mode: 0o600 })
}
