import type { Catalog, Product, SkuMapping, WarehouseSku } from '../model/catalog.ts'
import { type FxRates, indexRates } from '../rules/fx.ts'
import type { Sku } from '../value/ids.ts'

/** The catalog, ready for look-ups. Built once per revision. */
export interface CatalogIndex {
  readonly revision: number
  readonly products: ReadonlyMap<Sku, Product>
  readonly fx: FxRates
  mapping(key: MappingKey): SkuMapping | undefined
  warehouseSku(warehouse: string, sku: Sku): WarehouseSku | undefined
}

export type MappingKey = Pick<SkuMapping, 'platform' | 'shop' | 'channelSku' | 'itemId' | 'variantId'>

export function indexCatalog(catalog: Catalog): CatalogIndex {
  const products = new Map(catalog.products.map((product) => [product.sku, product]))
  const mappings = new Map(catalog.mappings.map((mapping) => [mappingText(mapping), mapping]))
  const warehouseSkus = new Map(catalog.warehouseSkus.map((row) => [JSON.stringify([row.warehouse, row.sku]), row]))
  return {
    revision: catalog.revision,
    products,
    fx: indexRates(catalog.fx),
    mapping: (key) => mappings.get(mappingText(key)),
    warehouseSku: (warehouse, sku) => warehouseSkus.get(JSON.stringify([warehouse, sku])),
  }
}

function mappingText(key: MappingKey): string {
  return JSON.stringify([key.platform, key.shop, key.channelSku, key.itemId, key.variantId])
}
