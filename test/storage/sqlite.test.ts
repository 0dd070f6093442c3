import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { openStorage } from '../../storage/index.ts'
import { describeStorageContract } from '../contract/storage.ts'
import { testKey } from './test-key.ts'

let folder = ''
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-sqlite-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describeStorageContract('a SQLite file', () => openStorage({ url: `sqlite:${join(folder, `${++files}.db`)}`, key: testKey }))
describeStorageContract('SQLite in memory', () => openStorage({ url: 'sqlite::memory:', key: testKey }))
