import type { Knex } from 'knex'
import { SyncError } from '../core/errors.ts'
import type { Cipher } from './encryption.ts'

const place = { table: 'key_check', column: 'sealed', rowKey: 'key' }
const content = 'quayside'

/**
 * Leaves a sealed value in a fresh database and opens it ever after, so that a wrong key is refused at the
 * start and not at the first order. Throws SyncError `config` (`key-wrong`).
 */
export async function checkKey(database: Knex, cipher: Cipher): Promise<void> {
  const row = (await load(database)) ?? (await leave(database, cipher))
  try {
    if (row && cipher.open(place, row.sealed) === content) return
  } catch (cause) {
    throw wrongKey(cause)
  }
  throw wrongKey(undefined)
}

interface KeyCheck {
  readonly sealed: Buffer
}

async function load(database: Knex): Promise<KeyCheck | undefined> {
  return await database('key_check').where('name', place.rowKey).first()
}

/** Of two processes at once the first one's value stays. */
async function leave(database: Knex, cipher: Cipher): Promise<KeyCheck | undefined> {
  const row = { name: place.rowKey, sealed: cipher.seal(place, content) }
  await database('key_check').insert(row).onConflict('name').ignore()
  return load(database)
}

function wrongKey(cause: unknown): SyncError {
  return new SyncError(
    'config',
    'the privacy key is not the one that this database was made with; set privacy.key to the key that `init` told you to back up',
    { code: 'key-wrong', cause },
  )
}
