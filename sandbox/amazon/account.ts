import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '../../core/value/instant.ts'
import { createRequestLog } from '../shared/request-log.ts'
import { marketplaceOf } from './marketplaces.ts'
import type { Seller } from './state.ts'

const accountOptions = z.strictObject({
  region: z.enum(['na', 'eu', 'fe']).default('na'),
  /** The region's first marketplace when absent. */
  marketplaceIds: z.array(z.string()).min(1).optional(),
  /** Roles of the application: all, those for addresses only, or none. */
  personalData: z.enum(['granted', 'address', 'denied']).default('granted'),
  searchOrders: z.enum(['granted', 'denied']).default('granted'),
  /** Sellers without 2026-01-01 get 403 from getOrder, too (selling-partner-api-models issue 5319, read 2026-11-22). */
  getOrder: z.enum(['granted', 'denied']).default('granted'),
  /** Marketplaces for which searchOrders alone answers 403 (selling-partner-api-sdk issue 764, read 2026-11-22). */
  deniedMarketplaces: z.array(z.string()).default([]),
  /** Programs that every order of the seller takes part in, such as FBM_SHIP_PLUS. */
  programs: z.array(z.string()).default([]),
  /** Programs of every item: TRANSPARENCY asks for a code per unit. */
  itemPrograms: z.array(z.string()).default([]),
  /** Life of an access token; an hour by the documentation. */
  tokenSeconds: z.int().positive().default(3_600),
})

const firstMarketplace = { na: 'ATVPDKIKX0DER', eu: 'A1PA6795UKMFR9', fe: 'A1VC38T7YXB528' } as const

/** Opens a seller account whose owner has authorized an application of its own. */
export function openSeller(account: string, options: unknown, now: () => Instant): Seller {
  const chosen = accountOptions.parse(options ?? {})
  const marketplaceIds = chosen.marketplaceIds ?? [firstMarketplace[chosen.region]]
  for (const id of marketplaceIds) {
    if (marketplaceOf(id).region !== chosen.region) throw new Error(`marketplace ${id} is not in region ${chosen.region}`)
  }
  return {
    account,
    sellerId: `A${derive('seller', account).slice(0, 13).toUpperCase()}`,
    region: chosen.region,
    marketplaceIds,
    clientId: `amzn1.application-oa2-client.${derive('client', account)}`,
    clientSecret: `amzn1.oa2-cs.v1.${derive('secret', account)}`,
    refreshToken: `Atzr|${derive('refresh', account)}`,
    personalData: chosen.personalData,
    searchOrders: chosen.searchOrders,
    getOrder: chosen.getOrder,
    deniedMarketplaces: chosen.deniedMarketplaces,
    programs: chosen.programs,
    itemPrograms: chosen.itemPrograms,
    tokenSeconds: chosen.tokenSeconds,
    orders: new Map(),
    stock: new Map(),
    requests: createRequestLog(now),
    revoked: false,
  }
}

/** The application gets a new secret. Here the old one ends at once; Amazon lets it live for a week. Refresh tokens stay. */
export function rotateSecret(seller: Seller): void {
  seller.clientSecret = `amzn1.oa2-cs.v1.${derive('secret', seller.clientSecret)}`
}

/** The `settings` block of this seller in the configuration of a connector. */
export function settingsOf(seller: Seller): Readonly<Record<string, unknown>> {
  const { region, sellerId, marketplaceIds, clientId, clientSecret, refreshToken } = seller
  return { region, sellerId, marketplaceIds, clientId, clientSecret, refreshToken }
}

/** The code that Seller Central would send back after the seller's consent, see the website authorization workflow. */
export function consentCodeOf(seller: Pick<Seller, 'account'>): string {
  return `RH${derive('code', seller.account).slice(0, 18)}`
}

/** Looks like a credential and is the same in every run. */
export function derive(kind: string, text: string): string {
  return createHash('sha256').update(`sandbox amazon ${kind} ${text}`).digest('hex').slice(0, 32)
}
