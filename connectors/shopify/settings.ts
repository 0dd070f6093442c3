import { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'

/**
 * The `settings` block of a Shopify shop. Either the client id and secret of an app of the Dev Dashboard,
 * or the permanent token of a custom app made before 2026.
 */
export const shopifySettings = z
  .strictObject({
    shop: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, 'write the permanent domain of the store, such as brand.myshopify.com')
      .describe('Permanent domain of the store'),
    clientId: z.string().min(1).optional().describe('Client id of the app'),
    clientSecret: z.string().min(1).optional().describe('Client secret of the app'),
    accessToken: z.string().min(1).optional().describe('Admin API token of a custom app, instead of clientId and clientSecret'),
    apiVersion: z
      .string()
      .regex(/^20\d{2}-(01|04|07|10)$/, 'an API version looks like 2026-10')
      .default('2026-10')
      .describe('Version of the Admin API; each is supported for twelve months'),
    includeTestOrders: z.boolean().default(false).describe('Handle test orders like real ones'),
    stockLocation: z
      .string()
      .regex(/^\d+$/, 'the location id is the number at the end of its address in the Shopify admin')
      .optional()
      .describe('Location whose quantities are offered; may be left out when an item is stocked at one location'),
  })
  .superRefine((settings, context) => {
    const hasApp = settings.clientId !== undefined && settings.clientSecret !== undefined
    const hasAnyOfApp = settings.clientId !== undefined || settings.clientSecret !== undefined
    if (settings.accessToken !== undefined && hasAnyOfApp) {
      context.addIssue({ code: 'custom', path: ['accessToken'], message: 'give either accessToken, or clientId and clientSecret' })
    }
    if (settings.accessToken === undefined && !hasApp) {
      const missing = settings.clientId === undefined && settings.clientSecret !== undefined ? 'clientId' : 'clientSecret'
      context.addIssue({ code: 'custom', path: [missing], message: 'give clientId and clientSecret, or accessToken' })
    }
  })

export type ShopifySettings = z.infer<typeof shopifySettings>
export type ShopifyShop = Shop & { readonly settings: ShopifySettings }

/** One token per store and app. */
export function tokenKey({ shop, clientId, clientSecret }: ShopifySettings): { readonly scope: string; readonly seed: string } {
  return { scope: `shopify:${shop}:${clientId}`, seed: `${clientId}\n${clientSecret}` }
}
