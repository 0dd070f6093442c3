import type { Knex } from 'knex'
import type { ColumnTypes } from '../dialect.ts'

/** How far postcodes are from each warehouse. */
export async function addZones(database: Knex, { text, whole, tableEnd }: ColumnTypes): Promise<void> {
  await database.raw(`create table zones (
    origin ${text} not null,
    country ${text} not null,
    zip_from ${text} not null,
    zip_to ${text} not null,
    zone ${whole} not null,
    remote ${whole} not null,
    primary key (origin, country, zip_from, zip_to)
  ) ${tableEnd}`)
}
