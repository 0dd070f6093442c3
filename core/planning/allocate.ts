import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Warehouse } from '../model/warehouse.ts'
import { convertMoney } from '../rules/fx.ts'
import type { AllocateAction, ScoreKey } from '../rules/stages/allocate.ts'
import { describeOption } from './choose-service.ts'
import { ruleHold, systemHold } from './holds.ts'
import { furthestHold, holdOf, type Obstacle } from './obstacle.ts'
import { type Offer, offerOf } from './offer.ts'
import type { PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { factsOf, type Shipment } from './shipment.ts'
import { describeWay, splitOrder } from './split-order.ts'

export type Allocation = ({ readonly parts: readonly PlannedPart[] } | { readonly hold: WantedHold }) & {
  readonly trace: readonly TraceStep[]
}

/**
 * The warehouse that ships the whole order: of those that the allocate rules leave and that can take it now,
 * the one whose service costs least, then the faster, then the one listed first; rules may score otherwise.
 * Prices of different currencies are not compared without a rate. Where no warehouse has everything, a split
 * rule may spread the order. An operator's choice of warehouse or service leaves only that.
 */
export function allocate(input: PlanningInput, shipment: Shipment): Allocation {
  const { warehouse: byHand } = shipment.order.edits
  const facts = factsOf(input, shipment.order, { promisedLevel: shipment.promisedLevel })
  const choice = byHand === undefined ? input.rules.allocate?.(facts) : undefined
  const rules = choice && { rules: choice.trials }
  if (choice?.hold) {
    const hold = ruleHold(choice.hold)
    return { hold, trace: [{ stage: 'allocate', result: hold.reason, ...rules }] }
  }
  const policy = policyOf(input, byHand, choice?.action)
  const service = shipment.order.edits.service ?? policy.service
  const { offers, obstacles, details } = collect(input, shipment, policy.warehouses, service)
  const undecided = obstacles.find((obstacle) => obstacle.hold)
  const candidates = undecided ? [] : offers.filter((offer) => !policy.needsFullStock || !offer.shortage)
  const best = bestOffer(input, candidates, policy)
  if (best && !best.shortage) {
    const result = `${best.part.warehouse.code}${choice?.rule === undefined ? '' : `, by the rule "${choice.rule}"`}`
    return { parts: [best.part], trace: [{ stage: 'allocate', result, details, ...rules }, best.courier] }
  }
  const hold = undecided ? holdOf(undecided) : best?.shortage ? holdOf(best.shortage) : obstacleHold(offers, obstacles, byHand)
  const step: TraceStep = { stage: 'allocate', result: hold.reason, details, ...rules }
  const split = undecided || byHand !== undefined ? undefined : trySplit(input, shipment, { ...policy, service })
  if (!split) return { hold, trace: [step] }
  return 'parts' in split
    ? { parts: split.parts, trace: [step, ...split.trace] }
    : { hold: split.hold ?? hold, trace: [step, ...split.trace] }
}

type Policy = Omit<AllocateAction, 'warehouses'> & { readonly warehouses: readonly Warehouse[] }

const defaultScore: readonly ScoreKey[] = ['cost', 'days']

/** Which warehouses are asked, the preferred one first. */
function policyOf(input: PlanningInput, byHand: string | undefined, action: AllocateAction | undefined): Policy {
  const codes = byHand === undefined ? action?.warehouses : [byHand]
  const named = codes?.flatMap((code) => input.warehouses.filter((warehouse) => warehouse.code === code)) ?? input.warehouses
  const preferred = named.filter((warehouse) => warehouse.code === action?.tie)
  return {
    service: action?.service,
    score: action?.score,
    tie: action?.tie,
    needsFullStock: action?.needsFullStock ?? true,
    warehouses: [...preferred, ...named.filter((warehouse) => !preferred.includes(warehouse))],
  }
}

function collect(input: PlanningInput, shipment: Shipment, warehouses: readonly Warehouse[], service: string | undefined) {
  const offers: Offer[] = []
  const obstacles: Obstacle[] = []
  const details: string[] = []
  for (const warehouse of warehouses) {
    const found = offerOf(input, shipment, warehouse, service)
    if ('stage' in found) {
      obstacles.push(found)
      details.push(`${warehouse.code}: ${holdOf(found).detail}`)
    } else {
      offers.push(found)
      const lacks = found.shortage ? `; ${holdOf(found.shortage).detail}` : ''
      details.push(`${warehouse.code} by ${describeOption(found.option)}${lacks}`)
    }
  }
  return { offers, obstacles, details }
}

function obstacleHold(offers: readonly Offer[], obstacles: readonly Obstacle[], byHand: string | undefined): WantedHold {
  const all = [...obstacles, ...offers.flatMap((offer) => offer.shortage ?? [])]
  return furthestHold(all) ?? noWarehouse(byHand)
}

function noWarehouse(byHand: string | undefined): WantedHold {
  if (byHand !== undefined) return systemHold('no-route', byHand, `warehouse ${byHand}, chosen by hand, is not configured`)
  return systemHold('no-route', '', 'no warehouse is configured: add one to warehouses.yaml')
}

/** The first of the scores that tells two warehouses apart decides; else the preferred one stays. */
function bestOffer(input: PlanningInput, offers: readonly Offer[], policy: Policy): Offer | undefined {
  const scores = policy.score ?? defaultScore
  return offers.reduce<Offer | undefined>(
    (winner, offer) => (winner && !isBetter(input, offer, winner, scores) ? winner : offer),
    undefined,
  )
}

function isBetter(input: PlanningInput, offer: Offer, winner: Offer, scores: readonly ScoreKey[]): boolean {
  for (const score of scores) {
    const difference = compare(input, offer, winner, score)
    if (difference === undefined) return false
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Negative when the offer is better; undefined when the two cannot be compared. */
function compare(input: PlanningInput, offer: Offer, winner: Offer, score: ScoreKey): number | undefined {
  switch (score) {
    case 'cost':
      return compareCost(input, offer, winner)
    case 'days':
      return offer.option.slowestDays === winner.option.slowestDays ? 0 : offer.option.slowestDays - winner.option.slowestDays
    case 'cover':
      return winner.coveredUnits - offer.coveredUnits
  }
}

function compareCost({ fx, now }: PlanningInput, offer: Offer, winner: Offer): number | undefined {
  const { price } = offer.option
  const lowest = winner.option.price
  if (!price || !lowest) return undefined
  const same = convertMoney(price, lowest.currency, now, fx)
  return same && same.minorUnits - lowest.minorUnits
}

type Split = { readonly trace: readonly TraceStep[] } & ({ readonly parts: readonly PlannedPart[] } | { readonly hold?: WantedHold })

/** Undefined when no split rule is there to be asked. */
function trySplit(input: PlanningInput, shipment: Shipment, policy: Policy): Split | undefined {
  const choice = input.rules.split?.(factsOf(input, shipment.order, { promisedLevel: shipment.promisedLevel }))
  if (!choice) return undefined
  const rules = { rules: choice.trials }
  if (choice.hold) return { hold: ruleHold(choice.hold), trace: [{ stage: 'split', result: choice.hold.reason, ...rules }] }
  if (choice.action?.mode !== 'by-warehouse') return { trace: [{ stage: 'split', result: 'not split', ...rules }] }
  const { maxParts } = choice.action
  const way = splitOrder(input, shipment, { warehouses: policy.warehouses, maxParts, service: policy.service })
  if (!way) return { trace: [{ stage: 'split', result: `no ${maxParts} warehouses have everything together`, ...rules }] }
  if (!shipment.order.partialShipmentAllowed) {
    const detail =
      'no single warehouse has everything, and the platform takes no part shipments of this order: it waits until one warehouse has all of it'
    return { hold: systemHold('split-not-allowed', '', detail), trace: [{ stage: 'split', result: 'split-not-allowed', ...rules }] }
  }
  const step: TraceStep = { stage: 'split', result: describeWay(way), ...rules }
  return { parts: way.map((offer) => offer.part), trace: [step, ...way.map((offer) => offer.courier)] }
}
