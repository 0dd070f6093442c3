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
  await database('key_check')
    .insert({ name: place.rowKey, sealed: cipher.seal(place, content) })
    .onConflict('name')
    .ignore()
  const row: { sealed: Buffer } | undefined = await database('key_check').where('name', place.rowKey).first()
  try {
    if (row && cipher.open(place, row.sealed) === content) return
  } catch (cause) {
    throw wrongKey(cause)
  }
  throw wrongKey(undefined)
}

function wrongKey(cause: unknown): SyncError {
  return new SyncError(
    'config',
    'the privacy key is not the one that this database was made with; set privacy.key to the key that `init` told you to back up',
    { code: 'key-wrong', cause },
  )
}
