import { describe, expect, it } from 'vitest'
import { changed, goodFiles, problemsOf, writeFolder } from './configuration.ts'

/** What is written, what is written instead, and every line that is said about it. */
type Mistake = readonly [name: string, file: string, from: string, to: string, ...said: string[]]

const since = 'the moment from which orders are ours to ship, such as 2026-11-01T00:00:00Z; older ones are only recorded'
const secret = `a secret must not stand in this file; write "\${env:NAME}" or "\${file:PATH}"`

const mistakes: readonly Mistake[] = [
  ['an unknown key', 'shops.yaml', 'platform:', 'platfrom:', 'shops.yaml:3:5  unknown key "platfrom", did you mean "platform"?'],
  [
    'an unknown key far from any',
    'shops.yaml',
    '    platform:',
    '    zzz: 1\n    platform:',
    'shops.yaml:3:5  unknown key "zzz" (known: id, platform, client, endpoint, poll, limits, settle, settings)',
  ],
  [
    'an unknown key in settings',
    'warehouses.yaml',
    'appToken:',
    'appTokn:',
    'warehouses.yaml:4:28  unknown key "appTokn", did you mean "appToken"?',
  ],
  [
    'an unknown root key',
    'warehouses.yaml',
    'accounts:',
    'accuonts:',
    'warehouses.yaml:1:1  unknown key "accuonts", did you mean "accounts"?',
  ],
  ['a repeated key', 'shops.yaml', '- id: brand', '- id: brand\n    id: other', 'shops.yaml:3:5  duplicate key "id"; keep one of them'],
  [
    'a list item that is indented too little',
    'shops.yaml',
    '    platform',
    '   platform',
    'shops.yaml:3:1  indented like a list item, but without "- "; check its indentation',
  ],
  ['an open bracket', 'carriers.yaml', 'shopify: FedEx }', 'shopify: FedEx\nother: 1', 'carriers.yaml:3:1  a bracket above is not closed'],
  ['a tab', 'shops.yaml', '    platform', '\tplatform', 'shops.yaml:3:1  a tab is used for indentation; use blanks'],
  ['an open quote', 'carriers.yaml', 'name: FedEx', 'name: "FedEx', 'carriers.yaml:3:1  a closing quote, bracket or comma is missing'],
  [
    'a colon in plain text',
    'carriers.yaml',
    '{ name: FedEx, shopify: FedEx }',
    'a: b',
    'carriers.yaml:2:10  a value and further keys in one place; check the indentation, or put text that contains ": " in quotes',
  ],
  ['an unknown alias', 'shops.yaml', 'id: brand', 'id: *brand', 'shops.yaml:2:9  the alias *brand has no anchor &brand before it'],
  ['text for a number', 'warehouses.yaml', '30000', '"30000"', 'warehouses.yaml:17:25  maxWeightGrams: expected a number, got text'],
  ['a broken number', 'warehouses.yaml', '30000', '0.5', 'warehouses.yaml:17:25  maxWeightGrams: expected a whole number, got a number'],
  [
    'a number for text',
    'warehouses.yaml',
    'wmsCode: FEDEX_GROUND',
    'wmsCode: 501',
    'warehouses.yaml:14:18  wmsCode: expected text, got a number; put it in quotes',
  ],
  [
    'an amount without quotes',
    'warehouses.yaml',
    'base: "6.10"',
    'base: 6.10',
    'warehouses.yaml:19:24  base: expected text, got a number; put it in quotes',
  ],
  [
    'text for a truth value',
    'quayside.yaml',
    'privacy:',
    'writeStop: yes\nprivacy:',
    'quayside.yaml:2:12  writeStop: expected true or false, got text',
  ],
  ['a list for text', 'warehouses.yaml', 'carrier: fedex', 'carrier: [fedex]', 'warehouses.yaml:15:18  carrier: expected text, got a list'],
  ['nothing for text', 'warehouses.yaml', 'country: US', 'country:', 'warehouses.yaml:9:5  country: expected text, got nothing'],
  [
    'too many decimals',
    'warehouses.yaml',
    '"6.10"',
    '"6.101"',
    'warehouses.yaml:19:24  base: "6.101" is not an amount of USD (2 decimal digits)',
  ],
  [
    'an unknown currency',
    'warehouses.yaml',
    'USD',
    'USB',
    'warehouses.yaml:19:42  currency: expected a currency code of three capital letters (ISO 4217), such as USD',
  ],
  [
    'an unknown country',
    'warehouses.yaml',
    '[US]',
    '[US, USA]',
    'warehouses.yaml:16:25  countries: expected a country code of two capital letters (ISO 3166-1), such as US or DE',
  ],
  [
    'UK for GB',
    'warehouses.yaml',
    '[US]',
    '[UK]',
    'warehouses.yaml:16:21  countries: the country code of the United Kingdom is GB (ISO 3166-1)',
  ],
  [
    'days in the wrong order',
    'warehouses.yaml',
    '[2, 5]',
    '[5, 2]',
    'warehouses.yaml:18:15  days: expected fastest and slowest days, such as [2, 5]',
  ],
  [
    'an unknown zone',
    'warehouses.yaml',
    'New_York',
    'NewYork',
    'warehouses.yaml:10:15  timezone: unknown time zone, did you mean "America/New_York"?',
  ],
  [
    'an offset for a zone',
    'warehouses.yaml',
    'America/New_York',
    '"+08:00"',
    'warehouses.yaml:10:15  timezone: expected a time zone name such as America/New_York or Asia/Tokyo',
  ],
  [
    'a cutoff that is no time',
    'warehouses.yaml',
    '"15:00"',
    '"24:00"',
    'warehouses.yaml:11:13  cutoff: expected a time of day as "HH:MM", such as "15:00"',
  ],
  [
    'no poll',
    'shops.yaml',
    '    poll: { since: 2026-11-01T00:00:00Z }\n',
    '',
    `shops.yaml:2:5  missing key "poll": { since: … }, ${since}`,
  ],
  ['no since', 'shops.yaml', 'since: 2026-11-01T00:00:00Z', 'every: 5m', `shops.yaml:4:11  missing key "since": ${since}`],
  [
    'a day for a moment',
    'shops.yaml',
    '2026-11-01T00:00:00Z',
    '2026-11-01',
    'shops.yaml:4:20  since: expected a moment with its zone, such as 2026-11-01T00:00:00Z',
  ],
  [
    'a duration without unit',
    'shops.yaml',
    'poll: {',
    'settle: "5"\n    poll: {',
    'shops.yaml:4:13  settle: expected a duration such as 30s, 5m or 2h',
  ],
  ['an id with a slash', 'shops.yaml', 'id: brand', 'id: a/b', 'shops.yaml:2:9  id: use 1 to 64 letters, digits, "-", "_" or "."'],
  [
    'an endpoint that is no address',
    'shops.yaml',
    'platform:',
    'endpoint: localhost:4601\n    platform:',
    'shops.yaml:3:15  endpoint: expected an http or https address such as http://127.0.0.1:4601',
  ],
  ['an unknown platform', 'shops.yaml', 'shopify\n', 'shopfiy\n', 'shops.yaml:3:15  unknown platform "shopfiy", did you mean "shopify"?'],
  ['an unknown adapter', 'warehouses.yaml', 'goodcang', 'shipbob', 'warehouses.yaml:3:14  unknown adapter "shipbob" (known: goodcang)'],
  [
    'an unknown operation',
    'shops.yaml',
    'poll:',
    'limits: { grapqhl: { perSecond: 1, burst: 2 } }\n    poll:',
    'shops.yaml:4:15  unknown operation "grapqhl" of shopify, did you mean "graphql"?',
  ],
  [
    'a wrong value in settings',
    'shops.yaml',
    'brand.myshopify.com',
    'brand.com',
    'shops.yaml:5:23  shop: expected the address NAME.myshopify.com',
  ],
  [
    'settings that do not fit together',
    'shops.yaml',
    `, clientSecret: "\${env:SECRET}"`,
    '',
    'shops.yaml:5:15  settings: give accessToken, or clientId and clientSecret',
  ],
  ['a literal secret of a shop', 'shops.yaml', `"\${env:SECRET}"`, 'geheim', `shops.yaml:5:71  clientSecret: ${secret}`],
  ['a literal secret of an account', 'warehouses.yaml', `"\${env:SECRET}"`, 'geheim', `warehouses.yaml:4:38  appToken: ${secret}`],
  ['a literal privacy key', 'quayside.yaml', `"\${env:QUAYSIDE_KEY}"`, 'geheim', `quayside.yaml:2:17  key: ${secret}`],
  [
    'a key that is no key',
    'quayside.yaml',
    'QUAYSIDE_KEY',
    'SECRET',
    'quayside.yaml:2:17  key: expected 32 random bytes in base64; `npm run init` makes such a key',
  ],
  [
    'a variable that is not set',
    'shops.yaml',
    'env:SECRET',
    'env:NOPE',
    'shops.yaml:5:71  the environment variable NOPE is not set or empty; set it before starting',
  ],
  [
    'a secret file that is not there',
    'shops.yaml',
    'env:SECRET',
    'file:no.txt',
    `shops.yaml:5:71  the file no.txt named by \${file:…} cannot be read or is empty (paths are relative to the configuration folder)`,
  ],
  [
    'a reference without quotes',
    'shops.yaml',
    `"\${env:SECRET}"`,
    `\${env:SECRET}`,
    `shops.yaml:5:72  a reference must stand in quotes: "\${env:NAME}"`,
  ],
  [
    'a database of another kind',
    'quayside.yaml',
    'sqlite:./data/test.db',
    'mysql://x',
    'quayside.yaml:1:18  url: expected "sqlite:PATH" or "postgres://USER@HOST/DATABASE"',
  ],
  [
    'a port out of range',
    'quayside.yaml',
    'privacy:',
    'console: { port: 99999 }\nprivacy:',
    'quayside.yaml:2:18  port: expected a number of at most 65535',
  ],
  ['an unknown account', 'warehouses.yaml', 'account: gc', 'account: gd', 'warehouses.yaml:7:14  unknown account "gd", did you mean "gc"?'],
  [
    'an unknown carrier',
    'warehouses.yaml',
    'carrier: fedex',
    'carrier: fedx',
    'warehouses.yaml:15:18  unknown carrier "fedx", did you mean "fedex"?',
  ],
  [
    'a carrier without the word of a platform',
    'carriers.yaml',
    'shopify: FedEx',
    'ebay: FedEx',
    'warehouses.yaml:15:18  carrier "fedex" has no word for shopify, which shop "brand" uses',
  ],
  [
    'a tracking address without number',
    'carriers.yaml',
    'shopify: FedEx',
    'shopify: FedEx, trackingUrl: "https://x"',
    'carriers.yaml:2:54  trackingUrl: expected an http or https address with {trackingNumber} in it',
  ],
  [
    'a carrier code with a blank',
    'carriers.yaml',
    'fedex:',
    'fedex: { name: FedEx, shopify: FedEx }\n  a b:',
    'carriers.yaml:3:3  the name "a b" cannot be used: use 1 to 64 letters, digits, "-", "_" or "."',
  ],
]

