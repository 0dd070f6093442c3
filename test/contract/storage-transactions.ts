import { describe, expect, it } from 'vitest'
import type { Storage } from '../../core/ports/storage.ts'
import { sampleOrder } from './storage-samples.ts'

export function describeTransactions(storage: () => Storage): void {
  describe('write and read', () => {
    it('shows to a read what a write has stored, as soon as the write is done', async () => {
      const order = sampleOrder('1')

      const answer = await storage().write(async (stores) => {
        await stores.orders.save(order)
        return 'stored'
      })

      expect(answer).toBe('stored')
      expect(await storage().read((stores) => stores.orders.load(order.orderNo))).toEqual(order)
    })

    it('undoes everything that a failed item wrote and keeps what its neighbors wrote', async () => {
      const [first, bad, last] = [sampleOrder('first'), sampleOrder('bad'), sampleOrder('last')]
      const failure = new Error('changed my mind')

      const outcomes = await Promise.allSettled([
        storage().write((stores) => stores.orders.save(first)),
        storage().write(async (stores) => {
          await stores.orders.save(bad)
          throw failure
        }),
        storage().write((stores) => stores.orders.save(last)),
      ])

      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(outcomes[1]).toMatchObject({ reason: failure })
      const stored = await storage().read((stores) => stores.orders.loadMany([first.orderNo, bad.orderNo, last.orderNo]))
      expect(new Set(stored.map((order) => order.platformOrderId))).toEqual(new Set(['first', 'last']))
    })

    it('keeps the neighbors when an item ends in an error of the database itself', async () => {
      const createTwice = storage().write(async (stores) => {
        const request = { id: 'same', kind: 'sync', arguments: {}, createdAt: sampleOrder('1').importedAt }
        await stores.requests.create(request)
        await stores.requests.create(request)
      })
      const neighbor = storage().write((stores) => stores.cursors.save('shop', 'orders', 'c1', sampleOrder('1').importedAt))

      await expect(createTwice).rejects.toThrow()
      await neighbor

      expect(await storage().read((stores) => stores.cursors.load('shop', 'orders'))).toBe('c1')
      expect(await storage().read((stores) => stores.requests.load('same'))).toBeUndefined()
    })

    it('undoes an item that swallowed an error of the database, or keeps all that it wrote', async () => {
      const item = storage().write(async (stores) => {
        const request = { id: 'same', kind: 'sync', arguments: {}, createdAt: sampleOrder('1').importedAt }
        await stores.requests.create(request)
        await stores.requests.create(request).catch(() => undefined)
      })

      const [outcome] = await Promise.allSettled([item])

      const stored = await storage().read((stores) => stores.requests.load('same'))
      expect(stored !== undefined).toBe(outcome?.status === 'fulfilled')
    })

    it('lets an item read what earlier items of the same group wrote', async () => {
      const order = sampleOrder('1')

      const [, loaded] = await Promise.all([
        storage().write((stores) => stores.orders.save(order)),
        storage().write((stores) => stores.orders.load(order.orderNo)),
      ])

      expect(loaded).toEqual(order)
    })

    it('refuses to read and to write once it is closed', async () => {
      await storage().close()

      const closed = { kind: 'transient', code: 'storage-closed' }
      await expect(storage().read((stores) => stores.lanes.all())).rejects.toMatchObject(closed)
      await expect(storage().write((stores) => stores.lanes.nextEpoch())).rejects.toMatchObject(closed)
    })

    it('answers reads while many writes are under way', async () => {
      const writes = Array.from({ length: 250 }, (_, index) =>
        storage().write((stores) => stores.orders.save(sampleOrder(`order ${index}`))),
      )
      const reads = Array.from({ length: 20 }, () => storage().read((stores) => stores.orders.countByState()))

      await Promise.all([...writes, ...reads])

      expect(await storage().read((stores) => stores.orders.countByState())).toEqual({ open: 250 })
    })
  })
}
