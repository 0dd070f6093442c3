import { suggestion } from '../../value/spelling.ts'
import type { NamedList, RuleContext } from '../document.ts'
import type { Place } from '../place.ts'
import { isPostcodeOrRange, postcodeMatcher } from './postcodes.ts'
import type { Question } from './question.ts'
import type { Value } from './scope.ts'

/** Whether a value stands in the named list. */
export function listTest({ field, operand, context }: Question): ((value: Value) => boolean) | undefined {
  const list = namedList(operand, context)
  if (!list) return undefined
  if (list.kind === 'zip' && field.kind === 'postcode')
    return operand.problem(`the list "${operand.value}" holds postcodes: use the operator zip-in`)
  if (list.kind !== field.list && list.kind !== 'text') {
    return operand.problem(`the list "${operand.value}" is of kind ${list.kind}; ${field.name} needs one of kind ${field.list}`)
  }
  const normal = (text: string): string => (field.ignoreCase ? text.toLowerCase() : text)
  const all = new Set(list.values.map(normal))
  return (value) => (Array.isArray(value) ? value.some((word: string) => all.has(normal(word))) : all.has(normal(String(value))))
}

/** Whether a postcode lies in the named list, or in the codes and ranges that are written there. */
export function postcodeTest({ operand, context }: Question): ((value: Value) => boolean) | undefined {
  const values = postcodesIn(operand, context)
  if (!values) return undefined
  const test = postcodeMatcher(values)
  return (value) => typeof value === 'string' && test(value)
}

/** The name of a list, a postcode or range, or several of them. */
function postcodesIn(operand: Place, context: RuleContext): readonly string[] | undefined {
  if (typeof operand.value === 'string' && !/^\d/.test(operand.value)) {
    const list = namedList(operand, context)
    if (!list || list.kind === 'zip') return list?.values
    return operand.problem(`the list "${operand.value}" is of kind ${list.kind}; zip-in needs one of kind zip`)
  }
  const places = Array.isArray(operand.value) ? operand.list('postcodes') : [operand]
  const values = places?.map((place) => {
    const value = place.text('a postcode')
    return value === undefined || isPostcodeOrRange(value)
      ? value
      : place.problem(`"${value}" is no postcode and no range such as "00601-00988"`)
  })
  return values?.every((value) => value !== undefined) ? values : undefined
}

function namedList(operand: Place, { lists }: RuleContext): NamedList | undefined {
  const name = operand.text('the name of a list')
  if (name === undefined) return undefined
  return Object.hasOwn(lists, name) ? lists[name] : operand.problem(`unknown list "${name}"${suggestion(name, Object.keys(lists))}`)
}
