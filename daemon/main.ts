import { type Config, formatProblem, watchConfig } from '../config/index.ts'
import { SyncError } from '../core/errors.ts'
import { runPass } from '../core/lanes/run-pass.ts'
import type { LaneName } from '../core/model/lane.ts'
import type { Dispatcher } from '../core/ports/dispatcher.ts'
import type { Log } from '../core/ports/log.ts'
import { addMs } from '../core/value/instant.ts'
import { takeLease } from '../storage/index.ts'
import { composeRuntime, type Runtime } from './compose.ts'
import { createEmbeddedDispatcher } from './dispatcher-embedded.ts'
import { executeRequests } from './execute.ts'
import { loadChecked } from './load.ts'
import { openConfigured } from './run-command.ts'
import { systemClock } from './system.ts'

/** Lanes that work on wake-ups look for forgotten rows this often. */
const onWakeCadenceMs = 15_000
const trackCadenceMs = 300_000
const stockCadenceMs = 900_000
const sweepCadenceMs = 86_400_000
/** A sweep that comes before the first poll has finished waits this long. */
const sweepPatienceMs = 60_000
const lookForRequestsEveryMs = 250

export interface Daemon {
  readonly runtime: Runtime
  /** Finishes what is under way, at most the grace time, and lets go of everything. */
  stop(): Promise<void>
}

/** Takes the lease and runs every lane at its cadence. Throws `config` (`daemon-running`) when another daemon works on the database. */
export async function startDaemon(config: Config, log: Log): Promise<Daemon> {
  const storage = await openConfigured(config, log)
  const lease = await takeLease(config.database.url)
  if (!lease) {
    await storage.close()
    throw new SyncError('config', `another Quayside works on ${databaseName(config)} already: stop it first, or use another database`, {
      code: 'daemon-running',
    })
  }
  const dispatcher = createEmbeddedDispatcher()
  const runtime = await composeRuntime({ config, storage, log, wake: (lane, account) => dispatcher.wake(lane, account) })
  scheduleLanes(runtime, dispatcher)
  await dispatcher.start((lane, account, signal) => onePass(runtime, lane, account, signal, dispatcher))
  const stopping = new AbortController()
  const requests = serveRequests(runtime, stopping.signal)
  const reread = (): Promise<void> =>
    outlive({ log, signal: stopping.signal }, { work: 'configuration' }, () => reload(runtime, dispatcher, log))
  await watchConfig(config.folder, () => void reread(), stopping.signal)
  log.info('Quayside runs', { shops: config.shops.length, accounts: config.accounts.length, writeStop: config.writeStop })
  return {
    runtime,
    async stop() {
      stopping.abort()
      await dispatcher.stop()
      await requests
      await runtime.gates.flush()
      await storage.close()
      await lease.release()
      log.info('Quayside has stopped')
    },
  }
}

function scheduleLanes(runtime: Runtime, { every }: Dispatcher): void {
  const { shops } = runtime.config()
  for (const shop of shops) every('poll', shop.id, shop.pollEveryMs)
  for (const account of runtime.accounts('stock')) every('stock', account, stockCadenceMs)
  for (const client of runtime.accounts('plan')) every('plan', client, onWakeCadenceMs)
  for (const account of runtime.accounts('push')) every('push', account, onWakeCadenceMs)
  for (const account of runtime.accounts('track')) every('track', account, trackCadenceMs)
  for (const shop of shops) every('confirm', shop.id, onWakeCadenceMs)
  for (const shop of shops) every('sweep', shop.id, sweepCadenceMs)
}

async function onePass(runtime: Runtime, lane: LaneName, account: string, signal: AbortSignal, dispatcher: Dispatcher): Promise<void> {
  if (!runtime.accounts(lane).includes(account)) return
  if (lane === 'sweep' && !(await isPolled(runtime, account)))
    return dispatcher.wakeAt(lane, account, addMs(systemClock.now(), sweepPatienceMs))
  const result = await outlive({ log: runtime.world.log, signal }, { lane, account }, () => runPass(runtime.world, lane, account, signal))
  // Cut off: stock and tracking must not wait for their next turn, which is minutes away.
  if (!result) return dispatcher.wakeAt(lane, account, addMs(systemClock.now(), onWakeCadenceMs))
  if ('paused' in result) dispatcher.wakeAt(lane, account, result.paused)
  if ('problem' in result) dispatcher.wakeAt(lane, account, result.pausedUntil)
  if (!('report' in result)) return
  if (result.report.more) dispatcher.wake(lane, account)
  else if (result.report.nextDueAt !== undefined && result.report.nextDueAt > runtime.world.clock.now())
    dispatcher.wakeAt(lane, account, result.report.nextDueAt)
}

/** Before the first poll has finished, everything would look as if polling had missed it. */
async function isPolled({ world }: Runtime, shop: string): Promise<boolean> {
  const poll = await world.storage.read((stores) => stores.lanes.load('poll', shop))
  return poll?.lastSucceededAt !== undefined
}

/**
 * A pass remembers its own failures. What reaches this place could not even be remembered, such as a database
 * that is away: it is told, and the daemon goes on, because the rows bring the work back.
 */
async function outlive<T>(
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

async function serveRequests(runtime: Runtime, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await outlive({ log: runtime.world.log, signal }, { work: 'requests' }, () => executeRequests(runtime, signal))
    await Promise.race([systemClock.sleep(lookForRequestsEveryMs), whenAborted(signal)])
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })))
}

/** Takes a saved configuration into force if it is whole; a bad one changes nothing and is told. */
async function reload(runtime: Runtime, dispatcher: Dispatcher, log: Log): Promise<void> {
  const before = runtime.config()
  const loaded = await loadChecked(before.folder)
  if ('problems' in loaded) {
    log.error('the changed configuration has mistakes and is not used', { problems: loaded.problems.map(formatProblem) })
    return
  }
  if (loaded.config.hash === before.hash) return
  if (loaded.config.database.url !== before.database.url || loaded.config.privacy.key !== before.privacy.key) {
    log.error('database and key cannot change while running: restart to use them')
    return
  }
  runtime.reconfigure(loaded.config)
  scheduleLanes(runtime, dispatcher)
  await retryRefused(runtime)
  const now = runtime.world.clock.now()
  await runtime.world.storage.write((stores) => stores.orders.wakePlan({}, now))
  for (const client of runtime.accounts('plan')) runtime.world.wake('plan', client)
  log.info('the changed configuration is in force', { version: loaded.config.hash.slice(0, 12) })
}

/** Refused credentials may have been corrected: no account waits for the end of its pause. */
async function retryRefused({ world }: Runtime): Promise<void> {
  const rows = await world.storage.read((stores) => stores.lanes.all())
  const refused = rows.filter(({ problem }) => problem?.kind === 'auth' || problem?.kind === 'config')
  await world.storage.write(async (stores) => {
    for (const { pausedUntil: _, ...row } of refused) await stores.lanes.save(row)
  })
  for (const { lane, account } of refused) world.wake(lane, account)
}

/** Without user and password. */
function databaseName(config: Config): string {
  return config.database.url.replace(/\/\/[^@/]*@/, '//')
}
