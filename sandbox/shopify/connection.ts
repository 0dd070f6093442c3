import { createHash } from 'node:crypto'
import { GraphQLError } from 'graphql'

export interface PageArguments {
  readonly first?: number | null
  readonly last?: number | null
  readonly after?: string | null
  readonly before?: string | null
  readonly reverse?: boolean | null
}

export interface Connection<V> {
  readonly nodes: readonly V[]
  readonly edges: readonly { readonly cursor: string; readonly node: V }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** A list in the order of its sort key, with the position that a cursor points at. */
export interface Listing<T> {
  readonly records: readonly T[]
  /** Sort value of a record; records with the same one follow each other by id. */
  position(record: T): { readonly value: string; readonly id: string }
  /** Whatever makes this list this list: filter and sort. A cursor of another one is refused. */
  readonly identity: string
  /** Applied to the records of the page only. */
  disturb?(records: readonly T[]): readonly T[]
}

/** Source: https://shopify.dev/docs/api/usage/limits and pagination-graphql (read 2026-11-22). */
const largestPage = 250

/** One page of a list, by cursors that name a place in the sorted list rather than an offset. */
export function paginate<T, V>(listing: Listing<T>, page: PageArguments, view: (record: T) => V): Connection<V> {
  const size = pageSize(page)
  const backwards = page.last != null
  const after = readCursor(page.after, listing.identity)
  const before = readCursor(page.before, listing.identity)
  const compare = (a: Position, b: Position): number => comparePositions(a, b) * (page.reverse ? -1 : 1)
  const within = listing.records
    .map((record) => ({ record, key: listing.position(record) }))
    .filter(({ key }) => (!after || compare(key, after) > 0) && (!before || compare(key, before) < 0))
  const taken = takeFirst(within, size + 1, (a, b) => compare(a.key, b.key) * (backwards ? -1 : 1))
  const hasMore = taken.length > size
  const chosen = backwards ? taken.slice(0, size).reverse() : taken.slice(0, size)
  const records = chosen.map(({ record }) => record)
  const shown = listing.disturb ? listing.disturb(records) : records
  const cursor = (record: T): string => writeCursor(listing.position(record), listing.identity)
  const start = chosen[0]
  const end = chosen.at(-1)
  const nodes = shown.map(view)
  return {
    nodes,
    edges: shown.map((record, index) => ({ cursor: cursor(record), node: nodes[index] as V })),
    pageInfo: {
      hasNextPage: backwards ? before !== undefined : hasMore,
      hasPreviousPage: backwards ? hasMore : after !== undefined,
      startCursor: start ? cursor(start.record) : null,
      endCursor: end ? cursor(end.record) : null,
    },
  }
}

/** A short list whose records stand in their own order. */
export function paginateList<T extends { readonly id: string }, V>(
  records: readonly T[],
  page: PageArguments,
  view: (record: T) => V,
  identity: string,
): Connection<V> {
  const places = new Map(records.map((record, index) => [record.id, String(index).padStart(6, '0')]))
  return paginate({ records, position: ({ id }) => ({ value: places.get(id) ?? '', id }), identity }, page, view)
}

interface Position {
  readonly value: string
  readonly id: string
}

function pageSize(page: PageArguments): number {
  if (page.first == null && page.last == null) throw badRequest('you must provide one of first or last')
  const size = page.first ?? page.last ?? 0
  if (size < 0) throw badRequest('first and last must not be negative')
  if (size > largestPage) throw badRequest(`${page.first == null ? 'last' : 'first'} exceeds the maximum page size of ${largestPage}`)
  return size
}

/** The first `count` in order, in one pass: sorting ten thousand orders for every page would slow a benchmark down. */
function takeFirst<E>(entries: readonly E[], count: number, compare: (a: E, b: E) => number): readonly E[] {
  const first: E[] = []
  for (const entry of entries) {
    const last = first.at(-1)
    if (first.length === count && last !== undefined && compare(entry, last) >= 0) continue
    let place = first.length
    for (let other = first[place - 1]; other !== undefined && compare(entry, other) < 0; other = first[place - 1]) place -= 1
    first.splice(place, 0, entry)
    if (first.length > count) first.pop()
  }
  return first
}

function comparePositions(a: Position, b: Position): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1
  if (a.id.length !== b.id.length) return a.id.length - b.id.length
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

function writeCursor(position: Position, identity: string): string {
  return Buffer.from(JSON.stringify({ last_id: position.id, last_value: position.value, of: fingerprint(identity) })).toString('base64')
}

function readCursor(text: string | null | undefined, identity: string): Position | undefined {
  if (text == null) return undefined
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as { last_id: string; last_value: string; of: string }
    if (cursor.of === fingerprint(identity)) return { id: cursor.last_id, value: cursor.last_value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw badRequest('Invalid cursor for current pagination sort.')
}

function fingerprint(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 12)
}

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })
}
