import type { Knex } from 'knex'
import { SyncError } from '../../core/errors.ts'
import type { Log } from '../../core/ports/log.ts'
import { columnTypes, type Engine } from '../dialect.ts'
import { createInitialTables } from './0001-initial.ts'
import { addRatesAndRulings } from './0002-rates-and-rulings.ts'
import { addMerging } from './0003-merge.ts'
import { addZones } from './0004-zones.ts'
import { addCatalogDepth } from './0005-catalog.ts'
import { addSecondLooks } from './0006-second-looks.ts'

interface Step {
  readonly name: string
  readonly up: (database: Knex, engine: Engine) => Promise<void>
}

/** In order; a name that was released never changes and never goes. */
const steps: readonly Step[] = [
  { name: '0001-initial', up: (database, engine) => createInitialTables(database, columnTypes(engine)) },
  { name: '0002-rates-and-rulings', up: (database, engine) => addRatesAndRulings(database, columnTypes(engine)) },
  { name: '0003-merge', up: (database, engine) => addMerging(database, columnTypes(engine)) },
  { name: '0004-zones', up: (database, engine) => addZones(database, columnTypes(engine)) },
  { name: '0005-catalog', up: (database, engine) => addCatalogDepth(database, columnTypes(engine)) },
  { name: '0006-second-looks', up: (database, engine) => addSecondLooks(database, columnTypes(engine)) },
]

const migrationTable = 'schema_migrations'
/** Any number, the same in every version of the product. */
const advisoryLock = 7_482_951

/** What the steps have made, by name. */
export const tables: readonly string[] = [
  'buckets',
  'bundles',
  'configuration_in_force',
  'counters',
  'cursors',
  'effects',
  'event_chains',
  'fulfillment_orders',
  'fx_rates',
  'holds',
  'key_check',
  'lanes',
  'order_events',
  'orders',
  'payloads',
  'products',
  'rejected_records',
  'requests',
  'reservations',
  'sku_mappings',
  'stock_levels',
  'stock_snapshots',
  'sweeps',
  'tokens',
  'traces',
  'warehouse_skus',
  'zones',
]

/**
 * Brings the tables up to this version. Does no harm when repeated, and only reads when there is nothing to do; of two
 * processes the second waits for the first. All steps share one transaction, so a crash leaves the tables as they were.
 * Throws SyncError `config`: `database-newer` when a later version of the product has been here, `database-incomplete`
 * when a table is gone.
 */
export async function migrate(database: Knex, engine: Engine, log?: Log): Promise<void> {
  if ((await appliedSteps(database)).length < steps.length) await applySteps(database, engine, log)
  await refuseIncomplete(database, engine)
}

async function applySteps(database: Knex, engine: Engine, log: Log | undefined): Promise<void> {
  await database.transaction(async (transaction) => {
    if (engine === 'postgres') await transaction.raw('select pg_advisory_xact_lock(?)', [advisoryLock])
    await appliedSteps(transaction)
    const [, applied] = await transaction.migrate.latest({
      migrationSource: migrationSource(engine),
      tableName: migrationTable,
    })
    if (applied.length > 0) log?.info('database tables brought up to date', { applied })
  })
}

/** Refuses steps that this version does not know. */
async function appliedSteps(database: Knex): Promise<readonly string[]> {
  if (!(await database.schema.hasTable(migrationTable))) return []
  const known = new Set(steps.map((step) => step.name))
  const rows: { name: string }[] = await database(migrationTable).select('name').orderBy('name')
  const applied = rows.map((row) => row.name)
  const unknown = applied.filter((name) => !known.has(name))
  if (unknown.length === 0) return applied
  throw new SyncError(
    'config',
    `the database belongs to a newer version of Quayside (it has ${unknown.join(', ')}); start that version, or restore a backup made before the upgrade`,
    { code: 'database-newer', context: { unknown } },
  )
}

async function refuseIncomplete(database: Knex, engine: Engine): Promise<void> {
  const rows: { name: string }[] =
    engine === 'sqlite'
      ? await database('sqlite_master').select('name').where('type', 'table')
      : await database('pg_tables').select('tablename as name').whereRaw('schemaname = any(current_schemas(false))')
  const present = new Set(rows.map((row) => row.name))
  const missing = tables.filter((name) => !present.has(name))
  if (missing.length === 0) return
  const message = `the database lacks ${missing.length === 1 ? 'the table' : 'the tables'} ${missing.join(', ')}: something outside Quayside has removed them; restore a backup`
  throw new SyncError('config', message, { code: 'database-incomplete', context: { missing } })
}

/** The steps are imported, not read from a folder: a folder's order and file endings depend on how the product was installed. */
function migrationSource(engine: Engine): Knex.MigrationSource<Step> {
  return {
    getMigrations: async () => [...steps],
    getMigrationName: (step) => step.name,
    getMigration: async (step) => ({ up: (database) => step.up(database, engine), down: refuseDown }),
  }
}

async function refuseDown(): Promise<void> {
  throw new Error('tables are never taken back; restore a backup instead')
}
