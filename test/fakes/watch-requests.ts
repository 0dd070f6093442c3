import { checkRequest, type SentRequest } from './official-requests.ts'
import { reportOfficialChecks } from './specs-report.ts'

/** What a simulated marketplace or warehouse offers to a transport. */
export interface SimulatedServer {
  fetch(request: Request): Response | Promise<Response>
  /** The name of a marketplace. */
  readonly platform?: string
  /** The name of a warehouse system. */
  readonly adapter?: string
}

const watched = new WeakSet<SimulatedServer>()
const counts = new Map<string, number>()
const departures: string[] = []

/**
 * Compares a request that our own code sends with the official model of the platform, when QUAYSIDE_SPECS names the
 * models. A departure is thrown here, and fails the test once more at its end, because code under test may handle
 * the error.
 */
export function requireOfficial(platform: string, request: SentRequest): void {
  const problems = checkRequest(platform, request)
  if (!problems) return
  counts.set(platform, (counts.get(platform) ?? 0) + 1)
  if (problems.length === 0) return
  const text = `a request to ${platform} departs from its official model: ${problems.join('; ')}`
  departures.push(text)
  throw new Error(text)
}

/** Compares a request to a simulated server, unless the server does so itself. */
export function requireOfficialAt(server: SimulatedServer, request: SentRequest): void {
  const name = server.platform ?? server.adapter
  if (name !== undefined && !watched.has(server)) requireOfficial(name, request)
}

/** The same server, which compares every request that reaches it, such as those of processes of their own. */
export function watchRequests<Server extends SimulatedServer>(server: Server): Server {
  const name = server.platform ?? server.adapter ?? ''
  const whole = {
    ...server,
    async fetch(request: Request): Promise<Response> {
      const body = await request.clone().text()
      requireOfficial(name, { method: request.method, url: request.url, body })
      return server.fetch(request)
    },
  }
  watched.add(whole)
  return whole
}

function failOnDepartures(): void {
  const found = [...new Set(departures.splice(0))]
  if (found.length > 0) throw new Error(found.join('\n'))
}

function report(): void {
  for (const [platform, requests] of counts) reportOfficialChecks(platform, requests)
  counts.clear()
}

function atTheEnd(): void {
  report()
  failOnDepartures()
}

if (process.env['VITEST']) {
  const { afterAll, afterEach } = await import('vitest')
  afterEach(failOnDepartures)
  afterAll(atTheEnd)
} else {
  // The tests of kills use the same servers in a plain process, where there are no such hooks.
  process.once('exit', atTheEnd)
}
