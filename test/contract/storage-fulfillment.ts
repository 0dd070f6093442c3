import { describe, expect, it } from 'vitest'
import { type Effect, effectStates } from '../../core/model/effect.ts'
import { type FulfillmentOrder, fulfillmentOrderStatuses } from '../../core/model/fulfillment-order.ts'
import type { Storage } from '../../core/ports/storage.ts'
import { at, sampleEffect, sampleFulfillmentOrder, sampleOrder } from './storage-samples.ts'

export function describeFulfillmentRows(storage: () => Storage): void {
  describeFulfillmentOrderStore(storage)
  describeEffectStore(storage)
}

function describeFulfillmentOrderStore(storage: () => Storage): void {
  const save = async (...fulfillmentOrders: readonly FulfillmentOrder[]) => {
    for (const each of fulfillmentOrders) await storage().write((stores) => stores.fulfillmentOrders.save(each))
  }

  describe('fulfillment orders', () => {
    it('come back with their packages and every field', async () => {
      const first = sampleFulfillmentOrder('Q1')
      const shipped = sampleFulfillmentOrder('Q1', {
        status: 'shipped',
        parked: true,
        wmsOrderNo: 'G1',
        wmsStatus: 'D',
        problem: 'none',
        cancelRequestedAt: at('08:40'),
        acceptedAt: at('08:30'),
        shippedAt: at('09:00'),
        packages: [
          {
            ordinal: 1,
            trackingNumber: '9400',
            carrier: 'usps',
            carrierRaw: 'USPS GA',
            shippedAt: at('09:00'),
            orderLines: [{ platformLineId: '1', quantity: 6 }],
          },
          { ordinal: 2, trackingNumber: '9401', shippedAt: at('09:01'), orderLines: [] },
        ],
        version: 2,
      })

      await save(first, shipped)

      expect(await storage().read((stores) => stores.fulfillmentOrders.load(first.foNo))).toStrictEqual(shipped)
      expect(await storage().read((stores) => stores.fulfillmentOrders.load('unknown'))).toBeUndefined()
    })

    it('are refused when the stored version is another', async () => {
      const first = sampleFulfillmentOrder('Q1')
      await save(first)

      await expect(save(first)).rejects.toMatchObject({ kind: 'conflict', code: 'fulfillment-order-changed' })
      await expect(save({ ...first, version: 3 })).rejects.toMatchObject({ kind: 'conflict', code: 'fulfillment-order-changed' })
    })

    it('never carry the same reference twice at one account', async () => {
      await save(sampleFulfillmentOrder('Q1'))

      const twin = save(sampleFulfillmentOrder('Q2', { reference: sampleFulfillmentOrder('Q1').reference }))

      await expect(twin).rejects.toMatchObject({ kind: 'conflict' })
    })

    it('share a reference when they travel in one parcel, the lead first, and never have two leads', async () => {
      const merged = ['F-Q9-1', 'F-Q1-1', 'F-Q2-1']
      const share = (orderNo: string) => sampleFulfillmentOrder(orderNo, { reference: 'Q9-1', merged })
      const [lead, second, third] = [share('Q9'), share('Q1'), share('Q2')]
      await save(third, lead, second)

      expect(await storage().read((stores) => stores.fulfillmentOrders.byReferences('gc', ['Q9-1']))).toEqual([lead, second, third])
      await expect(save(sampleFulfillmentOrder('Q3', { reference: 'Q9-1' }))).rejects.toMatchObject({ kind: 'conflict' })
    })

    it('are listed by order and sequence', async () => {
      const [second, first, other] = [
        sampleFulfillmentOrder('Q1', { sequence: 2 }),
        sampleFulfillmentOrder('Q1', { sequence: 1 }),
        sampleFulfillmentOrder('Q2'),
      ]
      await save(second, other, first, sampleFulfillmentOrder('Q3'))

      expect(await storage().read((stores) => stores.fulfillmentOrders.forOrders(['Q2', 'Q1']))).toEqual([first, second, other])
    })

    it('are found by the references of one account', async () => {
      const [ours, others] = [sampleFulfillmentOrder('Q1'), sampleFulfillmentOrder('Q2', { account: 'other', reference: 'Q1-1' })]
      await save(ours, others)

      expect(await storage().read((stores) => stores.fulfillmentOrders.byReferences('gc', ['Q1-1', 'Q9-1']))).toEqual([ours])
    })

    it('count as live from their acceptance until they are shipped or cancelled', async () => {
      for (const [index, status] of fulfillmentOrderStatuses.entries()) await save(sampleFulfillmentOrder(`Q${index}`, { status }))

      expect(await storage().read((stores) => stores.fulfillmentOrders.countLive('gc'))).toBe(4)
      expect(await storage().read((stores) => stores.fulfillmentOrders.countLive('other'))).toBe(0)
    })

    it('that nothing was heard of for long are told, longest silence first, and not again once they were looked up', async () => {
      const live = (orderNo: string, time: string, changes: Partial<FulfillmentOrder> = {}) =>
        sampleFulfillmentOrder(orderNo, { status: 'accepted', changedAt: at(time), ...changes })
      const unheard = (since: string, limit = 9) => storage().read((stores) => stores.fulfillmentOrders.unheard('gc', at(since), limit))
      const foNos = async (since: string, limit?: number) => (await unheard(since, limit)).map(({ foNo }) => foNo)
      const merged = ['F-Q4-1', 'F-Q5-1']
      const [third, first, second] = [live('Q3', '08:03'), live('Q1', '08:01'), live('Q2', '08:00', { lookedUpAt: at('08:02') })]
      await save(
        third,
        first,
        second,
        live('Q9', '08:30'),
        live('Q8', '08:00', { status: 'shipped' }),
        live('Q7', '08:00', { status: 'planned' }),
      )
      await save(live('Q6', '08:00', { account: 'other' }))
      await save(live('Q4', '08:04', { merged, reference: 'Q4-1' }), live('Q5', '08:04', { merged, reference: 'Q4-1' }))

      expect(await foNos('08:10')).toEqual(['F-Q1-1', 'F-Q2-1', 'F-Q3-1', 'F-Q4-1'])
      expect(await foNos('08:10', 2)).toEqual(['F-Q1-1', 'F-Q2-1'])
      expect(await foNos('08:02')).toEqual(['F-Q1-1', 'F-Q2-1'])

      await save({ ...first, lookedUpAt: at('08:20'), version: 2 })
      expect(await foNos('08:02')).toEqual(['F-Q2-1'])
    })
  })
}

