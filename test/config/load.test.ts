import { describe, expect, it } from 'vitest'
import { changed, configOf, goodFiles, parts, problemsOf, writeFolder } from './configuration.ts'

describe('a configuration without a mistake', () => {
  it('fills in every default', async () => {
    const config = await configOf(await writeFolder())

    expect(config).toMatchObject({
      privacy: { retainDaysAfterDelivery: 30 },
      console: { port: 8080 },
      writeStop: false,
      rules: {},
      lists: {},
    })
    expect(config.shops).toEqual([
      {
        id: 'brand',
        platform: 'shopify',
        clientId: 'default',
        pollEveryMs: 300_000,
        overlapMs: 600_000,
        since: '2026-11-01T00:00:00.000Z',
        limits: {},
        settleMs: 120_000,
        settings: { shop: 'brand.myshopify.com', clientId: 'c', clientSecret: 'hush-hush', apiVersion: '2026-10' },
      },
    ])
  })

  it('reads prices as money, exactly', async () => {
    const config = await configOf(
      await writeFolder(changed('warehouses.yaml', '{ base: "6.10", currency: USD }', '{ base: "780", perKg: "55", currency: JPY }')),
    )

    expect(config.warehouses[0]?.services[0]?.price).toEqual({
      base: { minorUnits: 780, currency: 'JPY' },
      perKg: { minorUnits: 55, currency: 'JPY' },
    })
  })

  it('keeps what a carrier is called on each platform', async () => {
    const config = await configOf(await writeFolder())

    expect(config.carriers).toEqual([{ code: 'fedex', name: 'FedEx', words: { shopify: 'FedEx' } }])
  })

  it('takes shops from shops.yaml and from every file in shops/, in that order', async () => {
    const other = goodFiles['shops.yaml']?.replace('id: brand', 'id: other').replace('brand.myshopify', 'other.myshopify')

    const config = await configOf(await writeFolder({ 'shops/b.yaml': other, 'shops/.draft.yaml': 'not: read' }))

    expect(config.shops.map((shop) => shop.id)).toEqual(['brand', 'other'])
  })

  it('needs no shops.yaml when shops/ has files', async () => {
    const config = await configOf(await writeFolder({ 'shops.yaml': undefined, 'shops/a.yaml': goodFiles['shops.yaml'] }))

    expect(config.shops).toHaveLength(1)
  })

  it('gives each shop the settings of its own block when several platforms are mixed', async () => {
    const ebay = `shops:
  - id: de-ebay
    platform: ebay
    poll: { since: 2026-11-01T00:00:00Z }
    settings: { appId: a, certId: "\${env:SECRET}", marketplaceId: EBAY_DE }
`
    const config = await configOf(
      await writeFolder({ 'shops/ebay.yaml': ebay, ...changed('carriers.yaml', 'shopify: FedEx', 'shopify: FedEx, ebay: FedEx') }),
    )

    expect(config.shops.map((shop) => shop.settings)).toEqual([
      expect.objectContaining({ shop: 'brand.myshopify.com' }),
      expect.objectContaining({ marketplaceId: 'EBAY_DE' }),
    ])
  })

  it('shares a block between warehouses through an anchor', async () => {
    const copy = `  - code: CA
    account: gc
    wmsCode: USWE
    country: US
    timezone: America/Los_Angeles
    services: *services
`
    const content = `${changed('warehouses.yaml', 'services:', 'services: &services')['warehouses.yaml']}${copy}`

    const config = await configOf(await writeFolder({ 'warehouses.yaml': content }))

    expect(config.warehouses[1]?.services).toEqual(config.warehouses[0]?.services)
  })
})

describe('the version of a configuration', () => {
  it('stays the same for the same files and changes with any of them', async () => {
    const [first, same, other, renamed] = await Promise.all([
      configOf(await writeFolder()),
      configOf(await writeFolder()),
      configOf(await writeFolder({ 'rules.yaml': 'review: []\n' })),
      configOf(await writeFolder({ 'shops.yaml': undefined, 'shops/a.yaml': goodFiles['shops.yaml'] })),
    ])

    expect(same.hash).toBe(first.hash)
    expect(new Set([first.hash, other.hash, renamed.hash]).size).toBe(3)
  })
})

