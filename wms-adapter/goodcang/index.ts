import { createHash } from 'node:crypto'
import type { ConnectCheck } from '../../core/ports/connector.ts'
import type { WmsAdapter, WmsAdapterDefinition, WmsCapabilities } from '../../core/ports/wms-adapter.ts'
import { createClient } from './client.ts'
import { findOrder } from './find-order.ts'
import { listChanges } from './list-changes.ts'
import { listInventory } from './list-inventory.ts'
import { isEmptyData } from './map-error.ts'
import { optionCapabilities } from './map-options.ts'
import { checkOutbound } from './map-outbound.ts'
import { cancelOrder, createOrder } from './outbound-writes.ts'
import { goodcangRateLimits } from './rate-limits.ts'
import { type GoodcangSettings, goodcangSecrets, goodcangSettings } from './settings.ts'

/**
 * References are unique and free again once an order is discarded (order/create_order, read 2026-11-24).
 * No delay between a write and its reads is documented. After a wrong "absent" the repeat is refused by the
 * reference, and the refusal of a repeat proves nothing: the order is looked for until it shows, or by a person.
 */
const capabilities: WmsCapabilities = {
  create: { key: 'enforced', readBack: 'by-key', readBackLagMs: 0 },
  cancel: { key: 'enforced', readBack: 'by-key', readBackLagMs: 0 },
  referenceFreedOnCancel: true,
  partialShipment: true,
  options: optionCapabilities,
}

/** Goodcang (谷仓), an operator of overseas warehouses. */
export const goodcang: WmsAdapterDefinition<GoodcangSettings> = {
  adapter: 'goodcang',
  settings: goodcangSettings,
  secrets: goodcangSecrets,
  rateLimits: goodcangRateLimits,
  capabilities,
  limitScope: ({ settings }) => `goodcang:${createHash('sha256').update(settings.appKey).digest('hex').slice(0, 16)}`,
  create(account, transport): WmsAdapter {
    const client = createClient(account.id, account.settings, transport)
    return {
      async checkAccess(call): Promise<ConnectCheck> {
        const isEmpty = isEmptyData(await client.warehouses(call))
        const warnings = isEmpty ? ['Goodcang shows no warehouse for this account; ask Goodcang to open one'] : []
        return { account: `app key ending in ${account.settings.appKey.slice(-4)}`, warnings }
      },
      checkOutbound,
      createOutbound: (request, call) => createOrder(client, request, call),
      findOutbound: (order, call) => findOrder(client, order, call),
      listChangedOutbounds: (since, from, call) => listChanges(client, since, from, call),
      cancelOutbound: (order, reason, call) => cancelOrder(client, order, reason, call),
      listInventory: (warehouseCodes, page, call) => listInventory(client, warehouseCodes, page, call),
    }
  },
}
