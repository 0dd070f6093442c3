import { type Config, formatProblem, watchConfig } from '../config/index.ts'
import { SyncError } from '../core/errors.ts'
import { wakeReports } from '../core/lanes/confirm.ts'
import type { Dispatcher } from '../core/ports/dispatcher.ts'
import type { Log } from '../core/ports/log.ts'
import { type Lease, nameOfDatabase, type OpenStorage, takeLease } from '../storage/index.ts'
import { composeRuntime, type Runtime } from './compose.ts'
import { createEmbeddedDispatcher } from './dispatcher-embedded.ts'
import { executeRequests } from './execute.ts'
import { keepLease, type LeaseKeeper, whenAborted } from './lease-keeper.ts'
import { loadChecked } from './load.ts'
import { outlive } from './outlive.ts'
import { createPasses } from './passes.ts'
import { openConfigured } from './run-command.ts'
import { systemClock } from './system.ts'

/** Lanes that work on wake-ups look for forgotten rows this often. */
const onWakeCadenceMs = 15_000
const trackCadenceMs = 300_000
const stockCadenceMs = 900_000
const sweepCadenceMs = 86_400_000
const lookForRequestsEveryMs = 250

export interface Daemon {
  readonly runtime: Runtime
  /** Aborts, with the reason, when another daemon has taken over: stop this one. */
  readonly superseded: AbortSignal
  /** Finishes what is under way, at most the grace time, and lets go of everything. */
  stop(): Promise<void>
}

/** Takes the lease and runs every lane at its cadence. Throws `config` (`daemon-running`) when another daemon works on the database. */
export async function startDaemon(config: Config, log: Log): Promise<Daemon> {
  const storage = await openConfigured(config, log)
  let lease: Lease | undefined
  try {
    lease = await takeLease(config.database.url)
    if (!lease) throw anotherWorks(config)
    return await runDaemon({ config, storage, log, lease })
  } catch (error) {
    await storage.close()
    await lease?.release()
    throw error
  }
}

interface DaemonParts {
  readonly config: Config
  readonly storage: OpenStorage
  readonly log: Log
  readonly lease: Lease
}

async function runDaemon({ config, storage, log, lease }: DaemonParts): Promise<Daemon> {
  const dispatcher = createEmbeddedDispatcher()
  const { lost } = lease
  const runtime = await composeRuntime({ config, storage, log, lost, wake: (lane, account) => dispatcher.wake(lane, account) })
  const keeper = keepLease(lease, {
    runtime,
    takeLease: () => takeLease(config.database.url),
    anotherWorks: () => anotherWorks(config),
  })
  scheduleLanes(runtime, dispatcher)
  await dispatcher.start(createPasses({ runtime, dispatcher, keeper }))
  const stopping = new AbortController()
  const requests = serveRequests(runtime, keeper, stopping.signal)
  const reload = createReload(runtime, dispatcher, log)
  const reread = (): Promise<void> => outlive({ log, signal: stopping.signal }, { work: 'configuration' }, reload)
  await watchConfig(config.folder, () => void reread(), stopping.signal)
  log.info('Quayside runs', { shops: config.shops.length, accounts: config.accounts.length, writeStop: config.writeStop })
  return {
    runtime,
    superseded: keeper.superseded,
    async stop() {
      stopping.abort()
      keeper.stop()
      await dispatcher.stop()
      await requests
      await outlive({ log, signal: keeper.superseded }, { work: 'limits' }, () => runtime.gates.flush())
      await storage.close()
      await keeper.release()
      log.info('Quayside has stopped')
    },
  }
}

function anotherWorks(config: Config): SyncError {
  const message = `another Quayside works on ${nameOfDatabase(config.database.url)} already: stop it first, or use another database`
  return new SyncError('config', message, { code: 'daemon-running' })
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

async function serveRequests(runtime: Runtime, keeper: LeaseKeeper, signal: AbortSignal): Promise<void> {
  while (await keeper.held()) {
    await outlive({ log: runtime.world.log, signal }, { work: 'requests' }, () => executeRequests(runtime, signal))
    await Promise.race([systemClock.sleep(lookForRequestsEveryMs), whenAborted(signal)])
  }
}

/** Takes a saved configuration into force if it is whole; a bad one changes nothing and is told. */
function createReload(runtime: Runtime, dispatcher: Dispatcher, log: Log): () => Promise<void> {
  let isBroken = false
  return async () => {
    const before = runtime.config()
    const loaded = await loadChecked(before.folder)
    const wasBroken = isBroken
    isBroken = 'problems' in loaded
    if ('problems' in loaded) {
      log.error('the changed configuration has mistakes and is not used', { problems: loaded.problems.map(formatProblem) })
      return
    }
    if (wasBroken) log.info('the configuration is whole again')
    if (loaded.config.hash === before.hash) return
    if (loaded.config.database.url !== before.database.url || loaded.config.privacy.key !== before.privacy.key) {
      log.error('database and key cannot change while running: restart to use them')
      return
    }
    await useChanged(loaded.config, runtime, dispatcher)
    log.info('the changed configuration is in force', { version: loaded.config.hash.slice(0, 12) })
  }
}

async function useChanged(config: Config, runtime: Runtime, dispatcher: Dispatcher): Promise<void> {
  runtime.reconfigure(config)
  scheduleLanes(runtime, dispatcher)
  await retryRefused(runtime)
  const now = runtime.world.clock.now()
  const shops = await runtime.world.storage.write(async (stores) => {
    await stores.orders.wakePlan({}, now)
    return wakeReports(stores, now)
  })
  for (const client of runtime.accounts('plan')) runtime.world.wake('plan', client)
  for (const shop of shops) runtime.world.wake('confirm', shop)
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
