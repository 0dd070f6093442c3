import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '../../core/value/instant.ts'
import { createRequestLog } from '../shared/request-log.ts'
import type { IdSource } from './ids.ts'
import type { Shop } from './state.ts'

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
  /** `static`: a token of a custom app made in the admin; else the client-credentials grant. */
  auth: z.enum(['client-credentials', 'static']).default('client-credentials'),
  /** Credentials of the caller's choice, so that a configuration can be written before the sandbox starts. */
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  accessToken: z.string().optional(),
  scopes: z.array(z.string()).default(usualScopes),
  /** Whether the shop lets the app see names, addresses, mail and telephone. */
  protectedData: z.enum(['granted', 'denied']).default('granted'),
  plan: z.enum(['standard', 'advanced', 'plus', 'enterprise']).default('standard'),
  locations: z.array(z.string()).min(1).default(['Main warehouse', 'Second warehouse']),
})

export interface OpenedShop {
  readonly shop: Shop
  /** Set for a shop with a token that does not end. */
  readonly staticToken: string | undefined
  /** The `settings` block of this shop in the configuration of a connector. */
  readonly settings: Readonly<Record<string, unknown>>
}

export function openShop(account: string, options: unknown, world: { readonly now: () => Instant; readonly ids: IdSource }): OpenedShop {
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
  const common = { shop: domain, apiVersion: '2026-10' }
  if (chosen.auth === 'static') {
    const staticToken = chosen.accessToken ?? `shpat_${derive('token', account)}`
    return { shop, staticToken, settings: { ...common, accessToken: staticToken } }
  }
  return { shop, staticToken: undefined, settings: { ...common, clientId: shop.clientId, clientSecret: shop.clientSecret } }
}

/** Looks like a credential and is the same in every run. */
export function derive(kind: string, text: string): string {
  return createHash('sha256').update(`sandbox ${kind} ${text}`).digest('hex').slice(0, 32)
}
