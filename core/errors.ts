/** What a lane does next. The list is closed: a new situation refines `code`, never this list. */
export type ErrorKind = 'config' | 'auth' | 'rate-limit' | 'transient' | 'unknown-outcome' | 'rejected' | 'invalid-data' | 'conflict'

export interface SyncErrorDetails {
  /** Kebab-case and constant, such as `ebay-shipment-already-confirmed`. */
  readonly code: string
  /** Variable parts, free of secrets and personal data. */
  readonly context?: Readonly<Record<string, unknown>>
  /** For `rate-limit` and `transient`: how long the other side asked to be left alone. */
  readonly retryAfterMs?: number
  /** True when it is certain that the request never left this machine, so that even a write may be repeated. */
  readonly notSent?: boolean
  readonly cause?: unknown
}

/**
 * The one error that connectors, adapters and lanes exchange. The message says what happened, to which
 * order or file, and what to do; it holds no secret and no personal data.
 */
export class SyncError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly context: Readonly<Record<string, unknown>>
  readonly retryAfterMs: number | undefined
  readonly notSent: boolean

  constructor(kind: ErrorKind, message: string, details: SyncErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'SyncError'
    this.kind = kind
    this.code = details.code
    this.context = details.context ?? {}
    this.retryAfterMs = details.retryAfterMs
    this.notSent = details.notSent ?? false
  }
}

/** Makes a switch over a union exhaustive: a new member fails to compile where it is not handled. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
