import type { CargoClass } from '../model/catalog.ts'
import type { Order, OrderLine } from '../model/order.ts'
import type { Warehouse } from '../model/warehouse.ts'
import { convertMoney } from '../rules/fx.ts'
import type { PartLimit, SplitAction } from '../rules/stages/split.ts'
import { leastCommonMultiple, wholePacks } from '../value/quantity.ts'
import type { LineUnits } from './demand.ts'
import { type Missing, unknownClass, unknownPrice, unknownRate, unknownWeight } from './missing.ts'
import type { PlanningInput } from './plan.ts'
import type { Shipment } from './shipment.ts'

/** What goes together, part by part; or a figure that is not known, so that nothing can be divided by it. */
export type Division = { readonly groups: readonly LineUnits[] } | Missing

/** Divides by what the goods are, before a warehouse is looked for. A unit of an order line is never torn. */
export function divideShipment(
  input: PlanningInput,
  shipment: Shipment,
  action: Extract<SplitAction, { readonly mode: 'by-limit' | 'by-cargo' }>,
  warehouses: readonly Warehouse[],
): Division {
  if (action.mode === 'by-cargo') return byCargo(input, shipment.order, action.apart)
  const loads: Load[] = []
  for (const line of shipment.order.lines) {
    const load = loadOf(input, line, action.limit)
    if ('missing' in load) return load
    loads.push({ ...load, step: stepOf(input, line, warehouses) })
  }
  return { groups: byLimit(loads, action.limit) }
}

/** A bundle goes with the strictest of its goods; what is not asked to go apart goes together. */
function byCargo({ catalog }: PlanningInput, { lines }: Order, apart: readonly CargoClass[] | undefined): Division {
  const groups = new Map<string, Map<string, number>>()
  for (const { platformLineId, quantity, resolved } of lines) {
    const unknown = resolved.find((item) => !catalog.products.has(item.sku))
    if (unknown) return unknownClass(unknown.sku)
    const classes = resolved.flatMap((item) => catalog.products.get(item.sku)?.cargoClass ?? [])
    const named = classes.filter((each) => each !== 'general' && (apart?.includes(each) ?? true))
    const key = [...new Set(named)].sort().join(' ')
    groups.set(key, (groups.get(key) ?? new Map()).set(platformLineId, quantity))
  }
  return { groups: [...groups.values()] }
}

/** What one unit of an order line adds to a part. */
interface Weights {
  readonly grams: number
  readonly pieces: number
  readonly minorUnits: number
}

interface Load extends Weights {
  readonly line: OrderLine
  /** Units that together make whole warehouse units. */
  readonly step: number
}

function loadOf({ catalog, fx, now }: PlanningInput, line: OrderLine, limit: PartLimit): Omit<Load, 'step'> | Missing {
  let grams = 0
  let pieces = 0
  for (const { sku, quantity } of line.resolved) {
    const { weightGrams } = catalog.products.get(sku) ?? {}
    if (limit.maxWeightGrams !== undefined && weightGrams === undefined) return unknownWeight(sku)
    grams += (weightGrams ?? 0) * quantity
    pieces += quantity
  }
  const { unitPrice } = line
  if (!limit.maxValue) return { line, grams, pieces, minorUnits: 0 }
  if (!unitPrice) return unknownPrice
  const value = convertMoney(unitPrice, limit.maxValue.currency, now, fx)
  if (!value) return unknownRate(unitPrice.currency, limit.maxValue.currency)
  return { line, grams, pieces, minorUnits: value.minorUnits }
}

/** Any of the warehouses may come to ship it. */
function stepOf({ catalog }: PlanningInput, { resolved }: OrderLine, warehouses: readonly Warehouse[]): number {
  const rows = warehouses.flatMap(({ code }) => resolved.map(({ sku, quantity }) => ({ row: catalog.warehouseSku(code, sku), quantity })))
  return rows.reduce((step, { row, quantity }) => leastCommonMultiple(step, wholePacks(row?.unitFactor ?? 1, quantity)), 1)
}

interface Part {
  readonly units: Map<string, number>
  readonly room: Weights
}

/** Each line goes whole into the first part that has room for it, else as many units as fit into each. */
function byLimit(loads: readonly Load[], limit: PartLimit): readonly LineUnits[] {
  const parts: Part[] = []
  const empty: Weights = {
    grams: limit.maxWeightGrams ?? Number.POSITIVE_INFINITY,
    pieces: limit.maxQuantity ?? Number.POSITIVE_INFINITY,
    minorUnits: limit.maxValue?.minorUnits ?? Number.POSITIVE_INFINITY,
  }
  for (const load of loads) {
    let left = load.line.quantity
    const whole = parts.findIndex(({ room }) => fitting(load, room) >= left)
    if (whole >= 0) {
      fill(parts, whole, load, left)
      continue
    }
    const isWholeSomewhere = fitting(load, empty) >= left
    for (let index = 0; left > 0; index += 1) {
      const part = parts[index] ?? { units: new Map(), room: empty }
      if (index === parts.length) parts.push(part)
      else if (isWholeSomewhere) continue
      const fits = inSteps(Math.min(fitting(load, part.room), left), load.step)
      // What is too much by itself is not torn: it goes alone, and the service says whether it takes it.
      const units = fits > 0 || part.units.size > 0 ? fits : Math.min(load.step, left)
      if (units === 0) continue
      fill(parts, index, load, units)
      left -= units
    }
  }
  return parts.map((part) => part.units)
}

function fitting(load: Load, room: Weights): number {
  const ratios = [fitsInto(load.grams, room.grams), fitsInto(load.pieces, room.pieces), fitsInto(load.minorUnits, room.minorUnits)]
  return Math.max(0, Math.min(...ratios))
}

function fitsInto(one: number, room: number): number {
  return one === 0 ? (room >= 0 ? Number.POSITIVE_INFINITY : 0) : Math.floor(room / one)
}

function inSteps(units: number, step: number): number {
  return units - (units % step)
}

function fill(parts: Part[], index: number, load: Load, units: number): void {
  const part = parts[index]
  if (!part) return
  const { units: inside, room } = part
  inside.set(load.line.platformLineId, (inside.get(load.line.platformLineId) ?? 0) + units)
  parts[index] = {
    units: inside,
    room: {
      grams: room.grams - load.grams * units,
      pieces: room.pieces - load.pieces * units,
      minorUnits: room.minorUnits - load.minorUnits * units,
    },
  }
}
