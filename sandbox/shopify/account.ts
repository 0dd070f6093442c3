import { z } from 'zod'
import type { Instant } from '../../core/value/instant.ts'
import { createRequestLog } from '../shared/request-log.ts'
import { derive, type IdSource } from './ids.ts'
import type { Shop } from './state.ts'
import type { Tokens } from './tokens.ts'

/**
 * What a connector needs by the documentation of each object it uses.
 * Source: https://shopify.dev/docs/api/usage/access-scopes (read 2026-11-22).
 */
const usualScopes = [
  'read_orders',
  'write_orders',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
  'read_locations',
  'read_products',
  'read_inventory',
  'write_inventory',
  'read_returns',
]

const accountOptions = z.strictObject({
  /** Currency of the shop; orders in another one are presented in theirs. */
  currency: z.string().default('USD'),
  /** `static`: a token of a custom app made in the admin; `consent`: the refresh token of an installed app; else the client-credentials grant. */
  auth: z.enum(['client-credentials', 'static', 'consent']).default('client-credentials'),
  /** Credentials of the caller's choice, so that a configuration can be written before the sandbox starts. */
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  accessToken: z.string().optional(),
  scopes: z.array(z.string()).default(usualScopes),
  /** Whether the shop lets the app see names, addresses, mail and telephone (level 2), or no orders at all (level 1). */
  protectedData: z.enum(['granted', 'denied', 'orders-denied']).default('granted'),
  plan: z.enum(['standard', 'advanced', 'plus', 'enterprise']).default('standard'),
  locations: z.array(z.string()).min(1).default(['Main warehouse', 'Second warehouse']),
})

export interface OpenedShop {
  readonly shop: Shop
  /** The `settings` block of this shop in the configuration of a connector, as its credentials are now. */
  settings(): Readonly<Record<string, unknown>>
  /** A new client secret, and a new token for a shop whose token does not end; the old ones are worth nothing any more. */
  rotate(): void
}

interface AccountWorld {
  readonly now: () => Instant
  readonly ids: IdSource
  readonly tokens: Tokens
}

export function openShop(account: string, options: unknown, world: AccountWorld): OpenedShop {
  const chosen = accountOptions.parse(options ?? {})
  const domain = `${account.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.myshopify.com`
  const shop: Shop = {
    account,
    domain,
    currency: chosen.currency,
    scopes: new Set(chosen.scopes),
    protectedData: chosen.protectedData,
    plan: chosen.plan,
    clientId: chosen.clientId ?? derive('client', account),
    clientSecret: chosen.clientSecret ?? `shpss_${derive('secret', account)}`,
    createdAt: world.now(),
    locations: chosen.locations.map((name) => ({ id: world.ids.next(), name })),
    variants: new Map(),
    stock: new Map(),
    orders: new Map(),
    corrupted: new Set(),
    idempotencyKeys: new Map(),
    requests: createRequestLog(world.now),
    revoked: false,
  }
  return { shop, ...credentialsOf(shop, chosen, world.tokens) }
}

function credentialsOf(shop: Shop, { auth, accessToken }: z.output<typeof accountOptions>, tokens: Tokens): Omit<OpenedShop, 'shop'> {
  const common = { shop: shop.domain, apiVersion: '2026-10' }
  let rotations = 0
  let staticToken = accessToken ?? `shpat_${derive('token', shop.account)}`
  if (auth === 'static') tokens.addStatic(staticToken, shop)
  const refresh = auth === 'consent' ? { refreshToken: tokens.addRefresh(shop) } : {}
  return {
    settings: () =>
      auth === 'static'
        ? { ...common, accessToken: staticToken }
        : { ...common, clientId: shop.clientId, clientSecret: shop.clientSecret, ...refresh },
    rotate: () => {
      rotations += 1
      shop.clientSecret = `shpss_${derive('secret', `${shop.account} ${rotations}`)}`
      if (auth !== 'static') return
      tokens.removeStatic(shop)
      staticToken = `shpat_${derive('token', `${shop.account} ${rotations}`)}`
      tokens.addStatic(staticToken, shop)
    },
  }
}
