import type { Instant } from '../../core/value/instant.ts'
import { Refusal } from './envelope.ts'
import type { CreateOrder } from './request-models.ts'
import { type Customer, type Outbound, stockKey, sumUnits } from './state.ts'

export interface Building {
  readonly now: Instant
  readonly switches: Readonly<Record<string, boolean>>
  nextOrderCode(): string
  nextTrackingNumber(): string
}

/** Takes an order in, approved at once or as a draft. Throws Refusal with a text that nobody should go by. */
export function createOrder(customer: Customer, request: CreateOrder, building: Building): Outbound {
  const { warehouse_code: warehouseCode, shipping_method: serviceCode = customer.services[0] ?? '' } = request
  if (!customer.warehouses.includes(warehouseCode)) throw new Refusal(`warehouse_code ${warehouseCode} 不存在`)
  if (!customer.services.includes(serviceCode)) throw new Refusal(`shipping_method ${serviceCode} 不可用`)
  for (const { product_sku: sku } of request.items) {
    if (![...customer.stock.values()].some((stock) => stock.sku === sku)) throw new Refusal(`SKU ${sku} 不存在`)
  }
  refuseDuplicate(customer, request.reference_no)
  const outbound: Outbound = {
    orderCode: building.nextOrderCode(),
    reference: request.reference_no ?? '',
    request,
    createdAt: building.now,
    modifiedAt: building.now,
    releasedAt: undefined,
    shippedAt: undefined,
    state: 'draft',
    hasReserved: false,
    problem: '',
    warehouseCode,
    serviceCode,
    cancelAsked: false,
    packages: [],
    labelNumber: undefined,
  }
  if (request.verify === 1) approve(customer, outbound, building)
  customer.orders.set(outbound.orderCode, outbound)
  if (outbound.reference !== '')
    customer.byReference.set(outbound.reference, [...(customer.byReference.get(outbound.reference) ?? []), outbound])
  return outbound
}

/** A reference is taken as long as an order holds it that was not discarded. */
function refuseDuplicate(customer: Customer, reference: string | undefined): void {
  if (!reference) return
  if (customer.byReference.get(reference)?.some((outbound) => outbound.state !== 'cancelled'))
    throw new Refusal(`参考编号重复: ${reference}`)
}

function approve(customer: Customer, outbound: Outbound, building: Building): void {
  const shortage = [...sumUnits(outbound.request.items)].find(([sku, quantity]) => {
    return (customer.stock.get(stockKey(outbound.warehouseCode, sku))?.sellable ?? 0) < quantity
  })
  if (shortage && !building.switches['short-stock-becomes-exception']) throw new Refusal(`SKU ${shortage[0]} 库存不足`)
  outbound.releasedAt = building.now
  if (shortage) {
    outbound.state = 'wms-exception'
    outbound.problem = `SKU ${shortage[0]} 库存不足`
    return
  }
  outbound.state = 'accepted'
  outbound.hasReserved = true
  for (const [sku, quantity] of sumUnits(outbound.request.items))
    moveStock(customer, outbound.warehouseCode, sku, { sellable: -quantity, reserved: quantity })
}

/** Moves units between the buckets of one warehouse. */
export function moveStock(
  customer: Customer,
  warehouseCode: string,
  sku: string,
  by: { sellable?: number; reserved?: number; shipped?: number },
): void {
  const stock = customer.stock.get(stockKey(warehouseCode, sku))
  if (!stock) return
  stock.sellable += by.sellable ?? 0
  stock.reserved += by.reserved ?? 0
  stock.shipped += by.shipped ?? 0
}
