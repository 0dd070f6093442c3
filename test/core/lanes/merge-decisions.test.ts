import { describe, expect, it } from 'vitest'
import { explainOrder } from '../../../core/explain/index.ts'
import type { OrderEdits } from '../../../core/model/order.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { testWarehouse } from '../../fakes/test-operations.ts'
import type { TestWorld } from '../../fakes/test-world.ts'
import { openHoldsOf } from '../journey.ts'
import { bought, merged, mergeStepOf, mergingWorld, mugs, planDueOf, referencesOf, sameBuyer, waitUntil } from './merging.ts'

const choose = async (world: TestWorld, id: string, edits: OrderEdits) => {
  const { order } = await world.dossier(id)
  const planDueAt = world.clock.now()
  await world.write((stores) => stores.orders.save({ ...order, edits, planDueAt, version: order.version + 1 }))
}
const warehouses = [testWarehouse, { ...testWarehouse, code: 'CA', wmsCode: 'USWE' }]

describe('who travels together', () => {
  it('is decided by the caps, the oldest payment first; who does not fit starts a group of its own', async () => {
    const world = await mergingWorld('merge: [{ name: Pairs, then: [{ auto: { window: 60m, maxOrders: 2 } }] }]')
    await world.receive(bought('3', '08:20'), bought('2', '08:10'), bought('1', '08:00'))
    waitUntil(world, '09:00')

    await world.run('plan')

    const [first, second, third] = await referencesOf(world, '1', '2', '3')
    expect(second).toBe(first)
    expect(third).toBeUndefined()
    expect(await planDueOf(world, '3')).toBe(at('09:20'))
  })

  it('leaves out the youngest when the stock does not reach for all', async () => {
    const world = await mergingWorld(sameBuyer, { stock: { 'GC-MUG': 5, 'GC-BOX': 0, 'GC-CASE6': 0 } })

    await merged(world)

    const [first, second, third] = await referencesOf(world, '1', '2', '3')
    expect(second).toBe(first)
    expect(third).toBeUndefined()
    expect(await openHoldsOf(world, '3')).toEqual(['out-of-stock'])
  })

  it('is nobody where a reason to wait is open, and the order that waited goes alone later', async () => {
    const rules = `${sameBuyer}\nreview: [{ name: Look, when: { field: totalQuantity, op: gte, value: 3 }, then: [{ hold: {} }] }]`
    const world = await mergingWorld(rules)
    await world.receive(bought('1', '08:00'), bought('2', '08:10', { lines: mugs(3) }))
    waitUntil(world, '09:00')

    await world.run('plan')

    const [first, second] = await referencesOf(world, '1', '2')
    expect(first).toBeDefined()
    expect(second).toBeUndefined()
    expect(await openHoldsOf(world, '2')).toEqual(['review-rule Look'])
  })

  it('is nobody who has more in one package than a warehouse unit allows', async () => {
    const world = await mergingWorld()
    const half = mugs(3).map((line) => ({ ...line, channelSku: 'CH-CASE' as typeof line.channelSku }))
    await world.receive(bought('1', '08:00', { lines: half }), bought('2', '08:10', { lines: half }))
    waitUntil(world, '09:10')

    await world.run('plan')

    expect(await openHoldsOf(world, '1')).toEqual(['unit-factor-mismatch MUG-CASE'])
    expect(await openHoldsOf(world, '2')).toEqual(['unit-factor-mismatch MUG-CASE'])
  })

  it('is whoever has the same warehouse chosen by hand, and nobody else', async () => {
    const world = await mergingWorld(sameBuyer, { operations: { warehouses } })
    await world.receive(bought('1', '08:00'), bought('2', '08:10'), bought('3', '08:20'))
    await choose(world, '1', { warehouse: 'NJ' })
    await choose(world, '3', { warehouse: 'NJ' })
    waitUntil(world, '09:10')

    await world.run('plan')

    const [first, second, third] = await referencesOf(world, '1', '2', '3')
    expect(third).toBe(first)
    expect(second).not.toBe(first)
    expect(second).toBeDefined()
  })

  it('does not split: where no warehouse has everything for all, each goes as it would alone', async () => {
    const rules = `${sameBuyer}\nsplit: [{ name: Two, then: [{ byWarehouse: { maxParts: 2 } }] }]`
    const world = await mergingWorld(rules, { stock: { 'GC-MUG': 3, 'GC-BOX': 9, 'GC-CASE6': 0 } })
    await world.receive(bought('1', '08:00'), bought('2', '08:10'))
    waitUntil(world, '09:00')

    await world.run('plan')

    expect((await referencesOf(world, '1', '2'))[0]).toBeDefined()
    expect(await openHoldsOf(world, '2')).toEqual(['out-of-stock'])
    const { orderNo } = (await world.dossier('2')).order
    expect((await mergeStepOf(world, '1'))?.details).toEqual([
      `with ${orderNo}: NJ has 3 of GC-MUG free, 4 are needed (GC-MUG): goes on by itself when there is stock`,
    ])
  })
})

describe('the time of a parcel', () => {
  it('is not waited for by an order that would leave late', async () => {
    const world = await mergingWorld()

    await world.receive(bought('1', '08:00', { shipBy: at('11:00') }))

    expect((await referencesOf(world, '1'))[0]).toBeDefined()
  })

  it('is that of the first order where a rule delays the push', async () => {
    const world = await mergingWorld(`${sameBuyer}\npush: [{ name: Slowly, then: [{ delay: 2h }] }]`)
    await world.receive(bought('1', '08:00'), bought('2', '08:30'))
    waitUntil(world, '09:30')
    await world.run('plan')
    const waiting = await openHoldsOf(world, '2')
    waitUntil(world, '10:00')

    await world.run('plan')

    const [first, second] = await referencesOf(world, '1', '2')
    expect(waiting).toEqual(['cool-off Slowly'])
    expect(first).toBeDefined()
    expect(second).toBe(first)
    expect(await openHoldsOf(world, '2')).toEqual([])
  })

  it('is told by "why", with the orders that are there already', async () => {
    const world = await mergingWorld()
    await world.receive(bought('1', '08:00'), bought('2', '08:10'))
    const dossier = await world.dossier('1')
    const trace = await world.storage.read((stores) => stores.traces.latest(dossier.order.orderNo))

    const why = (lang: 'en' | 'zh') => explainOrder(dossier, { trace, events: [], now: world.clock.now(), lang })

    const other = (await world.dossier('2')).order.orderNo
    expect(why('en').decided.steps.find((step) => step.stage === 'merge')).toMatchObject({
      result: `waits until ${at('09:00')} for other orders of its buyer, by the rule "Same buyer"`,
      details: ['rule "Same buyer": matches', `so far with ${other}`],
    })
    expect(why('en').next).toMatchObject({ kind: 'by-itself', at: at('09:00') })
    expect(why('zh').decided.steps.find((step) => step.stage === 'merge')).toMatchObject({
      result: `等到 ${at('09:00')}，收集同一买家的其他订单（规则“Same buyer”）`,
    })
  })
})
