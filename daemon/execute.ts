import { ZodError } from 'zod'
import { SyncError } from '../core/errors.ts'
import type { CommandRequest, Storage } from '../core/ports/storage.ts'
import { type CommandName, commands } from './commands/index.ts'
import type { Runtime } from './compose.ts'

/** Runs one command. Wrong arguments are a `config` error that names them. */
export async function execute(runtime: Runtime, kind: string, args: unknown, signal: AbortSignal): Promise<unknown> {
  if (!isCommand(kind)) throw new SyncError('config', `"${kind}" is not a command`, { code: 'usage' })
  try {
    return await commands[kind](runtime, args as Readonly<Record<string, unknown>>, signal)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    const problems = error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
    throw new SyncError('config', problems.join('; '), { code: 'usage', cause: error })
  } finally {
    await runtime.gates.flush()
  }
}

/** Runs what other processes have asked for, one request after the other, and leaves the answers. */
export async function executeRequests(runtime: Runtime, signal: AbortSignal): Promise<number> {
  const { storage } = runtime.world
  const pending = await storage.read((stores) => stores.requests.pending())
  for (const request of pending) await answer(runtime, request, signal)
  return pending.length
}

async function answer(runtime: Runtime, request: CommandRequest, signal: AbortSignal): Promise<void> {
  const { storage, clock, log } = runtime.world
  const outcome = await attempt(runtime, request, signal)
  if (outcome.failure !== undefined) log.warn('a command failed', { kind: request.kind, failure: outcome.failure })
  await storage.write((stores) => stores.requests.finish(request.id, clock.now(), outcome))
}

/** Of a failure the kind stands in the result, so that whoever asked ends as if it had done the work itself. */
async function attempt(
  runtime: Runtime,
  request: CommandRequest,
  signal: AbortSignal,
): Promise<{ readonly result?: unknown; readonly failure?: string }> {
  try {
    return { result: (await execute(runtime, request.kind, request.arguments, signal)) ?? null }
  } catch (error) {
    const kind = error instanceof SyncError ? { result: { kind: error.kind } } : {}
    return { failure: error instanceof Error ? error.message : String(error), ...kind }
  }
}

/** Leaves a request for the daemon and returns its answer; undefined while there is none. */
export async function readAnswer(storage: Storage, id: string): Promise<CommandRequest | undefined> {
  const request = await storage.read((stores) => stores.requests.load(id))
  return request?.finishedAt === undefined ? undefined : request
}

function isCommand(kind: string): kind is CommandName {
  return kind in commands
}
