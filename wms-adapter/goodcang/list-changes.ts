import { z } from 'zod'
import type { CallContext, Cursor, RejectedRecord } from '../../core/ports/connector.ts'
import type { OutboundPage, OutboundSnapshot } from '../../core/ports/wms-adapter.ts'
import { addMs, earliest, type Instant, latest, parseInstant } from '../../core/value/instant.ts'
import { beijingText } from './beijing-time.ts'
import { type GoodcangClient, orderPageSize } from './client.ts'
import { type Answer, isEmptyData, isNoData } from './map-error.ts'
import { mapOrder, type Reading } from './map-snapshot.ts'

/** Three lists hold the orders: the ordinary one, and the draft list for C and for H. */
const lists = ['ordinary', 'C', 'H'] as const

/** Read again from before the newest change that was seen: times have whole seconds, and changes may show late. */
const overlapMs = 600_000

const instantSchema = z.string().transform((text, context) => {
  const instant = parseInstant(text)
  if (instant) return instant
  context.addIssue({ code: 'custom', message: 'not an instant' })
  return z.NEVER
})
const cursorSchema = z.object({
  /** The newest change that each list has shown, by the warehouse's clock: ours says nothing about what is still to come. */
  read: z.object({ ordinary: instantSchema, C: instantSchema, H: instantSchema }),
  /** A window that is being read: its frozen upper bound, the next page of which list, and the newest change on its pages. */
  window: z
    .object({
      upper: instantSchema,
      list: z.enum(lists),
      page: z.number().int().positive(),
      countedPages: z.boolean(),
      newest: instantSchema.optional(),
    })
    .optional(),
})
type Position = z.infer<typeof cursorSchema>
type Window = NonNullable<Position['window']>

/**
 * Reads one page of one list of the window [newest change seen − overlap, now). After the first page, which tells how
 * many there are, the pages are read backwards down to the first: an order that leaves the window meanwhile
 * moves the later ones forward, and backwards none of them is passed over.
 */
export async function listChanges(
  client: GoodcangClient,
  since: Cursor | undefined,
  from: Instant,
  call: CallContext,
): Promise<OutboundPage> {
  const position = readCursor(since, from, call)
  const window = position.window ?? { upper: call.now(), list: lists[0], page: 1, countedPages: false }
  const query = {
    page: window.page,
    modifiedFrom: beijingText(addMs(position.read[window.list], -overlapMs)),
    modifiedTo: beijingText(window.upper),
  }
  const answer = await (window.list === 'ordinary' ? client.orderList(query, call) : client.draftList(window.list, query, call))
  if (isNoData(answer)) return pageOf([], nextList(position, window))
  const path = window.list === 'ordinary' ? 'order/get_order_list' : 'order/get_draft_order_list'
  const { rows, count } = await readRows(client, answer, path, call)
  if (count === undefined && rows.length >= orderPageSize) throw client.garbled(path, 'a full page without a count', call)
  const lastPage = Math.ceil((count ?? rows.length) / orderPageSize)
  const readings = rows.map(mapOrder)
  return pageOf(readings, advance(position, { ...window, ...newestOf(window, readings) }, lastPage))
}

/** Nothing beyond the window counts: a change that is dated in the future must not hide those that come before it. */
function newestOf({ newest, upper }: Window, readings: readonly Reading<OutboundSnapshot>[]): Pick<Window, 'newest'> {
  const times = readings.flatMap((reading) => ('value' in reading && reading.value.updatedAt) || [])
  const all = [...times.map((time) => earliest(time, upper)), ...(newest ? [newest] : [])]
  return all.length === 0 ? {} : { newest: all.reduce(latest) }
}

/** The rows of a list answer and how many there are in all. Throws when the list was refused or is none. */
export async function readRows(
  client: GoodcangClient,
  answer: Answer,
  path: string,
  call: CallContext,
): Promise<{ readonly rows: readonly unknown[]; readonly count: number | undefined }> {
  if (answer.ask === 'refused') {
    await client.warehouses(call)
    throw client.refusedRead(path, answer)
  }
  const { data, count } = answer.envelope
  if (!Array.isArray(data) && !isEmptyData(data)) throw client.garbled(path, 'its data is not a list', call)
  const total = count === undefined ? undefined : Number(count)
  if (total !== undefined && !(Number.isSafeInteger(total) && total >= 0)) throw client.garbled(path, 'its count is not a number', call)
  return { rows: Array.isArray(data) ? data : [], count: total }
}

function advance(position: Position, window: Window, lastPage: number): Position {
  const nextPage = window.countedPages ? window.page - 1 : lastPage
  if (nextPage > (window.countedPages ? 0 : 1)) return { ...position, window: { ...window, page: nextPage, countedPages: true } }
  const before = position.read[window.list]
  return nextList({ ...position, read: { ...position.read, [window.list]: latest(before, window.newest ?? before) } }, window)
}

function nextList(position: Position, window: Window): Position {
  const list = lists[lists.indexOf(window.list) + 1]
  return { read: position.read, ...(list ? { window: { upper: window.upper, list, page: 1, countedPages: false } } : {}) }
}

function pageOf(readings: readonly Reading<OutboundSnapshot>[], next: Position): OutboundPage {
  const outbounds: OutboundSnapshot[] = []
  const rejected: RejectedRecord[] = []
  for (const reading of readings) {
    if ('rejected' in reading) rejected.push(reading.rejected)
    // Orders without a reference were entered by hand in the warehouse's own pages; they are not ours.
    else if (reading.value.reference !== '') outbounds.push(reading.value)
  }
  return { outbounds, rejected, nextCursor: JSON.stringify(next), hasMore: next.window !== undefined }
}

function readCursor(cursor: Cursor | undefined, from: Instant, call: CallContext): Position {
  if (cursor === undefined) return { read: { ordinary: from, C: from, H: from } }
  const parsed = cursorSchema.safeParse(parseJson(cursor))
  if (parsed.success) return parsed.data
  call.log.warn('goodcang cursor is unreadable, reading again from the start', { from })
  return { read: { ordinary: from, C: from, H: from } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
