import type { FaultKind } from '../faults.ts'
import { confirmShipment } from './confirm-shipment.ts'
import { getOrder, searchOrders } from './search-orders.ts'
import { createRestrictedDataToken, getMarketplaceParticipations, patchListingsItem } from './small-operations.ts'
import type { Caller, TokenDesk } from './tokens.ts'
import { getOrderPart, getOrders } from './v0-orders.ts'
import type { World } from './world.ts'

/** What an operation is given; the result is the body of a 200, undefined that of a 204. */
export interface OperationInput {
  readonly world: World
  readonly desk: TokenDesk
  readonly caller: Caller
  readonly request: Request
  readonly url: URL
  readonly drawn: readonly FaultKind[]
}

export interface Route {
  readonly operation: string
  readonly isWrite: boolean
  /** Order or SKU in the path. */
  readonly subject?: string
  run(input: OperationInput): unknown
}

const partNames: Readonly<Record<string, string>> = {
  '': 'v0.getOrder',
  buyerInfo: 'v0.getOrderBuyerInfo',
  address: 'v0.getOrderAddress',
  orderItems: 'v0.getOrderItems',
  'orderItems/buyerInfo': 'v0.getOrderItemsBuyerInfo',
}

/** The operation of a path and method; undefined when the simulated API has none. */
export function routeOf(method: string, url: URL): Route | undefined {
  const path = url.pathname.split('/').slice(1).map(decodeURIComponent)
  const [api, version, collection, id = '', ...rest] = path
  const key = `${method} ${api}/${version}/${collection ?? ''}`
  switch (key) {
    case 'GET orders/2026-01-01/orders':
      return id === '' ? search() : rest.length === 0 ? single(id) : undefined
    case 'GET orders/v0/orders':
      return id === '' ? v0List() : v0Part(id, rest.join('/'))
    case 'POST orders/v0/orders':
      return rest.join('/') === 'shipmentConfirmation' ? confirmation(id) : undefined
    case 'POST tokens/2021-03-01/restrictedDataToken':
      return {
        operation: 'createRestrictedDataToken',
        isWrite: false,
        run: ({ desk, caller, request }) => createRestrictedDataToken(desk, caller, request),
      }
    case 'GET sellers/v1/marketplaceParticipations':
      return { operation: 'getMarketplaceParticipations', isWrite: false, run: ({ caller }) => getMarketplaceParticipations(caller) }
    case 'PATCH listings/2021-08-01/items':
      return rest[0] === undefined ? undefined : stock(id, rest[0])
    default:
      return undefined
  }
}

function search(): Route {
  return { operation: 'searchOrders', isWrite: false, run: ({ world, caller, url, drawn }) => searchOrders(world, caller, url, drawn) }
}

function single(orderId: string): Route {
  return { operation: 'getOrder', isWrite: false, subject: orderId, run: ({ world, caller, url }) => getOrder(world, caller, orderId, url) }
}

function v0List(): Route {
  return { operation: 'v0.getOrders', isWrite: false, run: ({ world, caller, url, drawn }) => getOrders(world, caller, url, drawn) }
}

function v0Part(orderId: string, part: string): Route | undefined {
  const operation = partNames[part]
  if (operation === undefined) return undefined
  return { operation, isWrite: false, subject: orderId, run: ({ world, caller, url }) => getOrderPart(world, caller, orderId, part, url) }
}

function confirmation(orderId: string): Route {
  return {
    operation: 'confirmShipment',
    isWrite: true,
    subject: orderId,
    run: ({ world, caller, request, drawn }) => confirmShipment(world, caller.seller, orderId, request, drawn),
  }
}

function stock(sellerId: string, sku: string): Route {
  return {
    operation: 'patchListingsItem',
    isWrite: true,
    subject: sku,
    run: ({ caller, request }) => patchListingsItem(caller, { sellerId, sku }, request),
  }
}
