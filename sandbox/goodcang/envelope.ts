import { json } from '../shared/respond.ts'

/** A business failure: HTTP 200, and no code that a reader could go by. */
export class Refusal extends Error {}

/** An answer of the V1 calls: `ask`, `message` and the rest beside them. */
export function success(rest: Readonly<Record<string, unknown>>): Response {
  return json({ ask: 'Success', message: 'Success', ...rest })
}

export function failure(message: string): Response {
  return json({ ask: 'Failure', message, data: null })
}

/** Every number in the answer as text, the way some calls of the real system answer. */
export function numbersAsText(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(numbersAsText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, numbersAsText(entry)]))
}
