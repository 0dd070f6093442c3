import { shopify } from '../../../connectors/shopify/index.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { createShopify } from '../../../sandbox/shopify/index.ts'
import { type ConnectorContractHarness, type ContractWorld, contractWorld } from '../../contract/connector-world.ts'

export const harness: ConnectorContractHarness = {
  definition: shopify,
  createMarketplace: createShopify,
  operations: { readOrders: ['orders'], confirmShipment: ['fulfillmentCreate'] },
  carrierWord: 'UPS',
}

/** A shop on the simulated Shopify. */
export const shopifyWorld = (): ContractWorld => contractWorld(harness)

export const graphql = (body: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
