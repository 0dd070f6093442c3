import { canonicalJson } from '../value/hash.ts'
import { isBlock } from './place.ts'

export interface EarlierCondition {
  readonly when: unknown
  readonly at: number
}

/** The first of the earlier conditions that is met whenever this one is, as far as their form tells. */
export function firstCover(when: unknown, earlier: readonly EarlierCondition[]): EarlierCondition | undefined {
  return earlier.find((candidate) => candidate.when === undefined || (when !== undefined && implies(when, candidate.when)))
}

/** Sound, not complete: true only when the first condition cannot be met without the second. */
function implies(first: unknown, second: unknown): boolean {
  if (canonicalJson(first) === canonicalJson(second)) return true
  if (isList(second, 'all')) return second.all.every((part) => implies(first, part))
  if (isList(first, 'any')) return first.any.every((part) => implies(part, second))
  if (isList(first, 'all') && first.all.some((part) => implies(part, second))) return true
  return isList(second, 'any') && second.any.some((part) => implies(first, part))
}

function isList<K extends 'all' | 'any'>(condition: unknown, key: K): condition is Readonly<Record<K, readonly unknown[]>> {
  return isBlock(condition) && Array.isArray(condition[key])
}
