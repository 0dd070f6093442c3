import { shopify } from '../../../connectors/shopify/index.ts'
import type { HttpRequest, HttpResponse } from '../../../core/ports/transport.ts'
import { createShopify } from '../../../sandbox/shopify/index.ts'
import { describeConnectorContract } from '../../contract/connector.ts'

/** Changes the list of orders in an answer of the changed-orders query. */
function changingOrders(change: (orders: OrderList) => OrderList) {
  return (response: HttpResponse, request: HttpRequest): HttpResponse => {
    if (!request.body?.includes('ChangedOrders')) return response
    const body = JSON.parse(response.body)
    if (!body.data?.orders) return response
    return { ...response, body: JSON.stringify({ ...body, data: { orders: change(body.data.orders) } }) }
  }
}

interface OrderList {
  readonly pageInfo: object
  readonly nodes: readonly object[]
}

describeConnectorContract('shopify', {
  definition: shopify,
  createMarketplace: createShopify,
  operations: { readOrders: ['orders'], confirmShipment: ['fulfillmentCreate'] },
  carrierWord: 'UPS',
  unpaidOrders: true,
  cancelsUnits: true,
  manyOrders: 45,
  corruptions: ['no-id', 'no-lines', 'quantity-text', 'failed-field'],
  pages: {
    sameTokenForever: changingOrders((orders) => ({ ...orders, pageInfo: { hasNextPage: true, endCursor: 'again' } })),
    refuseToken: (request) =>
      JSON.parse(request.body ?? '{}').variables?.after
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              data: null,
              errors: [{ message: 'Invalid cursor for current pagination sort.', path: ['orders'] }],
            }),
          }
        : undefined,
    empty: changingOrders(() => ({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } })),
  },
  unknownStatus: changingOrders((orders) => ({
    ...orders,
    nodes: orders.nodes.map((node) => ({ ...node, displayFinancialStatus: 'BARTERED' })),
  })),
})
