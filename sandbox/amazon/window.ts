import { createHash } from 'node:crypto'
import { z } from 'zod'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { invalidInput } from './respond.ts'
import type { SellerOrder } from './state.ts'

/** Which time a search goes by and its bounds, both inclusive. */
export interface Window {
  readonly by: 'createdAt' | 'updatedAt'
  readonly after: Instant
  readonly before: Instant
}

export interface WindowInput {
  readonly createdAfter: Instant | undefined
  readonly createdBefore: Instant | undefined
  readonly updatedAfter: Instant | undefined
  readonly updatedBefore: Instant | undefined
}

const twoMinutesMs = 120_000
const tokenLifeMs = 24 * 3_600_000

/** Exactly one family of bounds, and an upper one at least two minutes back. Source: searchOrders in the official model (read 2026-11-22). */
export function readWindow(input: WindowInput, now: Instant, hasTwoMinuteRule: boolean): Window {
  const byCreation = input.createdAfter !== undefined
  if (byCreation === (input.updatedAfter !== undefined))
    throw invalidInput('Exactly one of createdAfter and lastUpdatedAfter must be provided.')
  if (byCreation ? input.updatedBefore !== undefined : input.createdBefore !== undefined) {
    throw invalidInput('Bounds by creation and by last update cannot be combined.')
  }
  const after = (byCreation ? input.createdAfter : input.updatedAfter) ?? now
  const latest = hasTwoMinuteRule ? addMs(now, -twoMinutesMs) : now
  const wanted = byCreation ? input.createdBefore : input.updatedBefore
  if (wanted !== undefined && wanted > latest)
    throw invalidInput('The upper bound must be at least two minutes before the time of the request.')
  if (wanted !== undefined && wanted < after) throw invalidInput('The upper bound must be equal to or after the lower bound.')
  return { by: byCreation ? 'createdAt' : 'updatedAt', after, before: wanted ?? latest }
}

const tokenSchema = z.object({
  by: z.enum(['createdAt', 'updatedAt']),
  after: z.string(),
  before: z.string(),
  /** The last order of the page before. */
  time: z.string(),
  id: z.string(),
  /** Fingerprint of seller and parameters. */
  of: z.string(),
  issuedAt: z.string(),
})

export interface PageRequest {
  readonly token: string | undefined
  readonly size: number
  /** Seller and every parameter that must be repeated with the token. */
  readonly parameters: readonly unknown[]
  readonly now: Instant
}

export interface Page {
  readonly orders: readonly SellerOrder[]
  readonly nextToken: string | undefined
  readonly window: Window
}

/** One page, oldest first. The token names a place and the frozen window, so changes meanwhile shift nothing. */
export function pageOf(orders: readonly SellerOrder[], readFirstWindow: () => Window, request: PageRequest): Page {
  const of = fingerprint(request.parameters)
  const token = request.token === undefined ? undefined : readToken(request.token, of, request.now)
  const window: Window = token ? { by: token.by, after: token.after as Instant, before: token.before as Instant } : readFirstWindow()
  const { by } = window
  const within = orders
    .filter((order) => order[by] >= window.after && order[by] <= window.before)
    .filter((order) => token === undefined || order[by] > token.time || (order[by] === token.time && order.id > token.id))
    .sort((a, b) => (a[by] === b[by] ? (a.id < b.id ? -1 : 1) : a[by] < b[by] ? -1 : 1))
  const page = within.slice(0, request.size)
  const last = page.at(-1)
  if (!last || within.length === page.length) return { orders: page, nextToken: undefined, window }
  const next: z.output<typeof tokenSchema> = { ...window, time: last[by], id: last.id, of, issuedAt: token?.issuedAt ?? request.now }
  return { orders: page, nextToken: Buffer.from(JSON.stringify({ ...next, page: request.now })).toString('base64'), window }
}

function readToken(text: string, of: string, now: Instant): z.output<typeof tokenSchema> {
  const token = tokenSchema.safeParse(parseToken(text))
  if (!token.success) throw invalidInput('The pagination token is invalid.')
  if (token.data.of !== of) throw invalidInput('The parameters differ from those that the pagination token was made for.')
  if (addMs(token.data.issuedAt as Instant, tokenLifeMs) < now) throw invalidInput('The pagination token has expired.')
  return token.data
}

function parseToken(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function fingerprint(parameters: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 12)
}
