import axios from 'axios'
import { SyncError } from '../../core/errors.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { axiosTransport } from '../shared/axios-transport.ts'
import type { WishAnswer } from './map-error.ts'
import { envelope, parseExactly } from './schema.ts'

/** Query parameters in their order; a list is sent by repeating its name, OpenAPI's default. */
export type WishQuery = Readonly<Record<string, string | readonly string[] | undefined>>

export interface WishRequest {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly query?: WishQuery
  readonly body?: unknown
  readonly bearer?: string
  readonly signal?: AbortSignal
}

interface ReceivedAnswer extends WishAnswer {
  readonly headers: Readonly<Record<string, string>>
}

const timeoutMs = 30_000

/** Sends one request through the transport and opens the envelope of its answer, whatever the status. */
export function sender(host: string, transport: Transport) {
  const http = axios.create({
    baseURL: host,
    adapter: axiosTransport(transport, { timeoutMs }),
    validateStatus: () => true,
    transformResponse: (body: unknown) => body,
    headers: { accept: 'application/json', 'accept-language': 'en' },
  })
  return async (request: WishRequest): Promise<ReceivedAnswer> => {
    try {
      const response = await http.request<string>({
        method: request.method,
        url: request.path,
        timeout: timeoutMs,
        ...(request.query === undefined ? {} : { params: searchParams(request.query) }),
        ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
        headers: {
          ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      })
      const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
      return { ...parseAnswer(response.status, response.data, headers['wish-request-id']), headers }
    } catch (error) {
      throw withoutRequest(error, request)
    }
  }
}

function searchParams(query: WishQuery): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) params.append(name, each)
  }
  return params
}

function parseAnswer(status: number, body: string, requestId: string | undefined): WishAnswer {
  const plain = envelope.safeParse(parsedOrUndefined(body, JSON.parse))
  const exact = envelope.safeParse(parsedOrUndefined(body, parseExactly))
  if (!plain.success || !exact.success) {
    // Not the envelope: an answer without a code counts as unreadable.
    return { status, code: undefined, message: '', data: undefined, exactData: undefined, requestId }
  }
  return { status, code: plain.data.code, message: plain.data.message ?? '', data: plain.data.data, exactData: exact.data.data, requestId }
}

function parsedOrUndefined(body: string, parse: (body: string) => unknown): unknown {
  try {
    return parse(body)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The requests of /oauth/ carry secrets in their query and axios keeps the whole request in its errors: neither is kept. */
function withoutRequest(error: unknown, request: WishRequest): unknown {
  const isSecret = request.path.includes('/oauth/')
  if (error instanceof SyncError) {
    if (!isSecret) return error
    const { kind, code, notSent, retryAfterMs } = error
    const message = `no answer from Wish at ${request.path}; it is tried again`
    return new SyncError(kind, message, { code, notSent, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
  }
  if (!axios.isAxiosError(error)) return error
  if (request.signal?.aborted) return request.signal.reason
  return new SyncError('transient', `no answer from Wish at ${request.path}; it is tried again`, { code: 'no-answer' })
}
