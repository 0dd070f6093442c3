/**
 * Marks an answer that must not arrive whole. `hang`: nothing is answered; `reset`: the connection breaks
 * in the middle of the body. The server of serve.ts turns it into the real thing; a transport that calls
 * `fetch` in process turns it into `no-answer`. Whether the request was executed is decided before.
 */
export type BrokenAnswer = 'hang' | 'reset'

const faultHeader = 'x-sandbox-fault'

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** Marks an answer as broken on the way. */
export function breakAnswer(response: Response, how: BrokenAnswer): Response {
  const headers = new Headers(response.headers)
  headers.set(faultHeader, how)
  return new Response(response.body, { status: response.status, headers })
}

/** How the answer breaks on its way; undefined for one that arrives. */
export function brokenAnswerOf(response: Response): BrokenAnswer | undefined {
  const how = response.headers.get(faultHeader)
  return how === 'hang' || how === 'reset' ? how : undefined
}
