import type { Database as SqliteConnection } from 'better-sqlite3'
import type { Knex } from 'knex'
import { SyncError } from '../core/errors.ts'
import type { Log } from '../core/ports/log.ts'
import type { Stores } from '../core/ports/storage.ts'
import type { Engine } from './dialect.ts'
import { closedError, describeTrouble } from './trouble.ts'

/** Named places where a test stops the process or makes a step fail. */
export interface Failpoints {
  hit(name: string): void | Promise<void>
}

export interface WriterOptions {
  readonly engine: Engine
  readonly database: Knex
  readonly storesIn: (transaction: Knex.Transaction) => Stores
  readonly failpoints?: Failpoints
  readonly log?: Log
}

export interface Writer {
  write<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  /** Refuses new items and resolves when every queued one is settled. */
  close(): Promise<void>
}

interface Item {
  /** Runs the work and returns how to tell its caller once the group is committed. */
  run(stores: Stores): Promise<() => void>
  fail(error: unknown): void
}

const maximumItems = 100
const maximumWaitMs = 5

/** Keeps the changes of one item and begins the next one's: a single round trip where the engine takes two statements at once. */
const nextSavepoint: Readonly<Record<Engine, readonly string[]>> = {
  sqlite: ['release savepoint item', 'savepoint item'],
  postgres: ['release savepoint item; savepoint item'],
}

/**
 * The group-commit writer. A flush of the disk costs as much as a hundred rows, so items of the same few
 * milliseconds share one transaction. While a group commits, the next one collects.
 */
export function createWriter(options: WriterOptions): Writer {
  const queue: Item[] = []
  let running: Promise<void> | undefined
  let isClosed = false
  let isBusy = false
  let onFull: (() => void) | undefined

  async function run(): Promise<void> {
    while (queue.length > 0) {
      if (queue.length < maximumItems) await collect()
      const group = queue.splice(0, maximumItems)
      isBusy = group.length > 1
      await commitGroup(group, options)
    }
    running = undefined
  }

  /** Waits for company: as long as allowed when there was some lately, otherwise only for this turn of the event loop. */
  function collect(): Promise<void> {
    return new Promise((resolve) => {
      if (isClosed) return resolve()
      const timer = isBusy ? setTimeout(resolve, maximumWaitMs) : undefined
      if (!timer) setImmediate(resolve)
      onFull = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    write(work) {
      if (isClosed) return Promise.reject(closedError())
      return new Promise((resolve, reject) => {
        queue.push(itemOf(work, resolve, reject))
        if (queue.length >= maximumItems) onFull?.()
        running ??= run()
      })
    },
    async close() {
      isClosed = true
      onFull?.()
      await running
    },
  }
}

function itemOf<T>(work: (stores: Stores) => Promise<T>, resolve: (value: T) => void, reject: (error: unknown) => void): Item {
  return {
    async run(stores) {
      const value = await work(stores)
      return () => resolve(value)
    },
    fail: reject,
  }
}

/** Never rejects: each item learns its own outcome. */
async function commitGroup(group: readonly Item[], options: WriterOptions): Promise<void> {
  const settlements: (() => void)[] = []
  try {
    await inTransaction(options, async (transaction) => {
      const stores = options.storesIn(transaction)
      await transaction.raw('savepoint item')
      for (const item of group) settlements.push(await runItem(item, stores, transaction, options.engine))
      await options.failpoints?.hit('writer.before-commit')
    })
  } catch (cause) {
    options.log?.error('a group of writes was not committed', { items: group.length, reason: String(cause) })
    const error = notCommitted(cause)
    for (const item of group) item.fail(error)
    return
  }
  for (const settle of settlements) settle()
}

/** Throws only when the savepoint itself fails: then the database has given up the whole group. */
async function runItem(item: Item, stores: Stores, transaction: Knex.Transaction, engine: Engine): Promise<() => void> {
  try {
    const settle = await item.run(stores)
    for (const statement of nextSavepoint[engine]) await transaction.raw(statement)
    return settle
  } catch (error) {
    await transaction.raw('rollback to savepoint item')
    return () => item.fail(describeTrouble(error))
  }
}

async function inTransaction(options: WriterOptions, work: (transaction: Knex.Transaction) => Promise<void>): Promise<void> {
  const { client } = options.database
  const connection = await client.acquireConnection()
  try {
    await options.database.transaction(work, { connection })
  } catch (error) {
    if (options.engine === 'sqlite') rollBack(connection)
    // The pool drops a connection with this mark; what state a failed one is in, nobody knows.
    else connection['__knex__disposed'] = error
    throw error
  } finally {
    await client.releaseConnection(connection)
  }
}

/** SQLite leaves the transaction open when COMMIT fails. */
function rollBack(connection: SqliteConnection): void {
  if (connection.inTransaction) connection.exec('rollback')
}

function notCommitted(cause: unknown): SyncError {
  return new SyncError('transient', 'the database did not commit a group of writes; see the log for its reason', {
    code: 'write-not-committed',
    cause,
  })
}
