import { wish } from '../../../connectors/wish/index.ts'
import type { HttpRequest, HttpResponse } from '../../../core/ports/transport.ts'
import { createWish } from '../../../sandbox/wish/index.ts'
import { describeConnectorContract } from '../../contract/connector.ts'

type Envelope = { data: Record<string, unknown>[] }

/** Changes the orders of a list answer and leaves every other answer alone. */
function withOrders(response: HttpResponse, request: HttpRequest, change: (orders: Envelope['data']) => Envelope['data']): HttpResponse {
  if (new URL(request.url).pathname !== '/api/v3/orders') return response
  const envelope = JSON.parse(response.body) as Envelope
  return { ...response, body: JSON.stringify({ ...envelope, data: change(envelope.data) }) }
}

// Asynchronous writes end at once here, so that the ledger shows them when the call is over.
describeConnectorContract('wish', {
  definition: wish,
  createMarketplace: (options) => createWish({ ...options, asynchronousMs: 0 }),
  account: { pageSize: 10 },
  operations: { readOrders: ['GetMultipleOrders'], confirmShipment: ['ShipOrder'] },
  carrierWord: 'UPS',
  manyOrders: 25,
  corruptions: ['without-quantity', 'without-updated-at', 'scalar-blocks'],
  shipsWhole: true,
  oneLinePerOrder: true,
  dressOrder: (order) => ({ ...order, lines: order.lines.slice(0, 1) }),
  pages: {
    empty: (response, request) => withOrders(response, request, () => []),
  },
  unknownStatus: (response, request) =>
    withOrders(response, request, (orders) => orders.map((order) => ({ ...order, state: 'QUARANTINED' }))),
})
