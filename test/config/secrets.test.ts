import { describe, expect, it } from 'vitest'
import { isLoopback } from '../../config/secrets.ts'
import { changed, configOf, goodFiles, parts, problemsOf, writeFolder } from './configuration.ts'

describe('references in text', () => {
  it('are replaced inside longer text, several in one value', async () => {
    const folder = await writeFolder(
      changed('quayside.yaml', 'sqlite:./data/test.db', `postgres://\${env:DB_USER}:\${env:SECRET}@db/quayside`),
    )

    const config = await configOf(folder, { ...parts, environment: { ...parts.environment, DB_USER: 'operator' } })

    expect(config.database.url).toBe('postgres://operator:hush-hush@db/quayside')
  })

  it('read a file of the configuration folder without its last line break', async () => {
    const folder = await writeFolder({ ...changed('warehouses.yaml', 'env:SECRET', 'file:keys/token'), 'keys/token': 'from a file\n' })

    const config = await configOf(folder)

    expect(config.accounts[0]?.settings).toEqual({ appKey: 'k', appToken: 'from a file' })
  })

  it('may hold anything, also what looks like a reference', async () => {
    const config = await configOf(await writeFolder(), { ...parts, environment: { ...parts.environment, SECRET: `$& \${env:SECRET} ' "` } })

    expect(config.accounts[0]?.settings).toMatchObject({ appToken: `$& \${env:SECRET} ' "` })
  })

  it('count as missing when they are empty', async () => {
    const problems = await problemsOf(await writeFolder(), { ...parts, environment: { ...parts.environment, SECRET: '' } })

    expect(problems).toHaveLength(2)
  })
})

describe('secret values', () => {
  it('never stand in a problem, whatever is wrong with them or near them', async () => {
    const folder = await writeFolder({
      'quayside.yaml': `database: { url: "mysql://u:\${env:SECRET}@h" }\nprivacy: { key: "\${env:SECRET}" }\n`,
      'shops.yaml': goodFiles['shops.yaml']?.replace('shop: brand.myshopify.com', `shop: "\${env:SECRET}"`),
      'warehouses.yaml': goodFiles['warehouses.yaml']?.replace(`"\${env:SECRET}"`, '"hush-hush" hush-hush'),
    })

    const problems = await problemsOf(folder)

    expect(problems.map((problem) => problem.split('  ')[0])).toEqual([
      'quayside.yaml:1:18',
      'quayside.yaml:2:17',
      'shops.yaml:5:23',
      'warehouses.yaml:4:50',
    ])
    expect(problems.join('\n')).not.toContain('hush')
  })

  it('may be literal for a shop or an account whose endpoint is this machine, and the key when all are', async () => {
    const local = (name: string, before: string): string =>
      goodFiles[name]?.replaceAll(`"\${env:SECRET}"`, 'plain').replace(before, `endpoint: http://127.0.0.1:4601/\n    ${before}`) ?? ''
    const key = Buffer.alloc(32, 1).toString('base64')

    const config = await configOf(
      await writeFolder({
        ...changed('quayside.yaml', `\${env:QUAYSIDE_KEY}`, key),
        'shops.yaml': local('shops.yaml', 'platform: shopify'),
        'warehouses.yaml': local('warehouses.yaml', 'adapter: goodcang'),
      }),
    )

    expect(config.shops[0]).toMatchObject({ endpoint: 'http://127.0.0.1:4601', settings: { clientSecret: 'plain' } })
    expect(config.privacy.key).toBe(key)
  })
})

describe('loopback', () => {
  it.each(['http://127.0.0.1:4601', 'http://127.9.8.7', 'http://localhost:80', 'http://[::1]:4601', 'https://LOCALHOST'])(
    'is %s',
    (endpoint) => {
      expect(isLoopback(endpoint)).toBe(true)
    },
  )

  it.each([undefined, 'http://10.0.0.1', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://[::2]', 'not an address'])(
    'is not %s',
    (endpoint) => {
      expect(isLoopback(endpoint)).toBe(false)
    },
  )
})
