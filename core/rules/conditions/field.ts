import type { NamedList, StageKey } from '../document.ts'
import type { Reading, Scope } from './scope.ts'

/** What kind of value a field has; it decides the operators and the operands. */
export type FieldKind = 'text' | 'words' | 'number' | 'money' | 'flag' | 'postcode'

export interface Field {
  readonly name: string
  readonly kind: FieldKind
  /** A field of a line is asked inside `anyLine` and its like. */
  readonly of: 'order' | 'line'
  /** The first stage in which its value is known. */
  readonly since: StageKey
  /** Words that people type are compared without regard to capitals; codes are compared exactly. */
  readonly ignoreCase: boolean
  /** Its value is about a person and stays out of traces. */
  readonly personal: boolean
  /** The kind of named list its values stand in. */
  readonly list: NamedList['kind']
  /** Every value there can be, or the configuration that names them. */
  readonly values?: readonly string[] | 'warehouses' | 'services'
  read(scope: Scope): Reading
  /**
   * When, in milliseconds since 1970, the field goes from the whole number before this one to it or back;
   * undefined when it never does. Only for fields that move with the clock.
   */
  turnsAt?(number: number, scope: Scope): number | undefined
}

type Extra = Partial<Pick<Field, 'since' | 'ignoreCase' | 'personal' | 'list' | 'values' | 'turnsAt'>>

export function orderField(name: string, kind: FieldKind, read: Field['read'], extra: Extra = {}): Field {
  return { name, kind, of: 'order', since: 'intake', ignoreCase: false, personal: false, list: 'text', ...extra, read }
}

export function lineField(name: string, kind: FieldKind, read: Field['read'], extra: Extra = {}): Field {
  return { ...orderField(name, kind, read, extra), of: 'line' }
}
