import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nameOfDatabase, parseDatabaseUrl, parseWholeNumber } from '../../storage/connection.ts'
import { openStorage } from '../../storage/index.ts'
import { sampleOrder } from '../contract/storage-samples.ts'
import { testKey } from './test-key.ts'

describe('the database url', () => {
  it('names a SQLite file, absolute or relative to the working directory', () => {
    expect(parseDatabaseUrl('sqlite:/var/lib/q.db')).toEqual({ engine: 'sqlite', path: '/var/lib/q.db' })
    expect(parseDatabaseUrl('sqlite:///var/lib/q.db')).toEqual({ engine: 'sqlite', path: '/var/lib/q.db' })
    expect(parseDatabaseUrl('sqlite:./data/q.db')).toEqual({ engine: 'sqlite', path: resolve('data/q.db') })
    expect(parseDatabaseUrl('sqlite::memory:')).toEqual({ engine: 'sqlite', path: ':memory:' })
  })

  it('names a PostgreSQL server', () => {
    const url = 'postgres://u:p@localhost:5432/quayside'

    expect(parseDatabaseUrl(url)).toEqual({ engine: 'postgres', url })
    expect(parseDatabaseUrl('postgresql://localhost/q').engine).toBe('postgres')
  })

  it.each(['', 'sqlite:', 'mysql://localhost/q', '/var/lib/q.db'])('is refused when it is neither: %j', (url) => {
    expect(() => parseDatabaseUrl(url)).toThrow(expect.objectContaining({ kind: 'config', code: 'database-url-invalid' }))
  })
})

describe('a server or file that cannot be opened', () => {
  it('is named in the error, without the password', async () => {
    const opening = openStorage({ url: 'postgres://user:secret-word@127.0.0.1:1/quayside', key: testKey })

    const error: Error = await opening.then(
      () => new Error('it opened'),
      (reason) => reason,
    )

    expect(error).toMatchObject({ kind: 'config', code: 'database-unreachable', message: expect.stringContaining('127.0.0.1:1/quayside') })
    expect(error.message).not.toContain('secret-word')
  })

  it.each(['/', '#', '?', '@@/'])('is named without any part of a password that holds %j as it is', async (sign) => {
    const opening = openStorage({ url: `postgres://weak:p@zz${sign}w:rd@127.0.0.1:1/quayside`, key: testKey })

    const error: Error = await opening.then(
      () => new Error('it opened'),
      (reason) => reason,
    )

    expect(error).toMatchObject({ kind: 'config', code: 'database-url-invalid', message: expect.stringContaining('percent-encoded') })
    expect(error.message).toContain('127.0.0.1:1/quayside')
    expect(error.message).not.toMatch(/zz|w:rd/)
  })

  it('has no secret in its name', () => {
    expect(nameOfDatabase('postgres://user:p%40ss@db.example:5432/quayside?password=x')).toBe('db.example:5432/quayside')
    expect(nameOfDatabase('postgres://user:p@s/s@db.example/quayside')).toBe('db.example/quayside')
    expect(nameOfDatabase('postgres://db.example/quayside')).toBe('db.example/quayside')
    expect(nameOfDatabase('sqlite:/var/lib/q.db')).toBe('/var/lib/q.db')
  })

  it('is an error of the configuration when the path is a folder', async () => {
    await expect(openStorage({ url: `sqlite:${tmpdir()}`, key: testKey })).rejects.toMatchObject({
      kind: 'config',
      code: 'database-unreachable',
    })
  })
})

describe('an integer of PostgreSQL', () => {
  it('is exact or an error', () => {
    expect(parseWholeNumber('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => parseWholeNumber('9007199254740993')).toThrow(RangeError)
  })
})

describe('a damaged SQLite file', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-damage-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('is found by the check of integrity', async () => {
    const path = join(folder, 'quayside.db')
    const whole = await openStorage({ url: `sqlite:${path}`, key: testKey })
    for (let index = 0; index < 200; index++) await whole.write((stores) => stores.orders.save(sampleOrder(String(index))))
    await whole.close()
    await overwritePage(path)

    const damaged = await openStorage({ url: `sqlite:${path}`, key: testKey })

    expect((await damaged.verifyIntegrity()).length).toBeGreaterThan(0)
    await damaged.close()
  })

  /** One that holds orders: the tables that are read at the opening stay whole. */
  async function overwritePage(path: string): Promise<void> {
    const pageSize = 4_096
    const page = Math.floor((await readFile(path)).lastIndexOf(sampleOrder('150').orderNo) / pageSize)
    const file = await open(path, 'r+')
    await file.write(Buffer.alloc(pageSize, 0xff), 0, pageSize, page * pageSize)
    await file.close()
  }
})
