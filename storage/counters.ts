import type { Knex } from 'knex'

/** Numbers of which the database has one each. */
export type Counter = 'catalog-revision' | 'lease-epoch'

/** Zero before the first raise. */
export async function readCounter(database: Knex, name: Counter): Promise<number> {
  const row: { value: number } | undefined = await database('counters').where({ name }).first()
  return row?.value ?? 0
}

/** Read so that no other process raises it before this transaction ends; SQLite has one writer at a time anyway. */
export async function holdCounter(database: Knex, name: Counter): Promise<number> {
  const row: { value: number } | undefined = await database('counters').where({ name }).forShare().first()
  return row?.value ?? 0
}

/** Raises by one and returns the new number. */
export async function raiseCounter(database: Knex, name: Counter): Promise<number> {
  const rows: { value: number }[] = await database('counters')
    .insert({ name, value: 1 })
    .onConflict('name')
    .merge({ value: database.raw('counters.value + 1') })
    .returning('value')
  return rows[0]?.value ?? (await readCounter(database, name))
}
