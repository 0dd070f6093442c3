import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { SyncError } from '../core/errors.ts'
import { parseDatabaseUrl } from './connection.ts'

export interface Lease {
  release(): Promise<void>
}

/** Any fixed number does; it only has to be the same for every Quayside on one PostgreSQL database. */
const advisoryLockId = 4_281_917

/**
 * The right to act on a database, for one process at a time. On SQLite an EXCLUSIVE transaction held open
 * on a side file, on PostgreSQL a session's advisory lock: both end with the process, SIGKILL included.
 * Returns undefined when another process holds it.
 */
export async function takeLease(url: string): Promise<Lease | undefined> {
  const address = parseDatabaseUrl(url)
  return address.engine === 'sqlite' ? takeFileLease(address.path) : takeSessionLease(address.url)
}

function takeFileLease(path: string): Lease | undefined {
  if (path === ':memory:') return { release: async () => undefined }
  mkdirSync(dirname(path), { recursive: true })
  const database = new Database(`${path}.lease`, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw new SyncError('config', `the lease file ${path}.lease cannot be used: ${String(error)}`, { code: 'lease-unusable', cause: error })
  }
  return { release: async () => void database.close() }
}

async function takeSessionLease(url: string): Promise<Lease | undefined> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const answer = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [advisoryLockId])
  if (answer.rows[0]?.taken === true) return { release: () => client.end() }
  await client.end()
  return undefined
}
