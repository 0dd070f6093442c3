import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { SyncError } from '../core/errors.ts'
import { parseDatabaseUrl } from './connection.ts'
import { describeTrouble } from './trouble.ts'

export interface Lease {
  /** Aborts, with a SyncError as its reason, when the lease may be another process's by now: its session ended, or it was released. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

export interface LeaseOptions {
  /** How often the session on PostgreSQL must show that it lives, and how long one answer may take. */
  readonly beatEveryMs?: number
  readonly answerWithinMs?: number
}

/** Any fixed number does; it only has to be the same for every Quayside on one PostgreSQL database. */
const advisoryLockId = 4_281_917
/**
 * The server frees the lock of a session whose other end is gone after half a minute, not after two hours.
 * Source: https://www.postgresql.org/docs/18/runtime-config-connection.html (read 2026-11-25)
 */
const noticeDeadPeer = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4'

/**
 * The right to act on a database, for one process at a time. On SQLite an EXCLUSIVE transaction held open
 * on a side file, on PostgreSQL a session's advisory lock: both end with the process, SIGKILL included. A
 * session may also end before its process; then the lease is lost. Returns undefined when another process holds it.
 */
export async function takeLease(url: string, options: LeaseOptions = {}): Promise<Lease | undefined> {
  const address = parseDatabaseUrl(url)
  return address.engine === 'sqlite' ? takeFileLease(address.path) : takeSessionLease(address.url, options)
}

function takeFileLease(path: string): Lease | undefined {
  if (path === ':memory:') return leaseUntil(async () => undefined)
  mkdirSync(dirname(path), { recursive: true })
  const database = new Database(`${path}.lease`, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw new SyncError('config', `the lease file ${path}.lease cannot be used: ${String(error)}`, { code: 'lease-unusable', cause: error })
  }
  return leaseUntil(async () => void database.close())
}

async function takeSessionLease(url: string, { beatEveryMs = 10_000, answerWithinMs = 5_000 }: LeaseOptions): Promise<Lease | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: beatEveryMs,
  })
  const loss = new AbortController()
  const lose = (cause: unknown): void => {
    if (loss.signal.aborted) return
    loss.abort(lostError(cause))
    // The lock goes with the session, should the server still know it.
    void client.end().catch(lose)
  }
  client.on('error', lose)
  try {
    await client.connect()
    await client.query(noticeDeadPeer)
    const answer = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [advisoryLockId])
    if (answer.rows[0]?.taken !== true) {
      await client.end()
      return undefined
    }
  } catch (error) {
    lose(error)
    throw describeTrouble(error)
  }
  let timer: NodeJS.Timeout
  const beat = (): void => {
    timer = setTimeout(() => client.query('select 1').then(beat, lose), beatEveryMs)
  }
  beat()
  loss.signal.addEventListener('abort', () => clearTimeout(timer))
  return leaseUntil(() => client.end(), loss)
}

function leaseUntil(end: () => Promise<void>, loss: AbortController = new AbortController()): Lease {
  return {
    lost: loss.signal,
    async release() {
      if (loss.signal.aborted) return
      loss.abort(lostError('it was released'))
      await end()
    },
  }
}

function lostError(cause: unknown): SyncError {
  return new SyncError('transient', `the lease on the database is gone: ${String(cause)}`, { code: 'lease-lost', cause })
}
