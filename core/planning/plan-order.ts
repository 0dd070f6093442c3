import { type Address, effectiveShipTo, type Order } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { PromisedLevel } from '../rules/facts.ts'
import { addressProblem } from './address.ts'
import { allocate } from './allocate.ts'
import { ruleHold, systemHold } from './holds.ts'
import { listedCodes } from './listed-codes.ts'
import { mapLines } from './map-lines.ts'
import type { MergeWish, Plan, PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { pushTiming } from './push-timing.ts'
import { factsOf, shipmentOf } from './shipment.ts'

/** Hold reasons that planning places and takes away again. */
export const planningReasons: ReadonlySet<string> = new Set([
  'review-rule',
  'cool-off',
  'high-value',
  'duplicate-suspected',
  'risk-flagged',
  'fx-missing',
  'unmapped-sku',
  'unit-factor-mismatch',
  'address-invalid',
  'country-not-served',
  'no-route',
  'out-of-stock',
  'split-not-allowed',
  'field-too-long',
])

/**
 * Where an order goes, as a pure function of the order, the catalog, the stock, the rules and the moment:
 * intake, enrich, mapping, review, address, merge, then the warehouses and services, then the time of the push.
 * Every obstacle that can be told at once is told at once.
 */
export function planOrder(input: PlanningInput): Plan {
  const intake = takeIn(input)
  const enriched = enrichOrder(input)
  const mapped = mapLines(enriched.order, input)
  const order = { ...enriched.order, lines: mapped.lines }
  const review = reviewOrder(input, order, enriched.promisedLevel)
  const address = checkAddress(effectiveShipTo(order))
  const merge = mergeWish(input, order, enriched.promisedLevel)
  const shipment = mapped.holds.length > 0 ? undefined : shipmentOf(order, input.units, enriched.promisedLevel)
  const allocation = shipment && allocate(input, shipment)
  const parts = allocation && 'parts' in allocation ? allocation.parts : []
  const fields = shipment ? parts.map((part) => checkFields(input, part, shipment.shipTo)) : []
  const timing = shipment ? pushTiming(input, shipment, parts) : nothing
  const steps = [
    intake,
    enriched,
    mapped,
    review,
    address,
    merge,
    { holds: holdsIn(allocation), trace: [...(allocation?.trace ?? []), ...listedCodes(parts, input)] },
    ...fields,
    timing,
  ]
  return {
    lines: mapped.lines,
    holds: steps.flatMap((step) => step.holds),
    parts,
    ...(allocation && 'parts' in allocation && allocation.rest && { rest: allocation.rest }),
    trace: steps.flatMap((step) => step.trace),
    waits: timing.holds.filter((hold) => hold.release.mode === 'at-time'),
    ...(merge.wish && { merge: merge.wish }),
    ...rulingOf(input.order, intake.ignoredReason, enriched),
  }
}

function rulingOf(before: Order, ignoredReason: string | undefined, enriched: ReturnType<typeof enrichOrder>): Pick<Plan, 'ruled'> {
  const { promisedLevel: level, order } = enriched
  const ruled = {
    ...(ignoredReason !== undefined && { ignoredReason }),
    ...(order.tags.join('\n') !== before.tags.join('\n') && { tags: order.tags }),
    ...(level !== undefined && { level }),
  }
  return Object.keys(ruled).length === 0 ? {} : { ruled }
}

interface Step {
  readonly holds: readonly WantedHold[]
  readonly trace: readonly TraceStep[]
}

const nothing: Step = { holds: [], trace: [] }

function takeIn(input: PlanningInput): Step & { readonly ignoredReason?: string } {
  const { warehouse, service } = input.order.edits
  // Who chose a warehouse or a service has decided that the order is ours.
  const choice = (warehouse ?? service) === undefined ? input.rules.intake?.(factsOf(input, input.order)) : undefined
  if (!choice) return nothing
  const { action, rule = '', trials: rules } = choice
  if (choice.hold) return { holds: [ruleHold(choice.hold)], trace: [{ stage: 'intake', result: choice.hold.reason, rules }] }
  if (!action || action.kind === 'take') return { holds: [], trace: [{ stage: 'intake', result: 'taken', rules }] }
  const isIgnored = action.kind === 'ignore'
  const reason = (isIgnored ? action.reason : undefined) ?? (isIgnored ? `left out by the rule "${rule}"` : 'recorded only')
  const detail = `the rule "${rule}" does not ship this order (${reason}): release the hold to ship it from here after all`
  const hold = ruleHold({ rule, reason: 'review-rule', detail, release: { mode: 'manual' } })
  return { holds: [hold], trace: [{ stage: 'intake', result: reason, rules }], ...(isIgnored && { ignoredReason: reason }) }
}

function enrichOrder(input: PlanningInput): Step & { readonly order: Order; readonly promisedLevel: PromisedLevel | undefined } {
  const enriched = input.rules.enrich?.(factsOf(input, input.order))
  if (!enriched) return { ...nothing, order: input.order, promisedLevel: undefined }
  const { order, promisedLevel, trials: rules } = enriched
  const tags = order.tags.length === 0 ? 'no tags' : `tags ${order.tags.join(', ')}`
  const result = promisedLevel === undefined ? tags : `${tags}; level ${promisedLevel}`
  return { holds: enriched.holds.map(ruleHold), trace: [{ stage: 'enrich', result, rules }], order, promisedLevel }
}

function reviewOrder(input: PlanningInput, order: Order, promisedLevel: PromisedLevel | undefined): Step {
  const facts = factsOf(input, order, { promisedLevel })
  const matched = input.rules.review(facts)
  const trials = input.rules.reviewTrials?.(facts)
  const result = matched.length === 0 ? 'no rule holds it' : `${matched.length} rules hold it`
  const details = matched.map((hold) => `${hold.rule}: ${hold.detail}`)
  return { holds: matched.map(ruleHold), trace: [{ stage: 'review', result, details, ...(trials && { rules: trials }) }] }
}

/** Whether it may travel with others; which they are is not known here. */
function mergeWish(input: PlanningInput, order: Order, level: PromisedLevel | undefined): Step & { readonly wish?: MergeWish } {
  const choice = input.rules.merge?.(factsOf(input, order, { promisedLevel: level }))
  if (!choice) return nothing
  const { action, rule = '', trials: rules } = choice
  if (choice.hold) return { holds: [ruleHold(choice.hold)], trace: [{ stage: 'merge', result: choice.hold.reason, rules }] }
  if (action?.kind !== 'auto') return { holds: [], trace: [{ stage: 'merge', result: 'travels alone', rules }] }
  const result = `the rule "${rule}" lets it travel with other orders of its buyer`
  return { holds: [], trace: [{ stage: 'merge', result, rules }], wish: { rule, action, order, level } }
}

function checkAddress(shipTo: Address | undefined): Step {
  // A missing address is the platform's to give: the connector has placed `pii-missing` where one is due.
  if (!shipTo) return { holds: [], trace: [{ stage: 'address', result: 'no address yet' }] }
  const problem = addressProblem(shipTo)
  if (problem === undefined) return { holds: [], trace: [{ stage: 'address', result: `complete, to ${shipTo.country}` }] }
  const detail = `${problem}: correct it on the platform or with "npm run orders -- edit"`
  return { holds: [systemHold('address-invalid', '', detail)], trace: [{ stage: 'address', result: problem }] }
}

function holdsIn(allocation: ReturnType<typeof allocate> | undefined): readonly WantedHold[] {
  return allocation && 'hold' in allocation ? [allocation.hold] : []
}

function checkFields(input: PlanningInput, part: PlannedPart, shipTo: Address): Step {
  const problems = input.checkFields(part, shipTo)
  if (problems.length === 0) return nothing
  const detail = `warehouse ${part.warehouse.code} does not take it: ${problems.map((problem) => problem.message).join('; ')}`
  const reason = problems.some((problem) => problem.reason === 'too-long') ? 'field-too-long' : 'address-invalid'
  const subject = problems.map((problem) => problem.field).join(', ')
  return { holds: [systemHold(reason, subject, detail)], trace: [{ stage: 'fields', result: detail }] }
}
