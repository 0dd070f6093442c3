import { afterAll, beforeAll } from 'vitest'
import { openStorage } from '../../storage/index.ts'
import { describeStorageContract } from '../contract/storage.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'
import { testKey } from './test-key.ts'

let server: TestPostgres
let url: string

beforeAll(async () => {
  server = await startPostgres()
  url = await server.createDatabase()
})

afterAll(async () => {
  await server?.stop()
})

describeStorageContract('PostgreSQL', async () => {
  await server.emptyDatabase(url)
  return await openStorage({ url, key: testKey })
})
