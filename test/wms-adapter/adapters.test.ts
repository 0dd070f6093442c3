import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../wms-adapter/index.ts'

const folder = join(import.meta.dirname, '../../wms-adapter')
const account = { id: 'gc', adapter: 'goodcang', limits: {}, settleMs: 1_000 }

describe('the list of WMS adapters', () => {
  test('names every folder once', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'shared')

    expect(adapters.map(({ adapter }) => adapter).toSorted()).toEqual(folders.map(({ name }) => name).toSorted())
  })

  test.each(adapters.map((definition) => [definition.adapter, definition] as const))(
    '%s says which settings are secret',
    (_name, definition) => {
      const unknownKey = definition.settings.safeParse({ nobodyKnowsThis: true })

      expect(unknownKey.error?.issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys' }))
      expect(definition.secrets.length).toBeGreaterThan(0)
      expect(definition.rateLimits['default']).toBeDefined()
    },
  )

  test('Goodcang shares its limits per app key, which the scope does not show', () => {
    const scopeOf = (appKey: string) => adapters[0]?.limitScope({ ...account, settings: { appKey, appToken: 't' } })

    expect(scopeOf('key-for-tests-1234')).toBe(scopeOf('key-for-tests-1234'))
    expect(scopeOf('key-for-tests-1234')).not.toBe(scopeOf('key-for-tests-5678'))
    expect(scopeOf('key-for-tests-1234')).not.toContain('1234')
  })
})
