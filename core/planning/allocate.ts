import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Warehouse } from '../model/warehouse.ts'
import type { RuleTrial } from '../rules/rule.ts'
import type { AllocateAction, ScoreKey } from '../rules/stages/allocate.ts'
import { describeOption } from './choose-service.ts'
import { type LineUnits, unitsOf } from './demand.ts'
import { type Division, divideShipment } from './divide-shipment.ts'
import { systemHold } from './holds.ts'
import { furthestHold, holdOf, type Obstacle } from './obstacle.ts'
import { type Offer, offerOf } from './offer.ts'
import { withOptions } from './part-options.ts'
import type { Allocation, PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { bestOffer } from './score-offers.ts'
import { describeLeft, unitsIn } from './ship-what-is-there.ts'
import { factsOf, partOf, type Shipment } from './shipment.ts'
import { without } from './split-order.ts'
import { type Policy, ruledOut, splitChoice, spread, waitingRest } from './spread-order.ts'
import { stockWithout } from './stock-view.ts'

/**
 * The warehouse that ships the whole order: of those that the allocate rules leave and that can take it now,
 * the one whose service costs least, then the faster, then the one listed first; rules may score otherwise.
 * Where prices cannot be compared for want of a rate, what is in the country of the address goes first. Where
 * no warehouse has everything, a split rule may spread the order; one that divides it is asked before. An
 * operator's choice of warehouse or service leaves only that.
 */
export function allocate(input: PlanningInput, shipment: Shipment): Allocation {
  return withOptions(input, shipment, allocateGoods(input, shipment))
}

function allocateGoods(input: PlanningInput, shipment: Shipment): Allocation {
  const choice = input.rules.dividesAhead ? splitChoice(input, shipment) : undefined
  if (choice?.hold) return ruledOut('split', choice.hold, choice.trials)
  const action = choice?.action
  if (action?.mode !== 'by-limit' && action?.mode !== 'by-cargo') return allocateWhole(input, shipment)
  const ruled = policyFor(input, shipment)
  if ('hold' in ruled) return ruled
  const division = divideShipment(input, shipment, action, ruled.policy.warehouses)
  const rule = { name: choice?.rule ?? '', maxParts: action.maxParts }
  return allocateGroups(input, shipment, division, { ...rule, rules: choice?.trials ?? [] })
}

interface DividingRule {
  readonly name: string
  readonly maxParts: number
  readonly rules: readonly RuleTrial[]
}

function allocateGroups(input: PlanningInput, shipment: Shipment, division: Division, { name, maxParts, rules }: DividingRule): Allocation {
  const stop = (hold: WantedHold): Allocation => ({ hold, trace: [{ stage: 'split', result: hold.reason, rules }] })
  if ('missing' in division) {
    const detail = `the rule "${name}" divides the order by what is not known, ${division.missing}: ${division.remedy}`
    return stop(systemHold(division.isRate ? 'fx-missing' : 'no-route', '', detail))
  }
  const { groups } = division
  if (groups.length <= 1) {
    const whole = allocateWhole(input, shipment)
    return { ...whole, trace: [{ stage: 'split', result: 'not split', rules }, ...whole.trace] }
  }
  if (groups.length > maxParts)
    return stop(systemHold('split-not-allowed', '', `the rule "${name}" makes ${groups.length} parts of the order and allows ${maxParts}`))
  if (!shipment.order.partialShipmentAllowed) {
    const detail = `the rule "${name}" makes ${groups.length} parts of the order, and the platform takes no part shipments of it`
    return stop(systemHold('split-not-allowed', '', detail))
  }
  const step: TraceStep = { stage: 'split', result: `${groups.length} parts, by the rule "${name}"`, rules }
  return inTurn(input, shipment, groups, [step])
}

/** Each part finds its own warehouse with what the ones before it have left. All go, or none does; a rule may leave some of a part behind. */
function inTurn(input: PlanningInput, shipment: Shipment, groups: readonly LineUnits[], first: readonly TraceStep[]): Allocation {
  const parts: PlannedPart[] = []
  const trace = [...first]
  let isAll = true
  for (const units of groups) {
    const found = allocateWhole({ ...input, stock: stockWithout(input.stock, parts) }, partOf(shipment, units))
    trace.push(...found.trace)
    if ('hold' in found) return { hold: found.hold, trace }
    parts.push(...found.parts)
    isAll &&= found.rest === undefined
  }
  if (isAll) return { parts, trace }
  const left = parts.map(unitsOf).reduce(without, unitsIn(shipment))
  return { parts, rest: waitingRest(describeLeft(shipment, left)), trace }
}

function allocateWhole(input: PlanningInput, shipment: Shipment): Allocation {
  const ruled = policyFor(input, shipment)
  if ('hold' in ruled) return ruled
  const { policy, rule, rules } = ruled
  const { warehouse: byHand } = shipment.order.edits
  const { offers, obstacles, details: found } = collect(input, shipment, policy.warehouses, policy.service)
  const undecided = obstacles.find((obstacle) => obstacle.hold)
  const candidates = undecided ? [] : offers.filter((offer) => !policy.needsFullStock || !offer.shortage)
  const { offer: best, note } = bestOffer(input, candidates, policy.score ?? defaultScore, shipment.shipTo.country)
  const details = note === undefined ? found : [...found, note]
  if (best && !best.shortage) {
    const result = `${best.part.warehouse.code}${rule === undefined ? '' : `, by the rule "${rule}"`}`
    return { parts: [best.part], trace: [{ stage: 'allocate', result, details, ...rules }, best.courier] }
  }
  const hold = undecided ? holdOf(undecided) : best?.shortage ? holdOf(best.shortage) : obstacleHold(offers, obstacles, byHand)
  const step: TraceStep = { stage: 'allocate', result: hold.reason, details, ...rules }
  const split = undecided || byHand !== undefined ? undefined : spread(input, shipment, policy, hold)
  return split ? { ...split, trace: [step, ...split.trace] } : { hold, trace: [step] }
}

type Ruled = { readonly policy: Policy; readonly rule: string | undefined; readonly rules: Pick<TraceStep, 'rules'> }

/** What the allocate rules say about the shipment; a hold when one of them could not be told. */
function policyFor(input: PlanningInput, { order, promisedLevel }: Shipment): Ruled | (Allocation & { readonly hold: WantedHold }) {
  const { warehouse: byHand, service } = order.edits
  const choice = byHand === undefined ? input.rules.allocate?.(factsOf(input, order, { promisedLevel })) : undefined
  if (choice?.hold) return ruledOut('allocate', choice.hold, choice.trials)
  const policy = policyOf(input, byHand, choice?.action)
  return {
    policy: { ...policy, service: service ?? policy.service },
    rule: choice?.rule,
    rules: choice ? { rules: choice.trials } : {},
  }
}

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
      const zone = found.place ? `, zone ${found.place.zone}${found.place.remote ? ' (remote)' : ''}` : ''
      const lacks = found.shortage ? `; ${holdOf(found.shortage).detail}` : ''
      details.push(`${warehouse.code} by ${describeOption(found.option)}${zone}${lacks}`)
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
