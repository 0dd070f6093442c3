import type { Bundle, Product } from '../model/catalog.ts'
import type { ResolvedItem } from '../model/order.ts'
import type { Sku } from '../value/ids.ts'
import { type Money, money } from '../value/money.ts'

/** Bundles within bundles: a set of pairs of duos is three deep. */
export const mostBundleDepth = 3

export interface BundleCatalog {
  readonly bundles: ReadonlyMap<Sku, Bundle>
  readonly products: ReadonlyMap<Sku, Product>
}

/**
 * What is really stored, with bundles taken apart to the last piece, in the order given; pieces of one SKU are added up.
 * A declared value of a bundle goes to its pieces by their shares.
 */
export function takeApart(items: readonly ResolvedItem[], catalog: BundleCatalog): readonly ResolvedItem[] {
  const pieces = new Map<Sku, ResolvedItem>()
  for (const piece of items.flatMap((item) => piecesOf(item, catalog, mostBundleDepth))) {
    const before = pieces.get(piece.sku)
    pieces.set(piece.sku, before ? { ...piece, ...before, quantity: before.quantity + piece.quantity } : piece)
  }
  return [...pieces.values()]
}

function piecesOf(item: ResolvedItem, catalog: BundleCatalog, depth: number): readonly ResolvedItem[] {
  const bundle = depth > 0 ? catalog.bundles.get(item.sku) : undefined
  if (!bundle) return [item]
  const value = catalog.products.get(item.sku)?.declaredValue ?? item.declaredValue
  return bundle.components.flatMap(({ sku, quantity, valueShare }) => {
    const declaredValue = value && valueShare !== undefined ? shareOf(value, valueShare, quantity) : undefined
    const piece = { sku, quantity: quantity * item.quantity, ...(declaredValue && { declaredValue }) }
    return piecesOf(piece, catalog, depth - 1)
  })
}

/** Of one unit, rounded half up: customs are told a value for each piece. */
function shareOf(value: Money, percent: number, quantity: number): Money {
  return money(Math.round((value.minorUnits * percent) / (100 * quantity)), value.currency)
}

/** Why bundles cannot be taken apart: `chain` names them from the outermost in. */
export interface BundleProblem {
  readonly kind: 'circle' | 'too-deep'
  readonly chain: readonly Sku[]
}

/** Circles, each told once, and bundles that hold others more than three deep. */
export function bundleProblems(bundles: ReadonlyMap<Sku, Bundle>): readonly BundleProblem[] {
  const circles: BundleProblem[] = []
  const chains = new Map<Sku, readonly Sku[]>()
  /** The longest chain of bundles that begins with this one. */
  const chainFrom = (sku: Sku, path: readonly Sku[]): readonly Sku[] => {
    const bundle = bundles.get(sku)
    if (!bundle || path.length > giveUpDepth) return []
    const known = chains.get(sku)
    if (known) return known
    if (path.includes(sku)) {
      circles.push({ kind: 'circle', chain: [...path.slice(path.indexOf(sku)), sku] })
      return []
    }
    const below = bundle.components.map((component) => chainFrom(component.sku, [...path, sku]))
    const chain = [sku, ...below.reduce((longest, each) => (each.length > longest.length ? each : longest), [])]
    chains.set(sku, chain)
    return chain
  }
  for (const sku of bundles.keys()) chainFrom(sku, [])
  const tooDeep = [...chains.values()].filter((chain) => chain.length > mostBundleDepth)
  return [...circles, ...tooDeep.map((chain): BundleProblem => ({ kind: 'too-deep', chain }))]
}

/** What is nested so deep is told anyway. */
const giveUpDepth = 50
