import { unitsByWmsSku, warehouseLines } from '../mapping/warehouse-lines.ts'
import type { FulfillmentLine } from '../model/fulfillment-order.ts'
import type { ShippingService, Warehouse } from '../model/warehouse.ts'
import { chooseService, type ServiceOption } from './choose-service.ts'
import { type Measures, measureGoods } from './measure-goods.ts'
import type { Obstacle } from './obstacle.ts'
import type { PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { limitProblem } from './service-limits.ts'
import type { Shipment } from './shipment.ts'
import type { ZonePlace } from './zones.ts'

/** What one warehouse can do for a shipment. */
export interface Offer {
  readonly part: PlannedPart
  readonly option: ServiceOption
  /** Undefined when no zone table covers it. */
  readonly place: ZonePlace | undefined
  /** What it lacks just now; undefined when it has everything. */
  readonly shortage: Obstacle | undefined
  /** Warehouse units that it has, of all that are needed. */
  readonly coveredUnits: number
  readonly courier: TraceStep
}

/** How a warehouse would ship all of it, or what keeps it from doing so. */
export function offerOf(
  input: PlanningInput,
  shipment: Shipment,
  warehouse: Warehouse,
  fixedService: string | undefined,
): Offer | Obstacle {
  const { country } = shipment.shipTo
  const serving = warehouse.services.filter((service) => servesCountry(service, country) && (fixedService ?? service.code) === service.code)
  if (serving.length === 0) return notServed(warehouse, country, fixedService)
  const stocked = warehouseLines(warehouse.code, shipment.needs, input.catalog)
  if ('problem' in stocked) {
    return { stage: stocked.problem === 'unmapped-sku' ? 1 : 2, reason: stocked.problem, subject: stocked.sku, detail: stocked.detail }
  }
  const measures = measureGoods(shipment, input.catalog)
  const { services, refused } = withinLimits(serving, measures, input)
  if (services.length === 0) return noneTakesIt(warehouse, refused)
  const place = input.catalog.zones.find(warehouse.code, shipment.shipTo)
  const isFixed = fixedService !== undefined
  const choice = chooseService(input, shipment, warehouse, { services, measures, place, refused, isFixed })
  if ('stage' in choice) return choice
  const { option, trace } = choice
  const { price } = option
  return {
    part: { warehouse, service: option.service, lines: stocked.lines, ...(price && { price }) },
    option,
    place,
    courier: trace,
    ...stockOf(input, warehouse, stocked.lines),
  }
}

function withinLimits(serving: readonly ShippingService[], measures: Measures, input: PlanningInput) {
  const services: ShippingService[] = []
  const refused: string[] = []
  for (const service of serving) {
    const problem = limitProblem(service, measures, input)
    if (problem === undefined) services.push(service)
    else refused.push(`${service.code} does not take it: ${problem}`)
  }
  return { services, refused }
}

function noneTakesIt(warehouse: Warehouse, refused: readonly string[]): Obstacle {
  const detail = `no service of warehouse ${warehouse.code} takes it; ${refused.join('; ')}`
  return { stage: 3, reason: 'no-route', subject: warehouse.code, detail }
}

function notServed(warehouse: Warehouse, country: string, fixedService: string | undefined): Obstacle {
  const detail =
    fixedService === undefined
      ? `no service of warehouse ${warehouse.code} goes to ${country}: add the country to a service in warehouses.yaml`
      : `the service ${fixedService}, chosen beforehand, does not go to ${country} from warehouse ${warehouse.code}`
  return { stage: 0, reason: 'country-not-served', subject: country, detail }
}

function servesCountry(service: ShippingService, country: string): boolean {
  return service.countries.length === 0 || service.countries.includes(country)
}

function stockOf(input: PlanningInput, warehouse: Warehouse, lines: readonly FulfillmentLine[]): Pick<Offer, 'shortage' | 'coveredUnits'> {
  const short: string[] = []
  const skus: string[] = []
  let coveredUnits = 0
  for (const [wmsSku, quantity] of unitsByWmsSku(lines)) {
    const free = input.stock.free(warehouse.code, wmsSku)
    coveredUnits += Math.max(0, Math.min(free ?? 0, quantity))
    if (free !== undefined && free >= quantity) continue
    skus.push(wmsSku)
    short.push(
      free === undefined
        ? `the stock of warehouse ${warehouse.code} was not read yet`
        : `${warehouse.code} has ${Math.max(0, free)} of ${wmsSku} free, ${quantity} are needed`,
    )
  }
  if (short.length === 0) return { shortage: undefined, coveredUnits }
  const detail = `${[...new Set(short)].join('; ')} (${skus.join(', ')}): goes on by itself when there is stock`
  return { shortage: { stage: 4, reason: 'out-of-stock', subject: '', detail }, coveredUnits }
}
