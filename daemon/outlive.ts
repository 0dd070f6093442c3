import type { Log } from '../core/ports/log.ts'

/**
 * A pass remembers its own failures. What reaches this place could not even be remembered, such as a database
 * that is away: it is told, and the daemon goes on, because the rows bring the work back.
 */
export async function outlive<T>(
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
  what: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!signal.aborted) log.error('work of the daemon was cut off and comes again', { ...what, reason: String(error) })
    return undefined
  }
}
