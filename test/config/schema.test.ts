import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { generateSchemas } from '../../config/index.ts'
import { goodFiles } from './configuration.ts'
import { realParts } from './definitions.ts'

const schemas = generateSchemas(realParts)
const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true })
formats.default(ajv)

describe('JSON Schemas for editors', () => {
  // `vitest run test/config/schema.test.ts -u` writes them anew.
  it.each(Object.entries(schemas))('%s is committed as generated', async (name, text) => {
    await expect(text).toMatchFileSnapshot(path.resolve('config/schema', name))
  })

  it('are all there is in config/schema', async () => {
    expect((await readdir('config/schema')).sort()).toEqual(Object.keys(schemas).sort())
  })

  it.each(['example', 'demo'])('accept every file of config/%s, references included', async (folder) => {
    const names = await readdir(path.join('config', folder), { recursive: true })
    for (const name of names.filter((candidate) => candidate.endsWith('.yaml'))) {
      const check = ajv.compile(JSON.parse(schemas[`${path.basename(name, '.yaml')}.schema.json`] ?? '{}'))
      check(parse(await readFile(path.join('config', folder, name), 'utf8')))
      expect(check.errors, name).toBeNull()
    }
  })

  it('refuse an unknown key in the settings of one platform that another platform has', () => {
    const check = ajv.compile(JSON.parse(schemas['shops.schema.json'] ?? '{}'))
    const shops = goodFiles['shops.yaml']?.replace('clientId: c', 'clientId: c, sellerId: A1') ?? ''

    expect(check(parse(goodFiles['shops.yaml'] ?? ''))).toBe(true)
    expect(check(parse(shops))).toBe(false)
  })

  it('stand alone when nothing is handed over', () => {
    const empty = generateSchemas({ connectors: [], adapters: [] })

    expect(ajv.compile(JSON.parse(empty['shops.schema.json'] ?? '{}'))(parse(goodFiles['shops.yaml'] ?? ''))).toBe(true)
    expect(ajv.compile(JSON.parse(empty['warehouses.schema.json'] ?? '{}'))(parse(goodFiles['warehouses.yaml'] ?? ''))).toBe(true)
  })
})
