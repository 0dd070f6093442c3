import type { Instant } from '../../core/value/instant.ts'
import { addMs } from '../../core/value/instant.ts'
import type { FaultKind, FaultSwitch } from '../faults.ts'
import { breakAnswer, brokenAnswerOf, json } from './respond.ts'

/** One request at a simulated server, from the point where its operation is known. */
export interface Exchange {
  readonly operation: string
  readonly faults: FaultSwitch
  now(): Instant
  /**
   * Carries the request out. It is given the faults drawn for it, so that the platform can apply those
   * that only it can: H20 and the page faults G1, G2, G5, G7.
   */
  execute(drawn: readonly FaultKind[]): Response | Promise<Response>
  /** Called when a fault keeps the request from being executed; log it here. Status 0: no answer at all. */
  refused?(status: number): void
  /** The platform's own body of a refusal for too many calls. */
  throttled?(): unknown
  /** The platform's own answer that says 200 and means failure (H17). */
  errorBody?(): unknown
}

/** Draws the faults of a request and lets them happen around its execution. */
export async function withFaults(exchange: Exchange): Promise<Response> {
  const drawn = exchange.faults.draw(exchange.operation)
  for (const kind of drawn) {
    const refusal = refuse(kind, exchange)
    if (!refusal) continue
    exchange.refused?.(brokenAnswerOf(refusal) === 'hang' ? 0 : refusal.status)
    return refusal
  }
  let response = await exchange.execute(drawn)
  for (const kind of drawn) response = await spoil(kind, response, exchange)
  return response
}

/** The answer when the fault keeps the request from being executed. */
function refuse(kind: FaultKind, exchange: Exchange): Response | undefined {
  const tooMany = (headers: Readonly<Record<string, string>>): Response =>
    json(exchange.throttled?.() ?? { error: 'too many requests' }, 429, headers)
  switch (kind) {
    case 'H1-429-seconds':
      return tooMany({ 'retry-after': '2' })
    case 'H2-429-date':
      return tooMany({ 'retry-after': new Date(addMs(exchange.now(), 2_000)).toUTCString() })
    case 'H3-429-bare':
      return tooMany({})
    case 'H4-429-absurd':
      return tooMany({ 'retry-after': '1000000000' })
    case 'H5-5xx-before':
      return new Response('Service Unavailable', { status: 503, headers: { 'content-type': 'text/plain' } })
    case 'H6-timeout-before':
      return breakAnswer(json({}), 'hang')
    default:
      return undefined
  }
}

/** What becomes of the answer of a request that was executed. */
async function spoil(kind: FaultKind, response: Response, exchange: Exchange): Promise<Response> {
  switch (kind) {
    case 'H5-5xx-after':
      return new Response('Bad Gateway', { status: 502, headers: { 'content-type': 'text/plain' } })
    case 'H6-timeout-after':
    case 'H16-never-answered':
      return breakAnswer(response, 'hang')
    case 'H7-reset-after':
      return breakAnswer(response, 'reset')
    case 'H8-truncated-json': {
      const text = await response.text()
      return new Response(text.slice(0, Math.floor(text.length / 2)), { status: 200, headers: { 'content-type': 'application/json' } })
    }
    case 'H9-html-200':
      return new Response('<!doctype html><title>Maintenance</title><p>We will be back soon.</p>', {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      })
    case 'H17-200-error-body':
      return json(exchange.errorBody?.() ?? { error: 'internal error' })
    default:
      return response
  }
}
