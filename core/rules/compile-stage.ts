import { compileCondition } from './compile-condition.ts'
import type { RuleContext, StageKey } from './document.ts'
import { allOf, type Block, isBlock, type Place } from './problems.ts'
import type { Rule } from './rule.ts'
import { firstCover } from './unreachable.ts'

export interface StageReader<Action> {
  readonly stage: StageKey
  /** Whether the first match ends the stage, so that a rule below one that always matches never runs. */
  endsAtFirstMatch(action: Action): boolean
  /** Reads the actions of one rule; undefined when there is a mistake, which is then reported. */
  readThen(place: Place): Action | undefined
}

/** Compiles the rules of one stage; the list is complete only when no problem was reported. */
export function compileStage<Action>(place: Place, rules: RuleContext, reader: StageReader<Action>): readonly Rule<Action>[] {
  if (place.value === undefined) return []
  const places = Array.isArray(place.value) ? place.value.map((_, index) => place.at(index)) : []
  const compiled = places.map((each) => compileRule(each, rules, reader))
  checkNames(places)
  checkReach(places, compiled, reader)
  return allOf(compiled) ?? []
}

function compileRule<Action>(place: Place, rules: RuleContext, reader: StageReader<Action>): Rule<Action> | undefined {
  if (!place.block(['name', 'when', 'then'])) return undefined
  const name = place.at('name')
  const english = isBlock(name.value) ? name.at('en').text() : name.text()
  const chinese = isBlock(name.value) ? name.at('zh').text() : undefined
  const whenPlace = place.at('when')
  const when = whenPlace.value === undefined ? undefined : compileCondition(whenPlace, { rules, stage: reader.stage, inLine: false })
  const then = readActions(place.at('then'), reader)
  if (english === undefined || then === undefined || (whenPlace.value !== undefined && !when)) return undefined
  return { name: english, ...(chinese !== undefined && { nameZh: chinese }), when, then }
}

function readActions<Action>(place: Place, reader: StageReader<Action>): Action | undefined {
  const places = place.list('actions')
  if (!places) return undefined
  const isSound = places.map((each) =>
    isBlock(each.value) && Object.keys(each.value).length > 0 ? true : each.problem('expected an action: a block with its name as key'),
  )
  return isSound.every(Boolean) ? reader.readThen(place) : undefined
}

/** A hold and a decision name the rule: two of one name could not be told apart. */
function checkNames(places: readonly Place[]): void {
  const seen = new Set<string>()
  for (const place of places) {
    const name = (place.value as Block | undefined)?.['name']
    const english = isBlock(name) ? name['en'] : name
    if (typeof english !== 'string') continue
    if (seen.has(english)) place.at('name').problem(`the name "${english}" is already used by a rule above in this stage`)
    seen.add(english)
  }
}

function checkReach<Action>(places: readonly Place[], compiled: readonly (Rule<Action> | undefined)[], reader: StageReader<Action>): void {
  const whens = places.map((place) => (isBlock(place.value) ? place.value['when'] : undefined))
  for (const [index, place] of places.entries()) {
    const earlier = compiled
      .slice(0, index)
      .map((rule, at) => (rule && reader.endsAtFirstMatch(rule.then) ? { when: whens[at], at } : undefined))
    const cover = firstCover(
      whens[index],
      earlier.filter((each) => each !== undefined),
    )
    const above = cover && compiled[cover.at]
    if (above)
      place.problem(
        `this rule never applies: the rule "${above.name}" above it ${cover.when === undefined ? 'matches every order' : 'matches whenever this one does'}`,
      )
  }
}
