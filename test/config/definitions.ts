import type { ConfigParts } from '../../config/index.ts'
import { rateLimits as amazonRateLimits } from '../../connectors/amazon/rate-limits.ts'
import { amazonSettings } from '../../connectors/amazon/settings.ts'
import { rateLimits as ebayRateLimits } from '../../connectors/ebay/rate-limits.ts'
import { ebaySettings } from '../../connectors/ebay/settings.ts'
import { rateLimits as shopifyRateLimits } from '../../connectors/shopify/rate-limits.ts'
import { shopifySettings } from '../../connectors/shopify/settings.ts'
import { wishRateLimits } from '../../connectors/wish/rate-limits.ts'
import { wishSettings } from '../../connectors/wish/settings.ts'
import { goodcangRateLimits } from '../../wms-adapter/goodcang/rate-limits.ts'
import { goodcangSecrets, goodcangSettings } from '../../wms-adapter/goodcang/settings.ts'

const key = Buffer.alloc(32, 1).toString('base64')

/** The product's own platforms and warehouse systems, without their clients; every environment variable is set. */
export const realParts: ConfigParts = {
  connectors: [
    { platform: 'amazon', settings: amazonSettings, secrets: ['clientSecret', 'refreshToken'], rateLimits: amazonRateLimits },
    { platform: 'ebay', settings: ebaySettings, secrets: ['certId', 'refreshToken'], rateLimits: ebayRateLimits },
    { platform: 'shopify', settings: shopifySettings, secrets: ['clientSecret', 'accessToken'], rateLimits: shopifyRateLimits },
    { platform: 'wish', settings: wishSettings, secrets: ['clientSecret', 'refreshToken'], rateLimits: wishRateLimits },
  ],
  adapters: [{ adapter: 'goodcang', settings: goodcangSettings, secrets: goodcangSecrets, rateLimits: goodcangRateLimits }],
  environment: new Proxy({}, { get: () => key }),
}
