import { createHash } from 'node:crypto'

declare const skuBrand: unique symbol
declare const channelSkuBrand: unique symbol
declare const wmsSkuBrand: unique symbol

/** The seller's own product code. */
export type Sku = string & { readonly [skuBrand]: true }
/** The SKU that a listing on a platform carries. */
export type ChannelSku = string & { readonly [channelSkuBrand]: true }
/** The code of a product in one warehouse. */
export type WmsSku = string & { readonly [wmsSkuBrand]: true }

export function asSku(text: string): Sku {
  return text as Sku
}

export function asChannelSku(text: string): ChannelSku {
  return text as ChannelSku
}

export function asWmsSku(text: string): WmsSku {
  return text as WmsSku
}

/** Crockford's alphabet: no I, L, O or U, so that a number read over the telephone is not misheard. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The order number: `Q` and 12 signs, derived from the order's identity alone. The same order gets the
 * same number after a lost database, so a warehouse that has seen it recognizes the reference.
 */
export function orderNumber(shop: string, platformOrderId: string): string {
  const digest = createHash('sha256').update(`${shop}\n${platformOrderId}`).digest()
  let text = 'Q'
  for (const byte of digest.subarray(0, 12)) text += alphabet[byte % 32]
  return text
}

/**
 * The reference that a warehouse sees: order number and the running number of the fulfillment order
 * within it, counted over all generations. At most 30 signs of A–Z, 0–9 and hyphen.
 */
export function fulfillmentReference(orderNo: string, sequence: number): string {
  return `${orderNo}-${sequence}`
}
