import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { generateSchemas } from '../../config/index.ts'
import { problemsOf, writeFolder } from './configuration.ts'
import { realParts } from './definitions.ts'

const page = await readFile('docs/config.md', 'utf8')

describe('docs/config.md', () => {
  it('shows files that make up a configuration without a mistake', async () => {
    const blocks = [...page.matchAll(/```yaml\n# (\S+\.yaml)\n([\s\S]*?)```/g)].map(([, name, content]) => [name, content])
    expect(blocks.map(([name]) => name)).toEqual(['quayside.yaml', 'shops.yaml', 'warehouses.yaml', 'carriers.yaml', 'rules.yaml'])

    const problems = await problemsOf(await writeFolder(Object.fromEntries(blocks)), realParts)

    expect(problems).toEqual([])
  })

  it('has no YAML block that is not one of those files', () => {
    expect(page.match(/```yaml\n/g)).toHaveLength(5)
  })

  it('names every key that can be written, beside the settings of a platform', () => {
    const keys = new Set<string>()
    for (const text of Object.values(generateSchemas({ connectors: [], adapters: [] }))) {
      JSON.parse(text, (_key, value: unknown) => {
        const properties = typeof value === 'object' && value !== null && 'properties' in value ? value.properties : undefined
        for (const name of Object.keys(properties ?? {})) keys.add(name)
        return value
      })
    }

    expect(keys.size).toBeGreaterThan(40)
    for (const key of keys) expect(page, key).toMatch(new RegExp(`\\b${key}\\b`))
  })
})
