import { compileCondition } from './conditions/compile-condition.ts'
import type { RuleContext, StageKey } from './document.ts'
import { allOf, isBlock, type Place } from './place.ts'
import type { Rule } from './rule.ts'
import { firstCover } from './unreachable.ts'

export interface StageReader<Action> {
  readonly stage: StageKey
  /** Whether this rule, when it matches, ends the stage, so that no rule below it is tried. */
  endsAtFirstMatch(action: Action): boolean
  /** Reads the actions of one rule; undefined when there is a mistake, which is then reported. */
  readThen(place: Place): Action | undefined
}

export interface StageContext {
  readonly rules: RuleContext
  /** Names of the rules so far, of all stages. */
  readonly names: Set<string>
}

/** Compiles the rules of one stage; the list is complete only when no problem was reported. */
export function compileStage<Action>(place: Place, context: StageContext, reader: StageReader<Action>): readonly Rule<Action>[] {
  const places = Array.isArray(place.value) ? place.value.map((_, index) => place.at(index)) : []
  const compiled = places.map((each) => compileRule(each, context, reader))
  checkReach(places, compiled, reader)
  return allOf(compiled) ?? []
}

function compileRule<Action>(place: Place, { rules, names }: StageContext, reader: StageReader<Action>): Rule<Action> | undefined {
  if (!place.block(['name', 'when', 'then'])) return undefined
  const name = readName(place.at('name'), names)
  const whenPlace = place.at('when')
  const isAlways = whenPlace.value === undefined
  // A mapping rule is asked about one line, so it may name that line's fields directly.
  const when = isAlways ? undefined : compileCondition(whenPlace, { rules, stage: reader.stage, inLine: reader.stage === 'mapping' })
  const then = readActions(place.at('then'), reader)
  if (!name || then === undefined || (!isAlways && !when)) return undefined
  return { ...name, when, then }
}

/** A hold and a decision name the rule: two of one name could not be told apart. */
function readName(place: Place, names: Set<string>): Pick<Rule<unknown>, 'name' | 'nameZh'> | undefined {
  const english = isBlock(place.value) ? place.at('en').text() : place.text()
  const chinese = isBlock(place.value) ? place.at('zh').text() : undefined
  if (english === undefined) return undefined
  if (names.has(english)) return place.problem(`the name "${english}" is already used by a rule above`)
  names.add(english)
  return { name: english, ...(chinese !== undefined && { nameZh: chinese }) }
}

function readActions<Action>(place: Place, reader: StageReader<Action>): Action | undefined {
  const places = place.list('actions')
  if (!places) return undefined
  const isSound = places.map(
    (each) =>
      (isBlock(each.value) && Object.keys(each.value).length > 0) || each.problem('expected an action: a block with its name as key'),
  )
  return isSound.every(Boolean) ? reader.readThen(place) : undefined
}

/** A rule that an earlier one always forestalls would be read, believed and never used. */
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
    if (!above) continue
    const because = cover.when === undefined ? 'matches every order' : 'matches whenever this one does'
    place.problem(`this rule never applies: the rule "${above.name}" above it ${because}`)
  }
}
