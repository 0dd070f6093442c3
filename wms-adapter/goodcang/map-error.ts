import { type ErrorKind, SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { HttpResponse } from '../../core/ports/transport.ts'
import { type Instant, instantToMs } from '../../core/value/instant.ts'
import { defaultRetryAfterMs, longestRetryAfterMs } from './rate-limits.ts'
import { type Envelope, envelopeSchema } from './schema.ts'

/** What a call answered with HTTP 200. `refused` is every `ask` but "Success"; its text decides nothing. */
export type Answer =
  | { readonly ask: 'success'; readonly envelope: Envelope }
  | { readonly ask: 'refused'; readonly envelope: Envelope; readonly code: string | undefined; readonly message: string }

interface Verdict {
  readonly kind: ErrorKind
  readonly code: string
  readonly advice: string
}

const accessRefused: Verdict = {
  kind: 'auth',
  code: 'wms-access-refused',
  advice: 'check appKey and appToken of this account in warehouses.yaml',
}
const throttled: Verdict = { kind: 'rate-limit', code: 'wms-rate-limited', advice: 'it goes on by itself' }
const failing: Verdict = { kind: 'transient', code: 'wms-http-error', advice: 'it is tried again' }
const garbled: Verdict = { kind: 'transient', code: 'wms-answer-garbled', advice: 'it is tried again' }

/** HTTP decides first. Any other status but 200 is `failing`. */
const byStatus: Readonly<Record<number, Verdict>> = { 401: accessRefused, 403: accessRefused, 429: throttled }

/** Codes in the body that repeat an HTTP status; the gateway sends them with HTTP 200. */
const byCode: Readonly<Record<string, Verdict>> = {
  '401': accessRefused,
  '403': accessRefused,
  '429': throttled,
  '500': failing,
  '502': failing,
  '503': failing,
  '504': failing,
}

/**
 * Lists without a row may come as a refusal with one of these codes instead of an empty list: seen in
 * answers that public clients quote (return_order/list: 400, query_tracking_status: 10103086; read 2026-11-24).
 */
const noDataCodes: ReadonlySet<string> = new Set(['400', '10103086'])

export function isNoData(answer: Answer): boolean {
  return answer.ask === 'refused' && answer.code !== undefined && noDataCodes.has(answer.code) && isEmptyData(answer.envelope.data)
}

/**
 * Texts of a refused look-up that say that there is no such order. They are not documented; what is not among them
 * leaves a question open and never answers it.
 */
const noneTexts =
  /不存在|找不到|查不到|未找到|未查|没查|没有(找|查|数据|记录|订单)|无(数据|记录|效)|无(此|该)(订单|单号|数据|记录|参考)|为空|\bno (such|data|record|order|result|match)|(\bnot|n['’]t) (be )?(found|exist)|\bempty\b|\b(invalid|unknown) (order|reference)/i

/** Whether the refusal of a look-up says that there is nothing to be found. */
export function saysNone({ envelope, code, message }: Answer & { readonly ask: 'refused' }): boolean {
  return isEmptyData(envelope.data) && (code === '10103086' || noneTexts.test(message))
}

/** Texts of a refused create that say that the reference is taken. They only ever call for more care. */
const takenTexts = /已存在|已经存在|重复|duplicate|already exist|already used/i

/** Whether the refusal of a create says that the warehouse has its reference already. */
export function saysTaken({ message }: Answer & { readonly ask: 'refused' }): boolean {
  return takenTexts.test(message)
}

/** Null, false, empty text, an empty list or an empty object. */
export function isEmptyData(data: unknown): boolean {
  if (data === null || data === undefined || data === false || data === '') return true
  return typeof data === 'object' && Object.keys(data).length === 0
}

/**
 * Reads the frame of an answer. Throws `auth`, `rate-limit` and `transient`; a write that meets the last
 * has an unknown outcome.
 */
export function readAnswer(response: HttpResponse, where: CallPlace): Answer {
  if (response.status !== 200) throw errorOf(byStatus[response.status] ?? failing, where, `HTTP ${response.status}`, response)
  const envelope = parseEnvelope(response.body)
  if (envelope?.ask === 'Success') return { ask: 'success', envelope }
  const code = envelope && (envelope.Error?.errCode ?? envelope.errCode ?? envelope.code)
  const verdict = code === undefined ? undefined : byCode[code]
  if (verdict) throw errorOf(verdict, where, `code ${code}`, response)
  if (envelope?.ask === undefined) throw garbledAnswer(where, 'it is not JSON with an "ask" field')
  return { ask: 'refused', envelope, code, message: envelope.Error?.errMessage ?? envelope.message ?? 'no reason given' }
}

export interface CallPlace {
  readonly account: string
  /** Path after public_open, such as `order/create_order`. */
  readonly path: string
  readonly now: Instant
}

export function garbledAnswer(where: CallPlace, what: string): SyncError {
  return errorOf(garbled, where, what)
}

/** The credentials are refused, although HTTP said 200: even the call without parameters is. */
export function accessError(where: CallPlace): SyncError {
  return errorOf(accessRefused, where, 'every call is refused')
}

function errorOf(verdict: Verdict, where: CallPlace, what: string, response?: HttpResponse): SyncError {
  const message = `Goodcang account ${where.account}: ${where.path} was answered badly (${what}); ${verdict.advice}`
  return new SyncError(verdict.kind, message, {
    code: verdict.code,
    context: { account: where.account, path: where.path, ...(response ? { status: response.status } : {}) },
    ...(verdict.kind === 'rate-limit' ? { retryAfterMs: retryAfterMs(response, where.now) } : {}),
  })
}

function retryAfterMs(response: HttpResponse | undefined, now: Instant): number {
  const header = response?.headers['retry-after']?.trim() ?? ''
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - instantToMs(now)
  if (!Number.isFinite(ms) || ms <= 0) return defaultRetryAfterMs
  return Math.min(ms, longestRetryAfterMs)
}

function parseEnvelope(body: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(body.replace(/^\uFEFF/, ''))).data
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * What a write came to when its call threw: only refused access, the rate limit and a request that never
 * left were certainly not executed, and are thrown on. Everything else is unknown, an aborted call included.
 */
export function outcomeOfFailedWrite(error: unknown, signal: AbortSignal): WriteOutcome {
  if (!(error instanceof SyncError)) {
    if (!signal.aborted) throw error
    return { result: 'unknown', code: 'call-aborted', message: 'the call was stopped before its answer was read' }
  }
  if (error.kind === 'auth' || error.kind === 'rate-limit' || error.notSent) throw error
  return { result: 'unknown', code: error.code, message: error.message }
}

/** Takes personal data out of a text of the warehouse before anybody logs or shows it. */
export function withoutPersonalData(message: string, personal: readonly (string | undefined)[]): string {
  let clean = message
  const words = personal.filter((value) => value !== undefined && value.trim().length > 2) as string[]
  for (const word of words.toSorted((a, b) => b.length - a.length)) clean = clean.replaceAll(word.trim(), '***')
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean
}
