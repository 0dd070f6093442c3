import { z } from 'zod'
import { json } from '../shared/respond.ts'
import { errorEntry, refuse } from './answers.ts'
import { parseJson } from './ship.ts'
import type { Account } from './state.ts'

/** Source: Inventory API 1.18.4, BulkPriceQuantity (read 2026-11-22). */
const entry = z.strictObject({
  sku: z.string().max(50).optional(),
  shipToLocationAvailability: z
    .strictObject({
      quantity: z.int().optional(),
      availabilityDistributions: z
        .array(z.strictObject({ merchantLocationKey: z.string(), quantity: z.int().optional(), fulfillmentTime: z.unknown().optional() }))
        .optional(),
    })
    .optional(),
  offers: z.array(z.strictObject({ offerId: z.string(), availableQuantity: z.int().optional(), price: z.unknown().optional() })).optional(),
})
const body = z.strictObject({ requests: z.array(entry).min(1).max(25) })

/** bulkUpdatePriceQuantity: every entry is its own; 207 when some were refused. Only SKUs of the Inventory API are known. */
export function bulkUpdatePriceQuantity(account: Account, text: string): Response {
  const parsed = body.safeParse(parseJson(text))
  if (!parsed.success) return refuse(25709, parsed.error.issues[0]?.path.join('.') ?? 'requests')
  const responses = parsed.data.requests.map((request) => {
    const quantity = request.shipToLocationAvailability?.quantity
    const isKnown = request.sku !== undefined && account.stock.has(request.sku)
    if (!isKnown || quantity === undefined || quantity < 0) {
      return { statusCode: 400, ...(request.sku ? { sku: request.sku } : {}), errors: [errorEntry(25709, isKnown ? 'quantity' : 'sku')] }
    }
    account.stock.set(request.sku ?? '', quantity)
    return { statusCode: 200, sku: request.sku, errors: [], warnings: [] }
  })
  return json({ responses }, responses.every((response) => response.statusCode === 200) ? 200 : 207)
}
