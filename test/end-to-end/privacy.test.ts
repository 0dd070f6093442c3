import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Address } from '../../core/model/order.ts'
import { type House, openHouse } from './harness.ts'
import { eventually } from './processes.ts'
import { lineOf } from './purchases.ts'
import { platformNames, pushCall, shopOf, writeBackCall } from './sandboxes.ts'

/** Words that stand nowhere else, so that each can be found wherever it leaks. */
const canaries = {
  name: 'Zebulonia Quirkwhistle',
  company: 'Canarybird Holdings',
  phone: '2125557391',
  line1: '7391 Canarywharf Lane',
  line2: 'Flat Canarynest',
  email: 'zebulonia.quirkwhistle@example.com',
  buyer: 'canary-buyer-7391',
  gift: 'Canarysong for you',
  note: 'Canarykey under the mat',
}
const american: Address = {
  name: canaries.name,
  company: canaries.company,
  phone: canaries.phone,
  email: canaries.email,
  line1: canaries.line1,
  line2: canaries.line2,
  city: 'Edison',
  state: 'NJ',
  postcode: '08817',
  country: 'US',
}

describe('personal data and secrets', { timeout: 90_000 }, () => {
  let house: House
  let files: ReadonlyMap<string, Buffer>
  beforeAll(async () => {
    house = await openHouse({ pollEvery: '500ms' })
    for (const platform of platformNames) {
      const order = {
        shipTo: platform === 'ebay' ? { ...american, city: 'Köln', postcode: '50667', state: '', country: 'DE' } : american,
        buyer: { id: canaries.buyer, name: canaries.name, email: canaries.email },
        ...(platform === 'shopify' && { giftMessage: canaries.gift, buyerNote: canaries.note }),
      }
      house.place(platform, order)
      house.place(platform, { ...order, lines: [lineOf('LANTERN-NEW')] })
    }
    const unreadable = house.place('shopify', { shipTo: american, buyer: { id: canaries.buyer, name: canaries.name } })
    house.change('shopify', unreadable, { type: 'corrupt', how: 'quantity-text' })
    await liveThroughTrouble(house)
    files = await readDatabase(house)
    await house.run('orders', 'list')
    await house.run('orders', 'rejected')
    await house.run('holds', 'list', '--reason', 'unmapped-sku')
    await house.run('status')
  })
  afterAll(() => house.close())

  it('were really there: every order is stored with what it needs', async () => {
    const shown = await house.documents()

    expect(shown).toHaveLength(platformNames.length * 2)
    expect(shown.filter((document) => document.shipTo.line1 === canaries.line1)).toHaveLength(platformNames.length * 2)
    expect(house.tokensSeen.size).toBeGreaterThanOrEqual(platformNames.length)
  })

  it('are in nothing that any process has written on its channels', () => {
    const said = house.everythingSaid()

    expect(said).toContain('a lane could not do its work')
    expect(leaksIn(said, house)).toEqual([])
  })

  it('are in no byte of the database and its write-ahead log', () => {
    expect([...files.keys()]).toContain('quayside.db-wal')
    const leaks = [...files].flatMap(([file, bytes]) => leaksIn(bytes.toString('utf8'), house).map((leak) => `${leak} in ${file}`))

    expect(leaks).toEqual([])
  })
})

/** Pushes and write-backs that fail in every way, a revoked shop, and the loudest log. */
async function liveThroughTrouble(house: House): Promise<void> {
  const troubles = ['H5-5xx-after', 'H8-truncated-json', 'H9-html-200', 'H17-200-error-body'] as const
  house.warehouse.faults.set(troubles.map((kind) => ({ kind, operations: [pushCall], times: 1 })))
  for (const platform of platformNames) {
    house.marketplaces[platform].faults.set(troubles.map((kind) => ({ kind, operations: [writeBackCall[platform]], times: 1 })))
  }
  const daemon = house.start('start', [], { QUAYSIDE_LOG: 'debug' })
  await daemon.said('Quayside runs')
  await eventually('everything is pushed', () => house.outbounds().length === platformNames.length)
  house.advance()
  await house.run('sync', '--lanes', 'track,confirm')
  await eventually('everything is completed', async () => {
    const documents = await house.documents()
    return documents.filter((document) => document.state === 'completed').length === platformNames.length
  })
  for (const platform of platformNames) house.marketplaces[platform].revoke(shopOf[platform])
  await daemon.said('a lane could not do its work')
}

/** While the daemon has the database open, so that the newest pages still stand in the log. */
async function readDatabase(house: House): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(house.folder)).filter((name) => name.startsWith('quayside.db'))
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(house.folder, name))] as const)))
}

function leaksIn(text: string, house: House): readonly string[] {
  const secrets = Object.fromEntries([...secretsOf(house)].map((secret, index) => [`secret ${index + 1}`, secret]))
  return Object.entries({ ...canaries, ...secrets })
    .filter(([, word]) => text.includes(word) || text.includes(encodeURIComponent(word)))
    .map(([name]) => name)
}

/** Credentials of the configuration, tokens that were sent, and the key of the database. */
function secretsOf(house: House): ReadonlySet<string> {
  const secretNames = /secret|token|appKey|certId/i
  const settings = [...Object.values(house.shopSettings), house.warehouseSettings]
  const configured = settings.flatMap((block) =>
    Object.entries(block).flatMap(([name, value]) => (secretNames.test(name) ? [String(value)] : [])),
  )
  return new Set([...configured, ...house.tokensSeen, house.key])
}
