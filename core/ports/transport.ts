export interface HttpRequest {
  readonly method: string
  /** Absolute, with query. */
  readonly url: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds for the whole exchange; the transport's default when absent. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** As sent; the connector parses it. */
  readonly body: string
}

/**
 * One HTTP exchange, redirects not followed. Every SDK is mounted on it, so that `endpoint`, deadlines,
 * redacted logging, fault injection and simulation exist once. Any answer, 5xx included, is a response.
 * Throws SyncError `transient`: code `not-connected` with `notSent` true when the request certainly never left,
 * `no-answer` when it may have been executed (time-out, reset, answer cut off).
 */
export interface Transport {
  send(request: HttpRequest): Promise<HttpResponse>
}
