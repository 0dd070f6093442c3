import { ebay } from '../../../connectors/ebay/index.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { createEbay } from '../../../sandbox/ebay/index.ts'
import { describeConnectorContract } from '../../contract/connector.ts'

interface OrderPage {
  orders?: Record<string, unknown>[]
  total?: number
}

/** Changes a page of getOrders; every other answer stays as it is. */
function rewrite(response: HttpResponse, change: (page: OrderPage) => OrderPage): HttpResponse {
  if (response.status !== 200 || !response.body.includes('"orders"')) return response
  return { ...response, body: JSON.stringify(change(JSON.parse(response.body) as OrderPage)) }
}

describeConnectorContract('eBay', {
  definition: ebay,
  createMarketplace: (options) => createEbay({ ...options, switches: { unpaidOrdersAreListed: true } }),
  unpaidOrders: true,
  account: { marketplaceId: 'EBAY_US' },
  operations: { readOrders: ['getOrders'], confirmShipment: ['createShippingFulfillment'] },
  carrierWord: 'UPS',
  manyOrders: 230,
  corruptions: ['quantity-text', 'no-lines', 'bad-date'],
  pages: {
    empty: (response) => rewrite(response, (page) => ({ ...page, orders: [], total: 0 })),
  },
  unknownStatus: (response) =>
    rewrite(response, (page) => ({
      ...page,
      orders: (page.orders ?? []).map((order) => ({ ...order, orderFulfillmentStatus: 'BEAMED' })),
    })),
})
