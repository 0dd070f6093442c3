import { amazon } from '../../../connectors/amazon/index.ts'
import type { HttpRequest, HttpResponse } from '../../../core/ports/transport.ts'
import { createAmazon } from '../../../sandbox/amazon/index.ts'
import { describeConnectorContract } from '../../contract/connector.ts'

type Answer = { orders: { fulfillment?: { fulfillmentStatus: string } }[]; pagination?: { nextToken: string } }

function isSearch(request: HttpRequest): boolean {
  return new URL(request.url).pathname === '/orders/2026-01-01/orders'
}

function rewrite(response: HttpResponse, request: HttpRequest, change: (answer: Answer) => void): HttpResponse {
  if (!isSearch(request) || response.status !== 200) return response
  const answer = JSON.parse(response.body) as Answer
  change(answer)
  return { ...response, body: JSON.stringify(answer) }
}

describeConnectorContract('amazon', {
  definition: amazon,
  createMarketplace: createAmazon,
  operations: { readOrders: ['searchOrders'], confirmShipment: ['confirmShipment'] },
  carrierWord: 'UPS',
  manyOrders: 120,
  unpaidOrders: true,
  cancelsUnits: true,
  corruptions: ['missing-items', 'missing-id', 'bad-time', 'text-quantity'],
  pages: {
    sameTokenForever: (response, request) =>
      rewrite(response, request, (answer) => {
        answer.pagination = { nextToken: 'the same for ever' }
      }),
    refuseToken: (request) =>
      isSearch(request) && new URL(request.url).searchParams.has('paginationToken')
        ? {
            status: 400,
            headers: {},
            body: JSON.stringify({ errors: [{ code: 'InvalidInput', message: 'The token has expired.', details: '' }] }),
          }
        : undefined,
    empty: (response, request) =>
      rewrite(response, request, (answer) => {
        answer.orders = []
        delete answer.pagination
      }),
  },
  unknownStatus: (response, request) =>
    rewrite(response, request, (answer) => {
      for (const order of answer.orders) if (order.fulfillment) order.fulfillment.fulfillmentStatus = 'TELEPORTED'
    }),
})
