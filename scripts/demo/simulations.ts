import type { Instant } from '../../core/value/instant.ts'
import { systemClock } from '../../daemon/system.ts'
import {
  applyChanges,
  createAmazon,
  createEbay,
  createGoodcang,
  createShopify,
  createWish,
  demoCatalog,
  type LimitMode,
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

/** The warehouse account of the demo. */
export const warehouseAccount = 'gc'

export const simulationNames = ['shopify', 'amazon', 'ebay', 'wish', 'goodcang'] as const
export type SimulationName = (typeof simulationNames)[number]

export interface SimulationWish {
  /** How many orders wait on the demo's shops. */
  readonly count: number
  readonly seed: number
  readonly limits: LimitMode
  /** The shops' cut-over. */
  readonly since: Instant
  /** Any free port when absent. */
  readonly ports?: Readonly<Record<SimulationName, number>>
  /** How long a call that is never answered is kept waiting. */
  readonly hangMs?: number
}

/** Simulated marketplaces and a warehouse over real HTTP, with the demo's accounts, goods and orders. */
export interface Simulations {
  readonly marketplaces: Readonly<Record<string, SimulatedMarketplace>>
  readonly warehouse: SimulatedWarehouse
  readonly plan: SeedPlan
  readonly placed: readonly PlacedOrder[]
  /** The `settings` block of each shop, by its account. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly warehouseSettings: { readonly appKey: string; readonly appToken: string }
  readonly urls: Readonly<Record<SimulationName, string>>
  close(): Promise<void>
}

export async function openSimulations({ count, seed, limits, since, ports, hangMs }: SimulationWish): Promise<Simulations> {
  const options = { now: systemClock.now, limits, seed } as const
  const marketplaces = {
    shopify: createShopify(options),
    amazon: createAmazon(options),
    ebay: createEbay(options),
    wish: createWish(options),
  }
  const warehouse = createGoodcang(options)
  const plan = seedOrders(seed, count, { catalog: demoCatalog, since })
  const settings = openAccounts(plan.accounts, marketplaces)
  const warehouseSettings = stockWarehouse(warehouse, warehouseAccount, demoCatalog) as Simulations['warehouseSettings']
  const placed = placeOrders(plan.orders, marketplaces)
  applyChanges(placed, 'before-push', marketplaces)
  const simulated = { ...marketplaces, goodcang: warehouse }
  const served = new Map<SimulationName, ServedSimulation>()
  const close = async (): Promise<void> => {
    for (const simulation of served.values()) await simulation.close()
  }
  try {
    for (const name of simulationNames) {
      const serving = { ...(ports && { port: ports[name] }), ...(hangMs !== undefined && { hangMs }) }
      served.set(name, await serveSimulation(simulated[name], serving))
    }
  } catch (error) {
    await close()
    throw error
  }
  const urls = Object.fromEntries([...served].map(([name, { url }]) => [name, url])) as Simulations['urls']
  return { marketplaces, warehouse, plan, placed, settings, warehouseSettings, urls, close }
}
