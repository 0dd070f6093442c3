import { json } from '../shared/respond.ts'

/** A refusal as the Selling Partner API words it; thrown anywhere below the router. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: string

  constructor(status: number, code: string, message: string, details = '') {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.details = details
  }
}

export function invalidInput(message: string): Refusal {
  return new Refusal(400, 'InvalidInput', message)
}

/** Source: https://developer-docs.amazon.com/sp-api/docs/response-format (read 2026-11-22). */
export function errorBody(code: string, message: string, details = ''): unknown {
  return { errors: [{ code, message, details }] }
}

export const quotaExceeded = errorBody('QuotaExceeded', 'You exceeded your quota for the requested resource.')

let requestCount = 0

/** An answer of the API with its request id; the rate is sent as far as the models promise it, so not with 403, 429 and 5xx. */
export function answer(status: number, body: unknown, rate: number | undefined): Response {
  requestCount += 1
  const headers: Record<string, string> = { 'x-amzn-requestid': `sandbox-${requestCount}` }
  if (rate !== undefined && (status < 300 || status === 400 || status === 404)) headers['x-amzn-ratelimit-limit'] = String(rate)
  if (status === 204) return new Response(null, { status, headers })
  return json(body, status, headers)
}
