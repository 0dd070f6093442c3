import { type Need, unitsByWmsSku, warehouseLines } from '../mapping/warehouse-lines.ts'
import type { FulfillmentLine } from '../model/fulfillment-order.ts'
import type { HoldReason } from '../model/hold.ts'
import type { Address } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { ShippingService, Warehouse } from '../model/warehouse.ts'
import { addMoney, type Money, money } from '../value/money.ts'
import type { PlannedPart, PlanningInput, TraceStep } from './plan.ts'

type Allocation = ({ readonly part: PlannedPart } | { readonly hold: WantedHold }) & { readonly trace: TraceStep }

interface Obstacle {
  /** How far the warehouse came: the one that came furthest names the reason. */
  readonly stage: number
  readonly reason: HoldReason
  readonly subject: string
  readonly detail: string
}

interface Candidate {
  readonly part: PlannedPart
  readonly price: Money | undefined
  readonly slowestDays: number
}

/**
 * The warehouse that can take the whole order now, by its cheapest fitting service. Equal prices go to
 * the faster service, then to the warehouse listed first. Prices of different currencies are not compared:
 * the warehouse listed first wins. An operator's choice of warehouse or service leaves only that.
 */
export function allocate(input: PlanningInput, needs: readonly Need[], shipTo: Address): Allocation {
  const { warehouse: fixedWarehouse, service: fixedService } = input.order.edits
  const warehouses = input.warehouses.filter((warehouse) => fixedWarehouse === undefined || warehouse.code === fixedWarehouse)
  const candidates: Candidate[] = []
  const obstacles: Obstacle[] = []
  const details: string[] = []
  for (const warehouse of warehouses) {
    const found = candidatesIn(input, warehouse, needs, shipTo, fixedService)
    if ('stage' in found) {
      obstacles.push(found)
      details.push(`${warehouse.code}: ${found.detail}`)
      continue
    }
    candidates.push(...found)
    details.push(...found.map((candidate) => `${warehouse.code} by ${candidate.part.service.code}: ${describePrice(candidate.price)}`))
  }
  const best = candidates.reduce<Candidate | undefined>(
    (winner, candidate) => (winner && !isBetter(candidate, winner) ? winner : candidate),
    undefined,
  )
  if (best)
    return { part: best.part, trace: { stage: 'allocate', result: `${best.part.warehouse.code} by ${best.part.service.code}`, details } }
  const worst = obstacles.reduce<Obstacle>(
    (furthest, obstacle) => (obstacle.stage > furthest.stage ? obstacle : furthest),
    noWarehouse(fixedWarehouse),
  )
  const hold: WantedHold = {
    reason: worst.reason,
    source: 'system',
    subject: worst.subject,
    detail: worst.detail,
    release: { mode: 'when-condition' },
  }
  return { hold, trace: { stage: 'allocate', result: worst.reason, details } }
}

function noWarehouse(fixed: string | undefined): Obstacle {
  const detail =
    fixed === undefined ? 'no warehouse is configured: add one to warehouses.yaml' : `warehouse ${fixed}, chosen by hand, is not configured`
  return { stage: -1, reason: 'no-route', subject: fixed ?? '', detail }
}

function candidatesIn(
  input: PlanningInput,
  warehouse: Warehouse,
  needs: readonly Need[],
  shipTo: Address,
  fixedService: string | undefined,
): readonly Candidate[] | Obstacle {
  const serving = warehouse.services.filter(
    (service) => servesCountry(service, shipTo.country) && (fixedService ?? service.code) === service.code,
  )
  if (serving.length === 0) {
    return {
      stage: 0,
      reason: 'country-not-served',
      subject: shipTo.country,
      detail: `no service of any warehouse goes to ${shipTo.country}: add the country to a service in warehouses.yaml`,
    }
  }
  const stocked = warehouseLines(warehouse.code, needs, input.catalog)
  if ('problem' in stocked) {
    return { stage: stocked.problem === 'unmapped-sku' ? 1 : 2, reason: stocked.problem, subject: stocked.sku, detail: stocked.detail }
  }
  const grams = weightGrams(needs, input)
  const fitting = serving.filter((service) => service.maxWeightGrams === undefined || grams <= service.maxWeightGrams)
  if (fitting.length === 0) {
    return {
      stage: 3,
      reason: 'no-route',
      subject: warehouse.code,
      detail: `${grams} g are more than any service of warehouse ${warehouse.code} to ${shipTo.country} takes`,
    }
  }
  const shortage = shortageIn(input, warehouse, stocked.lines)
  if (shortage) return shortage
  return fitting.map((service) => ({
    part: { warehouse, service, lines: stocked.lines },
    price: price(service, grams),
    slowestDays: service.days?.[1] ?? Number.MAX_SAFE_INTEGER,
  }))
}

function servesCountry(service: ShippingService, country: string): boolean {
  return service.countries.length === 0 || service.countries.includes(country)
}

function shortageIn(input: PlanningInput, warehouse: Warehouse, lines: readonly FulfillmentLine[]): Obstacle | undefined {
  const short: string[] = []
  const skus: string[] = []
  for (const [wmsSku, quantity] of unitsByWmsSku(lines)) {
    const free = input.stock.free(warehouse.code, wmsSku)
    if (free !== undefined && free >= quantity) continue
    skus.push(wmsSku)
    short.push(
      free === undefined
        ? `the stock of warehouse ${warehouse.code} was not read yet`
        : `${warehouse.code} has ${Math.max(0, free)} of ${wmsSku} free, ${quantity} are needed`,
    )
  }
  if (short.length === 0) return undefined
  return {
    stage: 4,
    reason: 'out-of-stock',
    subject: '',
    detail: `${[...new Set(short)].join('; ')} (${skus.join(', ')}): goes on by itself when there is stock`,
  }
}

function weightGrams(needs: readonly Need[], input: PlanningInput): number {
  return needs.reduce((sum, need) => sum + need.quantity * (input.catalog.products.get(need.sku)?.weightGrams ?? 0), 0)
}

function price(service: ShippingService, grams: number): Money | undefined {
  if (!service.price) return undefined
  const { base, perKg } = service.price
  if (!perKg) return base
  return addMoney(base, money(Math.ceil((perKg.minorUnits * grams) / 1000), perKg.currency))
}

function isBetter(candidate: Candidate, winner: Candidate): boolean {
  if (candidate.price && !winner.price) return candidate.part.warehouse === winner.part.warehouse
  if (!candidate.price || !winner.price || candidate.price.currency !== winner.price.currency) return false
  const difference = candidate.price.minorUnits - winner.price.minorUnits
  return difference < 0 || (difference === 0 && candidate.slowestDays < winner.slowestDays)
}

function describePrice(value: Money | undefined): string {
  return value === undefined ? 'no price' : `${value.minorUnits} minor units of ${value.currency}`
}
