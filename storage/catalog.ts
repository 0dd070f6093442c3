import type { Knex } from 'knex'
import type { FxRate, Product, SkuMapping, WarehouseSku } from '../core/model/catalog.ts'
import type { CatalogStore, ImportCounts } from '../core/ports/storage.ts'
import type { ChannelSku, Sku, WmsSku } from '../core/value/ids.ts'
import { raiseCounter, readCounter } from './counters.ts'
import { canonicalJson, fromJson } from './json.ts'
import { chunks, lastByKey, type RowAccess } from './rows.ts'

type Row = Readonly<Record<string, string | number>>

/** How goods of one kind stand in a table. `key` names the columns that identify a row. */
interface GoodsTable<T> {
  readonly name: string
  readonly key: readonly string[]
  toRow(item: T): Row
  fromRow(row: Row): T
}

const products: GoodsTable<Product> = {
  name: 'products',
  key: ['sku'],
  toRow: (product) => ({ sku: product.sku, document: canonicalJson(product) }),
  fromRow: (row) => fromJson(row['document']) as Product,
}

const mappings: GoodsTable<SkuMapping> = {
  name: 'sku_mappings',
  key: ['platform', 'shop', 'channel_sku', 'item_id', 'variant_id'],
  toRow: (mapping) => ({
    platform: mapping.platform,
    shop: mapping.shop,
    channel_sku: mapping.channelSku,
    item_id: mapping.itemId,
    variant_id: mapping.variantId,
    targets: canonicalJson(mapping.targets),
  }),
  fromRow: (row) => ({
    platform: String(row['platform']),
    shop: String(row['shop']),
    channelSku: row['channel_sku'] as ChannelSku | '',
    itemId: String(row['item_id']),
    variantId: String(row['variant_id']),
    targets: fromJson(row['targets']) as SkuMapping['targets'],
  }),
}

const warehouseSkus: GoodsTable<WarehouseSku> = {
  name: 'warehouse_skus',
  key: ['warehouse', 'sku'],
  toRow: (item) => ({ warehouse: item.warehouse, sku: item.sku, wms_sku: item.wmsSku, unit_factor: item.unitFactor }),
  fromRow: (row) => ({
    warehouse: String(row['warehouse']),
    sku: row['sku'] as Sku,
    wmsSku: row['wms_sku'] as WmsSku,
    unitFactor: Number(row['unit_factor']),
  }),
}

const fx: GoodsTable<FxRate> = {
  name: 'fx_rates',
  key: ['date', 'from_currency', 'to_currency'],
  toRow: (item) => ({ date: item.date, from_currency: item.from, to_currency: item.to, rate: item.rate }),
  fromRow: (row) => ({
    date: String(row['date']),
    from: String(row['from_currency']),
    to: String(row['to_currency']),
    rate: String(row['rate']),
  }),
}

export function catalogStore({ database }: RowAccess): CatalogStore {
  return {
    async revision() {
      return await readCounter(database, 'catalog-revision')
    },

    async load() {
      return {
        revision: await readCounter(database, 'catalog-revision'),
        products: await loadAll(database, products),
        mappings: await loadAll(database, mappings),
        warehouseSkus: await loadAll(database, warehouseSkus),
        fx: await loadAll(database, fx),
      }
    },

    async saveProducts(rows) {
      return await importRows(database, products, rows)
    },

    async saveMappings(rows) {
      return await importRows(database, mappings, rows)
    },

    async saveWarehouseSkus(rows) {
      return await importRows(database, warehouseSkus, rows)
    },

    async saveFx(rates) {
      return await importRows(database, fx, rates)
    },
  }
}

async function loadRows<T>(database: Knex, table: GoodsTable<T>): Promise<Row[]> {
  return await database(table.name).orderBy([...table.key])
}

async function loadAll<T>(database: Knex, table: GoodsTable<T>): Promise<readonly T[]> {
  return (await loadRows(database, table)).map((row) => table.fromRow(row))
}

async function importRows<T>(database: Knex, table: GoodsTable<T>, items: readonly T[]): Promise<ImportCounts> {
  const keyOf = (row: Row) => canonicalJson(table.key.map((column) => row[column]))
  const stored = new Map((await loadRows(database, table)).map((row) => [keyOf(row), canonicalJson(row)]))
  const rows = lastByKey(
    items.map((item) => table.toRow(item)),
    keyOf,
  )
  const added = rows.filter((row) => !stored.has(keyOf(row)))
  const changed = rows.filter((row) => stored.has(keyOf(row)) && stored.get(keyOf(row)) !== canonicalJson(row))
  for (const chunk of chunks([...added, ...changed]))
    await database(table.name)
      .insert(chunk)
      .onConflict([...table.key])
      .merge()
  if (added.length + changed.length > 0) await raiseCounter(database, 'catalog-revision')
  return { added: added.length, changed: changed.length, same: rows.length - added.length - changed.length }
}
