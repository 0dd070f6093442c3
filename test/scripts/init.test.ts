import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../config/index.ts'
import { connectors } from '../../connectors/index.ts'
import { makeConfiguration } from '../../daemon/make-configuration.ts'
import { parseKey } from '../../storage/index.ts'
import { adapters } from '../../wms-adapter/index.ts'
import { runCommand } from '../end-to-end/processes.ts'

describe('npm run init', () => {
  let place: string
  let folder: string
  beforeEach(async () => {
    place = await mkdtemp(path.join(tmpdir(), 'quayside-init-'))
    folder = path.join(place, 'config')
  })
  afterEach(() => rm(place, { recursive: true, force: true }))

  it('makes a configuration that is whole once the variables are set, with writing stopped', async () => {
    const { variables } = await makeConfiguration(folder, {})
    const environment = Object.fromEntries(variables.map(({ name }) => [name, 'a-secret']))
    const loaded = await loadConfig(folder, { connectors, adapters, environment })

    expect('problems' in loaded ? loaded.problems : []).toEqual([])
    expect(loaded).toMatchObject({ config: { writeStop: true } })
  })

  it('makes a key of 32 bytes that only its owner can read, another one each time', async () => {
    await makeConfiguration(folder, {})
    await makeConfiguration(path.join(place, 'second'), {})
    const keys = await Promise.all([folder, path.join(place, 'second')].map((each) => readFile(path.join(each, 'key'), 'utf8')))

    expect(keys.map((key) => parseKey(key.trim()).length)).toEqual([32, 32])
    expect(keys[0]).not.toBe(keys[1])
    expect((await stat(path.join(folder, 'key'))).mode & 0o777).toBe(0o600)
  })

  it('keeps the comments of the example', async () => {
    await makeConfiguration(folder, {})

    expect(await readFile(path.join(folder, 'quayside.yaml'), 'utf8')).toContain('# true: orders are read and planned')
  })

  it('points editors at the schemas from wherever it is', async () => {
    await makeConfiguration(folder, {})
    const [, reference = ''] = /\$schema=(\S+)/.exec(await readFile(path.join(folder, 'shops.yaml'), 'utf8')) ?? []

    expect(JSON.parse(await readFile(path.resolve(folder, reference), 'utf8'))).toMatchObject({ title: 'shops.yaml' })
  })

  it('tells which variables are needed, where, and whether they are set', async () => {
    const { variables } = await makeConfiguration(folder, { EBAY_APP_ID: 'x' })

    expect(variables).toContainEqual({ name: 'EBAY_APP_ID', file: 'shops.yaml', line: expect.any(Number), isSet: true })
    expect(variables).toContainEqual({ name: 'GOODCANG_APP_KEY', file: 'warehouses.yaml', line: expect.any(Number), isSet: false })
    expect(variables.map(({ name }) => name)).not.toContain('QUAYSIDE_KEY')
  })

  it.each(['shops.yaml', 'notes.txt'])('changes nothing where there is a %s already', async (name) => {
    await mkdir(folder)
    await writeFile(path.join(folder, name), 'mine')

    await expect(makeConfiguration(folder, {})).rejects.toMatchObject({ kind: 'config', code: 'folder-not-empty' })
    expect(await readFile(path.join(folder, name), 'utf8')).toBe('mine')
    await expect(stat(path.join(folder, 'key'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('says to back up the key and what to do next; a second run refuses with 2', async () => {
    const first = await runCommand('init', ['--config', folder], {})
    const second = await runCommand('init', ['--config', folder], {})

    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain('BACK UP')
    expect(first.stdout).toContain(`npm run config:check -- --config ${folder}`)
    expect(second).toMatchObject({ code: 2, stdout: '' })
    expect(second.stderr).toContain('nothing was changed')
  })
})