function describeEffectStore(storage: () => Storage): void {
  const save = (...effects: readonly Effect[]) =>
    storage().write(async (stores) => {
      for (const effect of effects) await stores.effects.save(effect)
    })
  const keys = (effects: readonly Effect[]) => effects.map((effect) => effect.key)

  describe('effects', () => {
    it('come back with every field, and replaced ones without what they lost', async () => {
      const full = sampleEffect('full', {
        foNo: 'F1',
        payload: ['a', { b: null }],
        state: 'confirmed',
        attempt: 2,
        epoch: 3,
        probes: 4,
        absences: 1,
        remoteId: 'G1',
        errorCode: 'timeout',
        errorMessage: 'no answer in 30 s',
        armedAt: at('08:31'),
        missedAt: at('08:30'),
        settledAt: at('08:32'),
        verifiedAt: at('08:33'),
        nextAttemptAt: at('08:34'),
      })
      await save(full)
      expect(await storage().read((stores) => stores.effects.load('full'))).toStrictEqual(full)

      await save(sampleEffect('full'))

      expect(await storage().read((stores) => stores.effects.load('full'))).toStrictEqual(sampleEffect('full'))
      expect(await storage().read((stores) => stores.effects.load('unknown'))).toBeUndefined()
    })

    it('are listed by order', async () => {
      await save(sampleEffect('b', { orderNo: 'Q1' }), sampleEffect('a', { orderNo: 'Q1' }), sampleEffect('c', { orderNo: 'Q2' }))

      expect(keys(await storage().read((stores) => stores.effects.forOrders(['Q1'])))).toEqual(['a', 'b'])
    })

    it('are due in the states in which a lane acts, oldest first', async () => {
      const due = { nextAttemptAt: at('09:00') }
      await save(
        ...effectStates.map((state) => sampleEffect(state, { state, ...due })),
        sampleEffect('older', { nextAttemptAt: at('08:50') }),
        sampleEffect('later', { nextAttemptAt: at('09:01') }),
        sampleEffect('never'),
        sampleEffect('other account', { account: 'other', ...due }),
        sampleEffect('other kind', { kind: 'offer-stock', ...due }),
      )
      const dueNow = (limit: number) =>
        storage().read((stores) => stores.effects.due({ account: 'gc', kinds: ['wms-create', 'wms-cancel'], now: at('09:00'), limit }))

      expect(keys(await dueNow(100))).toEqual(['older', 'accepted', 'confirmed', 'planned', 'unknown'])
      expect(keys(await dueNow(1))).toEqual(['older'])
    })

    it('are due by the ship-by of their orders before their own age', async () => {
      const orders = [
        sampleOrder('relaxed', { shipBy: at('20:00') }),
        sampleOrder('urgent', { shipBy: at('11:00') }),
        sampleOrder('no deadline'),
      ]
      const effects = orders.map(({ orderNo, platformOrderId }, index) =>
        sampleEffect(platformOrderId, { orderNo, nextAttemptAt: at(`08:0${index}`), account: 'by ship-by' }),
      )
      await storage().write(async (stores) => {
        for (const order of orders) await stores.orders.save(order)
        for (const effect of effects) await stores.effects.save(effect)
      })
      const dueNow = (limit: number) =>
        storage().read((stores) => stores.effects.due({ account: 'by ship-by', kinds: ['wms-create'], now: at('09:00'), limit }))

      expect(keys(await dueNow(100))).toEqual(['urgent', 'relaxed', 'no deadline'])
      expect(keys(await dueNow(1))).toEqual(['urgent'])

      const hastened = { ...sampleOrder('no deadline', { shipBy: at('10:00') }), version: 2 }
      await storage().write(async (stores) => {
        await stores.orders.save(hastened)
        await stores.effects.refreshUrgency([hastened.orderNo])
      })

      expect(keys(await dueNow(100))).toEqual(['no deadline', 'urgent', 'relaxed'])
    })

    it('tell when the next one is due', async () => {
      await save(
        sampleEffect('1', { nextAttemptAt: at('10:00') }),
        sampleEffect('2', { nextAttemptAt: at('09:00'), state: 'unknown' }),
        sampleEffect('3', { nextAttemptAt: at('08:00'), state: 'rejected' }),
        sampleEffect('4', { nextAttemptAt: at('08:00'), kind: 'offer-stock' }),
      )

      expect(await storage().read((stores) => stores.effects.nextDue('gc', ['wms-create']))).toBe(at('09:00'))
      expect(await storage().read((stores) => stores.effects.nextDue('gc', ['wms-cancel']))).toBeUndefined()
    })

    it('left in flight by an earlier epoch are found', async () => {
      await save(
        sampleEffect('left', { state: 'inflight', epoch: 1 }),
        sampleEffect('ours', { state: 'inflight', epoch: 2 }),
        sampleEffect('settled', { state: 'confirmed', epoch: 1 }),
      )

      expect(keys(await storage().read((stores) => stores.effects.inflightBefore(2)))).toEqual(['left'])
    })

    it('are counted by account while they are not settled', async () => {
      await save(
        sampleEffect('planned'),
        sampleEffect('unknown', { state: 'unknown' }),
        sampleEffect('settled', { state: 'confirmed' }),
        sampleEffect('other', { state: 'inflight', account: 'other' }),
      )

      const counts = await storage().read((stores) => stores.effects.countOpen())
      expect([...counts].toSorted()).toEqual([
        ['gc', 2],
        ['other', 1],
      ])
    })

    it('are found by state, of one account or of all', async () => {
      await save(
        sampleEffect('new', { state: 'unknown', createdAt: at('08:40') }),
        sampleEffect('old', { state: 'accepted', account: 'other' }),
        sampleEffect('planned'),
      )

      expect(keys(await storage().read((stores) => stores.effects.inState(['unknown', 'accepted'])))).toEqual(['old', 'new'])
      expect(keys(await storage().read((stores) => stores.effects.inState(['unknown', 'accepted'], 'gc')))).toEqual(['new'])
    })
  })
}
