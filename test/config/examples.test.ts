import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLoopback } from '../../config/secrets.ts'
import { configOf, problemsOf } from './configuration.ts'
import { realParts } from './definitions.ts'

const example = path.resolve('config/example')
const demo = path.resolve('config/demo')

async function yamlFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml'))
}

describe.each([
  ['example', example],
  ['demo', demo],
])('config/%s', (_name, folder) => {
  it('has no mistake', async () => {
    expect(await problemsOf(folder, realParts)).toEqual([])
  })

  it('names the schema of each file in its first line, for editors', async () => {
    for (const name of await yamlFiles(folder)) {
      const firstLine = (await readFile(path.join(folder, name), 'utf8')).split('\n')[0]
      const up = '../'.repeat(name.split(path.sep).length)
      expect(firstLine).toBe(`# yaml-language-server: $schema=${up}schema/${path.basename(name, '.yaml')}.schema.json`)
    }
  })
})

describe('the example', () => {
  it('starts with the write stop on and shows one shop of each platform', async () => {
    const config = await configOf(example, realParts)

    expect(config.writeStop).toBe(true)
    expect(config.shops.map((shop) => shop.platform)).toEqual(['amazon', 'ebay', 'shopify', 'wish'])
  })

  it('knows at least 30 carriers, each with the word of every platform and a page for buyers', async () => {
    const config = await configOf(example, realParts)

    expect(config.carriers.length).toBeGreaterThanOrEqual(30)
    for (const carrier of config.carriers) {
      expect(Object.keys(carrier.words), carrier.code).toEqual(['amazon', 'ebay', 'shopify', 'wish'])
      expect(carrier.trackingUrl, carrier.code).toContain('{trackingNumber}')
    }
  })

  it('asks for its secrets by name when they are not set', async () => {
    const problems = await problemsOf(example, { ...realParts, environment: {} })

    expect(problems.length).toBeGreaterThan(10)
    for (const problem of problems)
      expect(problem).toMatch(/ the environment variable [A-Z_]+ is not set or empty; set it before starting$/)
  })
})

describe('the demo', () => {
  it('talks to this machine only', async () => {
    const config = await configOf(demo, realParts)

    for (const account of [...config.shops, ...config.accounts]) expect(isLoopback(account.endpoint), account.id).toBe(true)
  })

  it('can ship from every warehouse to its own country', async () => {
    const config = await configOf(demo, realParts)

    for (const warehouse of config.warehouses) {
      expect(
        warehouse.services.some((service) => service.countries.includes(warehouse.country)),
        warehouse.code,
      ).toBe(true)
    }
  })
})
