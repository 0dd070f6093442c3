import type { Warehouse } from '../model/warehouse.ts'
import { describeAmount } from '../rules/conditions/amount.ts'
import type { Money } from '../value/money.ts'
import { leastCommonMultiple, wholePacks } from '../value/quantity.ts'
import { areComparable, leastCostly, priceIn } from './compare-prices.ts'
import type { LineUnits } from './demand.ts'
import { type Offer, offerOf } from './offer.ts'
import type { PlanningInput } from './plan.ts'
import { partOf, type Shipment } from './shipment.ts'

export interface SplitInput {
  /** The preferred one first. */
  readonly warehouses: readonly Warehouse[]
  readonly maxParts: number
  readonly service: string | undefined
}

/** More combinations than this are not tried: the preferred warehouses come first. */
const mostCombinations = 200

/**
 * Spreads a shipment over the fewest warehouses that together have everything now. A unit of an order line
 * is never torn, so the parts of a bundle stay together; lines stay whole where that is possible. Of equal
 * ways the cheaper one, then the one over the preferred warehouses. Undefined when there is no way.
 */
export function splitOrder(input: PlanningInput, shipment: Shipment, split: SplitInput): readonly Offer[] | undefined {
  for (let size = 2; size <= Math.min(split.maxParts, split.warehouses.length); size += 1) {
    const combinations = arrangements(split.warehouses, size).slice(0, mostCombinations)
    for (const take of [takeWholeLines, takeUnits]) {
      const ways = combinations.map((warehouses) => tryWay(input, shipment, { warehouses, take, service: split.service }))
      const best = bestWay(
        input,
        ways.filter((way) => way !== undefined),
        shipment.shipTo.country,
      )
      if (best) return best
    }
  }
  return undefined
}

type Take = (input: PlanningInput, warehouse: Warehouse, shipment: Shipment, open: LineUnits) => LineUnits

function tryWay(
  input: PlanningInput,
  shipment: Shipment,
  way: { readonly warehouses: readonly Warehouse[]; readonly take: Take; readonly service: string | undefined },
): readonly Offer[] | undefined {
  let open: LineUnits = new Map(shipment.order.lines.map((line) => [line.platformLineId, line.quantity]))
  const offers: Offer[] = []
  for (const warehouse of way.warehouses) {
    const taken = way.take(input, warehouse, shipment, open)
    if (taken.size === 0) return undefined
    const offer = offerOf(input, partOf(shipment, taken), warehouse, way.service)
    if ('stage' in offer || offer.shortage) return undefined
    offers.push(offer)
    open = without(open, taken)
  }
  return open.size === 0 ? offers : undefined
}

const takeWholeLines: Take = (input, warehouse, shipment, open) =>
  takeLines(input, warehouse, shipment, open, (units, most) => (most >= units ? units : 0))

export const takeUnits: Take = (input, warehouse, shipment, open) =>
  takeLines(input, warehouse, shipment, open, (units, most, step) => Math.min(units, most) - (Math.min(units, most) % step))

/** As many units of each line in turn as the warehouse has stock for and `choose` wants. */
function takeLines(
  input: PlanningInput,
  warehouse: Warehouse,
  shipment: Shipment,
  open: LineUnits,
  choose: (units: number, most: number, step: number) => number,
): LineUnits {
  const used = new Map<string, number>()
  const taken = new Map<string, number>()
  for (const line of shipment.order.lines) {
    const units = open.get(line.platformLineId) ?? 0
    if (units === 0) continue
    const goods = line.resolved.map((item) => ({ ...item, row: input.catalog.warehouseSku(warehouse.code, item.sku) }))
    const limits = goods.map(({ row, quantity }) => {
      if (!row) return 0
      const free = (input.stock.free(warehouse.code, row.wmsSku) ?? 0) - (used.get(row.wmsSku) ?? 0)
      return Math.max(0, Math.floor((free * row.unitFactor) / quantity))
    })
    const step = goods.reduce((sofar, { row, quantity }) => leastCommonMultiple(sofar, wholePacks(row?.unitFactor ?? 1, quantity)), 1)
    const count = choose(units, Math.min(...limits), step)
    if (count === 0) continue
    taken.set(line.platformLineId, count)
    for (const { row, quantity } of goods) {
      if (row) used.set(row.wmsSku, (used.get(row.wmsSku) ?? 0) + (quantity * count) / row.unitFactor)
    }
  }
  return taken
}

export function without(open: LineUnits, taken: LineUnits): LineUnits {
  return new Map(
    [...open].map(([line, units]): [string, number] => [line, units - (taken.get(line) ?? 0)]).filter(([, units]) => units > 0),
  )
}

/** Ordered choices of `size` out of the list, those of the first ones first. */
function arrangements<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]]
  return list.flatMap((first) =>
    arrangements(
      list.filter((other) => other !== first),
      size - 1,
    ).map((rest) => [first, ...rest]),
  )
}

type Way = readonly Offer[]

/** The cheapest; where prices cannot be compared, of those with most parts from the country of the address. */
function bestWay(input: PlanningInput, ways: readonly Way[], country: string): Way | undefined {
  const priceOf = (way: Way): Money | undefined => totalPrice(way, input)
  if (areComparable(ways, priceOf, input)) return leastCostly(ways, priceOf, input)[0]
  const partsNear = (way: Way): number => way.filter(({ part }) => part.warehouse.country === country).length
  const most = Math.max(...ways.map(partsNear))
  return leastCostly(
    ways.filter((way) => partsNear(way) === most),
    priceOf,
    input,
  )[0]
}

/** In the currency of the first part; undefined when a part has no price, or no rate leads there. */
function totalPrice(way: Way, rates: Pick<PlanningInput, 'fx' | 'now'>): Money | undefined {
  const currency = way[0]?.option.price?.currency
  if (currency === undefined) return undefined
  let total = 0
  for (const { option } of way) {
    const price = priceIn(currency, option.price, rates)
    if (price === undefined) return undefined
    total += price
  }
  return { minorUnits: total, currency }
}

export function describeWay(way: readonly Offer[], rates: Pick<PlanningInput, 'fx' | 'now'>): string {
  const cost = totalPrice(way, rates)
  const parts = way.map(({ part }) => {
    const goods = part.lines.map((line) => `${line.quantity * line.unitFactor} × ${line.sku}`).join(' + ')
    return `${goods} from ${part.warehouse.code} by ${part.service.code}`
  })
  return `${parts.join('; ')}${cost ? ` (${describeAmount(cost)} in all)` : ''}`
}
