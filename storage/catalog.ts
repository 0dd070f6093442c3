import type { Knex } from 'knex'
import type { Bundle, FxRate, Product, SkuMapping, WarehouseSku, Zone } from '../core/model/catalog.ts'
import type { CatalogStore, ImportCounts } from '../core/ports/storage.ts'
import type { ChannelSku, Sku, WmsSku } from '../core/value/ids.ts'
import { raiseCounter, readCounter } from './counters.ts'
import { canonicalJson, fromJson, present } from './json.ts'
import { chunks, lastByKey, type RowAccess } from './rows.ts'

type Row = Readonly<Record<string, string | number | null>>

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
  key: ['platform', 'shop', 'channel_sku', 'item_id', 'variant_id', 'valid_from'],
  toRow: (mapping) => ({
    platform: mapping.platform,
    shop: mapping.shop,
    channel_sku: mapping.channelSku,
    item_id: mapping.itemId,
    variant_id: mapping.variantId,
    valid_from: mapping.validFrom ?? '',
    valid_to: mapping.validTo ?? null,
    targets: canonicalJson(mapping.targets),
    alternatives: mapping.alternatives ? canonicalJson(mapping.alternatives) : null,
  }),
  fromRow: (row) => ({
    platform: String(row['platform']),
    shop: String(row['shop']),
    channelSku: row['channel_sku'] as ChannelSku | '',
    itemId: String(row['item_id']),
    variantId: String(row['variant_id']),
    targets: fromJson(row['targets']) as SkuMapping['targets'],
    ...(row['valid_from'] !== '' && { validFrom: String(row['valid_from']) }),
    ...present({
      validTo: row['valid_to'] as string | null,
      alternatives: row['alternatives'] === null ? null : (fromJson(row['alternatives']) as NonNullable<SkuMapping['alternatives']>),
    }),
  }),
}

const bundles: GoodsTable<Bundle> = {
  name: 'bundles',
  key: ['sku'],
  toRow: (bundle) => ({ sku: bundle.sku, components: canonicalJson(bundle.components) }),
  fromRow: (row) => ({ sku: row['sku'] as Sku, components: fromJson(row['components']) as Bundle['components'] }),
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

const zones: GoodsTable<Zone> = {
  name: 'zones',
  key: ['origin', 'country', 'zip_from', 'zip_to'],
  toRow: (item) => ({
    origin: item.origin,
    country: item.country,
    zip_from: item.zipFrom,
    zip_to: item.zipTo,
    zone: item.zone,
    remote: item.remote ? 1 : 0,
  }),
  fromRow: (row) => ({
    origin: String(row['origin']),
    country: String(row['country']),
    zipFrom: String(row['zip_from']),
    zipTo: String(row['zip_to']),
    zone: Number(row['zone']),
    remote: Number(row['remote']) === 1,
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
        bundles: await loadAll(database, bundles),
        warehouseSkus: await loadAll(database, warehouseSkus),
        fx: await loadAll(database, fx),
        zones: await loadAll(database, zones),
      }
    },

    async saveProducts(rows) {
      return await importRows(database, products, rows)
    },

    async saveMappings(rows) {
      return await importRows(database, mappings, rows)
    },

    async saveBundles(rows) {
      return await importRows(database, bundles, rows)
    },

    async saveWarehouseSkus(rows) {
      return await importRows(database, warehouseSkus, rows)
    },

    async saveFx(rates) {
      return await importRows(database, fx, rates)
    },

    async saveZones(rows) {
      const removed = await removeOthers(database, rows)
      const counts = await importRows(database, zones, rows)
      if (removed > 0 && counts.added + counts.changed === 0) await raiseCounter(database, 'catalog-revision')
      return removed > 0 ? { ...counts, removed } : counts
    },
  }
}

async function loadRows<T>(database: Knex, table: GoodsTable<T>): Promise<Row[]> {
  return await database(table.name).orderBy([...table.key])
}

async function loadAll<T>(database: Knex, table: GoodsTable<T>): Promise<readonly T[]> {
  return (await loadRows(database, table)).map((row) => table.fromRow(row))
}

/** Takes the rows out of the tables that are imported anew and do not name them. */
async function removeOthers(database: Knex, rows: readonly Zone[]): Promise<number> {
  const named = new Set(rows.map((row) => canonicalJson([row.origin, row.country, row.zipFrom, row.zipTo])))
  const tables = new Set(rows.map((row) => canonicalJson([row.origin, row.country])))
  const others = (await loadAll(database, zones)).filter(
    (row) =>
      tables.has(canonicalJson([row.origin, row.country])) && !named.has(canonicalJson([row.origin, row.country, row.zipFrom, row.zipTo])),
  )
  for (const { origin, country, zipFrom, zipTo } of others)
    await database(zones.name).where({ origin, country, zip_from: zipFrom, zip_to: zipTo }).delete()
  return others.length
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
