import { z } from 'zod'
import type { Carrier } from '../../core/model/warehouse.ts'
import { identifier, text } from '../fields.ts'

/** The platforms that want a word of their own for a carrier. */
export const carrierPlatforms = ['amazon', 'ebay', 'shopify', 'wish'] as const

const trackingUrl = z
  .string()
  .refine(
    (value) => value.includes('{trackingNumber}') && /^https?:$/.test(protocolOf(value)),
    'expected an http or https address with {trackingNumber} in it',
  )

const carrier = z.strictObject({
  name: text,
  amazon: text.optional(),
  ebay: text.optional(),
  shopify: text.optional(),
  wish: text.optional(),
  trackingUrl: trackingUrl.optional(),
})

/** carriers.yaml: our carrier → each platform's word for it. */
export const carriersFile = z.strictObject({ carriers: z.record(identifier, carrier) })

export function carrierFrom(code: string, block: z.output<typeof carrier>): Carrier {
  const words: Record<string, string> = {}
  for (const platform of carrierPlatforms) {
    const word = block[platform]
    if (word !== undefined) words[platform] = word
  }
  return { code, name: block.name, words, ...(block.trackingUrl === undefined ? {} : { trackingUrl: block.trackingUrl }) }
}

function protocolOf(value: string): string {
  const address = value.replaceAll('{trackingNumber}', '1')
  return URL.canParse(address) ? new URL(address).protocol : ''
}
