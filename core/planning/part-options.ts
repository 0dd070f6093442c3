import type { WantedHold } from '../model/reconcile-holds.ts'
import type { OutboundOptions } from '../ports/wms-adapter.ts'
import { convertMoney } from '../rules/fx.ts'
import type { WantedOptions } from '../rules/stages/options.ts'
import { moneyDocument } from '../value/money.ts'
import { unitsOf } from './demand.ts'
import { ruleHold, systemHold } from './holds.ts'
import { measureGoods } from './measure-goods.ts'
import { type Missing, unknownRate } from './missing.ts'
import type { Allocation, PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { factsOf, partOf, type Shipment } from './shipment.ts'

/** The parts with what the options rules ask for beside shipping. What cannot be told holds the order. */
export function withOptions(input: PlanningInput, shipment: Shipment, allocation: Allocation): Allocation {
  if (!('parts' in allocation) || !input.rules.options) return allocation
  const parts: PlannedPart[] = []
  const trace: TraceStep[] = [...allocation.trace]
  for (const part of allocation.parts) {
    const { warehouse, service } = part
    const more = { promisedLevel: shipment.promisedLevel, warehouse: warehouse.code, service: service.code }
    const inside = partOf(shipment, unitsOf(part))
    const { options, trials: rules, holds } = input.rules.options(factsOf(input, inside.order, more))
    const asked = holds[0] ? { hold: ruleHold(holds[0]) } : optionsOf(input, inside, options)
    if ('hold' in asked) return { hold: asked.hold, trace: [...trace, { stage: 'options', result: asked.hold.reason, rules }] }
    trace.push({ stage: 'options', result: `${warehouse.code}: ${describeOptions(asked)}`, rules })
    parts.push(Object.keys(asked).length === 0 ? part : { ...part, options: asked })
  }
  return { ...allocation, parts, trace }
}

function optionsOf(input: PlanningInput, inside: Shipment, wanted: WantedOptions): OutboundOptions | { readonly hold: WantedHold } {
  const { insurance, ...options } = wanted
  if (!insurance) return options
  if ('minorUnits' in insurance) return { ...options, insurance: moneyDocument(insurance) }
  const { worth } = measureGoods(inside, input.catalog)
  if ('missing' in worth) return { hold: uninsurable(worth) }
  const value = convertMoney(worth.value, insurance.currency, input.now, input.fx)
  return value
    ? { ...options, insurance: moneyDocument(value) }
    : { hold: uninsurable(unknownRate(worth.value.currency, insurance.currency)) }
}

function uninsurable({ missing, remedy, isRate }: Missing): WantedHold {
  return systemHold(isRate ? 'fx-missing' : 'no-route', '', `${missing} is not known, and it is needed for the insurance: ${remedy}`)
}

/** `signature, insurance of 50.00 USD`. */
export function describeOptions({ signature, insurance, ageCheck, packaging }: OutboundOptions): string {
  const words = [
    signature && 'signature',
    insurance && `insurance of ${insurance.amount} ${insurance.currency}`,
    ageCheck !== undefined && `age check ${ageCheck}`,
    packaging !== undefined && `packaging ${packaging}`,
  ]
  return words.filter(Boolean).join(', ') || 'no options'
}
