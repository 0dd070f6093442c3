import { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'
import { instant } from '../shared/schema.ts'

/** Countries with a marketplace. Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/ba:MarketplaceIdEnum (read 2026-11-22). */
const sites = ['AT', 'AU', 'BE', 'CA', 'CH', 'DE', 'ES', 'FR', 'GB', 'HK', 'IE', 'IN', 'IT', 'MY', 'NL', 'PH', 'PL', 'SG', 'US'] as const

const word = z.string().min(1)

/** The `settings` block of an eBay shop in shops.yaml. */
export const ebaySettings = z.strictObject({
  appId: word.describe('App ID (client id) of the production keyset'),
  certId: word.describe('Cert ID (client secret) of the production keyset'),
  refreshToken: word.optional().describe("Of the seller's consent; leave it out and run `npm run connect -- --shop ID` instead"),
  ruName: word.optional().describe('The redirect URL name of the keyset; needed by `npm run connect` only'),
  sellerId: word.optional().describe("The seller's eBay user id; the orders of another account are then refused"),
  marketplaceId: z
    .enum(sites.map((site) => `EBAY_${site}` as const))
    .describe("The seller's home marketplace; orders of every marketplace are read whatever it says"),
  refreshTokenIssuedAt: z.iso
    .datetime({ offset: true })
    .pipe(instant)
    .optional()
    .describe('When `refreshToken` was issued: it ends 18 months later. Not needed with `npm run connect`'),
})

export type EbaySettings = z.infer<typeof ebaySettings>
export type EbayShop = Shop & { readonly settings: EbaySettings }

/**
 * One token per shop, so that shops of one application stay apart before anybody knows whose they are. The certId is
 * no part of the seed: consents outlive it. Source: https://developer.ebay.com/api-docs/static/gs_resetting-your-cert-id-new.html (read 2026-11-24).
 */
export function tokenKey(settings: EbaySettings, shopId: string): { readonly scope: string; readonly seed: string } {
  return { scope: `ebay:${settings.appId}:${shopId}`, seed: settings.refreshToken ?? '' }
}
