import type { LimitObservation } from '../../core/ports/call-gate.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { Log } from '../../core/ports/log.ts'
import type { StoredToken, TokenRequest, TokenStore } from '../../core/ports/token-store.ts'
import { addMs, type Instant, msBetween, parseInstant } from '../../core/value/instant.ts'

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** What one call of a connector or adapter did to the context it was handed. */
export interface FakeCallContext extends CallContext {
  /** Every passage through the gate, in order. */
  readonly calls: readonly { readonly operation: string; readonly cost: number }[]
  readonly observations: readonly { readonly operation: string; readonly observation: LimitObservation }[]
  readonly lines: readonly LogLine[]
  /** Lets time pass, for the tokens too; without effect on a clock of the test's own. */
  advance(ms: number): void
  abort(reason?: unknown): void
}

export interface FakeCallContextOptions {
  /** Starts here; 2026-11-24T08:00:00Z when absent. */
  readonly now?: string
  /** A clock of the test's own, instead of `now` and `advance`. */
  readonly clock?: () => Instant
}

/** A CallContext with time that stands still, tokens in memory, a gate that never waits, and a log that only remembers. */
export function fakeCallContext(options: FakeCallContextOptions = {}): FakeCallContext {
  let instant = startOf(options)
  const now = options.clock ?? (() => instant)
  const controller = new AbortController()
  const calls: { operation: string; cost: number }[] = []
  const observations: { operation: string; observation: LimitObservation }[] = []
  const lines: LogLine[] = []
  return {
    now,
    signal: controller.signal,
    tokens: memoryTokenStore(now),
    gate: {
      async run(operation, call, settings) {
        settings?.signal?.throwIfAborted()
        calls.push({ operation, cost: settings?.cost ?? 1 })
        return call()
      },
      observe(operation, observation) {
        observations.push({ operation, observation })
      },
    },
    log: memoryLog(lines, {}),
    calls,
    observations,
    lines,
    advance(ms) {
      instant = addMs(instant, ms)
    },
    abort(reason) {
      controller.abort(reason)
    },
  }
}

function startOf(options: FakeCallContextOptions): Instant {
  const start = parseInstant(options.now ?? '2026-11-24T08:00:00Z')
  if (!start) throw new Error(`"${options.now}" is not an instant`)
  return start
}

/** Tokens in memory, renewed one at a time per scope and ahead of their end, as the TokenStore port demands. */
function memoryTokenStore(now: () => Instant): TokenStore {
  const held = new Map<string, { readonly seed: string; readonly token: StoredToken }>()
  const queues = new Map<string, Promise<unknown>>()
  const inTurn = <T>(scope: string, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(scope) ?? Promise.resolve()).then(work)
    queues.set(
      scope,
      turn.catch(() => undefined),
    )
    return turn
  }
  const renew = async (request: TokenRequest, current: StoredToken | undefined): Promise<StoredToken> => {
    const token = await request.renew(current)
    held.set(request.scope, { seed: request.seed, token })
    return token
  }
  const stored = (request: TokenRequest): StoredToken | undefined => {
    const entry = held.get(request.scope)
    return entry?.seed === request.seed ? entry.token : undefined
  }
  return {
    get: (request) =>
      inTurn(request.scope, async () => {
        const token = stored(request)
        return token && isFresh(token, now()) ? token : renew(request, token)
      }),
    replace: (request, refused) =>
      inTurn(request.scope, async () => {
        const token = stored(request)
        return token && token.accessToken !== refused.accessToken ? token : renew(request, token)
      }),
  }
}

function isFresh(token: StoredToken, now: Instant): boolean {
  if (!token.expiresAt) return true
  return msBetween(token.issuedAt, now) < 0.8 * msBetween(token.issuedAt, token.expiresAt)
}

function memoryLog(lines: LogLine[], context: Readonly<Record<string, unknown>>): Log {
  const write =
    (level: LogLine['level']) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      lines.push({ level, message, fields: { ...context, ...fields } })
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => memoryLog(lines, { ...context, ...fields }),
  }
}
