import { SyncError } from '../../core/errors.ts'
import type { HttpRequest, HttpResponse, Transport } from '../../core/ports/transport.ts'
import { requireOfficialAt, type SimulatedServer } from './watch-requests.ts'

export interface SandboxTransport extends Transport {
  /** Every request handed over, in order. */
  readonly sent: readonly HttpRequest[]
  /** Looks at each exchange: may answer in the server's place, or change what it answered. */
  tamper(hooks: TamperHooks | undefined): void
}

export interface TamperHooks {
  /** An answer in the server's place; undefined lets the request through. */
  answer?(request: HttpRequest): HttpResponse | undefined
  /** What becomes of the server's answer. */
  change?(response: HttpResponse, request: HttpRequest): HttpResponse
}

/**
 * A Transport that calls a simulated server in this process. The origin becomes loopback, as `endpoint`
 * makes it; path and query stay. Every request must fit the official model of the platform, when there is one. An answer marked as broken (`x-sandbox-fault`) becomes `no-answer`.
 */
export function sandboxTransport(server: SimulatedServer): SandboxTransport {
  const sent: HttpRequest[] = []
  let hooks: TamperHooks | undefined
  return {
    sent,
    tamper(next) {
      hooks = next
    },
    async send(request) {
      request.signal?.throwIfAborted()
      sent.push(request)
      requireOfficialAt(server, request)
      const response = hooks?.answer?.(request) ?? (await exchange(server, request))
      request.signal?.throwIfAborted()
      return hooks?.change?.(response, request) ?? response
    },
  }
}

async function exchange(server: SimulatedServer, request: HttpRequest): Promise<HttpResponse> {
  const { pathname, search } = new URL(request.url)
  const response = await server.fetch(
    new Request(`http://127.0.0.1${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
    }),
  )
  const fault = response.headers.get('x-sandbox-fault')
  if (fault) throw new SyncError('transient', `the sandbox did not answer (${fault})`, { code: 'no-answer', context: { fault } })
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
}
