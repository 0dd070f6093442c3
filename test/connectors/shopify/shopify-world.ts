import { shopify } from '../../../connectors/shopify/index.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { createShopify } from '../../../sandbox/shopify/index.ts'
import type { ConnectorContractHarness } from '../../contract/connector-world.ts'

export const harness: ConnectorContractHarness = {
  definition: shopify,
  createMarketplace: createShopify,
  operations: { readOrders: ['orders'], confirmShipment: ['fulfillmentCreate'] },
  carrierWord: 'UPS',
}

export const graphql = (body: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
