import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Database as SqliteConnection, Statement } from 'better-sqlite3'
import type { Knex } from 'knex'
import knex from 'knex'
import pg from 'pg'
import { SyncError } from '../core/errors.ts'
import type { Log } from '../core/ports/log.ts'
import type { Engine } from './dialect.ts'

/** Where the database is. `path` is absolute, or `:memory:`. */
export type DatabaseAddress = { readonly engine: 'sqlite'; readonly path: string } | { readonly engine: 'postgres'; readonly url: string }

/** Open connections. `reader` never waits for the writer, except in memory, where both are one connection. */
export interface Connections {
  readonly engine: Engine
  readonly writer: Knex
  readonly reader: Knex
  destroy(): Promise<void>
}

const acquireConnectionTimeout = 5_000
const busyTimeoutMs = 5_000
const statementCacheSize = 500

/** Reads `sqlite:PATH` or `postgres://…`. Throws SyncError `config` (`database-url-invalid`). */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url: readable(url) }
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]
  if (path === undefined) {
    throw new SyncError('config', 'database.url must be sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME', {
      code: 'database-url-invalid',
    })
  }
  return { engine: 'sqlite', path: path === ':memory:' ? path : resolve(path) }
}

/** For messages: without user, password and options. Of a password that is not encoded nothing is shown either. */
export function nameOfDatabase(url: string): string {
  if (!/^postgres(ql)?:/.test(url)) return resolve(url.replace(/^sqlite:(\/\/(?=\/))?/, ''))
  return url.replace(/^.*@|^[^/]*\/\//s, '').replace(/\?.*$/s, '')
}

/** A password with a sign of the address in it would be read as host, path or options. */
function readable(url: string): string {
  // An empty host stands for a socket on this machine.
  const parsed = URL.parse(url.replace('@/', '@localhost/'))
  if (parsed && !`${parsed.pathname}${parsed.search}${parsed.hash}`.includes('@')) return url
  const message = `database.url: the address of ${nameOfDatabase(url)} cannot be read; the password must be percent-encoded (%2F for /, %40 for @, %23 for #, %3F for ?)`
  throw new SyncError('config', message, { code: 'database-url-invalid' })
}

/** Opens the connections and makes the folder of a SQLite file. The first query connects. */
export function connect(address: DatabaseAddress, log?: Log): Connections {
  const common: Knex.Config = {
    acquireConnectionTimeout,
    // Otherwise the message of a failed statement shows the values, and with them personal data.
    compileSqlOnError: false,
    log: knexLog(log),
  }
  if (address.engine === 'postgres') return connectPostgres(address.url, common)
  return address.path === ':memory:' ? connectMemory(common) : connectSqlite(address.path, common)
}

function connectPostgres(url: string, common: Knex.Config): Connections {
  const database = knex({
    ...common,
    client: 'pg',
    connection: { connectionString: url, types: { getTypeParser } },
    pool: { min: 0, max: 10 },
  })
  return { engine: 'postgres', writer: database, reader: database, destroy: () => database.destroy() }
}

function connectSqlite(path: string, common: Knex.Config): Connections {
  mkdirSync(dirname(path), { recursive: true })
  const writer = openSqlite(path, prepareWriter, common)
  const reader = openSqlite(path, prepareReader, common)
  return {
    engine: 'sqlite',
    writer,
    reader,
    destroy: async () => {
      await reader.destroy()
      await writer.destroy()
    },
  }
}

function connectMemory(common: Knex.Config): Connections {
  const database = openSqlite(':memory:', prepareWriter, common)
  return { engine: 'sqlite', writer: database, reader: database, destroy: () => database.destroy() }
}

/** One connection: a second writer in the same process would stop the event loop until the first commits. */
function openSqlite(filename: string, prepare: (connection: SqliteConnection) => void, common: Knex.Config): Knex {
  return knex({
    ...common,
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: (error: unknown, connection: SqliteConnection) => void) => {
        try {
          prepare(connection)
          done(undefined, connection)
        } catch (error) {
          done(error, connection)
        }
      },
    },
  })
}

/** knex would print on the console, where a command's JSON goes; what matters of it comes as an error as well. */
function knexLog(log: Log | undefined): Knex.Logger {
  const note = (message: unknown) => log?.debug('note of the database library', { note: String(message) })
  return { warn: note, error: note, deprecate: note, debug: note }
}

function prepareWriter(connection: SqliteConnection): void {
  connection.pragma(`busy_timeout = ${busyTimeoutMs}`)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  cacheStatements(connection)
}

function prepareReader(connection: SqliteConnection): void {
  connection.pragma(`busy_timeout = ${busyTimeoutMs}`)
  connection.pragma('query_only = ON')
  cacheStatements(connection)
}

/**
 * knex prepares every statement anew; kept statements save a third of the time of a small write.
 * Transactions begin IMMEDIATE: one that reads first and writes later would be refused without waiting
 * when another process wrote in between.
 */
function cacheStatements(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection)
  const statements = new Map<string, Statement>()
  connection.prepare = ((sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = prepare(sql === 'BEGIN;' ? 'BEGIN IMMEDIATE;' : sql)
    const oldest = statements.keys().next()
    if (statements.size >= statementCacheSize && !oldest.done) statements.delete(oldest.value)
    statements.set(sql, statement)
    return statement
  }) as typeof connection.prepare
}

/** pg gives 64-bit integers as text; ours all fit into a number, and one that does not is an error, not a rounding. */
function getTypeParser(oid: number, format: string) {
  return oid === pg.types.builtins.INT8 ? parseWholeNumber : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text')
}

/** Reads a 64-bit integer of PostgreSQL. Throws RangeError beyond what a number holds exactly. */
export function parseWholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`the integer ${text} of the database is too large to be exact`)
  return value
}
