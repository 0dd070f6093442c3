import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connectors } from '../../../connectors/index.ts'
import { defineConnector } from '../../../connectors/shared/define-connector.ts'
import { type Platform, platforms } from '../../../core/model/order.ts'
import type { Shop } from '../../../core/model/shop.ts'
import type { Connector, ConnectorDefinition } from '../../../core/ports/connector.ts'
import { instantFromMs } from '../../../core/value/instant.ts'

const transport = { send: () => Promise.reject(new Error('nothing is sent')) }

function shopWith(settings: unknown): Shop {
  return {
    id: 'file-1',
    platform: 'file',
    clientId: 'default',
    pollEveryMs: 1,
    overlapMs: 1,
    since: instantFromMs(0),
    limits: {},
    settleMs: 1,
    settings,
  }
}

function definition(): { readonly created: unknown[]; readonly erased: ConnectorDefinition } {
  const created: unknown[] = []
  const erased = defineConnector<{ readonly key: string; readonly region: string }>({
    platform: 'file',
    settings: z.strictObject({ key: z.string(), region: z.string().default('eu') }),
    secrets: ['key'],
    rateLimits: {},
    capabilities: { confirmShipment: { key: 'none', readBack: 'none', readBackLagMs: 0 }, severalPackages: true },
    accountKeys: ({ key }) => [key],
    limitScope: (shop) => `file:${shop.settings.region}`,
    consent: {
      authorizeUrl: (settings) => `https://example.com/${settings.region}`,
      exchange: () => Promise.reject(new Error('not used')),
      tokenKey: (settings, shopId) => ({ scope: `${settings.region}:${shopId}`, seed: settings.key }),
    },
    create(shop) {
      created.push(shop.settings)
      return {} as Connector
    },
  })
  return { created, erased }
}

describe('a definition without its settings type', () => {
  test('hands the connector settings that have passed its schema', () => {
    const { created, erased } = definition()

    erased.create(shopWith({ key: 'k' }), transport)

    expect(created).toEqual([{ key: 'k', region: 'eu' }])
    expect(erased.limitScope(shopWith({ key: 'k', region: 'us' }))).toBe('file:us')
    expect(erased.consent?.authorizeUrl({ key: 'k' })).toBe('https://example.com/eu')
    expect(erased.consent?.tokenKey({ key: 'k' }, 'file-1')).toEqual({ scope: 'eu:file-1', seed: 'k' })
  })

  test('refuses wrong settings by shop and path, without their values', () => {
    const { erased } = definition()

    const create = () => erased.create(shopWith({ key: 42, regoin: 'top-secret' }), transport)

    expect(create).toThrow(
      expect.objectContaining({ kind: 'config', code: 'settings-invalid', message: expect.stringContaining('shop file-1') }),
    )
    expect(create).not.toThrow(/top-secret|42/)
  })

  test('may be wrapped again without harm', () => {
    const { created, erased } = definition()

    defineConnector(erased).create(shopWith({ key: 'k' }), transport)

    expect(created).toEqual([{ key: 'k', region: 'eu' }])
  })
})

describe('the list of connectors', () => {
  test('has each platform at most once, and only platforms that the model knows', () => {
    const listed = connectors.map((connector) => connector.platform)

    expect(new Set(listed).size).toBe(listed.length)
    expect(listed.filter((platform: Platform) => !platforms.includes(platform))).toEqual([])
  })

  test('names as secrets only keys that the settings have', () => {
    for (const connector of connectors) {
      const schema = z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' })
      const text = JSON.stringify(schema)
      for (const secret of connector.secrets) expect(text, `${connector.platform}: ${secret}`).toContain(`"${secret}"`)
    }
  })
})
