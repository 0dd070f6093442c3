import type { Runtime } from '../compose.ts'

/**
 * A command that changes something. It runs in the daemon when one is there, else in the process that was
 * called, always under the lease. Arguments and answer are JSON.
 */
export type Command = (runtime: Runtime, args: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<unknown>
