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

/**
 * Brings the tables up to this version. Does no harm when repeated; of two processes the second waits
 * for the first. Throws SyncError `config` (`database-newer`) when a later version of the product has
 * been here. All steps share one transaction, so a crash leaves the tables as they were.
 */
export async function migrate(database: Knex, engine: Engine, log?: Log): Promise<void> {
  await database.transaction(async (transaction) => {
    if (engine === 'postgres') await transaction.raw('select pg_advisory_xact_lock(?)', [advisoryLock])
    await refuseNewer(transaction)
    const [, applied] = await transaction.migrate.latest({
      migrationSource: migrationSource(engine),
      tableName: migrationTable,
    })
    if (applied.length > 0) log?.info('database tables brought up to date', { applied })
  })
}

async function refuseNewer(transaction: Knex.Transaction): Promise<void> {
  if (!(await transaction.schema.hasTable(migrationTable))) return
  const known = new Set(steps.map((step) => step.name))
  const applied: { name: string }[] = await transaction(migrationTable).select('name').orderBy('name')
  const unknown = applied.map((row) => row.name).filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new SyncError(
    'config',
    `the database belongs to a newer version of Quayside (it has ${unknown.join(', ')}); start that version, or restore a backup made before the upgrade`,
    { code: 'database-newer', context: { unknown } },
  )
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
