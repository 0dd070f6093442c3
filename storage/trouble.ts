import { SyncError } from '../core/errors.ts'

/**
 * What a full disk, a lock held by another process, a lost connection or a stopping server are called.
 * Sources: https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/18/errcodes-appendix.html
 * (classes 08, 53 and 57), read 2026-11-24; the names with E are Node's.
 */
const troubleCodes = /^(SQLITE_(BUSY|FULL|IOERR|LOCKED|CANTOPEN|READONLY)|08|53|57P|ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND)/

/** pg has no code for these; knex puts the statement before them. */
const troubleMessages = /(^| - )(Connection terminated|Client has encountered a connection error)/

/** An error of the database's surroundings as SyncError `transient` (`database-unavailable`); any other as it is. */
export function describeTrouble(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof SyncError || !isTrouble(error)) return error
  return new SyncError('transient', `the database cannot be used at present: ${plainReason(error)}`, {
    code: 'database-unavailable',
    cause: error,
  })
}

function isTrouble(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : ''
  return troubleCodes.test(code) || troubleMessages.test(error.message) || error.name === 'KnexTimeoutError'
}

/** Trouble that has nothing to do with how the database is configured: a lock, a full disk, a server with no room or about to stop. */
export function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(SQLITE_(BUSY|FULL|IOERR|LOCKED|READONLY)|53|57P)/.test(code)
}

/** The driver's own words in one line; knex puts the whole statement before them. */
export function plainReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split(' - ').at(-1) ?? message).split('\n')[0] ?? ''
}

export function closedError(): SyncError {
  return new SyncError('transient', 'the database is being closed', { code: 'storage-closed' })
}
