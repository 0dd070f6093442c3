import { suggestion } from '../value/spelling.ts'
import type { Path, RuleProblem } from './document.ts'

export type Block = Readonly<Record<string, unknown>>

export function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One value of the rules file with its place, so that what is wrong with it can be said there. */
export class Place {
  readonly value: unknown
  readonly path: Path
  readonly #problems: RuleProblem[]

  constructor(value: unknown, path: Path, problems: RuleProblem[]) {
    this.value = value
    this.path = path
    this.#problems = problems
  }

  /** Reports a mistake here. Always undefined, so that a reader can return it. */
  problem(message: string): undefined {
    this.#problems.push({ path: this.path, message })
    return undefined
  }

  /** The value under a key or index; its place exists even when the value does not. */
  at(key: string | number): Place {
    const inside = this.value as Readonly<Record<string | number, unknown>> | null | undefined
    return new Place(inside?.[key], [...this.path, key], this.#problems)
  }

  /** The same place for a value that stands for what is written there. */
  as(value: unknown): Place {
    return new Place(value, this.path, this.#problems)
  }

  /** A block with no other keys than these; undefined (reported) otherwise. */
  block(keys: readonly string[]): Block | undefined {
    if (!isBlock(this.value)) return this.problem(`expected a block with ${listed(keys)}, got ${described(this.value)}`)
    const unknown = Object.keys(this.value).filter((key) => !keys.includes(key))
    for (const key of unknown) this.at(key).problem(`unknown key "${key}"${suggestion(key, keys)}`)
    return unknown.length === 0 ? this.value : undefined
  }

  /** The places of a list with at least one value; undefined (reported) otherwise. */
  list(what: string): readonly Place[] | undefined {
    if (!Array.isArray(this.value)) return this.problem(`expected a list of ${what}, got ${described(this.value)}`)
    if (this.value.length === 0) return this.problem(`the list of ${what} must not be empty`)
    return this.value.map((_, index) => this.at(index))
  }

  /** Text that is not empty. */
  text(what = 'text', remedyForNumber = 'put it in quotes'): string | undefined {
    if (typeof this.value === 'string' && this.value !== '') return this.value
    const remedy = typeof this.value === 'number' ? `; ${remedyForNumber}` : ''
    return this.problem(`expected ${what}, got ${described(this.value)}${remedy}`)
  }

  /** One of a closed list of words. */
  word<W extends string>(known: readonly W[], what: string): W | undefined {
    const { value } = this
    if (typeof value !== 'string') return this.problem(`expected ${what} (one of ${listed(known)}), got ${described(value)}`)
    return known.find((candidate) => candidate === value) ?? this.problem(`unknown ${what} "${value}"${suggestion(value, known)}`)
  }

  /** One word or a list of words out of a closed list. */
  words<W extends string>(known: readonly W[], what: string): readonly W[] | undefined {
    const places = Array.isArray(this.value) ? this.list(`${what}s`) : [this]
    return places && allOf(places.map((place) => place.word(known, what)))
  }

  /** An action without particulars: an empty block, or true. */
  isBare(): boolean {
    const { value } = this
    if (value === true || (isBlock(value) && Object.keys(value).length === 0)) return true
    this.problem(`it takes no particulars: write {}, got ${described(value)}`)
    return false
  }

  /** A whole number within limits. */
  wholeNumber(from: number, to: number): number | undefined {
    const { value } = this
    if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value
    return this.problem(`expected a whole number from ${from} to ${to}, got ${described(value)}`)
  }
}

/** The values when every one could be read. */
export function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === values.length ? known : undefined
}

export function listed(words: readonly string[]): string {
  return words.length <= 1 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export function described(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a block'
  if (value === '') return 'empty text'
  return typeof value === 'string'
    ? `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`
    : `${typeof value === 'number' ? 'the number' : 'the value'} ${String(value)}`
}
