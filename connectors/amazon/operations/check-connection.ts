import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import { instantToMs } from '../../../core/value/instant.ts'
import type { AmazonClient } from '../client.ts'
import { participationsAnswer } from '../schema.ts'
import type { AmazonShop } from '../settings.ts'
import { hasV0Ended } from './v0/read-orders.ts'

export async function checkConnection({ shop, read }: AmazonClient, call: CallContext): Promise<ConnectCheck> {
  const operation = 'getMarketplaceParticipations'
  const request = { operation, sdkOperation: `sellers.${operation}`, version: 'v1' } as const
  const { payload } = await read(request, participationsAnswer, call)
  const warnings = [...secretWarnings(shop, call), ...apiWarnings(shop, call)]
  for (const id of shop.settings.marketplaceIds) {
    const entry = payload.find(({ marketplace }) => marketplace.id === id)
    if (!entry?.participation.isParticipating)
      warnings.push(`seller ${shop.settings.sellerId} does not take part in marketplace ${id}; no orders come from it`)
    else if (entry.participation.hasSuspendedListings) warnings.push(`the listings in marketplace ${id} are suspended`)
  }
  return { account: payload.find((entry) => entry.storeName)?.storeName ?? shop.settings.sellerId, warnings }
}

/** Source: https://developer-docs.amazon.com/sp-api/docs/rotating-your-apps-lwa-credentials (read 2026-11-22). */
function secretWarnings(shop: AmazonShop, call: CallContext): readonly string[] {
  const { clientSecretIssuedAt } = shop.settings
  if (clientSecretIssuedAt === undefined) return []
  const days = Math.floor((instantToMs(call.now()) - Date.parse(clientSecretIssuedAt)) / 86_400_000)
  return days < 150 ? [] : [`the client secret is ${days} days old and stops working after 180: rotate it in Seller Central`]
}

function apiWarnings(shop: AmazonShop, call: CallContext): readonly string[] {
  if (shop.settings.ordersApi !== 'v0') return []
  const ended = hasV0Ended(call.now()) ? 'has removed' : 'removes'
  return [`Amazon ${ended} the order reads of v0 on 2027-03-27: set ordersApi to "auto" or "2026-01-01"`]
}
