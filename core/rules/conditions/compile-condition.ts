import { suggestion } from '../../value/spelling.ts'
import { allOf, described, isBlock, listed, type Place } from '../place.ts'
import { type ConditionContext, leafCondition, readComparison } from './comparison.ts'
import { allOfConditions, anyOfConditions, type Condition, notCondition } from './condition.ts'
import { lineConditions, lineGroup, sumCondition } from './line-conditions.ts'

const summable = ['quantity', 'lineTotal', 'lineTotalUsd']
const keys = ['all', 'any', 'not', ...lineConditions, 'sumLines', 'field'] as const

/** A condition of rules.yaml as a closure; undefined when it has a mistake, which is then reported. */
export function compileCondition(place: Place, context: ConditionContext): Condition | undefined {
  const { value } = place
  if (!isBlock(value)) return place.problem(`expected a condition with ${listed(keys)}, got ${described(value)}`)
  const used = keys.filter((key) => key in value)
  const [key] = used
  if (key === undefined) return unknownCondition(place, Object.keys(value))
  if (used.length > 1) return place.problem(`a condition has one of ${used.join(' and ')}; combine them with all or any`)
  if (key === 'field') return compileComparison(place, context)
  if (!place.block([key])) return undefined
  const inside = place.at(key)
  if (key === 'not') return negation(compileCondition(inside, context))
  if (key === 'all' || key === 'any') {
    const parts = compileEach(inside, context)
    return parts && (key === 'all' ? allOfConditions(parts) : anyOfConditions(parts))
  }
  if (context.inLine) return place.at(key).problem(`${key} cannot stand inside another condition on lines`)
  if (key === 'sumLines') return compileSum(inside, context)
  const part = compileCondition(inside, { ...context, inLine: true })
  return part && lineGroup(key, part)
}

function unknownCondition(place: Place, written: readonly string[]): undefined {
  const word = written.find((candidate) => suggestion(candidate, keys).includes('did you mean')) ?? written[0]
  if (word === undefined) return place.problem(`expected a condition with ${listed(keys)}, got an empty block`)
  return place.at(word).problem(`unknown key "${word}"${suggestion(word, keys)}`)
}

function negation(part: Condition | undefined): Condition | undefined {
  return part && notCondition(part)
}

function compileEach(place: Place, context: ConditionContext): readonly Condition[] | undefined {
  const places = place.list('conditions')
  return places && allOf(places.map((each) => compileCondition(each, context)))
}

function compileSum(place: Place, context: ConditionContext): Condition | undefined {
  if (!place.block(['field', 'op', 'value', 'where'])) return undefined
  const lineContext = { ...context, inLine: true }
  const { where, ...comparison } = place.value as { readonly where?: unknown }
  const sum = readComparison(place.as(comparison), lineContext)
  const filter = where === undefined ? undefined : compileCondition(place.at('where'), lineContext)
  if (!sum || (where !== undefined && !filter)) return undefined
  if (!summable.includes(sum.field.name)) {
    return place.at('field').problem(`${sum.field.name} cannot be added up; sumLines takes ${listed(summable)}`)
  }
  return sumCondition(sum, filter)
}

function compileComparison(place: Place, context: ConditionContext): Condition | undefined {
  if (!place.block(['field', 'op', 'value'])) return undefined
  const read = readComparison(place, context)
  return read && leafCondition(read)
}
