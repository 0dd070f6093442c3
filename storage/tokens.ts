import type { TokenRowStore } from '../core/ports/storage.ts'
import type { StoredToken } from '../core/ports/token-store.ts'
import type { Place } from './encryption.ts'
import type { RowAccess } from './rows.ts'

export function tokenRowStore({ database, cipher }: RowAccess): TokenRowStore {
  return {
    async load(scope) {
      const row: { seed_hash: string; token: Buffer } | undefined = await database('tokens').where({ scope }).first()
      return row && { seedHash: row.seed_hash, token: cipher.open(placeOf(scope), row.token) as StoredToken }
    },

    async save(scope, seedHash, token) {
      const row = { scope, seed_hash: seedHash, token: cipher.seal(placeOf(scope), token) }
      await database('tokens').insert(row).onConflict('scope').merge()
    },
  }
}

function placeOf(scope: string): Place {
  return { table: 'tokens', column: 'token', rowKey: scope }
}
