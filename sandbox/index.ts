/** The sandbox: simulated marketplaces and a simulated warehouse, for demos, benchmarks and tests. */
export { createAmazon } from './amazon/index.ts'
export { createEbay } from './ebay/index.ts'
export type { FaultKind, FaultRule, FaultSwitch } from './faults.ts'
export { createGoodcang } from './goodcang/index.ts'
export { type DemoCatalog, demoCatalog } from './seed/catalog.ts'
export { catalogCsv } from './seed/catalog-csv.ts'
export type { PlannedChange, SeedPlatform, When } from './seed/scenarios.ts'
export { type SeedAccount, type SeedContext, type SeededOrder, type SeedPlan, seedOrders } from './seed/seed-orders.ts'
export {
  applyChanges,
  type Marketplaces,
  openAccounts,
  type PlacedOrder,
  placeOrders,
  type RefusedChange,
  stockWarehouse,
} from './seed/sow.ts'
export { brokenAnswerOf } from './shared/respond.ts'
export { type ServedSimulation, type ServeOptions, serveSimulation } from './shared/serve.ts'
export { createShopify } from './shopify/index.ts'
export type { LimitMode, NewOrder, OrderChange, SimulatedMarketplace, SimulatedWarehouse, SimulationOptions } from './simulated.ts'
export { createWish } from './wish/index.ts'
