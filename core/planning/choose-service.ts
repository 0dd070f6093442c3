import type { ShippingService, Warehouse } from '../model/warehouse.ts'
import { describeAmount } from '../rules/conditions/amount.ts'
import type { CourierAction, Rank } from '../rules/stages/courier.ts'
import { addMs, type Instant } from '../value/instant.ts'
import { addMoney, type Money, money } from '../value/money.ts'
import { leavesToday } from './cutoff.ts'
import { ruleHold } from './holds.ts'
import type { Obstacle } from './obstacle.ts'
import type { PlanningInput, TraceStep } from './plan.ts'
import { factsOf, type Shipment } from './shipment.ts'

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
export function chooseService(
  input: PlanningInput,
  shipment: Shipment,
  warehouse: Warehouse,
  fitting: { readonly services: readonly ShippingService[]; readonly grams: number; readonly isFixed: boolean },
): ServiceChoice {
  const waitDays = leavesToday(warehouse, input.now) ? 0 : 1
  const options = fitting.services.map((service) => optionOf(service, { grams: fitting.grams, waitDays, now: input.now }))
  const facts = factsOf(input, shipment.order, { promisedLevel: shipment.promisedLevel, warehouse: warehouse.code })
  const choice = fitting.isFixed ? undefined : input.rules.courier?.(facts)
  if (choice?.hold) return { stage: 9, hold: ruleHold(choice.hold) }
  const decided = decide(options, choice?.action ?? cheapest, shipment.order.deliverBy)
  if (!decided) return ruleLeavesNothing(warehouse, choice?.rule ?? '', choice?.action)
  const result = `${decided.option.service.code} from ${warehouse.code}: ${fitting.isFixed ? 'chosen beforehand' : decided.because}`
  const trace: TraceStep = {
    stage: 'courier',
    result,
    details: options.map(describeOption),
    ...(choice && { rules: choice.trials }),
  }
  return { option: decided.option, trace }
}

const cheapest: CourierAction = { services: undefined, rank: 'cost', fallback: undefined }

function optionOf(
  service: ShippingService,
  { grams, waitDays, now }: { readonly grams: number; readonly waitDays: number; readonly now: Instant },
): ServiceOption {
  const days = service.days?.[1]
  return {
    service,
    price: priceOf(service, grams),
    slowestDays: days ?? Number.POSITIVE_INFINITY,
    arrivesBy: days === undefined ? undefined : addMs(now, (days + waitDays) * dayMs),
  }
}

/** What the service costs for so many grams; undefined when it has no price. */
export function priceOf(service: ShippingService, grams: number): Money | undefined {
  if (!service.price) return undefined
  const { base, perKg } = service.price
  if (!perKg) return base
  return addMoney(base, money(Math.ceil((perKg.minorUnits * grams) / 1000), perKg.currency))
}

interface Decided {
  readonly option: ServiceOption
  readonly because: string
}

function decide(options: readonly ServiceOption[], action: CourierAction, deliverBy: Instant | undefined): Decided | undefined {
  const candidates = options.filter((option) => action.services?.includes(option.service.code) ?? true)
  const fallback = options.find((option) => option.service.code === action.fallback)
  const instead = fallback && { option: fallback, because: 'the fallback' }
  if (candidates.length === 0) return instead
  if (action.rank !== 'cost-within-promise' || deliverBy === undefined) return best(candidates, action.rank)
  const inTime = candidates.filter((option) => option.arrivesBy !== undefined && option.arrivesBy <= deliverBy)
  const cheapestInTime = best(inTime, 'cost')
  if (cheapestInTime) return { ...cheapestInTime, because: `the cheapest that arrives by ${deliverBy}` }
  const fastest = best(candidates, 'speed')
  return instead ?? (fastest && { ...fastest, because: `the fastest, because none arrives by ${deliverBy}` })
}

function best(options: readonly ServiceOption[], rank: Rank): Decided | undefined {
  const isBetter = rank === 'speed' ? isFaster : isCheaper
  const option = options.reduce<ServiceOption | undefined>((winner, each) => (winner && !isBetter(each, winner) ? winner : each), undefined)
  return option && { option, because: rank === 'speed' ? 'the fastest' : 'the cheapest' }
}

/** Prices of different currencies are not compared: the service listed first stays. */
function isCheaper(option: ServiceOption, winner: ServiceOption): boolean {
  if (!option.price || !winner.price)
    return option.price !== undefined || (winner.price === undefined && option.slowestDays < winner.slowestDays)
  if (option.price.currency !== winner.price.currency) return false
  const difference = option.price.minorUnits - winner.price.minorUnits
  return difference < 0 || (difference === 0 && option.slowestDays < winner.slowestDays)
}

function isFaster(option: ServiceOption, winner: ServiceOption): boolean {
  return option.slowestDays < winner.slowestDays || (option.slowestDays === winner.slowestDays && isCheaper(option, winner))
}

function ruleLeavesNothing(warehouse: Warehouse, rule: string, action: CourierAction | undefined): Obstacle {
  const allowed = action?.services?.join(', ') ?? 'no service'
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
