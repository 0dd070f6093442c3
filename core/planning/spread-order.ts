import type { WantedHold } from '../model/reconcile-holds.ts'
import type { Warehouse } from '../model/warehouse.ts'
import type { RuleHold } from '../rules/facts.ts'
import type { Choice, RuleTrial } from '../rules/rule.ts'
import type { AllocateAction } from '../rules/stages/allocate.ts'
import type { SplitAction } from '../rules/stages/split.ts'
import { restHold, ruleHold, systemHold } from './holds.ts'
import type { Offer } from './offer.ts'
import type { Allocation, PlanningInput, TraceStep } from './plan.ts'
import { describeLeft, lacksOnlyStock, shipWhatIsThere, unitsIn } from './ship-what-is-there.ts'
import { factsOf, type Shipment } from './shipment.ts'
import { describeWay, splitOrder } from './split-order.ts'

/** Which warehouses may ship, and how they are compared. */
export type Policy = Omit<AllocateAction, 'warehouses'> & { readonly warehouses: readonly Warehouse[] }

/** What the split rules say about the shipment; undefined without such rules. */
export function splitChoice(input: PlanningInput, { order, promisedLevel }: Shipment): Choice<SplitAction> | undefined {
  return input.rules.split?.(factsOf(input, order, { promisedLevel }))
}

/** A rule that could not be told: nothing below it may be tried. */
export function ruledOut(stage: TraceStep['stage'], told: RuleHold, rules: readonly RuleTrial[]) {
  const hold = ruleHold(told)
  return { hold, trace: [{ stage, result: hold.reason, rules }] as const }
}

/** What the split rules make of a shipment that no single warehouse has. Undefined without such rules; `shortage` is why it would wait. */
export function spread(input: PlanningInput, shipment: Shipment, policy: Policy, shortage: WantedHold): Allocation | undefined {
  const choice = splitChoice(input, shipment)
  if (!choice) return undefined
  const { action, trials: rules } = choice
  if (choice.hold) return ruledOut('split', choice.hold, rules)
  const wait = (result: string, hold: WantedHold): Allocation => ({ hold, trace: [{ stage: 'split', result, rules }] })
  if (action?.mode !== 'by-warehouse' && action?.mode !== 'in-stock-first') return wait('not split', shortage)
  const { maxParts, mode } = action
  const way = splitOrder(input, shipment, { warehouses: policy.warehouses, maxParts, service: policy.service })
  const ahead = way || mode === 'by-warehouse' ? undefined : shipWhatIsThere(input, shipment, policy, maxParts)
  if (!way && !ahead) {
    const isRest = mode === 'in-stock-first' && input.isBegun === true && lacksOnlyStock(input, shipment, policy, unitsIn(shipment))
    const result = mode === 'by-warehouse' ? `no ${maxParts} warehouses have everything together` : 'nothing of it can go ahead'
    return wait(result, isRest ? waitingRest(describeLeft(shipment, unitsIn(shipment))) : shortage)
  }
  if (!shipment.order.partialShipmentAllowed) {
    const detail =
      'no single warehouse has everything, and the platform takes no part shipments of this order: it waits until one warehouse has all of it'
    return wait('split-not-allowed', systemHold('split-not-allowed', '', detail))
  }
  const offers: readonly Offer[] = way ?? ahead?.offers ?? []
  const result = `${describeWay(offers, input)}${ahead ? `; ${ahead.left} left behind` : ''}`
  return {
    parts: offers.map((offer) => offer.part),
    ...(ahead && { rest: waitingRest(ahead.left) }),
    trace: [{ stage: 'split', result, rules }, ...offers.map((offer) => offer.courier)],
  }
}

/** What is left behind of an order, as `describeLeft` puts it, waits for stock. */
export function waitingRest(left: string): WantedHold {
  return restHold(`a part of the order goes ahead; ${left} wait for stock: goes on by itself when there is stock`)
}
