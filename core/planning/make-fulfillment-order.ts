import { newEffect } from '../effects/new-effect.ts'
import type { CatalogIndex } from '../mapping/catalog-index.ts'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentLine, FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Address, Order } from '../model/order.ts'
import type { Reservation } from '../model/stock.ts'
import type { OutboundRequest } from '../ports/wms-adapter.ts'
import { fulfillmentReference } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import { moneyDocument, multiplyMoney } from '../value/money.ts'
import { effectKey } from './dossier.ts'
import type { PlannedPart } from './plan.ts'

export interface Decision {
  readonly fulfillmentOrder: FulfillmentOrder
  readonly create: Effect
  readonly reservations: readonly Reservation[]
}

/** Turns a planned part into rows: the fulfillment order, the frozen request to the warehouse, its stock. */
export function makeFulfillmentOrder(order: Order, part: PlannedPart, request: OutboundRequest, sequence: number, now: Instant): Decision {
  const { reference } = request
  const { account, code } = part.warehouse
  const { orderNo, clientId } = order
  const fulfillmentOrder: FulfillmentOrder = {
    foNo: reference,
    clientId,
    orderNo,
    sequence,
    reference,
    account,
    warehouse: code,
    service: part.service.code,
    status: 'planned',
    parked: false,
    lines: part.lines,
    packages: [],
    plannedAt: now,
    changedAt: now,
    version: 1,
  }
  const create = newEffect({
    key: effectKey.create(reference),
    kind: 'wms-create',
    account,
    clientId,
    orderNo,
    foNo: reference,
    payload: request,
    now,
  })
  const reservations = part.lines.map(({ wmsSku, quantity }) => ({ foNo: reference, warehouse: code, wmsSku, quantity }))
  return { fulfillmentOrder, create, reservations }
}

/** Turns one parcel for several orders into rows: a fulfillment order for each, the lead's first, and one frozen request. */
export function makeMergedFulfillmentOrders(
  members: readonly { readonly order: Order; readonly part: PlannedPart; readonly sequence: number }[],
  request: OutboundRequest,
  now: Instant,
): Omit<Decision, 'fulfillmentOrder'> & { readonly fulfillmentOrders: readonly FulfillmentOrder[] } {
  const merged = members.map(({ order, sequence }) => fulfillmentReference(order.orderNo, sequence))
  const decisions = members.map(({ order, part, sequence }, index) =>
    makeFulfillmentOrder(order, part, { ...request, reference: merged[index] ?? request.reference }, sequence, now),
  )
  const [lead] = decisions
  if (!lead) throw new Error('a parcel has no order')
  const { reference } = request
  return {
    fulfillmentOrders: decisions.map(({ fulfillmentOrder }) => ({ ...fulfillmentOrder, reference, merged })),
    create: lead.create,
    reservations: decisions.flatMap((decision) => decision.reservations),
  }
}

/** What the warehouse is asked for. Sends only what shipping needs. */
export function outboundRequest(
  order: Order,
  part: PlannedPart,
  shipTo: Address,
  sequence: number,
  catalog: CatalogIndex,
): OutboundRequest {
  const note = packingNote(order)
  return {
    reference: fulfillmentReference(order.orderNo, sequence),
    platform: order.platform,
    warehouseCode: part.warehouse.wmsCode,
    serviceCode: part.service.wmsCode,
    shipTo,
    lines: part.lines.map((line) => outboundLine(order, line, catalog)),
    taxIds: order.taxIds,
    ...(part.options && { options: part.options }),
    ...(note !== '' && { note }),
  }
}

/** What the warehouse is asked for when several orders travel in one parcel: under the first one's reference, with the goods of all. */
export function mergedRequest(requests: readonly OutboundRequest[]): OutboundRequest {
  const [lead, ...others] = requests
  if (!lead) throw new Error('there is nothing to merge')
  const lines = [
    ...Map.groupBy(
      [lead, ...others].flatMap((request) => request.lines),
      (line) => line.wmsSku,
    ).values(),
  ]
  const note = requests.flatMap((request) => request.note ?? []).join('\n')
  return {
    ...lead,
    lines: lines.flatMap(([first, ...more]) =>
      first ? [{ ...first, quantity: more.reduce((sum, line) => sum + line.quantity, first.quantity) }] : [],
    ),
    ...(note !== '' && { note }),
  }
}

function outboundLine(order: Order, line: FulfillmentLine, catalog: CatalogIndex): OutboundRequest['lines'][number] {
  const product = catalog.products.get(line.sku)
  const first = order.lines.find((candidate) => candidate.platformLineId === line.orderLines[0]?.platformLineId)
  const declared = product?.declaredValue ?? first?.resolved.find((item) => item.sku === line.sku)?.declaredValue
  return {
    wmsSku: line.wmsSku,
    quantity: line.quantity,
    ...(declared && { declaredValue: moneyDocument(multiplyMoney(declared, line.unitFactor)) }),
    ...(product?.hsCode !== undefined && { hsCode: product.hsCode }),
    ...(order.platform === 'ebay' &&
      first?.itemId !== undefined && { channelItemId: first.itemId, channelTransactionId: first.platformLineId }),
  }
}

function packingNote(order: Order): string {
  const wishes = order.lines.flatMap((line) =>
    line.customization === undefined ? [] : [`${line.channelSku || line.title}: ${line.customization}`],
  )
  const { gift, buyer } = order.personal.notes
  return [gift && `Gift message: ${gift}`, buyer && `Buyer: ${buyer}`, ...wishes].filter(Boolean).join('\n')
}
