import type { OrderLineSnapshot, ResolvedItem } from '../model/order.ts'
import { asSku } from '../value/ids.ts'
import type { CatalogIndex, MappingKey } from './catalog-index.ts'

export interface MappingPlace {
  readonly platform: string
  readonly shop: string
}

export type LineResolution =
  | { readonly resolved: readonly ResolvedItem[]; readonly by: string }
  /** The subject of an `unmapped-sku` hold: the channel SKU, or item and variant where the listing has none. */
  | { readonly unmapped: string }

/**
 * Channel SKU → SKUs, the most specific mapping first: item and variant in this shop, then channel SKU
 * with its variant, then the channel SKU alone; each in the shop before the platform before everywhere.
 * Without any mapping a channel SKU that is itself a product's SKU stands for one of it.
 */
export function resolveLine(line: OrderLineSnapshot, place: MappingPlace, catalog: CatalogIndex): LineResolution {
  for (const key of keysInOrder(line, place)) {
    const mapping = catalog.mapping(key)
    if (mapping) return { resolved: mapping.targets, by: describeKey(key) }
  }
  const sku = asSku(line.channelSku)
  if (line.channelSku !== '' && catalog.products.has(sku)) return { resolved: [{ sku, quantity: 1 }], by: 'product with the same SKU' }
  return { unmapped: mappingSubject(line) }
}

/** How an operator names what has to be mapped. */
export function mappingSubject(line: OrderLineSnapshot): string {
  if (line.channelSku !== '') return line.channelSku
  return `item ${line.itemId ?? '?'}${line.variantId === undefined ? '' : ` variant ${line.variantId}`}`
}

function keysInOrder(line: OrderLineSnapshot, place: MappingPlace): readonly MappingKey[] {
  const { channelSku, itemId = '', variantId = '' } = line
  const listings: readonly Pick<MappingKey, 'channelSku' | 'itemId' | 'variantId'>[] = [
    { channelSku, itemId, variantId },
    { channelSku: '', itemId, variantId },
    { channelSku, itemId: '', variantId },
    { channelSku, itemId, variantId: '' },
    { channelSku: '', itemId, variantId: '' },
    { channelSku, itemId: '', variantId: '' },
  ]
  const scopes = [place, { platform: place.platform, shop: '' }, { platform: '', shop: place.shop }, { platform: '', shop: '' }]
  const named = listings.filter((listing) => listing.channelSku !== '' || listing.itemId !== '')
  return scopes.flatMap((scope) => named.map((listing) => ({ ...scope, ...listing })))
}

function describeKey(key: MappingKey): string {
  const listing = [
    key.channelSku && `SKU ${key.channelSku}`,
    key.itemId && `item ${key.itemId}`,
    key.variantId && `variant ${key.variantId}`,
  ]
  const scope = key.shop ? `shop ${key.shop}` : key.platform ? `platform ${key.platform}` : 'every shop'
  return `mapping of ${listing.filter(Boolean).join(', ')} for ${scope}`
}
