import type { Knex } from 'knex'
import type { ColumnTypes } from '../dialect.ts'

/** Bundles; mappings that count for a time, of which one listing may have several, and what ships instead of them. */
export async function addCatalogDepth(database: Knex, { text, tableEnd }: ColumnTypes): Promise<void> {
  const columns = 'platform, shop, channel_sku, item_id, variant_id'
  const statements = [
    `create table bundles (
      sku ${text} primary key,
      components ${text} not null
    ) ${tableEnd}`,
    // A primary key cannot be widened in place on SQLite.
    'alter table sku_mappings rename to sku_mappings_before',
    `create table sku_mappings (
      platform ${text} not null,
      shop ${text} not null,
      channel_sku ${text} not null,
      item_id ${text} not null,
      variant_id ${text} not null,
      valid_from ${text} not null,
      valid_to ${text},
      targets ${text} not null,
      alternatives ${text},
      primary key (${columns}, valid_from)
    ) ${tableEnd}`,
    `insert into sku_mappings (${columns}, valid_from, targets) select ${columns}, '', targets from sku_mappings_before`,
    'drop table sku_mappings_before',
  ]
  for (const statement of statements) await database.raw(statement)
}
