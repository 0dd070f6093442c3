import axios, { type AxiosAdapter, AxiosError, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import type { HttpRequest, HttpResponse, Transport } from '../../core/ports/transport.ts'

export interface AxiosTransportOptions {
  /** Milliseconds for one exchange; a request's own `timeout` wins. */
  readonly timeoutMs: number
  /** The signal of the call in progress, for SDKs that take no signal per request. A request's own `signal` wins. */
  readonly currentSignal?: () => AbortSignal | undefined
}

/**
 * An axios `adapter` that sends through a Transport, for plain axios and for SDKs built on it. A status that
 * `validateStatus` refuses becomes an AxiosError with its `response`, as with axios' own adapters. What the
 * Transport throws (SyncError `transient`) passes through unchanged. Text bodies only; it never retries.
 */
export function axiosTransport(transport: Transport, options: AxiosTransportOptions): AxiosAdapter {
  return async (config) => {
    const request = toRequest(config, options)
    const answer = await transport.send(request)
    return settle(toAxiosResponse(answer, config))
  }
}

/** The headers of a response that came through this adapter, with lower-case names. */
export function plainHeaders(response: AxiosResponse): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function toRequest(config: InternalAxiosRequestConfig, options: AxiosTransportOptions): HttpRequest {
  const body = bodyText(config.data)
  const signal = (config.signal as AbortSignal | undefined) ?? options.currentSignal?.()
  return {
    method: (config.method ?? 'get').toUpperCase(),
    url: axios.getUri(config),
    headers: headerRecord(config),
    timeoutMs: config.timeout ? config.timeout : options.timeoutMs,
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  }
}

function bodyText(data: unknown): string | undefined {
  if (data === undefined || data === null) return undefined
  if (typeof data === 'string') return data
  if (data instanceof URLSearchParams) return data.toString()
  throw new Error('the transport sends text bodies only; this request carries something else')
}

function headerRecord(config: InternalAxiosRequestConfig): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(AxiosHeaders.from(config.headers).toJSON())) {
    if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value)
  }
  // axios' own adapters drop the content type of a request without body; servers refuse some of these.
  if (config.data === undefined || config.data === null) delete headers['content-type']
  if (config.auth && headers['authorization'] === undefined) {
    headers['authorization'] = `Basic ${Buffer.from(`${config.auth.username}:${config.auth.password}`).toString('base64')}`
  }
  return headers
}

function toAxiosResponse(answer: HttpResponse, config: InternalAxiosRequestConfig): AxiosResponse {
  return { data: answer.body, status: answer.status, statusText: '', headers: AxiosHeaders.from({ ...answer.headers }), config }
}

function settle(response: AxiosResponse): AxiosResponse {
  const isValid = response.config.validateStatus
  if (!isValid || isValid(response.status)) return response
  const code = response.status >= 500 ? AxiosError.ERR_BAD_RESPONSE : AxiosError.ERR_BAD_REQUEST
  throw new AxiosError(`Request failed with status code ${response.status}`, code, response.config, undefined, response)
}
