import type { Config } from '../config/index.ts'
import { connectors } from '../connectors/index.ts'
import { recoverEffects } from '../core/effects/recover.ts'
import { wakeReports } from '../core/lanes/confirm.ts'
import type { LaneName } from '../core/model/lane.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Log } from '../core/ports/log.ts'
import type { Storage } from '../core/ports/storage.ts'
import type { Transport } from '../core/ports/transport.ts'
import type { Operations, World } from '../core/world.ts'
import { adapters } from '../wms-adapter/index.ts'
import { createGates, type Gates } from './call-gate.ts'
import { createDesks } from './desks.ts'
import { type Failpoints, failpointsFrom } from './failpoints.ts'
import { ruleSetOf } from './load.ts'
import { systemClock, systemIds } from './system.ts'
import { createTokenStore } from './token-store.ts'
import { createTransport } from './transport.ts'

export interface RuntimeParts {
  readonly config: Config
  readonly storage: Storage
  readonly log: Log
  /** Of the lease that this process holds; it holds one for as long as it lives when absent. */
  readonly lost?: AbortSignal
  readonly clock?: Clock
  readonly ids?: Ids
  readonly failpoints?: Failpoints
  transport?(endpoint: string | undefined): Transport
  /** Where hints go; nowhere when lanes are run by hand. */
  wake?(lane: LaneName, account: string): void
}

export interface Runtime {
  readonly world: World
  readonly gates: Gates
  /** Takes a checked configuration into force, as a whole. */
  reconfigure(config: Config): void
  /** Begins a new epoch with a lease that was taken again, and settles what may have been left open. */
  takeOver(lost: AbortSignal): Promise<void>
  /** Whether a later process has begun an epoch of its own. */
  isSuperseded(): Promise<boolean>
  /** The accounts of a lane, in the order of the configuration. */
  accounts(lane: LaneName): readonly string[]
  config(): Config
}

/** The epoch of a process that has lost its lease: no database stands at it, so nothing is armed. */
const withoutLease = -1

/** The only place where ports meet what implements them. Raises the lease epoch and settles what a dead process left. */
export async function composeRuntime(parts: RuntimeParts): Promise<Runtime> {
  const { storage, log, clock = systemClock, ids = systemIds, failpoints = failpointsFrom(process.env['QUAYSIDE_FAILPOINT']) } = parts
  const gates = createGates(storage, clock)
  const tokens = createTokenStore(storage, clock)
  const transport = parts.transport ?? createTransport
  const deskParts = { connectors, adapters, clock, log, tokens, gates, transport }
  let inForce = { config: parts.config, desks: createDesks(parts.config, deskParts), operations: operationsOf(parts.config) }
  let lease = { epoch: withoutLease, lost: parts.lost }
  const world: World = {
    storage,
    clock,
    ids,
    log,
    get epoch() {
      return lease.lost?.aborted ? withoutLease : lease.epoch
    },
    operations: () => inForce.operations,
    shop: (id) => inForce.desks.shop(id),
    wmsAccount: (id) => inForce.desks.wmsAccount(id),
    wake: (lane, account) => parts.wake?.(lane, account),
    failpoint: (name) => failpoints.hit(name),
  }
  const takeOver = async (lost: AbortSignal | undefined): Promise<void> => {
    lease = { epoch: await storage.write((stores) => stores.lanes.nextEpoch()), lost }
    const recovered = await recoverEffects(world)
    if (recovered > 0) log.warn('calls that an earlier process left open are read back before anything is repeated', { count: recovered })
  }
  await decideAgainAfterChange(world, parts.config.hash)
  await takeOver(parts.lost)
  return {
    world,
    gates,
    config: () => inForce.config,
    reconfigure(config) {
      inForce = { config, desks: createDesks(config, deskParts), operations: operationsOf(config) }
    },
    takeOver,
    isSuperseded: async () => (await storage.read((stores) => stores.lanes.epoch())) !== lease.epoch,
    accounts: (lane) => accountsOf(inForce.config, lane),
  }
}

/** Rules and warehouses may have changed while nothing ran: what they decide is decided anew. */
async function decideAgainAfterChange({ storage, clock }: World, version: string): Promise<void> {
  await storage.write(async (stores) => {
    if (!(await stores.lanes.noteVersion(version))) return
    await stores.orders.wakePlan({}, clock.now())
    await wakeReports(stores, clock.now())
  })
}

function operationsOf(config: Config): Operations {
  const { hash: version, writeStop, shops, accounts, warehouses, carriers } = config
  return { version, writeStop, shops, accounts, warehouses, carriers, rules: ruleSetOf(config) }
}

function accountsOf(config: Config, lane: LaneName): readonly string[] {
  switch (lane) {
    case 'poll':
    case 'confirm':
    case 'sweep':
      return config.shops.map((shop) => shop.id)
    case 'stock':
    case 'push':
    case 'track':
      return config.accounts.map((account) => account.id)
    case 'plan':
      return [...new Set(config.shops.map((shop) => shop.clientId))]
  }
}
