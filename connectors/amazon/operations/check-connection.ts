import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import type { AmazonClient } from '../client.ts'
import { participationsAnswer } from '../schema.ts'
import { type AmazonShop, secretWarnings } from '../settings.ts'
import { hasV0Ended } from './v0/read-orders.ts'

export async function checkConnection({ shop, read }: AmazonClient, call: CallContext): Promise<ConnectCheck> {
  const operation = 'getMarketplaceParticipations'
  const request = { operation, sdkOperation: `sellers.${operation}`, version: 'v1' } as const
  const { payload } = await read(request, participationsAnswer, call)
  const warnings = [...secretWarnings(shop.settings, call.now()), ...apiWarnings(shop, call)]
  for (const id of shop.settings.marketplaceIds) {
    const entry = payload.find(({ marketplace }) => marketplace.id === id)
    if (!entry?.participation.isParticipating)
      warnings.push(`seller ${shop.settings.sellerId} does not take part in marketplace ${id}; no orders come from it`)
    else if (entry.participation.hasSuspendedListings) warnings.push(`the listings in marketplace ${id} are suspended`)
  }
  return { account: payload.find((entry) => entry.storeName)?.storeName ?? shop.settings.sellerId, warnings }
}

function apiWarnings(shop: AmazonShop, call: CallContext): readonly string[] {
  if (shop.settings.ordersApi !== 'v0') return []
  const ended = hasV0Ended(call.now()) ? 'has removed' : 'removes'
  return [`Amazon ${ended} the order reads of v0 on 2027-03-27: set ordersApi to "auto" or "2026-01-01"`]
}
