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
}

/** Channel SKU → SKU. Several targets make a bundle. Empty `platform` or `shop` stands for every one. */
export interface SkuMapping {
  readonly platform: string
  readonly shop: string
  readonly channelSku: ChannelSku | ''
  readonly itemId: string
  readonly variantId: string
  readonly targets: readonly { readonly sku: Sku; readonly quantity: number }[]
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

/** Everything that mapping and planning need to know about goods, and the rates of exchange for their prices. */
export interface Catalog {
  /** Rises with every import. */
  readonly revision: number
  readonly products: readonly Product[]
  readonly mappings: readonly SkuMapping[]
  readonly warehouseSkus: readonly WarehouseSku[]
  readonly fx: readonly FxRate[]
}