describe('each mistake is shown where it stands, once, with what to do', () => {
  it.each(mistakes)('%s', async (_name, file, from, to, ...said) => {
    const folder = await writeFolder(changed(file, from, to))

    const problems = await problemsOf(folder)

    expect(problems).toEqual(said)
  })
})

describe('names', () => {
  it('of a warehouse system stand for one warehouse of an account', async () => {
    const second =
      '  - { code: NJ2, account: gc, wmsCode: USEA, country: US, timezone: America/New_York, services: [{ code: a, wmsCode: A, carrier: fedex }] }\n'
    const folder = await writeFolder({ 'warehouses.yaml': `${goodFiles['warehouses.yaml']}${second}` })

    const problems = await problemsOf(folder)

    expect(problems).toEqual([
      expect.stringMatching(/^warehouses\.yaml:20:40 {2}the code of account gc "USEA" is already used at .*warehouses\.yaml:8:14$/),
    ])
  })

  it('are unique across all shop files, warehouses, accounts and services of a warehouse', async () => {
    const services = changed(
      'warehouses.yaml',
      '        price:',
      '      - { code: ground, wmsCode: X, carrier: fedex }\n      - code: other\n        wmsCode: Y\n        carrier: fedex\n        price:',
    )
    const folder = await writeFolder({ 'shops/more.yaml': goodFiles['shops.yaml'], ...services })

    const problems = await problemsOf(folder)

    expect(problems).toEqual([
      expect.stringMatching(/^shops\/more\.yaml:2:9 {2}the shop id "brand" is already used at .*shops\.yaml:2:9$/),
      'shops/more.yaml:5:15  reads the same account as shop "brand": its orders would be shipped twice; keep one',
      expect.stringMatching(
        /^warehouses\.yaml:19:17 {2}the service code of this warehouse "ground" is already used at .*warehouses\.yaml:13:15$/,
      ),
    ])
  })
})
