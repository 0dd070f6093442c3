import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { connectors } from '../../connectors/index.ts'
import { platforms } from '../../core/model/order.ts'

const files = [
  ...[
    'index.ts',
    'settings.ts',
    'client.ts',
    'schema.ts',
    'map-order.ts',
    'map-shipment.ts',
    'map-error.ts',
    'rate-limits.ts',
    'README.md',
  ],
  ...['check-connection', 'fetch-orders', 'list-orders', 'shipments'].map((operation) => `operations/${operation}.ts`),
]
const folders = readdirSync('connectors', { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'shared')

describe('the list of connectors', () => {
  it('names every folder once', () => {
    expect(connectors.map(({ platform }) => platform).toSorted()).toEqual(folders.map(({ name }) => name).toSorted())
  })

  it.each(connectors)(
    'has in $platform a platform that orders may come from, with a limit for every operation',
    ({ platform, rateLimits }) => {
      expect(platforms).toContain(platform)
      for (const { perSecond, burst } of Object.values(rateLimits)) expect(Math.min(perSecond, burst)).toBeGreaterThan(0)
    },
  )

  it.each(connectors)('has in $platform a strict settings block', ({ settings }) => {
    const unknownKey = settings.safeParse({ nobodyKnowsThis: true })

    expect(unknownKey.error?.issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys' }))
  })
})

describe.each(folders.map(({ name }) => name))('the connector %s', (name) => {
  it.each(files)('has its %s', (file) => {
    expect(existsSync(`connectors/${name}/${file}`)).toBe(true)
  })

  it('runs the contract suite', () => {
    expect(existsSync(`test/connectors/${name}/contract.test.ts`)).toBe(true)
  })
})
