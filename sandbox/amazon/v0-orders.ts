import { z } from 'zod'
import type { FaultKind } from '../faults.ts'
import { disturbPage } from '../shared/page-faults.ts'
import { list, listOf, pageSize, parseQuery, time } from './query.ts'
import { findOrder, listable, refuseForeignMarketplaces } from './search-orders.ts'
import { type SellerOrder, statusOf } from './state.ts'
import { type Caller, denied } from './tokens.ts'
import { type V0Sight, v0Statuses, viewV0Address, viewV0BuyerInfo, viewV0Item, viewV0ItemBuyerInfo, viewV0Order } from './view-v0.ts'
import { pageOf, readWindow } from './window.ts'
import type { World } from './world.ts'

/** Source: getOrders in ordersV0.json (read 2026-11-22). Filters that nobody here uses are taken and not applied. */
const ordersQuery = z.strictObject({
  CreatedAfter: time.optional(),
  CreatedBefore: time.optional(),
  LastUpdatedAfter: time.optional(),
  LastUpdatedBefore: time.optional(),
  OrderStatuses: listOf([
    'Pending',
    'Unshipped',
    'PartiallyShipped',
    'Shipped',
    'Canceled',
    'Unfulfillable',
    'InvoiceUnconfirmed',
    'PendingAvailability',
  ]).optional(),
  MarketplaceIds: list.pipe(z.array(z.string()).min(1).max(50)),
  FulfillmentChannels: listOf(['AFN', 'MFN']).optional(),
  PaymentMethods: listOf(['COD', 'CVS', 'Other']).optional(),
  MaxResultsPerPage: pageSize.default(100),
  NextToken: z.string().optional(),
  AmazonOrderIds: list.pipe(z.array(z.string()).max(50)).optional(),
})
const itemsQuery = z.strictObject({ NextToken: z.string().optional() })
const noQuery = z.strictObject({})

export function getOrders(world: World, caller: Caller, url: URL, drawn: readonly FaultKind[]): unknown {
  const query = parseQuery(url, ordersQuery)
  const { seller } = caller
  refuseForeignMarketplaces(seller, query.MarketplaceIds)
  const { MaxResultsPerPage, NextToken, ...parameters } = query
  const channel = (order: SellerOrder) => (order.fulfilledBy === 'MERCHANT' ? 'MFN' : 'AFN')
  const chosen = listable(world, seller).filter(
    (order) =>
      query.MarketplaceIds.includes(order.marketplaceId) &&
      (query.FulfillmentChannels?.includes(channel(order)) ?? true) &&
      (query.OrderStatuses?.includes(v0Statuses[statusOf(order)]) ?? true) &&
      (query.AmazonOrderIds?.includes(order.id) ?? true),
  )
  const input = {
    createdAfter: query.CreatedAfter,
    createdBefore: query.CreatedBefore,
    updatedAfter: query.LastUpdatedAfter,
    updatedBefore: query.LastUpdatedBefore,
  }
  const page = pageOf(chosen, () => readWindow(input, world.now(), world.switches.twoMinuteRule), {
    token: NextToken,
    size: MaxResultsPerPage,
    parameters: ['v0', seller.account, parameters],
    now: world.now(),
  })
  const sees = sightOf(caller, 'GET', '/orders/v0/orders')
  return {
    payload: {
      Orders: disturbPage(page.orders, drawn).map((order) => viewV0Order(world.lagged.read(order.id, order), sees)),
      ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
      ...(page.window.by === 'updatedAt' ? { LastUpdatedBefore: page.window.before } : { CreatedBefore: page.window.before }),
    },
  }
}

/** `part` is what follows the order id in the path. */
export function getOrderPart(world: World, caller: Caller, orderId: string, part: string, url: URL): unknown {
  parseQuery(url, part.startsWith('orderItems') ? itemsQuery : noQuery)
  const path = `/orders/v0/orders/${orderId}${part === '' ? '' : `/${part}`}`
  const sees = sightOf(caller, 'GET', path)
  const order = findOrder(world, caller.seller, orderId)
  const items = (view: (line: SellerOrder['lines'][number]) => unknown) => ({
    payload: { AmazonOrderId: order.id, OrderItems: order.lines.map(view) },
  })
  switch (part) {
    case '':
      return { payload: viewV0Order(order, sees) }
    case 'buyerInfo':
      return { payload: { AmazonOrderId: order.id, ...viewV0BuyerInfo(order, sees) } }
    case 'address':
      return { payload: { AmazonOrderId: order.id, ...viewV0Address(order, sees) } }
    case 'orderItems':
      return items((line) => viewV0Item(order, line, sees))
    default:
      return items((line) => ({ OrderItemId: line.id, ...viewV0ItemBuyerInfo(order, line, sees) }))
  }
}

/** A restricted data token opens exactly the paths it was made for; without one there is no personal data. */
function sightOf({ seller, restricted }: Caller, method: string, path: string): V0Sight {
  if (restricted === undefined) return { buyerInfo: false, shippingAddress: false }
  const generic = path.replace(/^(\/orders\/v0\/orders)\/[^/]+/, '$1/{orderId}')
  const resource = restricted.find((one) => one.method === method && (one.path === path || one.path === generic))
  if (!resource) throw denied('The restricted data token does not cover this resource.')
  const has = (element: string) => seller.personalData !== 'denied' && resource.dataElements.includes(element)
  return { buyerInfo: has('buyerInfo'), shippingAddress: has('shippingAddress') }
}
