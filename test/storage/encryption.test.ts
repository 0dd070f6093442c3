import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Knex } from 'knex'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Order } from '../../core/model/order.ts'
import { asChannelSku } from '../../core/value/ids.ts'
import { createCipher } from '../../storage/encryption.ts'
import { openStorage, parseKey } from '../../storage/index.ts'
import { at, sampleEffect, sampleOrder } from '../contract/storage-samples.ts'
import { testKey } from './test-key.ts'

describe('the privacy key', () => {
  it('is 32 bytes in base64', () => {
    expect(parseKey(`${testKey.toString('base64')}\n`)).toEqual(testKey)
  })

  it.each(['', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), '!'.repeat(43).concat('=')])(
    'is refused when it is not: %j',
    (text) => {
      expect(() => parseKey(text)).toThrow(expect.objectContaining({ kind: 'config', code: 'key-invalid' }))
    },
  )
})

describe('a sealed value', () => {
  const place = { table: 'orders', column: 'personal', rowKey: 'Q1' }
  const cipher = createCipher(testKey)

  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(cipher.open(place, cipher.seal(place, value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('looks different each time', () => {
    expect(cipher.seal(place, 'same')).not.toEqual(cipher.seal(place, 'same'))
  })

  it('cannot be opened after any byte was changed', () => {
    const sealed = cipher.seal(place, 'canary')

    for (const index of sealed.keys()) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => cipher.open(place, changed)).toThrow(expect.objectContaining({ kind: 'invalid-data', code: 'sealed-data-unreadable' }))
    }
  })

  it('cannot be opened at another place', () => {
    const sealed = cipher.seal(place, 'canary')

    expect(() => cipher.open({ ...place, rowKey: 'Q2' }, sealed)).toThrow(expect.objectContaining({ code: 'sealed-data-unreadable' }))
    expect(() => cipher.open({ ...place, column: 'document' }, sealed)).toThrow(expect.objectContaining({ code: 'sealed-data-unreadable' }))
    expect(() => cipher.open({ ...place, table: 'effects' }, sealed)).toThrow(expect.objectContaining({ code: 'sealed-data-unreadable' }))
  })

  it('has a fingerprint that only the key gives', () => {
    const other = createCipher(Buffer.alloc(32, 'other'))

    expect(cipher.fingerprint({ a: 1, b: 2 })).toBe(cipher.fingerprint({ b: 2, a: 1 }))
    expect(cipher.fingerprint({ a: 1 })).not.toBe(cipher.fingerprint({ a: 2 }))
    expect(cipher.fingerprint({ a: 1 })).not.toBe(other.fingerprint({ a: 1 }))
  })
})

describe('a database with personal data', () => {
  const canary = 'canary-4711'
  let folder: string
  const open = (key = testKey) => openStorage({ url: `sqlite:${join(folder, 'quayside.db')}`, key })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-encryption-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  function orderAboutSomebody(): Order {
    return sampleOrder('1', {
      platformStatus: 'not-a-secret',
      personal: {
        shipTo: { name: canary, line1: canary, phone: canary, country: 'US' },
        buyer: { email: `${canary}@example.com` },
        notes: { gift: canary },
      },
      edits: { shipTo: { name: canary, country: 'US' } },
      taxIds: { vat: canary, identityNumber: canary },
      lines: [
        {
          platformLineId: '1',
          channelSku: asChannelSku('MUG'),
          title: 'Mug',
          quantity: 1,
          cancelledQuantity: 0,
          shippedQuantity: 0,
          customization: canary,
          resolved: [],
        },
      ],
    })
  }

  async function bytesOnDisk(): Promise<string> {
    const files = await readdir(folder)
    const contents = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))
    return contents.join('\n')
  }

  it('shows none of it in its files, the log of changes included', async () => {
    const storage = await open()
    await storage.write(async (stores) => {
      await stores.orders.save(orderAboutSomebody())
      await stores.payloads.append('Q1', { name: canary }, at('08:00'))
      await stores.effects.save(sampleEffect('e1', { payload: { name: canary } }))
      await stores.rejected.save({ account: 'us-amazon', reason: 'r', payload: { name: canary } }, at('08:00'))
      await stores.tokens.save('scope', 'seed', { accessToken: canary, refreshToken: canary, issuedAt: at('08:00') })
      await stores.traces.save('Q1', at('08:00'), { postcode: canary })
      await stores.requests.create({ id: 'R1', kind: 'orders-edit', arguments: { name: canary }, createdAt: at('08:00') })
      await stores.requests.finish('R1', at('08:01'), { result: { name: canary } })
    })
    const whileOpen = await bytesOnDisk()
    await storage.close()
    const afterwards = await bytesOnDisk()

    for (const bytes of [whileOpen, afterwards]) {
      expect(bytes).toContain('not-a-secret')
      expect(bytes).not.toContain(canary)
    }
  })

  it('refuses to hand out a value that was changed or moved to another row', async () => {
    const storage = await open()
    const [first, second] = [orderAboutSomebody(), sampleOrder('2')]
    await storage.write(async (stores) => {
      await stores.orders.save(first)
      await stores.orders.save(second)
      const database = stores.tx as unknown as Knex
      await database.raw('update orders set personal = (select personal from orders where order_no = ?)', [first.orderNo])
    })

    const moved = storage.read((stores) => stores.orders.load(second.orderNo))

    await expect(moved).rejects.toMatchObject({ kind: 'invalid-data', code: 'sealed-data-unreadable' })
    await storage.close()
  })

  it('is refused with a wrong key and opens again with the right one', async () => {
    const order = orderAboutSomebody()
    const first = await open()
    await first.write((stores) => stores.orders.save(order))
    await first.close()

    await expect(open(Buffer.alloc(32, 'wrong'))).rejects.toMatchObject({ kind: 'config', code: 'key-wrong' })

    const again = await open()
    expect(await again.read((stores) => stores.orders.load(order.orderNo))).toEqual(order)
    await again.close()
  })
})
