import type { HoldRelease } from '../../model/hold.ts'
import { instantFromMs } from '../../value/instant.ts'
import { readAction, readEach } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import { type Scope, scopeOf } from '../conditions/scope.ts'
import type { RuleFacts, RuleHold } from '../facts.ts'
import type { Place } from '../place.ts'
import { type Release, readRelease } from '../release.ts'
import { missingRate, type Rule, type RuleTrial, trialOf, verdictOf } from '../rule.ts'

/** The reasons that a rule may give; all others are the product's own findings. */
const ruleReasons = ['review-rule', 'cool-off', 'high-value', 'duplicate-suspected', 'risk-flagged'] as const
type RuleReason = (typeof ruleReasons)[number]

interface WantedHold {
  readonly reason: RuleReason
  readonly release: Release
}

export type ReviewAction = { readonly approve: true } | { readonly holds: readonly WantedHold[] }

export const reviewReader: StageReader<ReviewAction> = {
  stage: 'review',
  endsAtFirstMatch: (action) => 'approve' in action,
  readThen(place) {
    const actions = readEach(place, readOne)
    if (!actions) return undefined
    const holds = actions.filter((action) => action !== 'approve')
    if (holds.length === actions.length) return { holds }
    return holds.length === 0 ? { approve: true } : place.problem('a rule either holds or approves')
  },
}

function readOne(place: Place): 'approve' | WantedHold | undefined {
  const read = readAction(place, 'review')
  if (!read) return undefined
  const { action, at } = read
  if (action === 'approve') return at.isBare() ? 'approve' : undefined
  if (!at.block(['reason', 'release'])) return undefined
  const reasonPlace = at.at('reason')
  const releasePlace = at.at('release')
  const reason = reasonPlace.value === undefined ? 'review-rule' : reasonPlace.word(ruleReasons, 'hold reason for a rule')
  const release = releasePlace.value === undefined ? ({ mode: 'manual' } as const) : readRelease(releasePlace)
  return reason && release && { reason, release }
}

/** What every rule from the top holds, until one approves. */
export function review(rules: readonly Rule<ReviewAction>[], facts: RuleFacts): readonly RuleHold[] {
  const scope = scopeOf(facts)
  const holds: RuleHold[] = []
  for (const rule of rules) {
    const verdict = verdictOf(rule, scope)
    if (verdict === 'unknown') holds.push(missingRate(rule.name, facts))
    if (verdict !== true) continue
    if ('approve' in rule.then) break
    holds.push(...holdsOf(rule, rule.then.holds, scope))
  }
  return holds
}

/** The same rules with what they compared. */
export function reviewTrials(rules: readonly Rule<ReviewAction>[], facts: RuleFacts): readonly RuleTrial[] {
  const scope = scopeOf(facts)
  const trials: RuleTrial[] = []
  for (const rule of rules) {
    const verdict = verdictOf(rule, scope)
    trials.push(trialOf(rule, verdict, scope))
    if (verdict === true && 'approve' in rule.then) break
  }
  return trials
}

function holdsOf(rule: Rule<unknown>, wanted: readonly WantedHold[], scope: Scope): readonly RuleHold[] {
  const because = rule.when
    ? `the rule "${rule.name}" holds it (${shortened(rule.when.text)})`
    : `the rule "${rule.name}" holds every order`
  return wanted.flatMap(({ reason, release }): readonly RuleHold[] => {
    const due = releaseOf(rule, release, scope)
    if (due === 'over') return []
    return [{ rule: rule.name, reason, detail: `${because}${twinOf(reason, scope)}: ${nextStep(due, release)}`, release: due }]
  })
}

/** Names the order that this one repeats, so that a person can compare them. */
function twinOf(reason: RuleReason, { facts: { twin } }: Scope): string {
  return reason === 'duplicate-suspected' && twin ? `, like order ${twin.shop}/${twin.platformOrderId} of ${twin.purchasedAt}` : ''
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
