import { instantFromMs } from '../../../core/value/instant.ts'
import { createShopify, type NewOrder, type SimulationOptions } from '../../../sandbox/index.ts'

/** A simulated Shopify under a clock of its own with one shop, and the ways a test talks to it. */
export function shopWorld(accountOptions: Readonly<Record<string, unknown>> = {}, options: Partial<SimulationOptions> = {}) {
  let ms = Date.parse('2026-11-24T10:00:00Z')
  const simulated = createShopify({ now: () => instantFromMs(ms), limits: 'open', ...options })
  const settings = simulated.addAccount('brand', { auth: 'static', ...accountOptions })
  const post = (path: string, body: string, headers: Readonly<Record<string, string>>) =>
    simulated.fetch(new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body }))
  const send = (query: string, variables: Readonly<Record<string, unknown>> = {}, version = '2026-10') =>
    post(`/admin/api/${version}/graphql.json`, JSON.stringify({ query, variables }), {
      'content-type': 'application/json',
      'x-shopify-access-token': String(settings['accessToken']),
    })
  return {
    simulated,
    settings,
    post,
    send,
    /** The parsed answer of a GraphQL document. */
    // Answers are read freely by tests; a wrong path fails the test.
    ask: async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
      (await (await send(query, variables)).json()) as Answer,
    place: (order: Partial<NewOrder> = {}) => simulated.placeOrder('brand', { ...ordinary, ...order }),
    change: (id: string, change: Parameters<typeof simulated.changeOrder>[2]) => simulated.changeOrder('brand', id, change),
    ledgerOf: (id: string) => simulated.ledger('brand').orders.find(({ platformOrderId }) => platformOrderId === id),
    passMs: (by: number): void => {
      ms += by
    },
  }
}

interface Answer {
  readonly data?: Node
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly string[]
    readonly extensions?: Readonly<Record<string, unknown>>
  }[]
  readonly extensions: { readonly cost: Cost; readonly search?: readonly unknown[] }
}

interface Cost {
  readonly requestedQueryCost: number
  readonly actualQueryCost: number | null
  readonly throttleStatus: { readonly maximumAvailable: number; readonly currentlyAvailable: number; readonly restoreRate: number }
}

/** A JSON object of any depth. */
export interface Node {
  readonly [name: string]: Node
}

/** The nodes of a connection, or the entries of a plain list. */
export function nodesOf(list: Node | undefined): readonly Node[] {
  return (list?.['nodes'] ?? list ?? []) as unknown as readonly Node[]
}

export const ordinary: NewOrder = {
  currency: 'USD',
  shipTo: {
    name: 'Alex Sample',
    line1: '100 Example Street',
    city: 'Edison',
    state: 'NJ',
    postcode: '08817',
    country: 'US',
    phone: '+1 201-555-0123',
    email: 'buyer1@example.com',
  },
  buyer: { id: 'b1', name: 'Alex Sample', email: 'buyer1@example.com' },
  lines: [{ channelSku: 'MUG-RED', title: 'Enamel mug, red', quantity: 2, unitPrice: '12.50' }],
  shipping: '4.99',
}

/** The order's work: fulfillment orders with lines, and fulfillments. */
export const workQuery = `query Work($id: ID!) { order(id: $id) {
  updatedAt displayFinancialStatus displayFulfillmentStatus cancelledAt closedAt
  shippingAddress { address1 }
  lineItems(first: 20) { nodes { id quantity currentQuantity unfulfilledQuantity } }
  refunds(first: 5) { refundLineItems(first: 5) { nodes { quantity restockType } } }
  fulfillmentOrders(first: 20) { nodes {
    id status deliveryMethod { methodType } assignedLocation { name location { id } } destination { address1 }
    fulfillmentHolds { id reason reasonNotes heldByRequestingApp } supportedActions { action }
    lineItems(first: 20) { nodes { id totalQuantity remainingQuantity lineItem { id } } } } }
  fulfillments(first: 20) { id status name trackingInfo(first: 5) { company number url } fulfillmentLineItems(first: 20) { nodes { quantity } } }
} }`

export const createQuery = `mutation Ship($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) {
  fulfillment { id status trackingInfo(first: 5) { company number url } } userErrors { field message } } }`
