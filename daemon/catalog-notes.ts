import type { Catalog } from '../core/model/catalog.ts'

/** Names that a row of the catalog leans on; they may still be missing elsewhere. */
export interface CatalogNames {
  /** Empty for every one. */
  readonly platform?: string
  readonly shop?: string
  readonly warehouse?: string
  readonly skus?: readonly string[]
  /** A SKU that is a bundle or that a warehouse has a code for: it should not be both. */
  readonly stored?: string
}

export interface KnownNames {
  readonly shops: readonly { readonly id: string; readonly platform: string }[]
  readonly warehouses: readonly { readonly code: string }[]
}

const mostNames = 5

/** What a file names that is not known (yet). None of it is a mistake: files may come in any order, and a slip looks the same. */
export function unknownNames(
  names: readonly CatalogNames[],
  known: KnownNames,
  { products, bundles, warehouseSkus }: Catalog,
): readonly string[] {
  const shops = new Map(known.shops.map((shop) => [shop.id, shop.platform]))
  const warehouses = new Set(known.warehouses.map((warehouse) => warehouse.code))
  const made = new Set<string>(bundles.map(({ sku }) => sku))
  const coded = new Set<string>(warehouseSkus.map(({ sku }) => sku))
  const skus = new Set<string>([...products, ...bundles].map(({ sku }) => sku))
  const distinct = (all: readonly string[]): readonly string[] => [...new Set(all)]
  return [
    ...told(
      distinct(names.flatMap(({ shop = '' }) => shop || [])).filter((shop) => !shops.has(shop)),
      'not a shop of shops.yaml',
    ),
    ...told(
      distinct(names.flatMap(({ platform = '', shop = '' }) => (isElsewhere(platform, shops.get(shop)) ? `${platform} ${shop}` : []))),
      'the shop is on another platform, so these rows never match',
    ),
    ...told(
      distinct(names.flatMap(({ warehouse }) => warehouse ?? [])).filter((warehouse) => !warehouses.has(warehouse)),
      'not a warehouse of warehouses.yaml',
    ),
    ...told(
      distinct(names.flatMap((each) => each.skus ?? [])).filter((sku) => !skus.has(sku)),
      'neither a product nor a bundle: weight and size are not known',
    ),
    ...told(
      distinct(names.flatMap(({ stored }) => stored ?? [])).filter((sku) => made.has(sku) && coded.has(sku)),
      'both a bundle and a warehouse code: a bundle comes apart, and its code is never used',
    ),
  ]
}

function isElsewhere(platform: string, platformOfShop: string | undefined): boolean {
  return platform !== '' && platformOfShop !== undefined && platformOfShop !== platform
}

function told(names: readonly string[], what: string): readonly string[] {
  if (names.length === 0) return []
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  return [`${names.slice(0, mostNames).join(', ')}${more}: ${what}`]
}
