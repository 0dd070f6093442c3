import { addMs } from '../../core/value/instant.ts'
import { disturbPage } from '../shared/page-faults.ts'
import { badRequest, type Connection, type Listing, type PageArguments, paginate } from './connection.ts'
import { idOf, typeOf } from './ids.ts'
import { parseSearch, type Search } from './search.ts'
import type { FulfillmentOrder, ShopOrder } from './state.ts'
import { canReadFulfillmentOrders, requireId, requireOrderAccess, requireScope, showTime, type View } from './view.ts'
import { fulfillmentOrderView, fulfillmentView } from './view-fulfillment.ts'
import { variantView } from './view-line.ts'
import { financialStatus, fulfillmentStatus } from './view-order-status.ts'
import { inventoryItemView, locationView } from './view-stock.ts'

type ListArguments = PageArguments & { readonly query?: string | null; readonly sortKey?: string | null }

const dayMs = 86_400_000

/** Filters of `orders` that the sandbox knows. Source: QueryRoot.orders of the Admin API 2026-10 (read 2026-11-22). */
const orderFilters: Readonly<Record<string, (order: ShopOrder) => string | readonly string[] | undefined>> = {
  default: (order) => [`#${order.number}`, order.buyer.name, ...order.lines.map((line) => line.sku)],
  id: (order) => order.id,
  name: (order) => [`#${order.number}`, String(order.number)],
  created_at: (order) => showTime(order.createdAt),
  processed_at: (order) => showTime(order.createdAt),
  updated_at: (order) => showTime(order.updatedAt),
  status: statusWords,
  financial_status: (order) => financialStatus(order).toLowerCase(),
  fulfillment_status: fulfillmentWords,
  return_status: () => 'no_return',
  risk_level: (order) => (order.risk === 'none' ? 'low' : 'high'),
  test: (order) => String(order.test),
  email: (order) => order.buyer.email,
  sku: (order) => order.lines.map((line) => line.sku),
  tag: () => [],
}
const workFilters: Readonly<Record<string, (entry: FulfillmentOrder) => string>> = {
  assigned_location_id: (entry) => entry.locationId,
  id: (entry) => entry.id,
  status: (entry) => entry.status,
  updated_at: (entry) => showTime(entry.updatedAt),
}

/** The fields of QueryRoot about orders and work on them. */
export function orderQueries(view: View) {
  return {
    orders: (args: ListArguments) => listOrders(args, view),
    ordersCount: (args: { query?: string | null }) => {
      const search = readSearch('ordersCount', args.query, new Set(Object.keys(orderFilters)), view)
      return { count: readableOrders(view).filter((order) => matchesOrder(search, order)).length, precision: 'EXACT' }
    },
    order: ({ id }: { id: string }) => {
      requireOrderAccess(view, 'order')
      const wanted = requireId('Order', id)
      const order = view.shop.orders.get(wanted)
      return order && isReadable(view)(order) ? view.show.order(view.seen(order)) : null
    },
    fulfillmentOrders: (args: ListArguments & { includeClosed?: boolean }) => listWork(args, view),
    fulfillmentOrder: ({ id }: { id: string }) => {
      const found = allWork(view).find(({ entry }) => entry.id === requireId('FulfillmentOrder', id))
      return found ? fulfillmentOrderView(found.order, found.entry, view) : null
    },
    fulfillment: ({ id }: { id: string }) => {
      const wanted = requireId('Fulfillment', id)
      for (const order of readableOrders(view)) {
        const fulfillment = order.fulfillments.find((candidate) => candidate.id === wanted)
        if (fulfillment) return fulfillmentView(order, fulfillment, view)
      }
      return null
    },
  }
}

/** The fields of QueryRoot about places and goods. */
export function stockQueries(view: View) {
  const { shop } = view
  const variants = () => [...shop.variants.values()]
  const bySku = (args: ListArguments, path: string) => {
    const search = readSearch(path, args.query, new Set(['sku', 'id']), view)
    return variants().filter((variant) =>
      search.matches((filter) => (filter === 'id' ? (path === 'inventoryItems' ? variant.inventoryItemId : variant.id) : variant.sku)),
    )
  }
  return {
    locations: (args: ListArguments) => {
      requireScope(view, 'locations field', 'read_locations')
      return paginate(
        { records: shop.locations, position: ({ id, name }) => ({ value: name, id }), identity: 'locations' },
        args,
        (entry) => locationView(entry, shop, view),
      )
    },
    location: ({ id }: { id?: string | null }) => {
      requireScope(view, 'location field', 'read_locations')
      const wanted = id == null ? shop.locations[0]?.id : requireId('Location', id)
      const found = shop.locations.find((entry) => entry.id === wanted)
      return found ? locationView(found, shop, view) : null
    },
    inventoryItems: (args: ListArguments) => {
      requireScope(view, 'inventoryItems field', 'read_inventory')
      const records = bySku(args, 'inventoryItems')
      return paginate(
        { records, position: ({ inventoryItemId }) => ({ value: '', id: inventoryItemId }), identity: `items ${args.query}` },
        args,
        (entry) => inventoryItemView(entry, view),
      )
    },
    inventoryItem: ({ id }: { id: string }) => {
      const found = variants().find((variant) => variant.inventoryItemId === requireId('InventoryItem', id))
      return found ? inventoryItemView(found, view) : null
    },
    productVariants: (args: ListArguments) => {
      requireScope(view, 'productVariants field', 'read_products')
      const records = bySku(args, 'productVariants')
      return paginate({ records, position: ({ id }) => ({ value: '', id }), identity: `variants ${args.query}` }, args, (entry) =>
        variantView(entry, view),
      )
    },
    productVariant: ({ id }: { id: string }) => {
      const found = variants().find((variant) => variant.id === requireId('ProductVariant', id))
      return found ? variantView(found, view) : null
    },
  }
}

