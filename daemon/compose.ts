import type { Config } from '../config/index.ts'
import { connectors } from '../connectors/index.ts'
import { recoverEffects } from '../core/effects/recover.ts'
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
  /** The accounts of a lane, in the order of the configuration. */
  accounts(lane: LaneName): readonly string[]
  config(): Config
}

/** The only place where ports meet what implements them. Raises the lease epoch and settles what a dead process left. */
export async function composeRuntime(parts: RuntimeParts): Promise<Runtime> {
  const { storage, log, clock = systemClock, ids = systemIds, failpoints = failpointsFrom(process.env['QUAYSIDE_FAILPOINT']) } = parts
  const gates = createGates(storage, clock)
  const tokens = createTokenStore(storage, clock)
  const transport = parts.transport ?? createTransport
  const deskParts = { connectors, adapters, clock, log, tokens, gates, transport }
  let inForce = { config: parts.config, desks: createDesks(parts.config, deskParts), operations: operationsOf(parts.config) }
  const world: World = {
    storage,
    clock,
    ids,
    log,
    epoch: await storage.write((stores) => stores.lanes.nextEpoch()),
    operations: () => inForce.operations,
    shop: (id) => inForce.desks.shop(id),
    wmsAccount: (id) => inForce.desks.wmsAccount(id),
    wake: (lane, account) => parts.wake?.(lane, account),
    failpoint: (name) => failpoints.hit(name),
  }
  await decideAgainAfterChange(world, parts.config.hash)
  const recovered = await recoverEffects(world)
  if (recovered > 0) log.warn('calls that an earlier process left open are read back before anything is repeated', { count: recovered })
  return {
    world,
    gates,
    config: () => inForce.config,
    reconfigure(config) {
      inForce = { config, desks: createDesks(config, deskParts), operations: operationsOf(config) }
    },
    accounts: (lane) => accountsOf(inForce.config, lane),
  }
}

/** Rules and warehouses may have changed while nothing ran: what they decide is decided anew. */
async function decideAgainAfterChange({ storage, clock }: World, version: string): Promise<void> {
  await storage.write(async (stores) => {
    if (await stores.lanes.noteVersion(version)) await stores.orders.wakePlan({}, clock.now())
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
