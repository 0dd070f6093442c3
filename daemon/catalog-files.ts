import {
  formatBundles,
  formatFx,
  formatProblem,
  formatProducts,
  formatSkuMappings,
  formatWarehouseSkus,
  formatZones,
  type Parsed,
  parseBundles,
  parseFx,
  parseProducts,
  parseSkuMappings,
  parseWarehouseSkus,
  parseZones,
} from '../config/index.ts'
import { SyncError } from '../core/errors.ts'
import type { Catalog } from '../core/model/catalog.ts'
import type { HoldReason } from '../core/model/hold.ts'
import type { CatalogStore, ImportCounts } from '../core/ports/storage.ts'
import { contentHash } from '../core/value/hash.ts'
import { type CatalogNames, type KnownNames, unknownNames } from './catalog-notes.ts'

export const catalogKinds = ['products', 'bundles', 'sku-mappings', 'warehouse-skus', 'fx', 'zones'] as const
export type CatalogKind = (typeof catalogKinds)[number]

/** What a CSV file would change. */
export interface CatalogPreview extends ImportCounts {
  /** Rows of the file. */
  readonly rows: number
  /** What they make: several rows may make one bundle or mapping. */
  readonly items: readonly unknown[]
  /** What it names and nobody knows. */
  readonly notes: readonly string[]
}

/** One kind of CSV file: how it is read, compared with what is stored, stored and written. */
export interface CatalogFile {
  /** What its rows make, in the plural. */
  readonly items: string
  /** Orders that wait for one of these may go on after an import. */
  readonly ends: readonly HoldReason[]
  /** Throws SyncError `config` (`csv-invalid`) with every mistake of the file. */
  preview(text: string, file: string, stored: Catalog, known: KnownNames): CatalogPreview
  /** Reads and stores; imported twice is imported once. Throws as `preview` does. */
  save(store: CatalogStore, text: string, file: string): Promise<ImportCounts & { readonly rows: number }>
  format(catalog: Catalog): string
}

interface Definition<Item> {
  readonly items: string
  readonly ends: readonly HoldReason[]
  parse(text: string, file: string, stored: Catalog): Parsed<Item>
  /** Of the catalog, the items of this kind. */
  of(catalog: Catalog): readonly Item[]
  /** What an item is known by. */
  key(item: Item): readonly (string | undefined)[]
  names?(item: Item): CatalogNames
  /** The catalog with these items, where they may name each other. */
  including?(catalog: Catalog, items: readonly Item[]): Catalog
  /** Of items that an import replaces as a whole: the table that an item belongs to. */
  table?(item: Item): readonly string[]
  store(store: CatalogStore, items: readonly Item[]): Promise<ImportCounts>
  format(items: readonly Item[]): string
}

const endedByGoods: readonly HoldReason[] = ['unmapped-sku', 'unit-factor-mismatch', 'no-route', 'out-of-stock', 'split-not-allowed']

