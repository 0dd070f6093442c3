import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
}

/** Our words for what zod finds. A message that a schema brings itself goes before them. */
export function wording(issue: RawIssue): string | undefined {
  const missing = issue.input === undefined
  switch (issue.code) {
    case 'invalid_type':
      return missing ? missingKey(issue) : expected(typeNames[String(issue.expected)] ?? String(issue.expected), issue.input)
    case 'invalid_value':
      return missing ? missingKey(issue) : `expected ${oneOf(issue.values as readonly unknown[])}`
    case 'too_small':
      return bound(issue, 'at least', issue.minimum as number)
    case 'too_big':
      return bound(issue, 'at most', issue.maximum as number)
    case 'invalid_format':
      return 'this is not written as expected'
    default:
      return undefined
  }
}

/** `expected a number, got text`, with the remedy when quotes are missing. */
function expected(what: string, input: unknown): string {
  const got = typeof input === 'number' ? 'a number' : typeof input === 'boolean' ? 'true or false' : kindOf(input)
  const remedy = what === 'text' && (typeof input === 'number' || typeof input === 'boolean') ? '; put it in quotes' : ''
  return `expected ${what}, got ${got}${remedy}`
}

function missingKey(issue: RawIssue): string {
  const key = issue.path?.at(-1)
  return typeof key === 'string' ? `missing key "${key}"` : 'missing value'
}

function kindOf(input: unknown): string {
  if (input === null || input === undefined) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  return typeof input === 'object' ? 'a block of keys' : 'text'
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value))
  return words.length === 1 ? String(words[0]) : `one of ${words.join(', ')}`
}

function bound(issue: RawIssue, side: string, limit: number): string {
  if (issue.origin === 'string') return limit === 1 && side === 'at least' ? 'must not be empty' : `expected ${side} ${limit} characters`
  if (issue.origin === 'array')
    return limit === 1 && side === 'at least' ? 'the list must not be empty' : `expected ${side} ${limit} entries`
  const exclusive = issue.inclusive === false
  return `expected a number ${exclusive ? (side === 'at least' ? 'above' : 'below') : `of ${side}`} ${limit}`
}
