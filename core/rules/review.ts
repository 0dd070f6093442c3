import type { HoldRelease } from '../model/hold.ts'
import { instantFromMs } from '../value/instant.ts'
import type { StageReader } from './compile-stage.ts'
import type { Place } from './problems.ts'
import { type Release, readRelease } from './release.ts'
import { type Rule, type RuleTrial, trialOf, verdictOf } from './rule.ts'
import type { RuleFacts, RuleHold } from './rule-set.ts'
import { type Scope, scopeOf } from './scope.ts'

/** The reasons that a rule may give; all others are the product's own findings. */
export const ruleReasons = ['review-rule', 'cool-off', 'high-value', 'duplicate-suspected', 'risk-flagged'] as const
type RuleReason = (typeof ruleReasons)[number]

export type ReviewAction =
  | { readonly approve: true }
  | { readonly holds: readonly { readonly reason: RuleReason; readonly release: Release }[] }

export const reviewReader: StageReader<ReviewAction> = {
  stage: 'review',
  endsAtFirstMatch: (action) => 'approve' in action,
  readThen(place) {
    const actions = (place.list('actions') ?? []).map(readAction)
    if (actions.some((action) => action === undefined)) return undefined
    const holds = actions.flatMap((action) => (action && action !== 'approve' ? [action] : []))
    if (!actions.includes('approve')) return { holds }
    return holds.length === 0 ? { approve: true } : place.problem('a rule either holds or approves')
  },
}

function readAction(place: Place) {
  const value = place.value as Readonly<Record<string, unknown>>
  if ('notify' in value) return place.at('notify').problem('notify is not supported yet: nothing would carry the message; use hold')
  if (!place.block(['hold', 'approve']) || Object.keys(value).length > 1) {
    return Object.keys(value).length > 1 ? place.problem('one action a block: put each into a block of its own') : undefined
  }
  if ('approve' in value) return place.at('approve').isBare() ? 'approve' : undefined
  const hold = place.at('hold')
  if (!hold.block(['reason', 'release'])) return undefined
  const reason = hold.at('reason').value === undefined ? 'review-rule' : hold.at('reason').word(ruleReasons, 'hold reason for a rule')
  const release = hold.at('release').value === undefined ? ({ mode: 'manual' } as const) : readRelease(hold.at('release'))
  return reason && release && { reason, release }
}

export interface Review {
  readonly holds: readonly RuleHold[]
  readonly trials: readonly RuleTrial[]
}

/** Every rule from the top, until one approves. */
export function review(rules: readonly Rule<ReviewAction>[], facts: RuleFacts): Review {
  const scope = scopeOf(facts)
  const holds: RuleHold[] = []
  const trials: RuleTrial[] = []
  for (const rule of rules) {
    const verdict = verdictOf(rule, scope)
    trials.push(trialOf(rule, verdict, scope))
    if (verdict === 'unknown') {
      holds.push(missingRate(rule.name, facts))
    } else if (verdict) {
      if ('approve' in rule.then) break
      holds.push(...holdsOf(rule, rule.then.holds, scope))
    }
  }
  return { holds, trials }
}

/** A rule cannot be told for want of a rate of exchange: the order waits, it is not guessed at. */
export function missingRate(rule: string, { order }: RuleFacts): RuleHold {
  const detail = `the rule "${rule}" asks for dollars, and no rate from ${order.totals?.grand.currency ?? "the order's currency"} to USD is known for ${order.purchasedAt.slice(0, 10)}: add it to fx.csv and import it`
  return { rule, reason: 'fx-missing', detail, release: { mode: 'when-condition' } }
}

type WantedHold = { readonly reason: RuleReason; readonly release: Release }

function holdsOf(rule: Rule<unknown>, wanted: readonly WantedHold[], scope: Scope): readonly RuleHold[] {
  const because = rule.when
    ? `the rule "${rule.name}" holds it (${shortened(rule.when.text)})`
    : `the rule "${rule.name}" holds every order`
  return wanted.flatMap(({ reason, release }): readonly RuleHold[] => {
    const due = releaseOf(rule, release, scope)
    if (due === 'over') return []
    return [{ rule: rule.name, reason, detail: `${because}: ${nextStep(due, release)}`, release: due }]
  })
}

/** A hold with a time has no effect after it. One that the clock alone can end is looked at again when it may. */
function releaseOf(rule: Rule<unknown>, release: Release, scope: Scope): HoldRelease | 'over' {
  if (release.mode === 'manual') return { mode: 'manual' }
  if (release.mode === 'at-time') {
    const at = release.at.of(scope.facts.order)
    if (at === undefined) return { mode: 'manual' }
    return at <= scope.facts.now ? 'over' : { mode: 'at-time', at }
  }
  const changes = rule.when?.changes(scope) ?? []
  return changes.length === 0 ? { mode: 'when-condition' } : { mode: 'at-time', at: instantFromMs(Math.min(...changes)) }
}

function nextStep(due: HoldRelease, release: Release): string {
  if (release.mode === 'when-condition') return 'it goes on by itself when the rule no longer matches'
  if (due.mode === 'at-time') return `it goes on by itself at ${due.at}`
  if (release.mode === 'at-time') return `the order has no time for ${release.at.text}; look at it, then release the hold`
  return 'look at it, then release the hold'
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
