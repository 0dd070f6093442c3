import type { DemoCatalog } from './catalog.ts'

/** The catalog as the files that the product imports, by file name. */
export function catalogCsv(catalog: DemoCatalog): Readonly<Record<'products.csv' | 'sku-mappings.csv' | 'warehouse-skus.csv', string>> {
  return {
    'products.csv': csv(
      [
        'sku',
        'name',
        'name_zh',
        'weight_g',
        'length_mm',
        'width_mm',
        'height_mm',
        'declared_value',
        'currency',
        'hs_code',
        'origin',
        'cargo_class',
      ],
      catalog.products.map((row) => [
        row.sku,
        row.name,
        row.nameZh,
        row.weightGrams,
        row.lengthMm,
        row.widthMm,
        row.heightMm,
        row.declaredValue,
        'USD',
        row.hsCode,
        'CN',
        row.cargoClass,
      ]),
    ),
    'sku-mappings.csv': csv(
      ['platform', 'shop', 'channel_sku', 'item_id', 'variant_id', 'sku', 'quantity'],
      catalog.mappings.map((row) => [row.platform, row.shop, row.channelSku, row.itemId, row.variantId, row.sku, row.quantity]),
    ),
    'warehouse-skus.csv': csv(
      ['warehouse', 'sku', 'wms_sku', 'unit_factor'],
      catalog.warehouseSkus.map((row) => [row.warehouse, row.sku, row.wmsSku, row.unitFactor]),
    ),
  }
}

function csv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n'
}

function cell(value: string | number): string {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
