import { describe, expect, it } from 'vitest'
import type { Hold } from '../../core/model/hold.ts'
import type { Storage } from '../../core/ports/storage.ts'
import { at, sampleHold, sampleOrder, saveOrders } from './storage-samples.ts'

export function describeHoldStore(storage: () => Storage): void {
  const save = async (holds: readonly Hold[]) => {
    for (const hold of holds) await storage().write((stores) => stores.holds.save(hold))
  }
  const forOrders = (...orderNos: string[]) => storage().read((stores) => stores.holds.forOrders(orderNos))

  describe('holds', () => {
    it('come back as they were saved, oldest first, open and released', async () => {
      const newest = sampleHold('Q1', { reason: 'cool-off', release: { mode: 'at-time', at: at('12:00') }, placedAt: at('08:30') })
      const oldest = sampleHold('Q2', { placedAt: at('08:00'), releasedAt: at('09:00'), releasedBy: 'anna' })

      await save([newest, oldest, sampleHold('Q3')])

      expect(await forOrders('Q1', 'Q2')).toStrictEqual([oldest, newest])
    })

    it('are open at most once for an order, reason and subject', async () => {
      const again = sampleHold('Q1', { detail: 'still not mapped', placedAt: at('08:20') })

      await save([sampleHold('Q1'), again, sampleHold('Q1', { subject: 'CUP' })])

      const open = await forOrders('Q1')
      expect(open.map((hold) => hold.subject)).toEqual(['MUG', 'CUP'].reverse())
      expect(open.find((hold) => hold.subject === 'MUG')).toEqual(again)
    })

    it('are closed by saving them released, and may be placed anew', async () => {
      const released = sampleHold('Q1', { releasedAt: at('09:00'), releasedBy: 'system' })
      const anew = sampleHold('Q1', { placedAt: at('10:00') })

      await save([sampleHold('Q1'), released, anew])

      expect(await forOrders('Q1')).toEqual([released, anew])
    })

    it('are kept once when the same release is saved twice', async () => {
      const released = sampleHold('Q1', { releasedAt: at('09:00'), releasedBy: 'system' })

      await save([sampleHold('Q1'), released, released])

      expect(await forOrders('Q1')).toEqual([released])
    })

    it('are listed by reason while they are open', async () => {
      const [first, second] = [sampleHold('Q1'), sampleHold('Q2', { placedAt: at('08:20') })]
      const other = sampleHold('Q3', { reason: 'no-route', placedAt: at('08:05') })
      await save([second, first, other, sampleHold('Q4', { releasedAt: at('09:00') })])
      const open = (reason?: Hold['reason'], limit?: number) => storage().read((stores) => stores.holds.openByReason(reason, limit))

      expect(await open('unmapped-sku')).toEqual([first, second])
      expect(await open('unmapped-sku', 1)).toEqual([first])
      expect(await open()).toEqual([other, first, second])
    })

    it('are summed up by reason and subject with the earliest ship-by', async () => {
      const [soon, later, never] = [sampleOrder('1', { shipBy: at('12:00') }), sampleOrder('2', { shipBy: at('20:00') }), sampleOrder('3')]
      await saveOrders(storage(), [soon, later, never])
      await save([
        sampleHold(later.orderNo),
        sampleHold(soon.orderNo),
        sampleHold(never.orderNo, { reason: 'no-route', subject: '' }),
        sampleHold(never.orderNo, { releasedAt: at('09:00') }),
      ])

      expect(await storage().read((stores) => stores.holds.summary())).toStrictEqual([
        { reason: 'no-route', subject: '', count: 1 },
        { reason: 'unmapped-sku', subject: 'MUG', count: 2, oldestShipBy: at('12:00') },
      ])
    })
  })
}
