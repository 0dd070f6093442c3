import { describe, expect, it } from 'vitest'
import { orderDocument } from '../../../core/model/document.ts'
import { at, homeAddress, snapshotLine } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'
import type { TestWorld } from '../../fakes/test-world.ts'
import { openHoldsOf, stateOf } from '../journey.ts'
import { bought, merged, mergeStepOf, mergingWorld, mugs, planDueOf, referencesOf, waitUntil } from './merging.ts'

const numberOf = async (world: TestWorld, id: string) => (await world.dossier(id)).order.orderNo

describe('orders of one buyer', () => {
  it('wait for each other until the window of the first one has passed, and say so', async () => {
    const world = await mergingWorld()

    await world.receive(bought('1', '08:00'), bought('2', '08:20'))

    expect(await planDueOf(world, '1')).toBe(at('09:00'))
    expect(await planDueOf(world, '2')).toBe(at('09:00'))
    expect((await mergeStepOf(world, '2'))?.result).toBe(
      `waits until ${at('09:00')} for other orders of its buyer, by the rule "Same buyer"`,
    )
    expect(await openHoldsOf(world)).toEqual([])
    await world.run('push')
    expect(world.warehouse.created).toEqual([])
  })

  it('are one order at the warehouse, and each is reported on its own with the same number', async () => {
    const world = await mergingWorld()
    const box = snapshotLine({ platformLineId: 'L2', channelSku: 'CH-BOX', quantity: 1 })
    await world.receive(bought('1', '08:00'), bought('2', '08:10'), bought('3', '08:20', { lines: [...mugs(2), box] }))
    waitUntil(world, '09:00')

    await world.run('plan')
    await world.run('push')
    const [request] = world.warehouse.created
    world.warehouse.ship(request?.reference ?? '', parcel('9400', at('09:30'), { 'GC-MUG': 6, 'GC-BOX': 1 }))
    await world.run('track')
    await world.run('confirm')

    expect(world.warehouse.created).toHaveLength(1)
    expect(request?.lines.map((line) => `${line.quantity} ${line.wmsSku}`)).toEqual(['6 GC-MUG', '1 GC-BOX'])
    for (const id of ['1', '2', '3']) {
      const dossier = await world.dossier(id)
      const document = orderDocument(dossier, false)
      expect(document.fulfillmentOrders).toMatchObject([
        { foNo: request?.reference, reference: request?.reference, wmsOrderNo: `W-${request?.reference}`, status: 'shipped' },
      ])
      expect(document.fulfillmentOrders[0]?.packages).toMatchObject([{ trackingNumber: '9400' }])
      expect(document.writebacks).toMatchObject([{ trackingNumber: '9400', state: 'confirmed' }])
      expect(world.connector.shipments.get(id)).toMatchObject([
        { trackingNumber: '9400', lines: dossier.fulfillmentOrders[0]?.packages[0]?.orderLines },
      ])
    }
    expect(await stateOf(world, '3')).toBe('completed')
  })

  it('name each other in their traces', async () => {
    const world = await mergingWorld()

    await merged(world)

    const [first, second, third] = await Promise.all(['1', '2', '3'].map((id) => numberOf(world, id)))
    expect((await mergeStepOf(world, '2'))?.result).toBe(`in one parcel with ${first}, ${third}`)
    expect((await mergeStepOf(world, '1'))?.result).toBe(`in one parcel with ${second}, ${third}`)
  })

  it('travel alone when they come after the others were planned', async () => {
    const world = await mergingWorld()
    await merged(world)
    await world.run('push')

    await world.receive(bought('4', '08:30'))
    waitUntil(world, '09:30')
    await world.run('plan')
    await world.run('push')

    const [first, late] = await referencesOf(world, '1', '4')
    expect(world.warehouse.created.map((request) => request.reference)).toEqual([first, late])
    expect(late).not.toBe(first)
    expect((await mergeStepOf(world, '4'))?.result).toBe('travels alone: no other order of its buyer is there')
  })

  it.each([
    ['of another buyer', { personal: { shipTo: homeAddress, buyer: { id: 'grace' }, notes: {} } }],
    ['for another door', { personal: { shipTo: { ...homeAddress, line2: 'Apt 4' }, buyer: { id: 'ada' }, notes: {} } }],
    ['whose buyer is not known', { personal: { shipTo: homeAddress, buyer: {}, notes: {} } }],
    ['too heavy together', { lines: mugs(5) }],
    ['too heavy by itself', { lines: mugs(7) }],
    ['that its platform records by itself', { noWriteBackReason: 'Buy Shipping' }],
    ['paid after the window', { paidAt: at('09:01') }],
  ])('do not travel with one %s', async (_what, changes) => {
    const world = await mergingWorld()
    await world.receive(bought('1', '08:00'), bought('2', '08:10', changes))

    waitUntil(world, '11:00')
    await world.run('plan')

    const [one, other] = await referencesOf(world, '1', '2')
    expect(one).toBeDefined()
    expect(other).toBeDefined()
    expect(other).not.toBe(one)
  })

  it('are the same buyer and address whoever typed them', async () => {
    const world = await mergingWorld()
    const shipTo = { ...homeAddress, line1: '1, CANARY  STREET', phone: '+1 609 555 0199' }
    await world.receive(bought('1', '08:00'), bought('2', '08:10', { personal: { shipTo, buyer: { id: 'ada' }, notes: {} } }))
    waitUntil(world, '09:00')

    await world.run('plan')
    await world.run('push')
    await world.receive(bought('1', '08:00', { updatedAt: at('09:01'), promisedService: 'Standard' }))

    const [one, other] = await referencesOf(world, '1', '2')
    expect(other).toBe(one)
    expect(world.warehouse.created).toHaveLength(1)
  })
})
