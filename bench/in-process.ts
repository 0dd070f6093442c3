import { SyncError } from '../core/errors.ts'
import type { Transport } from '../core/ports/transport.ts'
import { brokenAnswerOf } from '../sandbox/index.ts'

/**
 * A transport that asks a simulated server in this process. The origin becomes loopback, as `endpoint` makes it; path
 * and query stay. A broken answer becomes `no-answer`.
 */
export function inProcess(server: { fetch(request: Request): Response | Promise<Response> }): Transport {
  return {
    async send({ method, url, headers, body }) {
      const { pathname, search } = new URL(url)
      const address = `http://127.0.0.1${pathname}${search}`
      const response = await server.fetch(new Request(address, { method, headers, ...(body === undefined ? {} : { body }) }))
      const fault = brokenAnswerOf(response)
      if (fault) throw new SyncError('transient', `the sandbox did not answer (${fault})`, { code: 'no-answer', context: { fault } })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
  }
}
