import { createHash } from 'node:crypto'
import type { Instant } from '../../core/value/instant.ts'
import { createFaultSwitch } from '../shared/fault-switch.ts'
import { createLaggedView } from '../shared/lagged-view.ts'
import { createRequestLog } from '../shared/request-log.ts'
import type { SimulatedMarketplace } from '../simulated.ts'
import { changeOrder } from './change-order.ts'
import type { OrderDocument } from './document.ts'
import { ledgerOf } from './ledger.ts'
import { placeOrder } from './place-order.ts'
import { createRoutes } from './routes.ts'
import { type Account, objectId, settle, switchNames, type WishOptions, type World } from './state.ts'

export type { WishOptions } from './state.ts'

export interface WishMarketplace extends SimulatedMarketplace {
  /** The next asynchronous writes of this account end as FAILED. */
  failNextWrites(account: string, times: number): void
}

/**
 * A simulated Wish, Merchant API v3. Account options: `pageSize` and `warehouseId` are handed through to the
 * settings; `consent: true` leaves out the refresh token, so that the shop must be connected first.
 */
export function createWish(options: WishOptions): WishMarketplace {
  for (const name of Object.keys(options.switches ?? {})) {
    if (!switchNames.some((known) => known === name)) throw new Error(`Wish has no switch ${name}; there are ${switchNames.join(', ')}`)
  }
  const world = createWorld(options)
  const faults = createFaultSwitch()
  const named = (name: string): Account => {
    const account = world.accounts.get(name)
    if (account === undefined) throw new Error(`no Wish account ${name} in the sandbox`)
    settle(account, world.now())
    return account
  }
  return {
    platform: 'wish',
    faults,
    fetch: createRoutes(world, faults),
    addAccount: (name, accountOptions = {}) => addAccount(world, name, accountOptions),
    placeOrder: (name, order) => placeOrder(world, named(name), order),
    changeOrder(name, platformOrderId, change) {
      const order = named(name).orders.get(platformOrderId)
      if (order === undefined) throw new Error(`no Wish order ${platformOrderId} in the sandbox`)
      changeOrder(order, change, world.now())
    },
    revoke(name) {
      named(name).isRevoked = true
    },
    restore(name) {
      named(name).isRevoked = false
    },
    rotateSecret(name) {
      const account = named(name)
      account.clientSecret = secretOf(name, world.unique('secret'))
      return { ...account.settings, clientSecret: account.clientSecret }
    },
    ledger: (name) => ledgerOf(named(name)),
    failNextWrites(name, times) {
      named(name).failures = times
    },
  }
}

function createWorld(options: WishOptions): World {
  const counts = new Map<string, number>()
  return {
    options,
    accounts: new Map(),
    asynchronousMs: options.asynchronousMs ?? (options.limits === 'open' ? 300 : 5_000),
    lagged: createLaggedView<OrderDocument>(options.now),
    now: options.now,
    is: (name) => options.switches?.[name] === true,
    unique(kind) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return createHash('sha256').update(`${kind} ${count}`).digest('hex').slice(0, 32)
    },
  }
}

function addAccount(world: World, name: string, options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (world.accounts.has(name)) throw new Error(`the Wish account ${name} exists already`)
  const refreshToken = options['consent'] === true ? undefined : `refresh-${objectId(`${name} refresh`)}`
  const app = { clientId: objectId(`${name} client`), clientSecret: secretOf(name) }
  const redirectUri = 'http://127.0.0.1/connected'
  const handedThrough = ['pageSize', 'warehouseId', 'host'].flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]))
  const settings = { ...app, ...(refreshToken === undefined ? { redirectUri } : { refreshToken }), ...Object.fromEntries(handedThrough) }
  world.accounts.set(name, {
    name,
    settings,
    ...app,
    merchantId: objectId(`${name} merchant`),
    redirectUri,
    refreshToken,
    accessTokens: new Map(),
    codes: new Map(),
    orders: new Map(),
    inProgress: new Set(),
    stock: new Map(),
    requests: createRequestLog(() => world.now()),
    isRevoked: false,
    failures: 0,
    releaseTimes: new Map<Instant, number>(),
  })
  return settings
}

function secretOf(name: string, salt = ''): string {
  return `secret-${objectId(`${name} secret${salt}`)}`
}
