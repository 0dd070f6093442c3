import type { Knex } from 'knex'
import type { ColumnTypes } from '../dialect.ts'

/** Sorts after every moment. */
const noDeadline = '9999'

/** Dated rates of exchange; the ship-by that a write is urgent for; which configuration is in force; why a rule leaves an order out; what tells that two orders are alike. */
export async function addRatesAndRulings(database: Knex, { text, tableEnd }: ColumnTypes): Promise<void> {
  const statements = [
    `create table fx_rates (
      date ${text} not null,
      from_currency ${text} not null,
      to_currency ${text} not null,
      rate ${text} not null,
      primary key (date, from_currency, to_currency)
    ) ${tableEnd}`,
    `create table configuration_in_force (
      name ${text} primary key,
      version ${text} not null
    ) ${tableEnd}`,
    `alter table orders add column ruled_out ${text}`,
    'create index orders_ruled_out on orders (order_no) where ruled_out is not null',
    `alter table orders add column likeness ${text}`,
    'create index orders_by_likeness on orders (likeness, purchased_at) where likeness is not null',
    `alter table effects add column urgency ${text}`,
    `update effects set urgency = coalesce((select ship_by from orders where orders.order_no = effects.order_no), '${noDeadline}')`,
    'create index effects_by_urgency on effects (account, urgency, next_attempt_at, created_at, effect_key) where next_attempt_at is not null',
    'create index orders_by_ship_by on orders (ship_by) where ship_by is not null',
  ]
  for (const statement of statements) await database.raw(statement)
}
