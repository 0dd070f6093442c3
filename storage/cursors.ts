import type { CursorStore } from '../core/ports/storage.ts'
import type { RowAccess } from './rows.ts'

export function cursorStore({ database }: RowAccess): CursorStore {
  return {
    async load(account, feed) {
      const row: { position: string } | undefined = await database('cursors').where({ account, feed }).first()
      return row?.position
    },

    async save(account, feed, cursor, at) {
      await database('cursors').insert({ account, feed, position: cursor, saved_at: at }).onConflict(['account', 'feed']).merge()
    },
  }
}
