import type { OrderChange, SimulatedMarketplace, SimulatedWarehouse } from '../simulated.ts'
import type { DemoCatalog } from './catalog.ts'
import type { When } from './scenarios.ts'
import type { SeedAccount, SeededOrder } from './seed-orders.ts'

export interface PlacedOrder extends SeededOrder {
  readonly platformOrderId: string
}

/** The sandboxes that a plan is carried out on, by platform. */
export type Marketplaces = Readonly<Record<string, SimulatedMarketplace | undefined>>

/** Opens the accounts; gives the `settings` block of each shop by its account. */
export function openAccounts(
  accounts: readonly SeedAccount[],
  marketplaces: Marketplaces,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    accounts.map(({ account, platform, options }) => [account, marketplaceOf(marketplaces, platform).addAccount(account, options)]),
  )
}

export function placeOrders(orders: readonly SeededOrder[], marketplaces: Marketplaces): readonly PlacedOrder[] {
  return orders.map((seeded) => ({
    ...seeded,
    platformOrderId: marketplaceOf(marketplaces, seeded.platform).placeOrder(seeded.account, seeded.order),
  }))
}

export interface RefusedChange {
  readonly platformOrderId: string
  readonly change: OrderChange
  readonly reason: string
}

/**
 * Lets the changes of that time happen. A platform may refuse one that came too late, such as cancelling what
 * was shipped meanwhile; those are returned and the others go on.
 */
export function applyChanges(placed: readonly PlacedOrder[], when: When, marketplaces: Marketplaces): readonly RefusedChange[] {
  const refused: RefusedChange[] = []
  for (const { platform, account, platformOrderId, changes } of placed) {
    for (const { change } of changes.filter((planned) => planned.when === when)) {
      try {
        marketplaceOf(marketplaces, platform).changeOrder(account, platformOrderId, change)
      } catch (error) {
        if (!(error instanceof Error)) throw error
        refused.push({ platformOrderId, change, reason: error.message })
      }
    }
  }
  return refused
}

/** Opens the demo's account at the warehouse and fills its shelves; gives the account's `settings` block. */
export function stockWarehouse(warehouse: SimulatedWarehouse, account: string, catalog: DemoCatalog): Readonly<Record<string, unknown>> {
  const settings = warehouse.addAccount(account, {
    warehouses: catalog.warehouses.map(({ wmsCode }) => wmsCode),
    services: catalog.services,
  })
  for (const { wmsCode, wmsSku, available } of catalog.stock) warehouse.setStock(account, wmsCode, wmsSku, available)
  return settings
}

function marketplaceOf(marketplaces: Marketplaces, platform: string): SimulatedMarketplace {
  const found = marketplaces[platform]
  if (!found) throw new Error(`the plan needs a simulated ${platform}`)
  return found
}
