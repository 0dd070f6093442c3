import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { control, isControlPath, type Simulated } from './control.ts'
import { brokenAnswerOf } from './respond.ts'

export interface ServeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** 127.0.0.1 when absent. */
  readonly host?: string
  /** How long a request that hangs is kept waiting before its connection is cut; until the client leaves when absent. */
  readonly hangMs?: number
}

export interface ServedSimulation {
  /** Such as `http://127.0.0.1:4600`: what an `endpoint` in the configuration names. */
  readonly url: string
  readonly port: number
  /** Ends every connection, the hanging ones included. */
  close(): Promise<void>
}

/** Serves a simulation and its control API over real HTTP until closed. */
export async function serveSimulation(simulated: Simulated, options: ServeOptions = {}): Promise<ServedSimulation> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer((incoming, outgoing) => {
    answer(simulated, incoming, { outgoing, hangMs: options.hangMs }).catch((error: unknown) => fail(outgoing, error))
  })
  server.keepAliveTimeout = 60_000
  server.listen(options.port ?? 0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host}:${port}`,
    port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

interface Reply {
  readonly outgoing: ServerResponse
  readonly hangMs: number | undefined
}

async function answer(simulated: Simulated, incoming: IncomingMessage, { outgoing, hangMs }: Reply): Promise<void> {
  const request = await toRequest(incoming)
  const isControl = isControlPath(new URL(request.url).pathname)
  const response = isControl ? await control(simulated, request) : await simulated.fetch(request)
  const broken = brokenAnswerOf(response)
  if (broken === 'hang') {
    // The socket stays open until the client gives up, the server closes or the patience of the simulation ends.
    if (hangMs !== undefined) setTimeout(() => outgoing.destroy(), hangMs).unref()
    return
  }
  const body = Buffer.from(await response.arrayBuffer())
  const headers: Record<string, string> = {}
  for (const [name, value] of response.headers) if (name !== 'x-sandbox-fault') headers[name] = value
  if (response.status !== 204) headers['content-length'] = String(body.length)
  outgoing.writeHead(response.status, headers)
  if (broken === 'reset') {
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy())
    return
  }
  outgoing.end(body)
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks)
  return new Request(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
}

/** A mistake in the simulation itself, said plainly so that no test takes it for a simulated fault. */
function fail(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent || outgoing.destroyed) return
  outgoing.writeHead(500, { 'content-type': 'text/plain' })
  outgoing.end(`the simulation itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}
