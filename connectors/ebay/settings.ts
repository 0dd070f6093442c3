import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'
import { instant } from '../shared/schema.ts'

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/ba:MarketplaceIdEnum (read 2026-11-22). */
const marketplaceIds = [
  'EBAY_AT',
  'EBAY_AU',
  'EBAY_BE',
  'EBAY_CA',
  'EBAY_CH',
  'EBAY_DE',
  'EBAY_ES',
  'EBAY_FR',
  'EBAY_GB',
  'EBAY_HK',
  'EBAY_IE',
  'EBAY_IN',
  'EBAY_IT',
  'EBAY_MY',
  'EBAY_NL',
  'EBAY_PH',
  'EBAY_PL',
  'EBAY_SG',
  'EBAY_US',
] as const

/** The `settings` block of an eBay shop. */
export const ebaySettings = z.strictObject({
  /** App ID (client id) of the production keyset. */
  appId: z.string().min(1),
  /** Cert ID (client secret) of the production keyset. */
  certId: z.string().min(1),
  /** Of the seller's consent; not needed when `npm run connect` obtained it. */
  refreshToken: z.string().min(1).optional(),
  /** The redirect URL name of the keyset, needed for `npm run connect` only. */
  ruName: z.string().min(1).optional(),
  /** The seller's eBay user id: the connection check then refuses a token of another account. */
  sellerId: z.string().min(1).optional(),
  /** The seller's home marketplace. Orders of every marketplace are read whatever it says. */
  marketplaceId: z.enum(marketplaceIds),
  /** When the refresh token was issued (UTC); it ends 18 months later, and eBay does not tell the date again. */
  refreshTokenIssuedAt: z.iso.datetime({ offset: true }).pipe(instant).optional(),
})

export type EbaySettings = z.infer<typeof ebaySettings>
export type EbayShop = Shop & { readonly settings: EbaySettings }

/** A token belongs to an application and a seller; two shops of one seller share it. */
export function tokenKey(settings: EbaySettings): { readonly scope: string; readonly seed: string } {
  const refreshToken = settings.refreshToken ?? ''
  const seller = settings.sellerId ?? createHash('sha256').update(refreshToken).digest('hex').slice(0, 16)
  return { scope: `ebay:${settings.appId}:${seller}`, seed: `${settings.certId}\n${refreshToken}` }
}