describe('mistakes', () => {
  it('are all reported at once: three in two files', async () => {
    const folder = await writeFolder({
      ...changed('shops.yaml', 'platform:', 'platfrom:'),
      'warehouses.yaml': goodFiles['warehouses.yaml']?.replace('carrier: fedex', 'carrier: fedx').replace('30000', 'heavy'),
    })

    const problems = await problemsOf(folder)

    expect(problems).toEqual([
      'shops.yaml:3:5  unknown key "platfrom", did you mean "platform"?',
      'warehouses.yaml:15:18  unknown carrier "fedx", did you mean "fedex"?',
      'warehouses.yaml:17:25  maxWeightGrams: expected a number, got text',
    ])
  })

  it('do not follow from a file that cannot be read', async () => {
    const folder = await writeFolder({
      'warehouses.yaml': 'accounts: [\n',
      'rules.yaml': 'allocate:\n  - name: x\n    then: [{ fixed: { warehouse: NJ } }]\n',
    })

    const problems = await problemsOf(folder)

    expect(problems).toEqual([expect.stringMatching(/^warehouses\.yaml:/)])
  })

  it('include files that are missing and files that are named almost right', async () => {
    const folder = await writeFolder({ 'shops.yaml': undefined, 'shop.yaml': '', 'carriers.yaml': undefined, 'carriers.yml': '' })

    const problems = await problemsOf(folder)

    const missing = 'the file is missing; `npm run init` makes a configuration folder with an example of every file'
    expect(problems).toEqual([
      `carriers.yaml:1:1  ${missing}`,
      'carriers.yml:1:1  this file is not read; rename it to carriers.yaml if it is meant, or give it another ending',
      'shop.yaml:1:1  this file is not read; rename it to shops.yaml if it is meant, or give it another ending',
      `shops.yaml:1:1  ${missing}`,
    ])
  })

  it('are one when the whole folder is missing', async () => {
    const problems = await problemsOf('/no/such/folder')

    expect(problems).toEqual([
      '/no/such/folder:1:1  there is no such configuration folder; `npm run init` makes one, --config DIR names another',
    ])
  })

  it.each([
    ['', 'shops.yaml:1:1  missing key "shops"'],
    ['# nothing yet\n', 'shops.yaml:1:1  missing key "shops"'],
    ['shops:\n', 'shops.yaml:1:1  shops: expected a list, got nothing'],
    ['- id: brand\n', 'shops.yaml:1:1  expected a block of keys, got a list'],
    ['shops:\n  - brand\n', 'shops.yaml:2:5  shops: expected a block of keys, got text'],
  ])('are told of a shops file that holds %j', async (content, said) => {
    const problems = await problemsOf(await writeFolder({ 'shops.yaml': content }))

    expect(problems).toEqual([said])
  })

  it('name the file relative to the working directory when it lies inside', async () => {
    const folder = await writeFolder({ 'carriers.yaml': undefined })
    const before = process.cwd()
    process.chdir(folder)
    try {
      const problems = await problemsOf('.')

      expect(problems).toEqual([expect.stringMatching(/^carriers\.yaml:1:1 {2}/)])
    } finally {
      process.chdir(before)
    }
  })

  it('count lines and columns alike with a byte order mark and Windows line ends', async () => {
    const content = changed('shops.yaml', 'platform:', 'platfrom:')['shops.yaml'] ?? ''

    const problems = await problemsOf(await writeFolder({ 'shops.yaml': `\uFEFF${content.replaceAll('\n', '\r\n')}` }))

    expect(problems).toEqual(['shops.yaml:3:5  unknown key "platfrom", did you mean "platform"?'])
  })
})

describe('platforms', () => {
  it('are those of the connectors that were handed over', async () => {
    const problems = await problemsOf(await writeFolder(), { ...parts, connectors: parts.connectors.slice(1) })

    expect(problems).toContain('shops.yaml:3:15  unknown platform "shopify" (known: ebay)')
  })
})
