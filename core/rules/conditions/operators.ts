import { suggestion } from '../../value/spelling.ts'
import type { RuleContext } from '../document.ts'
import { described, type Place } from '../place.ts'
import { parseAmount, scaledAmount } from './amount.ts'
import type { Field, FieldKind } from './field.ts'
import { listTest, postcodeTest } from './lists.ts'
import { patternProblem, patternSubject } from './pattern.ts'
import type { Operator, Question } from './question.ts'
import type { Value } from './scope.ts'

const numeric: readonly Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'exists']
const textual: readonly Operator[] = [
  'eq',
  'ne',
  'in',
  'not-in',
  'contains',
  'not-contains',
  'starts-with',
  'ends-with',
  'matches',
  'exists',
  'in-list',
]

/** What can be asked of each kind of field. */
export const operatorsOf: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: textual,
  postcode: [...textual, 'zip-in'],
  words: ['contains', 'not-contains', 'in', 'not-in', 'exists', 'in-list'],
  number: [...numeric, 'in', 'not-in'],
  money: numeric,
  flag: ['eq', 'ne'],
}

/** These are the opposite of another operator, so they also hold for a value that is absent. */
export const opposites: Readonly<Partial<Record<Operator, Operator>>> = { ne: 'eq', 'not-in': 'in', 'not-contains': 'contains' }

/** An answer to a question about one value; undefined (reported) when the operand does not fit. */
export function compileTest(question: Question): ((value: Value) => boolean) | undefined {
  const { field, operator } = question
  if (operator === 'in-list') return listTest(question)
  if (operator === 'zip-in') return postcodeTest(question)
  switch (field.kind) {
    case 'flag':
      return flagTest(question)
    case 'number':
    case 'money':
      return numberTest(question)
    case 'words': {
      const one = textTest({ ...question, operator: operator === 'contains' ? 'eq' : operator })
      return one && ((value) => Array.isArray(value) && value.some((word: string) => one(word)))
    }
    case 'text':
    case 'postcode':
      return textTest(question)
  }
}

function flagTest({ operand }: Question): ((value: Value) => boolean) | undefined {
  const wanted = operand.value
  if (typeof wanted !== 'boolean') return operand.problem(`expected true or false, got ${described(wanted)}`)
  return (value) => value === wanted
}

/** The whole numbers at which the answer changes: from the number before it to the number itself. */
export function turningPoints(question: Question): readonly number[] {
  const [first, ...rest] = question.field.kind === 'number' ? (thresholds(question) ?? []) : []
  if (first === undefined) return []
  switch (question.operator) {
    case 'gte':
    case 'lt':
      return [first]
    case 'gt':
    case 'lte':
      return [first + 1]
    case 'between':
      return [first, ...rest.map((last) => last + 1)]
    default:
      return [first, ...rest].flatMap((number) => [number, number + 1])
  }
}

/** The figures that the question compares with; money in ten-thousandths. */
function thresholds({ field, operator, operand }: Question): readonly number[] | undefined {
  const isMany = operator === 'in' || operator === 'between'
  const places = isMany ? operand.list('numbers') : [operand]
  const numbers = places?.map((place) => numberIn(place, field))
  if (!places || !numbers || numbers.some((number) => number === undefined)) return undefined
  const found = numbers.filter((number) => number !== undefined)
  const [from = 0, to = 0] = found
  if (operator === 'between' && (found.length !== 2 || from > to)) {
    return operand.problem('expected two numbers, the smaller one first, such as [1001, 2000]')
  }
  return found
}

function numberIn(place: Place, field: Field): number | undefined {
  const { value } = place
  if (field.kind === 'money') {
    const hint = typeof value === 'number' ? ': a fraction stands in quotes, or it would not be exact' : ''
    return parseAmount(value) ?? place.problem(`expected an amount such as 300 or "299.90", got ${described(value)}${hint}`)
  }
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  return place.problem(`expected a whole number for "${field.name}", got ${described(value)}`)
}

function numberTest(question: Question): ((value: Value) => boolean) | undefined {
  const found = thresholds(question)
  if (!found) return undefined
  const compare = comparison(question.operator, found)
  if (question.field.kind === 'number') return (value) => typeof value === 'number' && compare(value)
  return (value) => typeof value === 'object' && 'minorUnits' in value && compare(scaledAmount(value))
}

function comparison(operator: Operator, [first = 0, second = 0, ...rest]: readonly number[]): (value: number) => boolean {
  switch (operator) {
    case 'gt':
      return (value) => value > first
    case 'gte':
      return (value) => value >= first
    case 'lt':
      return (value) => value < first
    case 'lte':
      return (value) => value <= first
    case 'between':
      return (value) => value >= first && value <= second
    case 'in': {
      const all = new Set([first, second, ...rest])
      return (value) => all.has(value)
    }
    default:
      return (value) => value === first
  }
}

function textTest(question: Question): ((value: Value) => boolean) | undefined {
  const { field, operator, operand } = question
  if (operator === 'matches') return patternTest(question)
  const places = operator === 'in' ? operand.list('values') : [operand]
  const words = places?.map((place) => wordIn(place, question))
  if (!words || words.some((word) => word === undefined)) return undefined
  const normal = (text: string): string => (field.ignoreCase ? text.toLowerCase() : text)
  const wanted = words.map((word) => normal(word ?? ''))
  const set = new Set(wanted)
  const [first = ''] = wanted
  const test = textComparison(operator, first, set)
  return (value) => typeof value === 'string' && test(normal(value))
}

function textComparison(operator: Operator, first: string, all: ReadonlySet<string>): (value: string) => boolean {
  switch (operator) {
    case 'in':
      return (value) => all.has(value)
    case 'contains':
      return (value) => value.includes(first)
    case 'starts-with':
      return (value) => value.startsWith(first)
    case 'ends-with':
      return (value) => value.endsWith(first)
    default:
      return (value) => value === first
  }
}

function wordIn(place: Place, { field, operator, context }: Question): string | undefined {
  const word = place.text()
  if (word === undefined || (operator !== 'eq' && operator !== 'in')) return word
  const values = valuesOf(field, context)
  if (values && !values.includes(word)) return place.problem(`"${word}" is no value of ${field.name}${suggestion(word, values)}`)
  if (field.list === 'country' && !/^[A-Z]{2}$/.test(word)) {
    return place.problem(`expected a country code of two capital letters for ${field.name}, such as US, got "${word}"`)
  }
  return word
}

function valuesOf({ values }: Field, { warehouses }: RuleContext): readonly string[] | undefined {
  if (values === 'warehouses') return warehouses.map((warehouse) => warehouse.code)
  if (values === 'services') return warehouses.flatMap((warehouse) => warehouse.services.map((service) => service.code))
  return values
}

function patternTest({ field, operand }: Question): ((value: Value) => boolean) | undefined {
  const source = operand.text('a regular expression as text')
  if (source === undefined) return undefined
  const problem = patternProblem(source)
  if (problem !== undefined) return operand.problem(`the pattern "${source}" ${problem}`)
  const pattern = new RegExp(source, field.ignoreCase ? 'iu' : 'u')
  return (value) => typeof value === 'string' && pattern.test(patternSubject(value))
}
