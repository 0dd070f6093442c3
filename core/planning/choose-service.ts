import type { ShippingService, Warehouse } from '../model/warehouse.ts'
import { describeAmount } from '../rules/conditions/amount.ts'
import type { CourierAction, Rank } from '../rules/stages/courier.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { Money } from '../value/money.ts'
import { areComparable, leastCostly } from './compare-prices.ts'
import { daysToLeave } from './cutoff.ts'
import { ruleHold } from './holds.ts'
import { chargeableGrams, type Measures } from './measure-goods.ts'
import type { Obstacle } from './obstacle.ts'
import type { PlanningInput, TraceStep } from './plan.ts'
import { priceOf } from './service-price.ts'
import { factsOf, type Shipment } from './shipment.ts'
import type { ZonePlace } from './zones.ts'

/** A service of a warehouse that can take the shipment. */
export interface ServiceOption {
  readonly service: ShippingService
  readonly price: Money | undefined
  /** Days until it has surely arrived; infinite when the service does not say. */
  readonly slowestDays: number
  readonly arrivesBy: Instant | undefined
}

export type ServiceChoice = { readonly option: ServiceOption; readonly trace: TraceStep } | Obstacle

const dayMs = 86_400_000

/** The service of one warehouse that the courier rules choose among those that fit; by default the cheapest, then the faster. */
export function chooseService(input: PlanningInput, shipment: Shipment, warehouse: Warehouse, fitting: Fitting): ServiceChoice {
  const waitDays = daysToLeave(warehouse, input.now)
  const options = fitting.services.map((service) => optionOf(service, fitting, { waitDays, now: input.now }))
  const facts = factsOf(input, shipment.order, { promisedLevel: shipment.promisedLevel, warehouse: warehouse.code })
  const choice = fitting.isFixed ? undefined : input.rules.courier?.(facts)
  if (choice?.hold) return { stage: 9, hold: ruleHold(choice.hold) }
  const decided = decide(options, choice?.action ?? cheapest, { deliverBy: shipment.order.deliverBy, input })
  if (!decided) return ruleLeavesNothing(warehouse, choice?.rule ?? '', choice?.action)
  const result = `${decided.option.service.code} from ${warehouse.code}: ${fitting.isFixed ? 'chosen beforehand' : decided.because}`
  const trace: TraceStep = {
    stage: 'courier',
    result,
    details: [...options.map(describeOption), ...fitting.refused],
    ...(choice && { rules: choice.trials }),
  }
  return { option: decided.option, trace }
}

/** The services of a warehouse that take the parcel, and why the others do not. */
export interface Fitting {
  readonly services: readonly ShippingService[]
  readonly refused: readonly string[]
  readonly measures: Measures
  readonly place: ZonePlace | undefined
  readonly isFixed: boolean
}

const cheapest: CourierAction = { services: undefined, features: undefined, rank: 'cost', fallback: undefined }

function optionOf(
  service: ShippingService,
  { measures, place }: Fitting,
  { waitDays, now }: { readonly waitDays: number; readonly now: Instant },
): ServiceOption {
  const days = service.days?.[1]
  return {
    service,
    price: priceOf(service, chargeableGrams(measures, service.volumetricDivisor), place),
    slowestDays: days ?? Number.POSITIVE_INFINITY,
    arrivesBy: days === undefined ? undefined : addMs(now, (days + waitDays) * dayMs),
  }
}

interface Decided {
  readonly option: ServiceOption
  readonly because: string
}

interface Situation {
  readonly deliverBy: Instant | undefined
  readonly input: PlanningInput
}

function decide(options: readonly ServiceOption[], action: CourierAction, { deliverBy, input }: Situation): Decided | undefined {
  const candidates = options.filter(({ service }) => isAllowed(service, action))
  const fallback = options.find((option) => option.service.code === action.fallback)
  const instead = fallback && { option: fallback, because: 'the fallback' }
  if (candidates.length === 0) return instead
  if (action.rank !== 'cost-within-promise' || deliverBy === undefined) return best(candidates, action.rank, input)
  const inTime = candidates.filter((option) => option.arrivesBy !== undefined && option.arrivesBy <= deliverBy)
  const cheapestInTime = best(inTime, 'cost', input)
  if (cheapestInTime) return { ...cheapestInTime, because: `${cheapestInTime.because} that arrives by ${deliverBy}` }
  const fastest = best(candidates, 'speed', input)
  return instead ?? (fastest && { ...fastest, because: `the fastest, because none arrives by ${deliverBy}` })
}

function isAllowed(service: ShippingService, { services, features }: CourierAction): boolean {
  const hasAll = features?.every((feature) => service.features?.includes(feature)) ?? true
  return hasAll && (services?.includes(service.code) ?? true)
}

function best(options: readonly ServiceOption[], rank: Rank, input: PlanningInput): Decided | undefined {
  const ranked = rank === 'speed' ? cheapestOf(fastestOf(options), input) : fastestOf(cheapestOf(options, input))
  const option = ranked[0]
  if (!option || rank === 'speed') return option && { option, because: 'the fastest' }
  const priced = options.filter((each) => each.price)
  const isTold = priced.length < 2 || areComparable(priced, (each) => each.price, input)
  return { option, because: isTold ? 'the cheapest' : 'the cheapest of those whose prices can be compared' }
}

/** Services without a price come last. Prices without a rate between them are not compared: the service listed first stays. */
function cheapestOf(options: readonly ServiceOption[], input: PlanningInput): readonly ServiceOption[] {
  const priced = options.filter((option) => option.price)
  return priced.length === 0 ? options : leastCostly(priced, (option) => option.price, input)
}

function fastestOf(options: readonly ServiceOption[]): readonly ServiceOption[] {
  const fewest = Math.min(...options.map((option) => option.slowestDays))
  return options.filter((option) => option.slowestDays === fewest)
}

function ruleLeavesNothing(warehouse: Warehouse, rule: string, action: CourierAction | undefined): Obstacle {
  const features = action?.features && `services with ${action.features.join(', ')}`
  const allowed = [action?.services?.join(', '), features].filter(Boolean).join(' of ') || 'no service'
  return {
    stage: 3,
    reason: 'no-route',
    subject: warehouse.code,
    detail: `the rule "${rule}" allows only ${allowed}, and warehouse ${warehouse.code} cannot send this order that way: change the rule or give it a fallback`,
  }
}

export function describeOption({ service, price, slowestDays }: ServiceOption): string {
  const days = Number.isFinite(slowestDays) ? `at most ${slowestDays} days` : 'days unknown'
  return `${service.code}: ${price ? describeAmount(price) : 'no price'}, ${days}`
}
