import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'

/** The `settings` block of a Wish shop in shops.yaml. */
export const wishSettings = z.strictObject({
  clientId: z.string().min(1).describe('The id of your app: merchant.wish.com, Settings, API Settings'),
  clientSecret: z.string().min(1).describe('The secret of your app'),
  refreshToken: z.string().min(1).optional().describe('From the consent page; leave it out and run `npm run connect -- --shop ID` instead'),
  redirectUri: z.url().optional().describe('The redirect address entered in the app; needed by `npm run connect` only'),
  merchantId: z.string().min(1).optional().describe('Checked against the account, so that the token of another one is refused'),
  warehouseId: z.string().min(1).optional().describe('The Wish warehouse whose stock is offered'),
  host: z.enum(['global', 'china', 'sandbox']).default('global').describe('Which Wish site the account lives on'),
  pageSize: z.int().min(1).max(500).default(500).describe('Orders asked for in one page'),
})

export type WishSettings = z.infer<typeof wishSettings>
export type WishShop = Shop & { readonly settings: WishSettings }

/**
 * The sites of the Merchant API; paths are the same on each.
 * Source: Wish Marketplace V3 API 3.0.65, "How to Test", and china-merchant.wish.com/documentation/api/v3/oauth (read 2026-11-22).
 */
export const hosts = {
  global: 'https://merchant.wish.com',
  china: 'https://china-merchant.wish.com',
  sandbox: 'https://sandbox.merchant.wish.com',
} as const

/** The merchant, where the settings name it, or the app; for messages. */
export function accountOf({ merchantId, clientId }: WishSettings): string {
  return merchantId === undefined ? `Wish app ${clientId}` : `Wish merchant ${merchantId}`
}

/**
 * One token per merchant and app. The merchant is known by its id or, without one, by the refresh token that the
 * configuration starts from, of which only a hash goes into the name; without either every shop is a merchant of its own.
 * A new client secret leaves the grant as it is, so it is no part of the seed.
 */
export function tokenKey(settings: WishSettings, shopId: string): { readonly scope: string; readonly seed: string } {
  const merchant = createHash('sha256')
    .update(settings.merchantId ?? settings.refreshToken ?? shopId)
    .digest('hex')
    .slice(0, 16)
  return { scope: `wish:${settings.host}:${settings.clientId}:${merchant}`, seed: settings.refreshToken ?? '' }
}
