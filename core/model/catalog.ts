import type { ChannelSku, Sku, WmsSku } from '../value/ids.ts'
import type { Money } from '../value/money.ts'

export const cargoClasses = ['general', 'with-battery', 'pure-battery', 'liquid', 'powder', 'magnetic', 'fragile', 'dangerous'] as const
export type CargoClass = (typeof cargoClasses)[number]

/** A product. Weight in grams, lengths in millimetres, whole numbers. */
export interface Product {
  readonly sku: Sku
  readonly name: string
  readonly nameZh?: string
  readonly weightGrams?: number
  readonly lengthMm?: number
  readonly widthMm?: number
  readonly heightMm?: number
  readonly declaredValue?: Money
  readonly hsCode?: string
  /** ISO 3166-1 alpha-2. */
  readonly origin?: string
  readonly cargoClass: CargoClass
  /** As somebody has weighed and measured it, a warehouse for example; planning takes these before the declared ones. */
  readonly measuredWeightGrams?: number
  readonly measuredLengthMm?: number
  readonly measuredWidthMm?: number
  readonly measuredHeightMm?: number
  /** EAN, UPC or another code printed on it; listings that carry it are suggested, never mapped by it. */
  readonly barcode?: string
}

/** A SKU that nobody stores: it stands for others, which may be bundles again, three deep at most. */
export interface Bundle {
  readonly sku: Sku
  readonly components: readonly BundleComponent[]
}

export interface BundleComponent {
  readonly sku: Sku
  /** Units of `sku` in one bundle. */
  readonly quantity: number
  /** Percent of the bundle's declared value that all these units make up; of one bundle all or none have it, together 100. */
  readonly valueShare?: number
}

/** Units of a SKU that one unit of a listing stands for. */
export interface MappingTarget {
  readonly sku: Sku
  readonly quantity: number
}

/** Channel SKU → SKU. Several targets make a bundle. Empty `platform` or `shop` stands for every one. */
export interface SkuMapping {
  readonly platform: string
  readonly shop: string
  readonly channelSku: ChannelSku | ''
  readonly itemId: string
  readonly variantId: string
  readonly targets: readonly MappingTarget[]
  /** What ships instead, the preferred first, when no warehouse that could ship it has all of `targets`. */
  readonly alternatives?: readonly (readonly MappingTarget[])[]
  /** First day of purchase (UTC, `2026-11-24`) that it counts for; of several rows the latest that has begun. */
  readonly validFrom?: string
  /** Last day of purchase that it counts for. */
  readonly validTo?: string
}

/** SKU → the code of one warehouse, with the SKU units that one warehouse unit holds. */
export interface WarehouseSku {
  readonly warehouse: string
  readonly sku: Sku
  readonly wmsSku: WmsSku
  readonly unitFactor: number
}

/** What one unit of `from` was worth on a day: so many units of `to`. */
export interface FxRate {
  /** `2026-11-24`. */
  readonly date: string
  readonly from: string
  readonly to: string
  /** Decimal text above zero, such as `1.0842`. */
  readonly rate: string
}

/** How far places are from a warehouse, as its carriers count. */
export interface Zone {
  /** The code of a warehouse. */
  readonly origin: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Beginnings of postcodes of one length, in capitals without spaces and hyphens; both empty is the whole country. */
  readonly zipFrom: string
  readonly zipTo: string
  /** From 1; more is farther. */
  readonly zone: number
  /** Carriers charge more for delivering there. */
  readonly remote: boolean
}

/** Everything that mapping and planning need to know about goods, and the rates of exchange for their prices. */
export interface Catalog {
  /** Rises with every import. */
  readonly revision: number
  readonly products: readonly Product[]
  readonly mappings: readonly SkuMapping[]
  readonly bundles: readonly Bundle[]
  readonly warehouseSkus: readonly WarehouseSku[]
  readonly fx: readonly FxRate[]
  readonly zones: readonly Zone[]
}
