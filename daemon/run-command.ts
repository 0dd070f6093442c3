import type { Config } from '../config/index.ts'
import { type ErrorKind, SyncError } from '../core/errors.ts'
import type { Log } from '../core/ports/log.ts'
import { type OpenStorage, openStorage, parseKey, takeLease } from '../storage/index.ts'
import { composeRuntime } from './compose.ts'
import { execute, readAnswer } from './execute.ts'
import { failpointsFrom } from './failpoints.ts'
import { systemClock, systemIds } from './system.ts'

const askEveryMs = 100
/** A daemon that died leaves the lease: then the command does the work itself. */
const lookForLeaseEveryMs = 2_000

/** Opens the database that a configuration names, migrated. */
export function openConfigured(config: Config, log: Log): Promise<OpenStorage> {
  return openStorage({
    url: config.database.url,
    key: parseKey(config.privacy.key),
    log,
    failpoints: failpointsFrom(process.env['QUAYSIDE_FAILPOINT']),
  })
}

/** Opens the database, works with it, and closes it whatever happens: an open connection would keep the process alive. */
export async function withDatabase<T>(config: Config, log: Log, work: (storage: OpenStorage) => Promise<T>): Promise<T> {
  const storage = await openConfigured(config, log)
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}

/** Lets the running daemon do it, or takes the lease and does it here. Throws what the command throws. */
export async function runCommand(config: Config, kind: string, args: unknown, log: Log, signal: AbortSignal): Promise<unknown> {
  const work = { kind, args }
  return withDatabase(
    config,
    log,
    async (storage) => (await runHere(config, storage, work, log, signal)) ?? (await askDaemon(config, storage, work, log, signal)),
  )
}

interface Work {
  readonly kind: string
  readonly args: unknown
}

/** Undefined when a daemon holds the lease. */
async function runHere(config: Config, storage: OpenStorage, work: Work, log: Log, signal: AbortSignal): Promise<unknown> {
  const lease = await takeLease(config.database.url)
  if (!lease) return undefined
  try {
    const runtime = await composeRuntime({ config, storage, log, lost: lease.lost })
    return (await execute(runtime, work.kind, work.args, AbortSignal.any([signal, lease.lost]))) ?? null
  } finally {
    await lease.release()
  }
}

async function askDaemon(config: Config, storage: OpenStorage, work: Work, log: Log, signal: AbortSignal): Promise<unknown> {
  const id = systemIds.next()
  await storage.write((stores) => stores.requests.create({ id, kind: work.kind, arguments: work.args, createdAt: systemClock.now() }))
  for (let waitedMs = 0; ; waitedMs += askEveryMs) {
    const answer = await readAnswer(storage, id)
    if (answer?.failure !== undefined) throw new SyncError(kindOf(answer.result), answer.failure, { code: 'command-failed' })
    if (answer) return answer.result
    if (waitedMs > 0 && waitedMs % lookForLeaseEveryMs === 0) {
      const result = await runHere(config, storage, work, log, signal)
      if (result !== undefined) {
        await storage.write((stores) => stores.requests.finish(id, systemClock.now(), { result }))
        return result
      }
    }
    await systemClock.sleep(askEveryMs, signal)
  }
}

/** A mistake of the caller stays one when the daemon finds it: the exit code depends on it. */
function kindOf(result: unknown): ErrorKind {
  const named = (result as { readonly kind?: unknown } | null | undefined)?.kind
  return named === 'config' ? 'config' : 'rejected'
}
