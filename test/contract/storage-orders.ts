import { describe, expect, it } from 'vitest'
import type { OrderQuery, Storage } from '../../core/ports/storage.ts'
import { at, fullOrder, platformIds, sampleHold, sampleOrder, saveOrders } from './storage-samples.ts'

export function describeOrderStore(storage: () => Storage): void {
  describe('orders', () => {
    it('gives an order back with every field, and without fields that it never had', async () => {
      const [full, least] = [fullOrder('full'), sampleOrder('least')]

      await saveOrders(storage(), [full, least])

      expect(await storage().read((stores) => stores.orders.load(full.orderNo))).toStrictEqual(full)
      expect(await storage().read((stores) => stores.orders.load(least.orderNo))).toStrictEqual(least)
    })

    it('removes a field that a later version no longer has', async () => {
      const first = fullOrder('1')
      const second = { ...sampleOrder('1'), version: 2 }

      await saveOrders(storage(), [first, second])

      expect(await storage().read((stores) => stores.orders.load(first.orderNo))).toStrictEqual(second)
    })

    it('knows nothing of an order that was never saved', async () => {
      expect(await storage().read((stores) => stores.orders.load('Q0'))).toBeUndefined()
      expect(await storage().read((stores) => stores.orders.find('us-amazon', '0'))).toBeUndefined()
      expect(await storage().read((stores) => stores.orders.loadMany([]))).toEqual([])
    })

    it('loads and finds many orders, more than one statement can ask for', async () => {
      const orders = Array.from({ length: 900 }, (_, index) => sampleOrder(String(index)))
      await saveOrders(storage(), [...orders, sampleOrder('0', { shop: 'de-ebay' })])

      const loaded = await storage().read((stores) => stores.orders.loadMany(orders.map((order) => order.orderNo)))
      const found = await storage().read((stores) => stores.orders.findMany('us-amazon', platformIds(orders)))

      expect(new Set(platformIds(loaded))).toEqual(new Set(platformIds(orders)))
      expect(new Set(platformIds(found))).toEqual(new Set(platformIds(orders)))
      expect(found).toHaveLength(900)
    })

    it('finds an order by shop and platform order id', async () => {
      const [ours, other] = [sampleOrder('1'), sampleOrder('1', { shop: 'de-ebay' })]
      await saveOrders(storage(), [ours, other])

      expect(await storage().read((stores) => stores.orders.find('de-ebay', '1'))).toEqual(other)
    })

    it('looks an order up by its number, by the platform order id and by shop and id', async () => {
      const [ours, other] = [sampleOrder('12/34'), sampleOrder('12/34', { shop: 'de-ebay' })]
      await saveOrders(storage(), [ours, other])
      const lookUp = (id: string) => storage().read((stores) => stores.orders.lookUp(id))

      expect(await lookUp(ours.orderNo)).toEqual([ours])
      expect(await lookUp('de-ebay/12/34')).toEqual([other])
      expect(new Set((await lookUp('12/34')).map((order) => order.shop))).toEqual(new Set(['us-amazon', 'de-ebay']))
      expect(await lookUp('unknown')).toEqual([])
    })

    it('refuses a second first version of the same order', async () => {
      const order = sampleOrder('1')
      await saveOrders(storage(), [order])

      await expect(saveOrders(storage(), [order])).rejects.toMatchObject({ kind: 'conflict', code: 'order-exists' })
      await expect(saveOrders(storage(), [{ ...order, orderNo: 'Q-OTHER' }])).rejects.toMatchObject({ code: 'order-exists' })
    })

    it('refuses a version that does not follow the stored one, and keeps what is stored', async () => {
      const second = sampleOrder('1', { version: 2, state: 'shipped' })
      await saveOrders(storage(), [sampleOrder('1'), second])

      const stale = saveOrders(storage(), [sampleOrder('1', { version: 2, state: 'cancelled' })])
      const tooFar = saveOrders(storage(), [sampleOrder('1', { version: 4 })])

      await expect(stale).rejects.toMatchObject({ kind: 'conflict', code: 'order-changed' })
      await expect(tooFar).rejects.toMatchObject({ kind: 'conflict', code: 'order-changed' })
      expect(await storage().read((stores) => stores.orders.load(second.orderNo))).toEqual(second)
    })

    it('goes on in the same item after a conflict was caught', async () => {
      const order = sampleOrder('1')
      await saveOrders(storage(), [order])

      await storage().write(async (stores) => {
        await expect(stores.orders.save(order)).rejects.toMatchObject({ code: 'order-exists' })
        await stores.orders.save({ ...order, version: 2 })
      })

      expect(await storage().read((stores) => stores.orders.load(order.orderNo))).toMatchObject({ version: 2 })
    })

    it('counts orders by state, of one shop or of all', async () => {
      await saveOrders(storage(), [
        sampleOrder('1'),
        sampleOrder('2'),
        sampleOrder('3', { state: 'shipped' }),
        sampleOrder('4', { shop: 'de-ebay' }),
      ])

      expect(await storage().read((stores) => stores.orders.countByState())).toEqual({ open: 3, shipped: 1 })
      expect(await storage().read((stores) => stores.orders.countByState('us-amazon'))).toEqual({ open: 2, shipped: 1 })
    })
  })

  describe('orders that are to ship', () => {
    it('come up to a moment, most urgent first, as long as they have not shipped', async () => {
      await saveOrders(storage(), [
        sampleOrder('second', { shipBy: at('12:00'), state: 'in-fulfillment' }),
        sampleOrder('first', { shipBy: at('11:00') }),
        sampleOrder('too far', { shipBy: at('12:01') }),
        sampleOrder('no deadline'),
        sampleOrder('shipped', { shipBy: at('11:00'), state: 'shipped' }),
        sampleOrder('ignored', { shipBy: at('11:00'), state: 'ignored' }),
      ])
      const dueToShip = (limit: number) => storage().read((stores) => stores.orders.dueToShip(at('12:00'), limit))

      expect(platformIds(await dueToShip(100))).toEqual(['first', 'second'])
      expect(platformIds(await dueToShip(1))).toEqual(['first'])
    })
  })

  describe('the twin of an order', () => {
    const buyer = (id: string) => ({ personal: { buyer: { id }, notes: {} } })
    const twinOf = (order: ReturnType<typeof sampleOrder>, since = at('00:00')) =>
      storage().read((stores) => stores.orders.findTwin(order, since))

    it('is the first order alike that was bought before it', async () => {
      const [first, second, third] = [
        sampleOrder('1', { purchasedAt: at('07:00'), ...buyer('B1') }),
        sampleOrder('2', { purchasedAt: at('08:00'), ...buyer('B1') }),
        sampleOrder('3', { purchasedAt: at('09:00'), ...buyer('B1') }),
      ]
      await saveOrders(storage(), [third, second, first])

      expect(await twinOf(third)).toEqual({ orderNo: first.orderNo, shop: 'us-amazon', platformOrderId: '1', purchasedAt: at('07:00') })
      expect((await twinOf(third, at('07:30')))?.platformOrderId).toBe('2')
      expect(await twinOf(first)).toBeUndefined()
    })

    it.each([
      ['of another buyer', buyer('B2')],
      ['of another shop', { ...buyer('B1'), shop: 'de-ebay' }],
      ['that was cancelled', { ...buyer('B1'), state: 'cancelled' as const }],
      ['of nobody that is known', {}],
    ])('is no order %s', async (_case, changes) => {
      const order = sampleOrder('2', { purchasedAt: at('08:00'), ...buyer('B1') })
      await saveOrders(storage(), [sampleOrder('1', { purchasedAt: at('07:00'), ...changes }), order])

      expect(await twinOf(order)).toBeUndefined()
    })

    it('is found by what an order has become', async () => {
      const order = sampleOrder('2', { purchasedAt: at('08:00'), ...buyer('B1') })
      const other = sampleOrder('1', { purchasedAt: at('07:00'), ...buyer('B2') })
      await saveOrders(storage(), [other, order])
      await saveOrders(storage(), [{ ...other, ...buyer('B1'), version: 2 }])

      expect((await twinOf(order))?.platformOrderId).toBe('1')
    })
  })

  describe('orders that may travel with an order', () => {
    const shipTo = { line1: '1 Canary Street', postcode: '08601', country: 'US' }
    const to = (id: string, changes: object = {}) => ({ personal: { shipTo: { ...shipTo, ...changes }, buyer: { id }, notes: {} } })
    const companionsOf = async (order: ReturnType<typeof sampleOrder>, limit = 10) =>
      platformIds(await storage().read((stores) => stores.orders.findCompanions(order, limit)))

    it('are the open ones for the same buyer and address, first bought first', async () => {
      const order = sampleOrder('2', { purchasedAt: at('08:00'), ...to('B1') })
      await saveOrders(storage(), [
        sampleOrder('3', { purchasedAt: at('09:00'), ...to('B1', { line1: '1, canary street' }) }),
        order,
        sampleOrder('1', { purchasedAt: at('07:00'), ...to('B1') }),
      ])

      expect(await companionsOf(order)).toEqual(['1', '3'])
      expect(await companionsOf(order, 1)).toEqual(['1'])
    })

    it.each([
      ['of another buyer', to('B2')],
      ['for another address', to('B1', { line1: '2 Canary Street' })],
      ['of another shop', { ...to('B1'), shop: 'de-ebay' }],
      ['that a warehouse has', { ...to('B1'), state: 'in-fulfillment' as const }],
      ['of nobody that is known', {}],
    ])('are none %s', async (_case, changes) => {
      const order = sampleOrder('2', to('B1'))
      await saveOrders(storage(), [sampleOrder('1', changes), order])

      expect(await companionsOf(order)).toEqual([])
    })

    it('are none of an order whose buyer or address is not known', async () => {
      await saveOrders(storage(), [sampleOrder('1')])

      expect(await companionsOf(sampleOrder('2'))).toEqual([])
    })

    it('follow what an order has become', async () => {
      const other = sampleOrder('1', to('B1'))
      await saveOrders(storage(), [other])
      await saveOrders(storage(), [{ ...other, state: 'shipped', version: 2 }])

      expect(await companionsOf(sampleOrder('2', to('B1')))).toEqual([])
    })
  })

  describe('orders due for the plan', () => {
    it('come most urgent first, those without a deadline last, and only when their time has come', async () => {
      await saveOrders(storage(), [
        sampleOrder('no deadline, old', { planDueAt: at('09:00'), purchasedAt: at('01:00') }),
        sampleOrder('no deadline, new', { planDueAt: at('09:00'), purchasedAt: at('02:00') }),
        sampleOrder('late', { planDueAt: at('08:00'), shipBy: at('22:00') }),
        sampleOrder('urgent', { planDueAt: at('10:00'), shipBy: at('12:00') }),
        sampleOrder('not yet', { planDueAt: at('10:01'), shipBy: at('11:00') }),
        sampleOrder('nothing to decide', { shipBy: at('11:00') }),
        sampleOrder('of another client', { planDueAt: at('08:00'), clientId: 'other' }),
      ])
      const due = (limit: number) => storage().read((stores) => stores.orders.dueForPlan('default', at('10:00'), limit))

      expect(platformIds(await due(100))).toEqual(['urgent', 'late', 'no deadline, old', 'no deadline, new'])
      expect(platformIds(await due(2))).toEqual(['urgent', 'late'])
    })

    it('tell when the next one is due', async () => {
      await saveOrders(storage(), [
        sampleOrder('1', { planDueAt: at('10:00') }),
        sampleOrder('2', { planDueAt: at('09:00') }),
        sampleOrder('3'),
      ])

      expect(await storage().read((stores) => stores.orders.nextPlanDue('default'))).toBe(at('09:00'))
      expect(await storage().read((stores) => stores.orders.nextPlanDue('other'))).toBeUndefined()
    })

    it('are woken by client and shop as far as they are open', async () => {
      await saveOrders(storage(), [
        sampleOrder('1'),
        sampleOrder('later', { planDueAt: at('20:00') }),
        sampleOrder('due already', { planDueAt: at('07:00') }),
        sampleOrder('pushed', { state: 'in-fulfillment' }),
        sampleOrder('other shop', { shop: 'de-ebay' }),
        sampleOrder('other client', { clientId: 'other' }),
      ])

      const woken = await storage().write((stores) => stores.orders.wakePlan({ clientId: 'default', shop: 'us-amazon' }, at('09:00')))

      expect(woken).toBe(3)
      const due = await storage().read((stores) => stores.orders.dueForPlan('default', at('09:00'), 100))
      expect(new Map(due.map((order) => [order.platformOrderId, order.planDueAt]))).toEqual(
        new Map([
          ['1', at('09:00')],
          ['later', at('09:00')],
          ['due already', at('07:00')],
        ]),
      )
    })

    it('are woken too when a rule leaves them out, but not when the platform does', async () => {
      await saveOrders(storage(), [
        sampleOrder('by a rule', { state: 'ignored', ruled: { ignoredReason: 'factory' } }),
        sampleOrder('by the platform', { state: 'ignored', ignoredReason: 'digital' }),
        sampleOrder('with a rule, pushed', { state: 'in-fulfillment', ruled: { tags: ['urgent'] } }),
      ])

      expect(await storage().write((stores) => stores.orders.wakePlan({ shop: 'us-amazon' }, at('09:00')))).toBe(1)
      expect(await storage().write((stores) => stores.orders.wakePlan({ shop: 'other' }, at('09:00')))).toBe(0)
      const due = await storage().read((stores) => stores.orders.dueForPlan('default', at('09:00'), 100))
      expect(platformIds(due)).toEqual(['by a rule'])
    })

    it('are woken too when a part has left and the rest waits', async () => {
      const waits = sampleOrder('waits', { state: 'partially-shipped' })
      const goesOn = sampleOrder('goes on', { state: 'partially-shipped' })
      await saveOrders(storage(), [waits, goesOn])
      await storage().write((stores) => stores.holds.save(sampleHold(waits.orderNo, { reason: 'out-of-stock' })))

      await storage().write((stores) => stores.orders.wakePlan({ shop: 'us-amazon' }, at('09:00')))

      const due = await storage().read((stores) => stores.orders.dueForPlan('default', at('09:00'), 100))
      expect(platformIds(due)).toEqual(['waits'])
    })

    it('are woken by the reasons of their open holds', async () => {
      const [held, pushed, released, otherReason] = [
        sampleOrder('held'),
        sampleOrder('pushed', { state: 'partially-shipped' }),
        sampleOrder('released'),
        sampleOrder('other reason'),
      ]
      const shipped = sampleOrder('shipped', { state: 'shipped' })
      await saveOrders(storage(), [held, pushed, released, otherReason, shipped])
      await storage().write(async (stores) => {
        for (const order of [held, pushed, shipped]) await stores.holds.save(sampleHold(order.orderNo, { reason: 'out-of-stock' }))
        await stores.holds.save(sampleHold(released.orderNo, { reason: 'out-of-stock', releasedAt: at('08:30') }))
        await stores.holds.save(sampleHold(otherReason.orderNo, { reason: 'no-route' }))
      })

      const woken = await storage().write((stores) => stores.orders.wakePlan({ holdReasons: ['out-of-stock', 'fx-missing'] }, at('09:00')))

      expect(woken).toBe(2)
      expect(await storage().read((stores) => stores.orders.load(held.orderNo))).toEqual({ ...held, planDueAt: at('09:00') })
      expect(await storage().read((stores) => stores.orders.load(otherReason.orderNo))).toEqual(otherReason)
    })
  })

  describe('the list of orders', () => {
    const list = (query: OrderQuery) => storage().read((stores) => stores.orders.list(query))

    it('shows the newest purchase first, page by page, each order once', async () => {
      const times = ['01:00', '02:00', '02:00', '02:00', '03:00', '04:00', '05:00']
      await saveOrders(
        storage(),
        times.map((time, index) => sampleOrder(`${index}`, { purchasedAt: at(time) })),
      )

      const seen: string[] = []
      let after: string | null | undefined
      while (after !== null) {
        const page = await list({ limit: 2, ...(after && { after }) })
        seen.push(...platformIds(page.orders))
        after = page.next
      }

      expect([seen[0], seen[1], seen[2], seen[6]]).toEqual(['6', '5', '4', '0'])
      expect(new Set(seen.slice(3, 6))).toEqual(new Set(['1', '2', '3']))
      expect(seen).toHaveLength(7)
    })

    it('has no next page when the last one is just full', async () => {
      await saveOrders(storage(), [sampleOrder('1'), sampleOrder('2')])

      expect(await list({ limit: 2 })).toMatchObject({ next: null })
      expect(await list({ limit: 1 })).toMatchObject({ next: expect.any(String) })
    })

    it('goes by shop, state and time of purchase', async () => {
      await saveOrders(storage(), [
        sampleOrder('1', { purchasedAt: at('01:00') }),
        sampleOrder('2', { purchasedAt: at('02:00') }),
        sampleOrder('3', { purchasedAt: at('03:00'), state: 'shipped' }),
        sampleOrder('4', { purchasedAt: at('04:00'), shop: 'de-ebay' }),
      ])

      expect(platformIds((await list({ limit: 10, shop: 'us-amazon' })).orders)).toEqual(['3', '2', '1'])
      expect(platformIds((await list({ limit: 10, state: 'open' })).orders)).toEqual(['4', '2', '1'])
      expect(platformIds((await list({ limit: 10, purchasedFrom: at('02:00'), purchasedTo: at('04:00') })).orders)).toEqual(['3', '2'])
    })

    it('refuses a page mark that no list gave', async () => {
      await expect(list({ limit: 1, after: 'nonsense' })).rejects.toMatchObject({ kind: 'config', code: 'page-mark-invalid' })
    })
  })
}
