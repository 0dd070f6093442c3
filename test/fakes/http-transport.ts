import { SyncError } from '../../core/errors.ts'
import type { HttpRequest, HttpResponse, Transport } from '../../core/ports/transport.ts'
import { requireOfficial } from './watch-requests.ts'

/** Codes of a connection that was never made, so that nothing can have been executed. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** Platforms by the end of their hosts' names. */
const platforms: readonly (readonly [RegExp, string])[] = [
  [/\.amazon\.[a-z.]+$/, 'amazon'],
  [/\.ebay\.com$/, 'ebay'],
  [/\.myshopify\.com$/, 'shopify'],
  [/\.wish\.com$/, 'wish'],
]

/** A Transport through Node's fetch, for tests that catch single calls with nock. Requests must fit the official models. */
export function httpTransport(): Transport {
  return { send }
}

async function send(request: HttpRequest): Promise<HttpResponse> {
  request.signal?.throwIfAborted()
  const { hostname } = new URL(request.url)
  const platform = platforms.find(([ending]) => ending.test(hostname))?.[1]
  if (platform !== undefined) requireOfficial(platform, request)
  const deadline = AbortSignal.timeout(request.timeoutMs ?? 30_000)
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: request.signal ? AbortSignal.any([request.signal, deadline]) : deadline,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  } catch (error) {
    request.signal?.throwIfAborted()
    throw failure(error, new URL(request.url).host)
  }
}

function failure(error: unknown, host: string): SyncError {
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code
  if (typeof code === 'string' && neverConnected.has(code)) {
    return new SyncError('transient', `${host} could not be reached`, { code: 'not-connected', notSent: true, cause: error })
  }
  return new SyncError('transient', `${host} did not answer`, { code: 'no-answer', cause: error })
}
