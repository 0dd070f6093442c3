import { afterAll, beforeAll } from 'vitest'
import { openStorage } from '../../storage/index.ts'
import { describeStorageContract } from '../contract/storage.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'
import { testKey } from './test-key.ts'

let server: TestPostgres
/** Has its tables; each test gets a copy, which is quicker than making the tables anew. */
let original: string

beforeAll(async () => {
  server = await startPostgres()
  original = await server.createDatabase()
  const storage = await openStorage({ url: original, key: testKey })
  await storage.close()
})

afterAll(async () => {
  await server?.stop()
})

describeStorageContract('PostgreSQL', async () => openStorage({ url: await server.createDatabase(original), key: testKey }))
