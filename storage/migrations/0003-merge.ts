import type { Knex } from 'knex'
import type { ColumnTypes } from '../dialect.ts'

/** Orders of one parcel share the reference that the warehouse knows; what tells which open orders may share one. */
export async function addMerging(database: Knex, { text, whole }: ColumnTypes): Promise<void> {
  const statements = [
    `alter table fulfillment_orders add column parcel_position ${whole} not null default 0`,
    'drop index fulfillment_orders_by_reference',
    'create unique index fulfillment_orders_by_reference on fulfillment_orders (account, reference, parcel_position)',
    `alter table orders add column destination ${text}`,
    'create index orders_by_destination on orders (destination) where destination is not null',
  ]
  for (const statement of statements) await database.raw(statement)
}