/** `node` and `nodes`: whatever a gid names. */
export function nodeQuery(view: View) {
  const orders = orderQueries(view)
  const stock = stockQueries(view)
  const readers: Readonly<Record<string, (args: { id: string }) => unknown>> = {
    Order: orders.order,
    FulfillmentOrder: orders.fulfillmentOrder,
    Fulfillment: orders.fulfillment,
    Location: stock.location,
    InventoryItem: stock.inventoryItem,
    ProductVariant: stock.productVariant,
  }
  return ({ id }: { id: string }): unknown => {
    const type = typeOf(id)
    if (type === undefined) throw badRequest(`Invalid global id '${id}'`)
    return readers[type]?.({ id }) ?? null
  }
}

function listOrders(args: ListArguments, view: View): Connection<unknown> {
  requireOrderAccess(view, 'orders')
  if (view.drawn.includes('G7-one-timestamp')) for (const order of view.shop.orders.values()) order.updatedAt = view.now
  const search = readSearch('orders', args.query, new Set(Object.keys(orderFilters)), view)
  const listing: Listing<ShopOrder> = {
    records: readableOrders(view).filter((order) => matchesOrder(search, order)),
    position: (order) => ({ value: orderSortValue(order, args.sortKey ?? 'PROCESSED_AT'), id: order.id }),
    identity: `orders ${args.query} ${args.sortKey} ${args.reverse}`,
    disturb: (records) => disturbPage(records, view.drawn),
  }
  const page = paginate(listing, args, (order) => view.show.order(order))
  if (view.drawn.includes('G5-page-shift')) shiftFirst(page, view)
  return page
}

/** Somebody edits the first order of the page while it is on its way, so that it moves to the end of the list. */
function shiftFirst(page: Connection<unknown>, view: View): void {
  const first = page.nodes[0] as { id?: string } | undefined
  const order = view.shop.orders.get(idOf('Order', first?.id ?? '') ?? '')
  if (order) order.updatedAt = view.now
}

function listWork(args: ListArguments & { includeClosed?: boolean }, view: View): Connection<unknown> {
  const search = readSearch('fulfillmentOrders', args.query, new Set(Object.keys(workFilters)), view)
  const isListed = ({ entry }: { entry: FulfillmentOrder }): boolean => {
    if (!args.includeClosed && (entry.status === 'CLOSED' || entry.status === 'CANCELLED')) return false
    return search.matches((filter) => workFilters[filter]?.(entry))
  }
  const records = allWork(view).filter(isListed)
  const byTime = args.sortKey === 'UPDATED_AT'
  return paginate(
    {
      records,
      position: ({ entry }) => ({ value: byTime ? showTime(entry.updatedAt) : '', id: entry.id }),
      identity: `work ${args.query} ${args.sortKey} ${args.reverse} ${args.includeClosed}`,
    },
    args,
    ({ order, entry }) => fulfillmentOrderView(order, entry, view),
  )
}

function allWork(view: View): readonly { readonly order: ShopOrder; readonly entry: FulfillmentOrder }[] {
  if (!canReadFulfillmentOrders(view)) return []
  return readableOrders(view).flatMap((order) => order.fulfillmentOrders.map((entry) => ({ order, entry })))
}

function readableOrders(view: View): readonly ShopOrder[] {
  return [...view.shop.orders.values()].filter(isReadable(view)).map(view.seen)
}

/** Orders of the last 60 days; older ones need a scope of their own, and without it are silently not there. */
function isReadable(view: View): (order: ShopOrder) => boolean {
  const oldest = view.shop.scopes.has('read_all_orders') ? '' : addMs(view.now, -60 * dayMs)
  return (order) => order.visible && order.createdAt >= oldest
}

function readSearch(path: string, query: string | null | undefined, fields: ReadonlySet<string>, view: View): Search {
  const search = parseSearch(query, fields)
  if (search.warnings.length > 0) view.searchNotes.push({ path: [path], query, warnings: search.warnings })
  return search
}

function matchesOrder(search: Search, order: ShopOrder): boolean {
  return search.matches((filter) => orderFilters[filter]?.(order))
}

function statusWords(order: ShopOrder): readonly string[] {
  const closed = order.closedAt !== undefined
  return ['any', closed ? 'closed' : 'open', ...(order.cancelledAt ? ['cancelled'] : []), ...(closed ? [] : ['not_closed'])]
}

function fulfillmentWords(order: ShopOrder): readonly string[] {
  const work = fulfillmentStatus(order)
  if (work === 'FULFILLED') return ['fulfilled', 'shipped']
  if (work === 'PARTIALLY_FULFILLED') return ['partial', 'unfulfilled']
  return ['unshipped', 'unfulfilled', work.toLowerCase()]
}

function orderSortValue(order: ShopOrder, sortKey: string): string {
  if (sortKey === 'UPDATED_AT') return showTime(order.updatedAt)
  if (sortKey === 'CREATED_AT' || sortKey === 'PROCESSED_AT') return showTime(order.createdAt)
  if (sortKey === 'ORDER_NUMBER') return String(order.number).padStart(12, '0')
  return ''
}
