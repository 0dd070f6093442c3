import { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'

/**
 * The `settings` block of a Shopify shop. Either the client id and secret of an app of the Dev Dashboard, with
 * `redirectUri` when the store belongs to another organization, or the permanent token of a custom app made before 2026.
 */
export const shopifySettings = z
  .strictObject({
    shop: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, 'write the permanent domain of the store, such as brand.myshopify.com')
      .describe('Permanent domain of the store'),
    clientId: z.string().min(1).optional().describe('Client id of the app'),
    clientSecret: z.string().min(1).optional().describe('Client secret of the app'),
    redirectUri: z
      .url()
      .optional()
      .describe(
        'Redirect address of the app, when the store belongs to another organization than the app; `npm run connect` asks for consent',
      ),
    refreshToken: z.string().min(1).optional().describe('Comes from consent; leave it out and run `npm run connect -- --shop ID` instead'),
    accessToken: z.string().min(1).optional().describe('Admin API token of a custom app, instead of clientId and clientSecret'),
    apiVersion: z
      .string()
      .regex(/^20\d{2}-(01|04|07|10)$/, 'an API version looks like 2026-10')
      .default('2026-10')
      .describe('Version of the Admin API; each is supported for twelve months'),
    shipUnpaid: z
      .array(z.enum(['AUTHORIZED', 'PENDING', 'PARTIALLY_PAID']))
      .default([])
      .describe('Payment states that ship before they are paid: captured by hand, cash on delivery, payment terms'),
    includeTestOrders: z.boolean().default(false).describe('Handle test orders like real ones'),
    stockLocation: z
      .string()
      .regex(/^\d+$/, 'the location id is the number at the end of its address in the Shopify admin')
      .optional()
      .describe('Location whose quantities are offered; may be left out when an item is stocked at one location'),
  })
  .superRefine((settings, context) => {
    const { clientId, clientSecret, redirectUri, refreshToken, accessToken } = settings
    const ofApp = [clientId, clientSecret, redirectUri, refreshToken]
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (accessToken !== undefined) {
      if (ofApp.some((value) => value !== undefined)) refuse('accessToken', 'give either accessToken, or clientId and clientSecret')
    } else if (clientSecret === undefined) refuse('clientSecret', 'give clientId and clientSecret, or accessToken')
    else if (clientId === undefined) refuse('clientId', 'give clientId and clientSecret, or accessToken')
  })

export type ShopifySettings = z.infer<typeof shopifySettings>
export type ShopifyShop = Shop & { readonly settings: ShopifySettings }

/** Whether the store gave its consent to the app: its tokens then live an hour and rotate with their refresh tokens. */
export function needsConsent({ redirectUri, refreshToken }: ShopifySettings): boolean {
  return redirectUri !== undefined || refreshToken !== undefined
}

/** One token per store and app. A new client secret leaves the refresh token that came from consent as it is. */
export function tokenKey(settings: ShopifySettings): { readonly scope: string; readonly seed: string } {
  const { shop, clientId, clientSecret, refreshToken } = settings
  return { scope: `shopify:${shop}:${clientId}`, seed: `${clientId}\n${needsConsent(settings) ? (refreshToken ?? '') : clientSecret}` }
}