export const catalogFiles: Readonly<Record<CatalogKind, CatalogFile>> = {
  products: catalogFile({
    items: 'products',
    ends: endedByGoods,
    parse: parseProducts,
    of: (catalog) => catalog.products,
    key: (product) => [product.sku],
    store: (store, items) => store.saveProducts(items),
    format: formatProducts,
  }),
  bundles: catalogFile({
    items: 'bundles',
    ends: endedByGoods,
    parse: (text, file, stored) => parseBundles(text, file, stored.bundles),
    of: (catalog) => catalog.bundles,
    key: (bundle) => [bundle.sku],
    names: ({ sku, components }) => ({ skus: components.map((component) => component.sku), stored: sku }),
    including: (catalog, items) => ({ ...catalog, bundles: [...catalog.bundles, ...items] }),
    store: (store, items) => store.saveBundles(items),
    format: formatBundles,
  }),
  'sku-mappings': catalogFile({
    items: 'mappings',
    ends: endedByGoods,
    parse: parseSkuMappings,
    of: (catalog) => catalog.mappings,
    key: ({ platform, shop, channelSku, itemId, variantId, validFrom }) => [platform, shop, channelSku, itemId, variantId, validFrom],
    names: ({ platform, shop, targets, alternatives = [] }) => ({
      platform,
      shop,
      skus: [targets, ...alternatives].flat().map(({ sku }) => sku),
    }),
    store: (store, items) => store.saveMappings(items),
    format: formatSkuMappings,
  }),
  'warehouse-skus': catalogFile({
    items: 'warehouse codes',
    ends: endedByGoods,
    parse: parseWarehouseSkus,
    of: (catalog) => catalog.warehouseSkus,
    key: ({ warehouse, sku }) => [warehouse, sku],
    names: ({ warehouse, sku }) => ({ warehouse, skus: [sku], stored: sku }),
    including: (catalog, items) => ({ ...catalog, warehouseSkus: [...catalog.warehouseSkus, ...items] }),
    store: (store, items) => store.saveWarehouseSkus(items),
    format: formatWarehouseSkus,
  }),
  fx: catalogFile({
    items: 'rates',
    ends: ['fx-missing', 'no-route'],
    parse: parseFx,
    of: (catalog) => catalog.fx,
    key: ({ date, from, to }) => [date, from, to],
    store: (store, items) => store.saveFx(items),
    format: formatFx,
  }),
  zones: catalogFile({
    items: 'zones',
    ends: ['no-route', 'out-of-stock'],
    parse: parseZones,
    of: (catalog) => catalog.zones,
    key: ({ origin, country, zipFrom, zipTo }) => [origin, country, zipFrom, zipTo],
    names: ({ origin }) => ({ warehouse: origin }),
    table: ({ origin, country }) => [origin, country],
    store: (store, items) => store.saveZones(items),
    format: formatZones,
  }),
}

function catalogFile<Item>(definition: Definition<Item>): CatalogFile {
  const { items, ends, of, key, names, including, store, format } = definition
  const read = (text: string, file: string, stored: Catalog): Parsed<Item> => withoutProblems(definition.parse(text, file, stored))
  return {
    items,
    ends,
    preview(text, file, stored, known) {
      const { rows, rowCount } = read(text, file, stored)
      const before = new Map(of(stored).map((item) => [contentHash(key(item)), contentHash(item)]))
      const changed = rows.filter((item) => before.has(contentHash(key(item))))
      const same = changed.filter((item) => before.get(contentHash(key(item))) === contentHash(item))
      const removed = removedItems(definition, of(stored), rows).length
      return {
        rows: rowCount,
        items: rows,
        added: rows.length - changed.length,
        changed: changed.length - same.length,
        same: same.length,
        ...(removed > 0 && { removed }),
        notes: unknownNames(names ? rows.map(names) : [], known, including?.(stored, rows) ?? stored),
      }
    },
    async save(catalog, text, file) {
      const { rows, rowCount } = read(text, file, await catalog.load())
      return { ...(await store(catalog, rows)), rows: rowCount }
    },
    format: (catalog) => format(of(catalog)),
  }
}

/** Stored items of the tables that are replaced, which the file does not name. */
function removedItems<Item>({ key, table }: Definition<Item>, stored: readonly Item[], rows: readonly Item[]): readonly Item[] {
  if (!table) return []
  const named = new Set(rows.map((item) => contentHash(key(item))))
  const tables = new Set(rows.map((item) => contentHash(table(item))))
  return stored.filter((item) => tables.has(contentHash(table(item))) && !named.has(contentHash(key(item))))
}

function withoutProblems<Item>(parsed: Parsed<Item>): Parsed<Item> {
  const { problems } = parsed
  if (problems.length === 0) return parsed
  const count = `${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}; nothing was stored`
  throw new SyncError('config', [...problems.map(formatProblem), count].join('\n'), { code: 'csv-invalid' })
}
