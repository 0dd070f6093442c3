import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { restoreSymlinks } from '../fakes/postgres.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-symlinks-'))
  await mkdir(join(folder, 'native', 'lib'), { recursive: true })
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

it('makes the links of the PostgreSQL binaries where no install script has', async () => {
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' }]
  await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))

  await restoreSymlinks(folder)
  await restoreSymlinks(folder)

  expect(await readlink(join(folder, 'native', 'lib', 'libpq.so'))).toBe('libpq.so.5.18')
})

it('has nothing to do for binaries without links', async () => {
  await expect(restoreSymlinks(folder)).resolves.toBeUndefined()
})
