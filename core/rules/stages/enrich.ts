import type { Order } from '../../model/order.ts'
import { readAction, readEach } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import { scopeOf } from '../conditions/scope.ts'
import { type PromisedLevel, promisedLevels, type RuleFacts, type RuleHold } from '../facts.ts'
import { allOf, described, listed, type Place } from '../place.ts'
import { readMoment } from '../release.ts'
import { missingRate, type Rule, type RuleTrial, trialOf, verdictOf } from '../rule.ts'

/** What planning sees of the order from here on; the stored order keeps what the platform said. */
export interface Enriched {
  readonly order: Order
  readonly promisedLevel: PromisedLevel | undefined
}

export interface Enrichment extends Enriched {
  readonly trials: readonly RuleTrial[]
  readonly holds: readonly RuleHold[]
}

export type Change = (before: Enriched) => Enriched

export const enrichReader: StageReader<readonly Change[]> = {
  stage: 'enrich',
  endsAtFirstMatch: () => false,
  readThen: (place) => readEach(place, readChange),
}

/** Every rule from the top; each sees what those above it changed. */
export function enrich(rules: readonly Rule<readonly Change[]>[], facts: RuleFacts): Enrichment {
  let enriched: Enriched = { order: facts.order, promisedLevel: facts.promisedLevel }
  const trials: RuleTrial[] = []
  const holds: RuleHold[] = []
  for (const rule of rules) {
    const { order, promisedLevel } = enriched
    const scope = scopeOf({ ...facts, order, ...(promisedLevel !== undefined && { promisedLevel }) })
    const verdict = verdictOf(rule, scope)
    trials.push(trialOf(rule, verdict, scope))
    if (verdict === 'unknown') holds.push(missingRate(rule.name, facts))
    else if (verdict) enriched = rule.then.reduce((before, change) => change(before), enriched)
  }
  return { ...enriched, trials, holds }
}

/** Fields that steer the choice of the service and nothing else. */
const settable = ['deliverBy', 'shipBy', 'promisedService'] as const

function readChange(place: Place): Change | undefined {
  const read = readAction(place, 'enrich')
  if (!read) return undefined
  switch (read.action) {
    case 'addTag':
      return tagChange(read.at, (tags, named) => [...tags, ...named.filter((tag) => !tags.includes(tag))])
    case 'removeTag':
      return tagChange(read.at, (tags, named) => tags.filter((tag) => !named.includes(tag)))
    case 'setLevel': {
      const level = read.at.word(promisedLevels, 'level')
      return level && ((before) => ({ ...before, promisedLevel: level }))
    }
    default:
      return readField(read.at)
  }
}

function tagChange(place: Place, change: (tags: readonly string[], named: readonly string[]) => readonly string[]): Change | undefined {
  const places = Array.isArray(place.value) ? place.list('tags') : [place]
  const named = places && allOf(places.map((each) => each.text('a tag as text')?.toLowerCase()))
  return named && ((before) => ({ ...before, order: { ...before.order, tags: change(before.order.tags, named) } }))
}

function readField(place: Place): Change | undefined {
  if (!place.block(['field', 'value'])) return undefined
  const name = place.at('field')
  const value = place.at('value')
  const field = settable.find((each) => each === name.value)
  if (!field) return name.problem(`expected ${listed(settable)}, which steer the choice of the service; got ${described(name.value)}`)
  if (field === 'promisedService') {
    const text = value.text()
    return text === undefined ? undefined : (before) => ({ ...before, order: { ...before.order, promisedService: text } })
  }
  const moment = readMoment(value)
  return (
    moment &&
    ((before) => {
      const at = moment.of(before.order)
      return at === undefined ? before : { ...before, order: { ...before.order, [field]: at } }
    })
  )
}
