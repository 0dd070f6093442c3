import { type Instant, instantToMs, parseInstant } from '../../core/value/instant.ts'
import { orderWord, type StoredOrder, twoYearsMs, type World } from './state.ts'

/** A criterion that was refused: which error and about what. */
export interface FilterProblem {
  readonly errorId: number
  readonly value: string
}

export interface OrderFilter {
  readonly matches: (order: StoredOrder) => boolean
  /** What the result is sorted by; documented for the default alone. */
  readonly sortBy: 'createdAt' | 'modifiedAt'
}

const statusSets: Readonly<Record<string, readonly string[]>> = {
  'NOT_STARTED|IN_PROGRESS': ['NOT_STARTED', 'IN_PROGRESS'],
  'FULFILLED|IN_PROGRESS': ['FULFILLED', 'IN_PROGRESS'],
}

/**
 * Reads the `filter` parameter. With both date criteria only `creationdate` counts; only two sets of
 * states exist. Source: Fulfillment API 1.20.7, getOrders, filter (read 2026-11-22).
 */
export function parseFilter(world: World, text: string | undefined): OrderFilter | FilterProblem {
  const now = world.options.now()
  if (text === undefined || text === '') {
    const since = instantToMs(now) - 90 * 86_400_000
    return { matches: (order) => instantToMs(order.createdAt) >= since, sortBy: 'createdAt' }
  }
  const criteria = new Map<string, string>()
  for (const part of splitCriteria(text)) {
    const colon = part.indexOf(':')
    const name = colon < 0 ? part : part.slice(0, colon)
    if (!['creationdate', 'lastmodifieddate', 'orderfulfillmentstatus'].includes(name)) return { errorId: 30700, value: name }
    criteria.set(name, part.slice(colon + 1))
  }
  const status = criteria.get('orderfulfillmentstatus')
  const words = status === undefined ? undefined : statusWords(status)
  if (status !== undefined && !words) return { errorId: 30800, value: status }
  const field = criteria.has('creationdate') ? 'createdAt' : 'modifiedAt'
  const range = criteria.get('creationdate') ?? criteria.get('lastmodifieddate')
  const period = range === undefined ? undefined : parsePeriod(range, now)
  if (period && 'errorId' in period) return period
  return {
    matches: (order) =>
      (!period || (order[field] >= period.from && order[field] <= period.to)) && (!words || words.includes(orderWord(world, order))),
    sortBy: period ? field : 'createdAt',
  }
}

/** Commas inside brackets or braces do not part criteria. */
function splitCriteria(text: string): readonly string[] {
  return text.split(/,(?![^[{]*[\]}])/)
}

function statusWords(text: string): readonly string[] | undefined {
  const match = /^\{([A-Z_|]+)\}$/.exec(text)
  return match?.[1] === undefined ? undefined : statusSets[match[1]]
}

function parsePeriod(text: string, now: Instant): { readonly from: Instant; readonly to: Instant } | FilterProblem {
  const match = /^\[(.*?)(?:\.\.(.*))?\]$/.exec(text)
  if (!match) return { errorId: 30800, value: text }
  const [startText = '', endText = ''] = [match[1], match[2]]
  if (startText === '') return { errorId: 30820, value: text }
  const from = parseMoment(startText)
  const to = endText === '' ? now : parseMoment(endText)
  if (!from || !to) return { errorId: 30810, value: text }
  if (from > now || to > now) return { errorId: 30850, value: text }
  if (from > to) return { errorId: 30840, value: text }
  if (instantToMs(to) - instantToMs(from) > twoYearsMs) return { errorId: 30830, value: text }
  return { from, to }
}

/** ISO 8601 in UTC. */
function parseMoment(text: string): Instant | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(text) ? parseInstant(text) : undefined
}
