import type { Knex } from 'knex'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Stores } from '../../core/ports/storage.ts'
import { type Connections, connect, parseDatabaseUrl } from '../../storage/connection.ts'
import { createCipher } from '../../storage/encryption.ts'
import { createStores } from '../../storage/stores.ts'
import { createWriter, type Writer } from '../../storage/writer.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'
import { testKey } from './test-key.ts'

let server: TestPostgres

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(async () => {
  await server?.stop()
})

describe.each(['sqlite', 'postgres'] as const)('the group-commit writer on %s', (engine) => {
  let connections: Connections
  let writer: Writer
  let commits: number
  let beforeCommit: () => void | Promise<void>

  beforeEach(async () => {
    const url = engine === 'sqlite' ? 'sqlite::memory:' : await server.createDatabase()
    connections = connect(parseDatabaseUrl(url))
    await connections.writer.raw('create table parents (id integer primary key)')
    await connections.writer.raw('create table notes (text text, parent integer references parents (id) deferrable initially deferred)')
    commits = 0
    beforeCommit = () => undefined
    writer = createWriter({
      engine,
      database: connections.writer,
      storesIn: (transaction) => createStores(transaction, createCipher(testKey)),
      failpoints: {
        hit: async (name) => {
          if (name === 'writer.before-commit') commits++
          await beforeCommit()
        },
      },
    })
  })

  afterEach(async () => {
    vi.useRealTimers()
    await writer.close()
    await connections.destroy()
  })

  const databaseOf = (stores: Stores) => stores.tx as unknown as Knex
  const note = (text: string, parent: number | null = null) =>
    writer.write(async (stores) => {
      await databaseOf(stores)('notes').insert({ text, parent })
    })
  const stored = async () => (await connections.writer('notes').select('text')).map((row) => row.text)
  const orphan = () => note('orphan', 404)

  it('commits items that come together as one group of at most a hundred', async () => {
    await Promise.all(Array.from({ length: 250 }, (_, index) => note(String(index))))

    expect(commits).toBe(3)
    expect(await stored()).toHaveLength(250)
  })

  it('runs the items one after the other, in the order in which they came', async () => {
    const steps: string[] = []
    const item = (name: string) =>
      writer.write(async (stores) => {
        steps.push(`${name} begins`)
        await databaseOf(stores)('notes').select()
        steps.push(`${name} ends`)
      })

    await Promise.all([item('a'), item('b'), item('c')])

    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('does not keep a lone item waiting for company', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })

    await note('lone')
    await note('lone again')

    expect(commits).toBe(2)
  })

  it('waits a moment for company when there was some lately', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    await Promise.all([note('a'), note('b')])

    const first = note('c')
    await new Promise((resolve) => setImmediate(resolve))
    const second = note('d')
    await vi.advanceTimersByTimeAsync(5)
    await Promise.all([first, second])

    expect(commits).toBe(2)
  })

  it('collects the next group while one commits', async () => {
    let letCommit: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      letCommit = resolve
    })
    const reached = new Promise<void>((resolve) => {
      beforeCommit = () => {
        resolve()
        return held
      }
    })
    const first = note('first')
    await reached
    const others = Promise.all([note('second'), note('third')])

    letCommit()
    await Promise.all([first, others])

    expect(commits).toBe(2)
  })

  it('tells the callers only after the commit', async () => {
    let isTold = false
    let wasToldBeforeCommit: boolean | undefined
    beforeCommit = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      wasToldBeforeCommit = isTold
    }

    const failing = writer.write(async () => {
      throw new Error('bad item')
    })
    await Promise.allSettled([note('a').finally(() => (isTold = true)), failing.finally(() => (isTold = true))])

    expect(wasToldBeforeCommit).toBe(false)
  })

  it('undoes a bad item alone', async () => {
    const bad = writer.write(async (stores) => {
      await databaseOf(stores)('notes').insert({ text: 'bad' })
      await databaseOf(stores)('no_such_table').insert({ text: 'bad' })
    })

    const outcomes = await Promise.allSettled([note('before'), bad, note('after')])

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await stored()).toEqual(['before', 'after'])
    expect(commits).toBe(1)
  })

  it('shows no stored value in the error of a statement that failed', async () => {
    const bad = writer.write(async (stores) => {
      await databaseOf(stores)('no_such_table').insert({ text: 'canary-4711' })
    })

    const error: Error = await bad.then(
      () => new Error('it was stored'),
      (reason) => reason,
    )

    expect(error.message).toContain('no_such_table')
    expect(error.message).not.toContain('canary-4711')
  })

  it('fails every item of a group whose commit fails, stores nothing of it, and goes on', async () => {
    const outcomes = await Promise.allSettled([note('before'), orphan(), note('after')])

    const failure = {
      kind: 'transient',
      code: 'write-not-committed',
      cause: expect.objectContaining({ message: expect.stringMatching(/foreign key/i) }),
    }
    expect(outcomes).toMatchObject([{ reason: failure }, { reason: failure }, { reason: failure }])
    expect(await stored()).toEqual([])
    await note('next group')
    expect(await stored()).toEqual(['next group'])
  })

  it('fails every item when the process is stopped by a test before the commit', async () => {
    beforeCommit = () => {
      throw new Error('stopped here')
    }

    await expect(note('lost')).rejects.toMatchObject({ code: 'write-not-committed' })

    expect(await stored()).toEqual([])
  })

  it('finishes what is queued when it is closed, and takes nothing more', async () => {
    const queued = Array.from({ length: 250 }, (_, index) => note(String(index)))

    await writer.close()

    expect(await stored()).toHaveLength(250)
    await Promise.all(queued)
    await expect(note('too late')).rejects.toMatchObject({ kind: 'transient', code: 'storage-closed' })
  })

  if (engine === 'postgres')
    it('fails the group and goes on with another connection when the connection is lost', async () => {
      const losing = writer.write(async (stores) => {
        await databaseOf(stores).raw('select pg_terminate_backend(pg_backend_pid())')
      })

      const outcomes = await Promise.allSettled([note('before'), losing, note('after')])

      expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected'])
      await note('next group')
      expect(await stored()).toEqual(['next group'])
    })
})
