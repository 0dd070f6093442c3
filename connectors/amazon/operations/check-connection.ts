import type { CallContext, ConnectCheck } from '../../../core/ports/connector.ts'
import type { AmazonClient } from '../client.ts'
import { participationsAnswer } from '../schema.ts'
import { secretWarnings } from '../settings.ts'
import { v0Warnings } from '../v0/index.ts'

export async function checkConnection({ shop, read }: AmazonClient, call: CallContext): Promise<ConnectCheck> {
  const { sellerId, marketplaceIds } = shop.settings
  const operation = 'getMarketplaceParticipations'
  const request = { operation, sdkOperation: `sellers.${operation}`, version: 'v1' } as const
  const { payload } = await read(request, participationsAnswer, call)
  const warnings = [...secretWarnings(shop.settings, call.now()), ...v0Warnings(shop, call.now())]
  for (const id of marketplaceIds) {
    const participation = payload.find(({ marketplace }) => marketplace.id === id)?.participation
    if (!participation?.isParticipating) warnings.push(`seller ${sellerId} does not take part in marketplace ${id}; no orders come from it`)
    else if (participation.hasSuspendedListings) warnings.push(`the listings in marketplace ${id} are suspended`)
  }
  return { account: payload.find(({ storeName }) => storeName)?.storeName ?? sellerId, warnings }
}
