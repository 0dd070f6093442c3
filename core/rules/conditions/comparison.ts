import { suggestion } from '../../value/spelling.ts'
import { type RuleContext, type StageKey, stageKeys } from '../document.ts'
import { described, listed, type Place } from '../place.ts'
import { describeAmount } from './amount.ts'
import { type Condition, negated, type Verdict } from './condition.ts'
import type { Field } from './field.ts'
import { fields, unansweredFields } from './fields.ts'
import { compileTest, operatorsOf, opposites, turningPoints } from './operators.ts'
import { operators, type Question } from './question.ts'
import { noRate, type Reading, type Scope, type Value } from './scope.ts'

export interface ConditionContext {
  readonly rules: RuleContext
  readonly stage: StageKey
  /** Inside `anyLine` and its like, where fields of lines may be asked. */
  readonly inLine: boolean
}

/** A comparison whose parts are known to fit. */
export interface ReadComparison {
  readonly field: Field
  readonly text: string
  /** Whole numbers at which the answer changes, for fields that move with the clock. */
  readonly turns: readonly number[]
  answer(reading: Reading): Verdict
}

/** Reads field, operator and value; undefined when one of them has a mistake, which is then reported. */
export function readComparison(place: Place, { rules, stage, inLine }: ConditionContext): ReadComparison | undefined {
  const field = readField(place.at('field'), stage, inLine)
  const operator = place.at('op').word(operators, 'operator')
  if (!field || !operator) return undefined
  if (!operatorsOf[field.kind].includes(operator)) {
    return place.at('op').problem(`"${operator}" cannot be asked of ${field.name}; it takes ${listed(operatorsOf[field.kind])}`)
  }
  const operand = place.at('value')
  const positive = opposites[operator] ?? operator
  const question: Question = { field, operator: positive, operand, context: rules }
  if (operator === 'exists') return existence(question)
  if (operand.value === undefined) return operand.problem(`missing key "value"`)
  const test = compileTest(question)
  if (!test) return undefined
  const isOpposite = positive !== operator
  return {
    field,
    text: `${field.name} ${operator} ${shown(operand.value, question)}`,
    turns: field.turnsAt ? turningPoints(question) : [],
    answer: (reading) => (isOpposite ? negated(answered(reading, test)) : answered(reading, test)),
  }
}

function existence(question: Question): ReadComparison | undefined {
  const { field, operand } = question
  const wanted = operand.value ?? true
  if (typeof wanted !== 'boolean') return operand.problem(`expected true or false, got ${described(wanted)}`)
  const text = wanted ? `${field.name} exists` : `${field.name} is absent`
  return { field, text, turns: [], answer: (reading) => isPresent(reading) === wanted }
}

function answered(reading: Reading, test: (value: Value) => boolean): Verdict {
  if (reading === noRate) return 'unknown'
  return isPresent(reading) && test(reading)
}

function isPresent<R extends Reading>(reading: R): reading is Exclude<R, undefined> {
  return reading !== undefined && reading !== '' && !(Array.isArray(reading) && reading.length === 0)
}

function readField(place: Place, stage: StageKey, inLine: boolean): Field | undefined {
  const name = place.text('the name of a field')
  if (name === undefined) return undefined
  const field = fields.get(name)
  if (!field) {
    const reason = Object.hasOwn(unansweredFields, name) ? unansweredFields[name] : undefined
    return place.problem(
      reason === undefined
        ? `unknown field "${name}"${suggestion(name, fields.keys())}`
        : `the field "${name}" is not supported yet: ${reason}`,
    )
  }
  if (field.of === 'line' && !inLine)
    return place.problem(`"${name}" belongs to a line: put it into anyLine, everyLine, noLine or sumLines`)
  if (stageKeys.indexOf(field.since) > stageKeys.indexOf(stage)) {
    return place.problem(`"${name}" is not known yet in ${stage}; it can be used from ${field.since} on`)
  }
  return field
}

export function leafCondition({ field, text, turns, answer }: ReadComparison): Condition {
  return {
    text,
    needs: field.of,
    test: (scope) => answer(field.read(scope)),
    explain: (scope) => {
      const reading = field.read(scope)
      return [{ asked: text, found: describeReading(reading, field), verdict: answer(reading) }]
    },
    changes: (scope) => changesAt(turns, field, scope),
  }
}

function changesAt(turns: readonly number[], field: Field, scope: Scope): readonly number[] {
  return turns.flatMap((turn) => field.turnsAt?.(turn, scope) ?? []).filter((ms) => ms > scope.nowMs)
}

/** A value of an order for the trace. */
export function describeReading(reading: Reading, field: Field): string {
  if (reading === noRate) return '(no rate of exchange)'
  if (!isPresent(reading)) return '(absent)'
  if (field.personal) return '(personal)'
  if (Array.isArray(reading)) return reading.join(', ')
  return typeof reading === 'object' && 'minorUnits' in reading ? describeAmount(reading) : String(reading)
}

/** An operand for the trace. Whom or what exactly a rule looks for in personal data stays in the file. */
function shown(value: unknown, { field, operator }: Question): string {
  if (field.personal && operator !== 'in-list' && operator !== 'zip-in') return '(personal)'
  const text = Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
