import { SyncError } from '../core/errors.ts'
import type { Log } from '../core/ports/log.ts'
import type { Storage } from '../core/ports/storage.ts'
import { type Connections, connect, type DatabaseAddress, nameOfDatabase, parseDatabaseUrl } from './connection.ts'
import type { Engine } from './dialect.ts'
import { type Cipher, createCipher } from './encryption.ts'
import { findDamage } from './integrity.ts'
import { checkKey } from './key-check.ts'
import { migrate } from './migrations/index.ts'
import { createStores } from './stores.ts'
import { closedError, describeTrouble, isPassing, plainReason } from './trouble.ts'
import { createWriter, type Failpoints } from './writer.ts'

export { nameOfDatabase } from './connection.ts'
export { parseKey } from './encryption.ts'
export { type Lease, takeLease } from './lease.ts'

export interface StorageOptions {
  /** `sqlite:PATH`, absolute or relative to the working directory, `sqlite::memory:`, or `postgres://…`. */
  readonly url: string
  /** 32 bytes for AES-256-GCM. */
  readonly key: Buffer
  /** Stored with each sealed value; derived from the key when left out. */
  readonly keyId?: string
  readonly log?: Log
  readonly failpoints?: Failpoints
}

export interface OpenStorage extends Storage {
  readonly engine: Engine
  /** Problems of the file and of the event logs, one sentence each. Reads everything. */
  verifyIntegrity(): Promise<readonly string[]>
}

/**
 * Opens the database, makes or updates its tables and checks the key. Throws SyncError `config`:
 * `database-url-invalid`, `database-unreachable`, `database-newer`, `database-incomplete`, `key-invalid`, `key-wrong`;
 * `transient` (`database-unavailable`) when it is locked or full.
 */
export async function openStorage(options: StorageOptions): Promise<OpenStorage> {
  const address = parseDatabaseUrl(options.url)
  const cipher = createCipher(options.key, options.keyId)
  const connections = openConnections(address, options)
  try {
    await migrate(connections.writer, connections.engine, options.log)
    await checkKey(connections.writer, cipher)
  } catch (error) {
    await connections.destroy()
    throw error instanceof SyncError ? error : unreachable(options.url, error)
  }
  return storageOn(connections, cipher, options)
}

function openConnections(address: DatabaseAddress, { url, log }: StorageOptions): Connections {
  try {
    return connect(address, log)
  } catch (error) {
    throw unreachable(url, error)
  }
}

function storageOn(connections: Connections, cipher: Cipher, options: StorageOptions): OpenStorage {
  const { log, failpoints } = options
  const writer = createWriter({
    engine: connections.engine,
    database: connections.writer,
    storesIn: (transaction) => createStores(transaction, cipher),
    ...(failpoints && { failpoints }),
    ...(log && { log }),
  })
  const stores = createStores(connections.reader, cipher)
  let isClosed = false
  return {
    engine: connections.engine,
    async read(work) {
      if (isClosed) throw closedError()
      try {
        return await work(stores)
      } catch (error) {
        throw describeTrouble(error)
      }
    },
    write: (work) => writer.write(work),
    verifyIntegrity: () => findDamage(connections.reader, connections.engine),
    async close() {
      isClosed = true
      await writer.close()
      await connections.destroy()
    },
  }
}

function unreachable(url: string, cause: unknown): unknown {
  if (isPassing(cause)) return describeTrouble(cause)
  return new SyncError('config', `the database ${nameOfDatabase(url)} cannot be opened: ${plainReason(cause)}; check database.url`, {
    code: 'database-unreachable',
    cause,
  })
}
