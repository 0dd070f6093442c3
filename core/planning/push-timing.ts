import type { WantedHold } from '../model/reconcile-holds.ts'
import type { RuleHold } from '../rules/facts.ts'
import type { PushAction } from '../rules/stages/push.ts'
import { addMs, type Instant } from '../value/instant.ts'
import { nextCutoff } from './cutoff.ts'
import { ruleHold } from './holds.ts'
import type { PlannedPart, PlanningInput, TraceStep } from './plan.ts'
import { factsOf, type Shipment } from './shipment.ts'

/** When the parts may go to their warehouses. An order goes as a whole: the earliest moment of its parts counts. */
export function pushTiming(
  input: PlanningInput,
  shipment: Shipment,
  parts: readonly PlannedPart[],
): { readonly holds: readonly WantedHold[]; readonly trace: readonly TraceStep[] } {
  if (!input.rules.push) return { holds: [], trace: [] }
  const waits: RuleHold[] = []
  const trace: TraceStep[] = []
  for (const { warehouse, service } of parts) {
    const facts = factsOf(input, shipment.order, {
      promisedLevel: shipment.promisedLevel,
      warehouse: warehouse.code,
      service: service.code,
    })
    const choice = input.rules.push(facts)
    const wait =
      choice.hold ??
      (choice.action && choice.rule !== undefined ? waitOf(choice.action, choice.rule, { input, shipment, warehouse }) : undefined)
    if (wait) waits.push(wait)
    trace.push({ stage: 'push', result: wait ? wait.detail : `${warehouse.code}: now`, rules: choice.trials })
  }
  return { holds: earliestOfEach(waits).map(ruleHold), trace }
}

interface Subject {
  readonly input: PlanningInput
  readonly shipment: Shipment
  readonly warehouse: PlannedPart['warehouse']
}

function waitOf(action: PushAction, rule: string, { input, shipment, warehouse }: Subject): RuleHold | undefined {
  switch (action.kind) {
    case 'now':
      return undefined
    case 'manual':
      return {
        rule,
        reason: 'review-rule',
        detail: `the rule "${rule}" leaves the push to a person: release the hold to send it to ${warehouse.code}`,
        release: { mode: 'manual' },
      }
    case 'delay': {
      const { paidAt, purchasedAt } = shipment.order
      return waitUntil(addMs(paidAt ?? purchasedAt, action.ms), rule, input.now)
    }
    case 'before-cutoff': {
      const cutoff = nextCutoff(warehouse, input.now)
      return cutoff && waitUntil(addMs(cutoff, -action.ms), rule, input.now)
    }
  }
}

function waitUntil(at: Instant, rule: string, now: Instant): RuleHold | undefined {
  if (at <= now) return undefined
  return {
    rule,
    reason: 'cool-off',
    detail: `the rule "${rule}" keeps it until ${at}; it then goes on by itself`,
    release: { mode: 'at-time', at },
  }
}

function earliestOfEach(waits: readonly RuleHold[]): readonly RuleHold[] {
  const byRule = new Map<string, RuleHold>()
  for (const wait of waits) {
    const other = byRule.get(wait.rule)
    if (!other || timeOf(wait) < timeOf(other)) byRule.set(wait.rule, wait)
  }
  return [...byRule.values()]
}

function timeOf({ release }: RuleHold): string {
  return release.mode === 'at-time' ? release.at : ''
}
