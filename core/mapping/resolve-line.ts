import type { SkuMapping } from '../model/catalog.ts'
import type { OrderLineSnapshot, ResolvedItem } from '../model/order.ts'
import { contentHash } from '../value/hash.ts'
import { asSku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'
import { takeApart } from './bundles.ts'
import type { CatalogIndex, MappingKey } from './catalog-index.ts'

export interface MappingPlace {
  readonly platform: string
  readonly shop: string
}

export interface Purchase extends MappingPlace {
  /** Mappings may count for a time. */
  readonly purchasedAt: Instant
}

export interface ResolvedLine {
  /** For one unit of the line; bundles are taken apart. */
  readonly resolved: readonly ResolvedItem[]
  /** What ships instead when no warehouse has it, the preferred first. */
  readonly alternatives?: readonly (readonly ResolvedItem[])[]
  readonly by: string
}

export type LineResolution =
  | ResolvedLine
  /** The subject of an `unmapped-sku` hold: the channel SKU, else item and variant, else the title. */
  | { readonly unmapped: string }

/**
 * Channel SKU → SKUs, the most specific mapping first: item and variant in this shop, then channel SKU
 * with its variant, then the channel SKU alone; each in the shop before the platform before everywhere.
 * Without any mapping a channel SKU that is itself the SKU of a product or bundle stands for one of it.
 */
export function resolveLine(line: OrderLineSnapshot, purchase: Purchase, catalog: CatalogIndex): LineResolution {
  return resolveByMapping(line, purchase, catalog) ?? resolveBySku(line, catalog) ?? { unmapped: mappingSubject(line) }
}

/** By the imported mappings alone. */
export function resolveByMapping(line: OrderLineSnapshot, purchase: Purchase, catalog: CatalogIndex): ResolvedLine | undefined {
  for (const key of keysInOrder(line, purchase)) {
    const mapping = catalog.mapping(key, purchase.purchasedAt)
    if (!mapping) continue
    const { targets, alternatives } = mapping
    return {
      resolved: takeApart(targets, catalog),
      ...(alternatives && { alternatives: alternatives.map((each) => takeApart(each, catalog)) }),
      by: describeMapping(mapping),
    }
  }
  return undefined
}

function resolveBySku({ channelSku }: OrderLineSnapshot, catalog: CatalogIndex): ResolvedLine | undefined {
  const sku = asSku(channelSku)
  if (channelSku === '' || !catalog.knows(sku)) return undefined
  const by = catalog.bundles.has(sku) ? 'bundle with the same SKU' : 'product with the same SKU'
  return { resolved: takeApart([{ sku, quantity: 1 }], catalog), by }
}

/** `from 2026-12-01`: when a mapping of the listing counts that does not count at the time of purchase; undefined without any. */
export function otherPeriod(line: OrderLineSnapshot, purchase: Purchase, catalog: CatalogIndex): string | undefined {
  const [mapping] = keysInOrder(line, purchase).flatMap((key) => catalog.mappings(key))
  return mapping && describePeriod(mapping)
}

/** Tells whether a line would come out otherwise today: by another row, or by one that says something else. */
export function revisionOf({ resolved, alternatives, by }: ResolvedLine): string {
  return contentHash({ resolved, alternatives, by }).slice(0, 8)
}

/** How an operator names what has to be mapped. */
export function mappingSubject(line: OrderLineSnapshot): string {
  if (line.channelSku !== '') return line.channelSku
  if (line.itemId === undefined) return line.title
  return `item ${line.itemId}${line.variantId === undefined ? '' : ` variant ${line.variantId}`}`
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
  const scopes = [
    { platform: place.platform, shop: place.shop },
    { platform: place.platform, shop: '' },
    { platform: '', shop: place.shop },
    { platform: '', shop: '' },
  ]
  const named = listings.filter((listing) => listing.channelSku !== '' || listing.itemId !== '')
  return scopes.flatMap((scope) => named.map((listing) => ({ ...scope, ...listing })))
}

function describeMapping({ platform, shop, channelSku, itemId, variantId, validFrom, validTo }: SkuMapping): string {
  const listing = [channelSku && `SKU ${channelSku}`, itemId && `item ${itemId}`, variantId && `variant ${variantId}`]
  const scope = shop ? `shop ${shop}` : platform ? `platform ${platform}` : 'every shop'
  const period = describePeriod({ validFrom, validTo })
  return `mapping of ${listing.filter(Boolean).join(', ')} for ${scope}${period && `, ${period}`}`
}

function describePeriod({
  validFrom,
  validTo,
}: {
  readonly validFrom?: string | undefined
  readonly validTo?: string | undefined
}): string {
  return [validFrom && `from ${validFrom}`, validTo && `until ${validTo}`].filter(Boolean).join(' ')
}
