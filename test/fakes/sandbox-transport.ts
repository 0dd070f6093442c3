import { inProcess } from '../../bench/in-process.ts'
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

/** A Transport that calls a simulated server in this process. Every request must fit the official model of the platform, when there is one. */
export function sandboxTransport(server: SimulatedServer): SandboxTransport {
  const sent: HttpRequest[] = []
  const asked = inProcess(server)
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
      const response = hooks?.answer?.(request) ?? (await asked.send(request))
      request.signal?.throwIfAborted()
      return hooks?.change?.(response, request) ?? response
    },
  }
}
