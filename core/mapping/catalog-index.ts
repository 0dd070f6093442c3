import type { Bundle, Catalog, Product, SkuMapping, WarehouseSku } from '../model/catalog.ts'
import { indexZones, type ZoneTables } from '../planning/zones.ts'
import { type FxRates, indexRates } from '../rules/fx.ts'
import { asWmsSku, type Sku, type WmsSku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'

/** The catalog, ready for look-ups. Built once per revision. */
export interface CatalogIndex {
  readonly revision: number
  /** With measured weights and sizes in the place of the declared ones. */
  readonly products: ReadonlyMap<Sku, Product>
  readonly bundles: ReadonlyMap<Sku, Bundle>
  readonly fx: FxRates
  readonly zones: ZoneTables
  /** Whether the SKU is a product or a bundle. */
  knows(sku: Sku): boolean
  /** Of the mappings for exactly this listing in this place, the one that counted at the time of purchase. */
  mapping(key: MappingKey, purchasedAt: Instant): SkuMapping | undefined
  /** All of them whatever their time, the latest first. */
  mappings(key: MappingKey): readonly SkuMapping[]
  warehouseSku(warehouse: string, sku: Sku): CodeInWarehouse | undefined
  /** Whether a row gives this code of a warehouse to a SKU. */
  isGiven(warehouse: string, wmsSku: WmsSku): boolean
}

export interface CodeInWarehouse extends WarehouseSku {
  /** No row says so: the warehouse's own stock list has a code that is the SKU. */
  readonly isListed?: true
}

export type MappingKey = Pick<SkuMapping, 'platform' | 'shop' | 'channelSku' | 'itemId' | 'variantId'>

export function indexCatalog(catalog: Catalog): CatalogIndex {
  const products = new Map(catalog.products.map((product) => [product.sku, asMeasured(product)]))
  const bundles = new Map(catalog.bundles.map((bundle) => [bundle.sku, bundle]))
  const byListing = Map.groupBy(catalog.mappings.toSorted(latestFirst), mappingText)
  const mappings = (key: MappingKey): readonly SkuMapping[] => byListing.get(mappingText(key)) ?? []
  const warehouseSkus = new Map(catalog.warehouseSkus.map((row) => [JSON.stringify([row.warehouse, row.sku]), row]))
  const given = new Set(catalog.warehouseSkus.map((row) => JSON.stringify([row.warehouse, row.wmsSku])))
  return {
    revision: catalog.revision,
    products,
    bundles,
    fx: indexRates(catalog.fx),
    zones: indexZones(catalog.zones),
    knows: (sku) => products.has(sku) || bundles.has(sku),
    mappings,
    mapping: (key, purchasedAt) => mappings(key).find((mapping) => isValid(mapping, purchasedAt)),
    warehouseSku: (warehouse, sku) => warehouseSkus.get(JSON.stringify([warehouse, sku])),
    isGiven: (warehouse, wmsSku) => given.has(JSON.stringify([warehouse, wmsSku])),
  }
}

/**
 * The catalog for warehouses that name goods as we do: where no row gives a code, a code of the warehouse's own stock
 * list that is exactly the SKU counts, one piece a unit, unless a row gives that code to another SKU.
 */
export function withListedCodes(
  catalog: CatalogIndex,
  stock: { readonly lists: (warehouse: string, wmsSku: WmsSku) => boolean },
): CatalogIndex {
  const listed = (warehouse: string, sku: Sku): CodeInWarehouse | undefined => {
    const wmsSku = asWmsSku(sku)
    if (!stock.lists(warehouse, wmsSku) || catalog.isGiven(warehouse, wmsSku)) return undefined
    return { warehouse, sku, wmsSku, unitFactor: 1, isListed: true }
  }
  return { ...catalog, warehouseSku: (warehouse, sku) => catalog.warehouseSku(warehouse, sku) ?? listed(warehouse, sku) }
}

function asMeasured(product: Product): Product {
  const { measuredWeightGrams, measuredLengthMm, measuredWidthMm, measuredHeightMm } = product
  const sides = [measuredLengthMm, measuredWidthMm, measuredHeightMm]
  return {
    ...product,
    ...(measuredWeightGrams !== undefined && { weightGrams: measuredWeightGrams }),
    // Sides belong together: a measured length beside a declared width is no parcel.
    ...(sides.every((side) => side !== undefined) && {
      lengthMm: measuredLengthMm,
      widthMm: measuredWidthMm,
      heightMm: measuredHeightMm,
    }),
  }
}

function latestFirst({ validFrom: a = '' }: SkuMapping, { validFrom: b = '' }: SkuMapping): number {
  return a === b ? 0 : a > b ? -1 : 1
}

function isValid({ validFrom = '', validTo }: SkuMapping, purchasedAt: Instant): boolean {
  const day = purchasedAt.slice(0, 10)
  return validFrom <= day && (validTo === undefined || day <= validTo)
}

function mappingText(key: MappingKey): string {
  return JSON.stringify([key.platform, key.shop, key.channelSku, key.itemId, key.variantId])
}
