import type { Config } from '../config/index.ts'
import { SyncError } from '../core/errors.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { CallContext, ConnectorDefinition } from '../core/ports/connector.ts'
import type { Log } from '../core/ports/log.ts'
import type { TokenStore } from '../core/ports/token-store.ts'
import type { Transport } from '../core/ports/transport.ts'
import type { WmsAdapterDefinition } from '../core/ports/wms-adapter.ts'
import { addMs } from '../core/value/instant.ts'
import type { ShopDesk, WmsDesk } from '../core/world.ts'
import type { GateScope, Gates } from './call-gate.ts'

/** The first reading reaches this far before the cut-over, so that what was open then is on record. */
const recordedBeforeSinceMs = 14 * 86_400_000

export interface DeskParts {
  readonly connectors: readonly ConnectorDefinition[]
  readonly adapters: readonly WmsAdapterDefinition[]
  readonly clock: Clock
  readonly log: Log
  readonly tokens: TokenStore
  readonly gates: Gates
  transport(endpoint: string | undefined): Transport
}

export interface Desks {
  shop(id: string): ShopDesk
  wmsAccount(id: string): WmsDesk
}

/** One ready-made connector per shop and adapter per warehouse account, for one configuration. */
export function createDesks(config: Config, parts: DeskParts): Desks {
  const shops = new Map(config.shops.map((shop) => [shop.id, shopDesk(shop, parts)]))
  const accounts = new Map(config.accounts.map((account) => [account.id, wmsDesk(account, parts)]))
  return {
    shop: (id) => shops.get(id) ?? notConfigured(`shop ${id}`, 'shops.yaml'),
    wmsAccount: (id) => accounts.get(id) ?? notConfigured(`warehouse account ${id}`, 'warehouses.yaml'),
  }
}

function shopDesk(shop: Config['shops'][number], parts: DeskParts): ShopDesk {
  const definition = parts.connectors.find((candidate) => candidate.platform === shop.platform)
  if (!definition) return notConfigured(`a connector for ${shop.platform}`, 'shops.yaml')
  const connector = definition.create({ ...shop, since: addMs(shop.since, -recordedBeforeSinceMs) }, parts.transport(shop.endpoint))
  const scope = { scope: `${shop.platform}:${definition.limitScope(shop)}`, published: definition.rateLimits, overrides: shop.limits }
  const log = parts.log.child({ shop: shop.id })
  const call: ShopDesk['call'] = (signal, urgency) => callContext({ ...scope, isBackground: urgency === 'background' }, log, signal, parts)
  return { shop, connector, capabilities: definition.capabilities, call }
}

function wmsDesk(account: Config['accounts'][number], parts: DeskParts): WmsDesk {
  const definition = parts.adapters.find((candidate) => candidate.adapter === account.adapter)
  if (!definition) return notConfigured(`an adapter ${account.adapter}`, 'warehouses.yaml')
  const adapter = definition.create(account, parts.transport(account.endpoint))
  const scope = {
    scope: `${account.adapter}:${definition.limitScope(account)}`,
    published: definition.rateLimits,
    overrides: account.limits,
  }
  const log = parts.log.child({ account: account.id })
  return { account, adapter, capabilities: definition.capabilities, call: (signal) => callContext(scope, log, signal, parts) }
}

function callContext(scope: GateScope, log: Log, signal: AbortSignal, parts: DeskParts): CallContext {
  return { now: () => parts.clock.now(), signal, tokens: parts.tokens, gate: parts.gates.gate(scope), log }
}

function notConfigured(what: string, file: string): never {
  throw new SyncError('config', `${what} is not configured: see ${file}`, { code: 'not-configured' })
}
