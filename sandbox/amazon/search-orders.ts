import { z } from 'zod'
import type { FaultKind } from '../faults.ts'
import { disturbPage } from '../shared/page-faults.ts'
import { list, listOf, pageSize, parseQuery, time } from './query.ts'
import { invalidInput, Refusal } from './respond.ts'
import { type Seller, type SellerOrder, statusOf } from './state.ts'
import { type Caller, denied } from './tokens.ts'
import { type DataSet, dataSets, viewOrder } from './view-order.ts'
import { pageOf, readWindow } from './window.ts'
import type { World } from './world.ts'

/** Source: searchOrders and getOrder in orders_2026-01-01.json (read 2026-11-22). */
const searchQuery = z.strictObject({
  createdAfter: time.optional(),
  createdBefore: time.optional(),
  lastUpdatedAfter: time.optional(),
  lastUpdatedBefore: time.optional(),
  fulfillmentStatuses: listOf([
    'PENDING_AVAILABILITY',
    'PENDING',
    'UNSHIPPED',
    'PARTIALLY_SHIPPED',
    'SHIPPED',
    'CANCELLED',
    'UNFULFILLABLE',
  ]).optional(),
  marketplaceIds: list.pipe(z.array(z.string()).max(50)).optional(),
  fulfilledBy: listOf(['MERCHANT', 'AMAZON']).optional(),
  maxResultsPerPage: pageSize.default(100),
  paginationToken: z.string().optional(),
  includedData: listOf(dataSets).default([]),
})
const getQuery = z.strictObject({ includedData: listOf(dataSets).default([]) })

export function searchOrders(world: World, { seller }: Caller, url: URL, drawn: readonly FaultKind[]): unknown {
  const query = parseQuery(url, searchQuery)
  if (seller.searchOrders === 'denied') throw denied()
  refuseForeignMarketplaces(seller, query.marketplaceIds)
  if (query.marketplaceIds?.some((id) => seller.deniedMarketplaces.includes(id))) throw denied()
  if (world.switches.fulfillmentDataRefused && query.includedData.includes('FULFILLMENT'))
    throw invalidInput('The value FULFILLMENT of includedData is not valid.')
  const { maxResultsPerPage, includedData, paginationToken, ...parameters } = query
  const chosen = listable(world, seller).filter(
    (order) =>
      (query.marketplaceIds?.includes(order.marketplaceId) ?? true) &&
      (query.fulfilledBy?.includes(order.fulfilledBy) ?? true) &&
      (query.fulfillmentStatuses?.includes(statusOf(order)) ?? true),
  )
  const input = {
    createdAfter: query.createdAfter,
    createdBefore: query.createdBefore,
    updatedAfter: query.lastUpdatedAfter,
    updatedBefore: query.lastUpdatedBefore,
  }
  const page = pageOf(chosen, () => readWindow(input, world.now(), world.switches.twoMinuteRule), {
    token: paginationToken,
    size: maxResultsPerPage,
    parameters: [seller.account, parameters],
    now: world.now(),
  })
  const wanted = new Set<DataSet>(includedData)
  return {
    orders: disturbPage(page.orders, drawn).map((order) => viewOrder(world.lagged.read(order.id, order), seller, wanted)),
    ...(page.nextToken === undefined ? {} : { pagination: { nextToken: page.nextToken } }),
    ...(page.window.by === 'updatedAt' ? { lastUpdatedBefore: page.window.before } : { createdBefore: page.window.before }),
  }
}

export function getOrder(world: World, { seller }: Caller, orderId: string, url: URL): unknown {
  const { includedData } = parseQuery(url, getQuery)
  if (seller.getOrder === 'denied') throw denied()
  return { order: viewOrder(findOrder(world, seller, orderId), seller, new Set(includedData)) }
}

/** The order as reads see it now. An order of another seller is as unknown as one that never was. */
export function findOrder(world: World, seller: Seller, orderId: string): SellerOrder {
  const order = seller.orders.get(orderId)
  if (!order?.visible) throw new Refusal(404, 'NotFound', `The order ${orderId} was not found.`)
  return world.lagged.read(order.id, order)
}

/** Orders that lists show: with late data each change appears three minutes after its time. */
export function listable(world: World, seller: Seller): readonly SellerOrder[] {
  const isThere = (order: SellerOrder): boolean => !world.switches.lateData || order.updatedAt <= world.lateDataHorizon()
  return [...seller.orders.values()].filter((order) => order.visible && isThere(order))
}

export function refuseForeignMarketplaces(seller: Seller, ids: readonly string[] | undefined): void {
  if (ids?.some((id) => !seller.marketplaceIds.includes(id))) throw denied()
}
