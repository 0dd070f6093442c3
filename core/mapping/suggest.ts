import type { Catalog, SkuMapping } from '../model/catalog.ts'
import type { OrderLineSnapshot, ResolvedItem } from '../model/order.ts'
import { editDistance } from '../value/spelling.ts'
import type { MappingPlace } from './resolve-line.ts'

/** What an unmapped listing may stand for. A person decides; nothing is ever mapped by it. */
export interface MappingSuggestion {
  readonly targets: readonly ResolvedItem[]
  /** `same-listing` it is mapped for another shop or time · `same-barcode` a product has it · `same-code` a known code but for capitals and signs · `similar-code` a likely slip. */
  readonly because: 'same-listing' | 'same-barcode' | 'same-code' | 'similar-code'
  /** The shop or platform that has the listing mapped, or the code that is known. */
  readonly known: string
}

type Known = Pick<Catalog, 'products' | 'bundles' | 'mappings'>

const mostSuggestions = 3

/** What the catalog knows that resembles a listing, the surest first; three at most. Pure. */
export function suggestMappings(
  line: Pick<OrderLineSnapshot, 'channelSku' | 'itemId' | 'variantId'>,
  place: MappingPlace,
  catalog: Known,
): readonly MappingSuggestion[] {
  const found = [
    ...sameListing(line, place, catalog.mappings),
    ...sameBarcode(line.channelSku, catalog),
    ...alike(line.channelSku, catalog),
  ]
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

/** Some sellers list goods under the number that is printed on them. */
function sameBarcode(channelSku: string, { products }: Known): readonly MappingSuggestion[] {
  const printed = barcodeOf(channelSku)
  const found = products.filter(({ barcode }) => barcode !== undefined && barcodeOf(barcode) === printed)
  return found.map(({ sku, barcode = '' }) => ({ targets: [{ sku, quantity: 1 }], because: 'same-barcode', known: barcode }))
}

/** A UPC is the EAN of the same goods without its leading zero. */
function barcodeOf(text: string): string {
  return /^\d{8,14}$/.test(text) ? text.replace(/^0+/, '') : text
}

function alike(channelSku: string, catalog: Known): readonly MappingSuggestion[] {
  if (channelSku === '') return []
  const sought = spellingOf(channelSku)
  const scored = spellingsOf(catalog).flatMap(({ code, spelling, targets, isListed }) => {
    // What is mapped elsewhere under the very code is told already.
    const distance = isListed && code === channelSku ? undefined : distanceBetween(sought, spelling)
    return distance === undefined ? [] : [{ targets, known: code, distance }]
  })
  return scored
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ targets, known, distance }) => ({ targets, known, because: distance === 0 ? 'same-code' : 'similar-code' }))
}

interface Spelling {
  /** Letters and digits alone, in capitals. */
  readonly bare: string
  readonly digits: string
}

interface KnownCode {
  readonly code: string
  readonly spelling: Spelling
  /** A channel SKU, not a SKU of ours. */
  readonly isListed: boolean
  readonly targets: readonly ResolvedItem[]
}

/** Of each catalog once: many holds ask for the same one. */
const spellings = new WeakMap<Known, readonly KnownCode[]>()

function spellingsOf(catalog: Known): readonly KnownCode[] {
  const before = spellings.get(catalog)
  if (before) return before
  const { products, bundles, mappings } = catalog
  const own = [...products, ...bundles].map(({ sku }) => ({ code: String(sku), isListed: false, targets: [{ sku, quantity: 1 }] }))
  const listed = mappings.flatMap(({ channelSku, targets }) =>
    channelSku === '' ? [] : [{ code: String(channelSku), isListed: true, targets }],
  )
  const known = [...own, ...listed].map((each) => ({ ...each, spelling: spellingOf(each.code) }))
  spellings.set(catalog, known)
  return known
}

function spellingOf(code: string): Spelling {
  const bare = code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  return { bare, digits: bare.replace(/\P{N}/gu, '') }
}

/** Undefined when they are too far apart. Other digits mean another product: a size, a pack, a color. */
function distanceBetween({ bare: one, digits }: Spelling, { bare: other, digits: otherDigits }: Spelling): number | undefined {
  if (one === other) return one === '' ? undefined : 0
  const allowed = Math.min(one.length, other.length) < 5 ? 1 : 2
  if (digits !== otherDigits || Math.abs(one.length - other.length) > allowed) return undefined
  const distance = editDistance(one, other)
  return distance <= allowed ? distance : undefined
}

function textOf(suggestion: MappingSuggestion): string {
  return describeTargets(suggestion)
}
