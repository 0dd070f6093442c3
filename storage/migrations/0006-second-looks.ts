import type { Knex } from 'knex'
import type { ColumnTypes } from '../dialect.ts'

/** What a repeated write has to know of its first try, and what has not been heard of for a while. */
export async function addSecondLooks(database: Knex, { text }: ColumnTypes): Promise<void> {
  const statements = [
    `alter table effects add column missed_at ${text}`,
    `alter table fulfillment_orders add column heard_at ${text} not null default ''`,
    'drop index fulfillment_orders_by_status',
    'create index fulfillment_orders_by_status on fulfillment_orders (account, status, heard_at)',
  ]
  for (const statement of statements) await database.raw(statement)
}
