import type { AdvanceOptions } from '../simulated.ts'
import { discard } from './cancel-order.ts'
import { type Building, moveStock } from './create-order.ts'
import { type Customer, type Outbound, type Package, unitsOf } from './state.ts'

/** Lets the building work. Returns how many orders moved. */
export function advance(customer: Customer, options: AdvanceOptions, building: Building): number {
  let moved = 0
  for (const outbound of customer.orders.values()) {
    if (options.references && !options.references.includes(outbound.reference)) continue
    if (workOn(customer, outbound, options.to, building)) {
      outbound.modifiedAt = building.now
      moved += 1
    }
  }
  return moved
}

function workOn(customer: Customer, outbound: Outbound, to: AdvanceOptions['to'], building: Building): boolean {
  const { state } = outbound
  if (to === 'renumbered') return renumber(outbound, building)
  if (state === 'draft' || state === 'cancelled' || state === 'shipped') return false
  if (outbound.cancelAsked && !building.switches['stop-comes-too-late']) {
    discard(customer, outbound, building)
    return true
  }
  if (to === 'wms-exception') return state === 'wms-exception' ? false : fail(outbound)
  // Nobody solves an exception by itself.
  if (state === 'wms-exception' && to === undefined) return false
  if (state === 'accepted' && (to === undefined || to === 'processing')) return begin(customer, outbound, building)
  if (to === 'processing') return false
  begin(customer, outbound, building)
  return to === 'partially-shipped' ? shipPart(customer, outbound, building) : shipRest(customer, outbound, building)
}

/** What has left gets other tracking numbers, as when a carrier is exchanged. */
function renumber(outbound: Outbound, building: Building): boolean {
  const parcels = outbound.packages.splice(0)
  for (const parcel of parcels) outbound.packages.push({ ...parcel, trackingNumber: building.nextTrackingNumber() })
  return parcels.length > 0
}

function fail(outbound: Outbound): boolean {
  outbound.state = 'wms-exception'
  outbound.problem = '地址异常'
  return true
}

function begin(customer: Customer, outbound: Outbound, building: Building): boolean {
  if (outbound.state === 'accepted' || outbound.state === 'wms-exception') outbound.state = 'processing'
  outbound.problem = ''
  const other = customer.warehouses.find((code) => code !== outbound.warehouseCode)
  if (building.switches['other-warehouse-used'] && other !== undefined && outbound.packages.length === 0) outbound.warehouseCode = other
  if (building.switches['label-before-shipping']) outbound.labelNumber ??= building.nextTrackingNumber()
  return true
}

/** One unit of the first open SKU leaves ahead of the rest. An order of one unit cannot ship in part. */
function shipPart(customer: Customer, outbound: Outbound, building: Building): boolean {
  const open = openUnits(outbound)
  const [first] = open
  const total = [...open.values()].reduce((sum, quantity) => sum + quantity, 0)
  if (!first || total < 2 || outbound.packages.length > 0) return false
  leave(customer, outbound, [{ sku: first[0], quantity: 1 }], building)
  outbound.state = 'partially-shipped'
  return true
}

function shipRest(customer: Customer, outbound: Outbound, building: Building): boolean {
  for (const lines of packRest(outbound, building)) leave(customer, outbound, lines, building)
  outbound.state = 'shipped'
  return true
}

/** All in one box, or a box for each unit's SKU and, of a single SKU, for the first unit and the others. */
function packRest(outbound: Outbound, building: Building): readonly Package['lines'][] {
  const lines = [...openUnits(outbound)].map(([sku, quantity]) => ({ sku, quantity }))
  const [only] = lines
  if (!building.switches['several-packages'] || !only) return lines.length > 0 ? [lines] : []
  if (lines.length > 1 || only.quantity === 1) return lines.map((line) => [line])
  return [[{ sku: only.sku, quantity: 1 }], [{ sku: only.sku, quantity: only.quantity - 1 }]]
}

function leave(customer: Customer, outbound: Outbound, lines: Package['lines'], building: Building): void {
  const isFirst = outbound.packages.length === 0
  const useLabel = isFirst && outbound.labelNumber !== undefined && !building.switches['tracking-number-changes']
  const trackingNumber = useLabel && outbound.labelNumber !== undefined ? outbound.labelNumber : building.nextTrackingNumber()
  outbound.packages.push({ trackingNumber, shippedAt: building.now, lines })
  outbound.shippedAt ??= building.now
  const from = outbound.hasReserved ? 'reserved' : 'sellable'
  for (const { sku, quantity } of lines) moveStock(customer, outbound.request.warehouse_code, sku, { [from]: -quantity, shipped: quantity })
}

function openUnits(outbound: Outbound): ReadonlyMap<string, number> {
  const open = new Map(unitsOf(outbound))
  for (const { lines } of outbound.packages) {
    for (const { sku, quantity } of lines) open.set(sku, (open.get(sku) ?? 0) - quantity)
  }
  return new Map([...open].filter(([, quantity]) => quantity > 0))
}
