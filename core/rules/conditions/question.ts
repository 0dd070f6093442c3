import type { RuleContext } from '../document.ts'
import type { Place } from '../place.ts'
import type { Field } from './field.ts'

export const operators = [
  'eq',
  'ne',
  'in',
  'not-in',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'contains',
  'not-contains',
  'starts-with',
  'ends-with',
  'matches',
  'exists',
  'in-list',
  'zip-in',
] as const
export type Operator = (typeof operators)[number]

/** What is asked of the values of a field. */
export interface Question {
  readonly field: Field
  /** Never the opposite of another operator. */
  readonly operator: Operator
  readonly operand: Place
  readonly context: RuleContext
}
