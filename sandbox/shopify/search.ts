/** A record as the search sees it: its value by filter name, several when any of them may match. `default` is for free text. */
export type Searchable = (filter: string) => string | readonly string[] | undefined

export interface SearchWarning {
  readonly field: string
  readonly message: string
  readonly code: 'invalid_field' | 'invalid_value'
}

export interface Search {
  matches(record: Searchable): boolean
  readonly warnings: readonly SearchWarning[]
}

type Condition = (record: Searchable) => boolean

/**
 * Reads a `query:` argument: `field:value`, comparators, quotes, AND (also unwritten), OR, NOT, `-`, brackets.
 * A filter that does not exist is ignored with a warning, so that everything comes back.
 * Source: https://shopify.dev/docs/api/usage/search-syntax (read 2026-11-22).
 */
export function parseSearch(query: string | null | undefined, fields: ReadonlySet<string>): Search {
  const warnings: SearchWarning[] = []
  const tokens = tokenize(query ?? '')
  let position = 0
  const readAny = (): Condition => {
    const parts = [readAll()]
    while (tokens[position] === 'OR') {
      position += 1
      parts.push(readAll())
    }
    return (record) => parts.some((part) => part(record))
  }
  const readAll = (): Condition => {
    const parts: Condition[] = []
    while (position < tokens.length && tokens[position] !== 'OR' && tokens[position] !== ')') {
      if (tokens[position] === 'AND') position += 1
      else parts.push(readOne())
    }
    return (record) => parts.every((part) => part(record))
  }
  const readOne = (): Condition => {
    const token = tokens[position] ?? ''
    position += 1
    if (token === 'NOT' || token === '-') {
      const negated = readOne()
      return (record) => !negated(record)
    }
    if (token !== '(') return readTerm(token, fields, warnings)
    const inner = readAny()
    position += 1
    return inner
  }
  const matches = tokens.length === 0 ? () => true : readAny()
  return { matches, warnings }
}

function tokenize(query: string): readonly string[] {
  return query.match(/\(|\)|-(?=[a-z_]+:)|(?:[^\s()"']|"[^"]*"|'[^']*')+/gi) ?? []
}

function readTerm(token: string, fields: ReadonlySet<string>, warnings: SearchWarning[]): Condition {
  const match = /^([a-z_]+):(>=|<=|>|<)?(.*)$/is.exec(token)
  if (!match)
    return (record) =>
      String(record('default') ?? '')
        .toLowerCase()
        .includes(unquote(token).toLowerCase())
  const [, field = '', comparator = '', written = ''] = match
  if (!fields.has(field)) {
    warnings.push({ field, message: 'Invalid search field for this query.', code: 'invalid_field' })
    return () => true
  }
  const isTime = field.endsWith('_at')
  if (isTime && !/^["']/.test(written) && written.includes(':')) {
    warnings.push({ field, message: `Input \`${written}\` is not an accepted value.`, code: 'invalid_value' })
    return () => true
  }
  const wanted = unquote(written)
  if (isTime) return compareTimes(field, comparator, wanted)
  if (comparator !== '') return (record) => compare(Number(record(field)), comparator, Number(wanted))
  const words = wanted.toLowerCase().split(',')
  return (record) => {
    const value = record(field)
    const values = Array.isArray(value) ? value : [value]
    return values.some((one) => words.includes(String(one ?? '').toLowerCase()))
  }
}

/** A time without a zone means the shop's; the sandbox shops live in UTC. Compared as text, which is faster than dates. */
function compareTimes(field: string, comparator: string, wanted: string): Condition {
  const ms = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(wanted) || !wanted.includes('T') ? wanted : `${wanted}Z`)
  if (Number.isNaN(ms)) return () => false
  const at = new Date(ms).toISOString()
  return (record) => compare(`${String(record(field)).slice(0, 19)}.000Z`, comparator, at)
}

function compare<T extends number | string>(value: T, comparator: string, wanted: T): boolean {
  if (comparator === '>=') return value >= wanted
  if (comparator === '<=') return value <= wanted
  if (comparator === '>') return value > wanted
  if (comparator === '<') return value < wanted
  return value === wanted
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2')
}
