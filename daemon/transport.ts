import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios'
import { SyncError } from '../core/errors.ts'
import type { HttpRequest, HttpResponse, Transport } from '../core/ports/transport.ts'

const defaultTimeoutMs = 30_000
/** Nothing that we read is larger; a larger answer is a mistake of the other side. */
const maxAnswerBytes = 64 * 1024 * 1024

/** Failures before a byte was sent: no name, no route, nobody listening, no trust. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_INVALID_URL',
])

/**
 * Real HTTP. With an endpoint every request goes there instead of to its own host; path and query stay.
 * Answers come as text, whatever the status; redirects are answers too.
 */
export function createTransport(endpoint?: string): Transport {
  const client = axios.create({
    maxRedirects: 0,
    maxContentLength: maxAnswerBytes,
    validateStatus: () => true,
    responseType: 'text',
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 64 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 64 }),
  })
  return { send: (request) => send(client, { ...request, url: endpoint === undefined ? request.url : redirected(request.url, endpoint) }) }
}

/** The same path and query at another origin; a path of the endpoint itself comes first. */
export function redirected(url: string, endpoint: string): string {
  const target = new URL(url)
  const base = new URL(endpoint)
  return `${base.origin}${base.pathname.replace(/\/$/, '')}${target.pathname}${target.search}`
}

async function send(client: AxiosInstance, request: HttpRequest): Promise<HttpResponse> {
  if (request.signal?.aborted) throw noAnswer(request, 'the work was stopped before the call', true)
  const timeoutMs = request.timeoutMs ?? defaultTimeoutMs
  const deadline = AbortSignal.timeout(timeoutMs)
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
  try {
    const { method, url, headers } = request
    const data = request.body === undefined ? {} : { data: request.body }
    return answer(await client.request<unknown>({ method, url, headers: { ...headers }, signal, ...data }))
  } catch (error) {
    throw failure(request, error, deadline.aborted ? `no answer within ${timeoutMs} ms` : undefined)
  }
}

function answer(response: AxiosResponse<unknown>): HttpResponse {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return { status: response.status, headers, body: typeof response.data === 'string' ? response.data : '' }
}

function failure(request: HttpRequest, error: unknown, late: string | undefined): SyncError {
  const code = isAxiosError(error) ? (error.code ?? '') : ''
  const isUnsent = neverSent.has(code)
  const reason = late ?? (isAxiosError(error) ? code || error.message : String(error))
  return noAnswer(request, reason, isUnsent, error)
}

function noAnswer(request: HttpRequest, reason: string, notSent: boolean, cause?: unknown): SyncError {
  // The query may hold secrets: only host and path are named.
  const { host, pathname } = new URL(request.url)
  const details = { code: notSent ? 'not-connected' : 'no-answer', notSent, context: { host, path: pathname } }
  const what = notSent ? 'could not be reached' : 'did not answer'
  return new SyncError(
    'transient',
    `${request.method} ${host}${pathname} ${what}: ${reason}`,
    isSafeCause(cause) ? { ...details, cause } : details,
  )
}

/** An axios error carries the request with its secrets; only its inner cause is kept. */
function isSafeCause(cause: unknown): boolean {
  return cause !== undefined && !isAxiosError(cause)
}
