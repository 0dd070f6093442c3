import type { Catalog, SkuMapping } from '../model/catalog.ts'
import type { OrderLineSnapshot, ResolvedItem } from '../model/order.ts'
import { editDistance } from '../value/spelling.ts'
import type { MappingPlace } from './resolve-line.ts'

/** What an unmapped listing may stand for. A person decides; nothing is ever mapped by it. */
export interface MappingSuggestion {
  readonly targets: readonly ResolvedItem[]
  /** `same-listing` it is mapped for another shop · `same-code` a known code but for capitals and signs · `similar-code` a likely slip. */
  readonly because: 'same-listing' | 'same-code' | 'similar-code'
  /** The shop or platform that has the listing mapped, or the code that is known. */
  readonly known: string
}

const mostSuggestions = 3

/** What the catalog knows that resembles a listing, the surest first; three at most. Pure. */
export function suggestMappings(
  line: Pick<OrderLineSnapshot, 'channelSku' | 'itemId' | 'variantId'>,
  place: MappingPlace,
  catalog: Pick<Catalog, 'products' | 'mappings'>,
): readonly MappingSuggestion[] {
  const found = [...sameListing(line, place, catalog.mappings), ...alike(line.channelSku, catalog)]
  const distinct = found.filter((each, index) => found.findIndex((other) => textOf(other) === textOf(each)) === index)
  return distinct.slice(0, mostSuggestions)
}

/** `2 × MUG + 1 × BOX`. */
export function describeTargets({ targets }: Pick<MappingSuggestion, 'targets'>): string {
  return targets.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(' + ')
}

function sameListing(
  line: Pick<OrderLineSnapshot, 'channelSku' | 'itemId' | 'variantId'>,
  place: MappingPlace,
  mappings: readonly SkuMapping[],
): readonly MappingSuggestion[] {
  const isSame = (mapping: SkuMapping): boolean => {
    if (line.channelSku !== '' && mapping.channelSku === line.channelSku) return true
    const isSameItem = mapping.itemId !== '' && mapping.itemId === line.itemId && mapping.variantId === (line.variantId ?? '')
    // Item numbers are one platform's own.
    return isSameItem && mapping.channelSku === '' && mapping.platform === place.platform
  }
  return mappings.filter(isSame).map(({ targets, shop, platform }) => ({ targets, because: 'same-listing', known: shop || platform }))
}

function alike(channelSku: string, { products, mappings }: Pick<Catalog, 'products' | 'mappings'>): readonly MappingSuggestion[] {
  if (channelSku === '') return []
  const codes = [
    ...products.map(({ sku }) => ({ code: String(sku), targets: [{ sku, quantity: 1 }] })),
    ...mappings.flatMap(({ channelSku: code, targets }) => (code === '' || code === channelSku ? [] : [{ code: String(code), targets }])),
  ]
  const scored = codes.flatMap(({ code, targets }) => {
    const distance = distanceBetween(bare(channelSku), bare(code))
    return distance === undefined ? [] : [{ targets, known: code, distance }]
  })
  return scored
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ targets, known, distance }) => ({ targets, known, because: distance === 0 ? 'same-code' : 'similar-code' }))
}

function bare(code: string): string {
  return code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Undefined when they are too far apart. Other digits mean another product: a size, a pack, a color. */
function distanceBetween(one: string, other: string): number | undefined {
  if (one === other) return one === '' ? undefined : 0
  const allowed = Math.min(one.length, other.length) < 5 ? 1 : 2
  if (Math.abs(one.length - other.length) > allowed || digitsOf(one) !== digitsOf(other)) return undefined
  const distance = editDistance(one, other)
  return distance <= allowed ? distance : undefined
}

function digitsOf(code: string): string {
  return code.replace(/\P{N}/gu, '')
}

function textOf(suggestion: MappingSuggestion): string {
  return describeTargets(suggestion)
}
