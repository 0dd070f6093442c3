import { describe, expect, test } from 'vitest'
import { findShipment } from '../../../../core/effects/verify.ts'
import type { OrderDocument } from '../../../../sandbox/wish/document.ts'
import { account } from '../../../sandbox/wish/world.ts'
import { confirmationOf } from '../sample-order.ts'
import { shopWorld } from '../shop-world.ts'

const writes = (world: ReturnType<typeof shopWorld>) => world.transport.sent.filter((request) => request.method === 'PUT').length

describe('an asynchronous write', () => {
  test('is accepted, shows as pending while Wish works on it, and stands afterwards [wish-write-02]', async () => {
    const world = shopWorld({ switches: { 'show-tracking-in-progress': true } })
    const id = world.place()

    const outcome = await world.confirm(id)
    const during = await world.connector.readShipments(id, world.call)
    world.advance(300)
    const after = await world.connector.readShipments(id, world.call)

    expect(outcome).toEqual({ result: 'accepted', remoteId: '1Z999AA10123456784' })
    expect(during).toMatchObject([{ trackingNumber: '1Z999AA10123456784', progress: 'pending' }])
    expect(after).toEqual([
      {
        shipmentId: '1Z999AA10123456784',
        trackingNumber: '1Z999AA10123456784',
        carrier: 'UPS',
        shippedAt: '2026-11-24T08:00:00.300Z',
        lines: [],
      },
    ])
  })

  test('shows as pending without a number when Wish does not list it yet [wish-write-03]', async () => {
    const world = shopWorld()
    const id = world.place()
    await world.confirm(id)

    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ progress: 'pending' }])
  })

  test('that failed shows as failed, without number or reason, and is sent again when core asks again [wish-write-03]', async () => {
    const world = shopWorld()
    const id = world.place()
    world.marketplace.failNextWrites(account, 1)
    await world.confirm(id)
    world.advance(300)

    const reported = await world.connector.readShipments(id, world.call)
    const again = await world.confirm(id)
    world.advance(300)

    expect(reported).toMatchObject([{ progress: 'failed' }])
    expect(findShipment(confirmationOf(id), reported, true)).toMatchObject({ found: 'failed' })
    expect(again.result).toBe('accepted')
    expect(await world.confirm(id)).toMatchObject({ result: 'confirmed' })
    expect(writes(world)).toBe(2)
  })

  test('is not repeated while it is in progress, nor when it stands [wish-write-04] [wish-write-05]', async () => {
    const world = shopWorld()
    const id = world.place()
    await world.confirm(id)

    const during = await world.confirm(id)
    world.advance(300)
    const after = await world.confirm(id)

    expect(during).toMatchObject({ result: 'unknown', code: 'wish-tracking-in-progress' })
    expect(after).toEqual({ result: 'confirmed', remoteId: '1Z999AA10123456784' })
    expect(writes(world)).toBe(1)
  })

  test('never overwrites the number of another package [wish-write-06]', async () => {
    const world = shopWorld({ asynchronousMs: 0 })
    const id = world.place()
    await world.confirm(id)

    const second = await world.confirm(id, { packageOrdinal: 2, trackingNumber: '1Z999AA10123456795' })

    expect(second).toMatchObject({ result: 'rejected', code: 'wish-one-tracking' })
    expect(writes(world)).toBe(1)
  })

  test('waits, unsent, while a refund is in progress [wish-write-05]', async () => {
    const world = shopWorld()
    const id = world.place()
    await world.ask('PUT', `/api/v3/orders/${id}/refund`, { body: { refund_reason: 'UNABLE_TO_SHIP' } })

    await expect(world.confirm(id)).rejects.toMatchObject({ kind: 'transient', code: 'wish-order-busy', notSent: true })
    expect(writes(world)).toBe(0)
  })

  test.each([
    ['FedX', /did you mean "FedEx"\?: correct it in carriers\.yaml/],
    ['Pigeon', /Wish has no carrier "Pigeon"/],
  ])(
    'with the carrier %s, which Wish does not list, is a refusal that says so [wish-write-08] [wish-write-10]',
    async (carrierWord, words) => {
      const world = shopWorld()

      expect(await world.confirm(world.place(), { carrierWord })).toMatchObject({
        result: 'rejected',
        code: 'wish-carrier-unknown',
        message: expect.stringMatching(words),
      })
    },
  )

  test('is a refusal all the same when the carriers cannot be compared', async () => {
    const world = shopWorld()
    world.marketplace.faults.set([{ kind: 'H5-5xx-before', operations: ['GetShippingCarriers'] }])

    expect(await world.confirm(world.place(), { carrierWord: 'Pigeon' })).toMatchObject({ result: 'rejected', code: 'wish-bad-parameter' })
    expect(world.call.lines).toMatchObject([{ level: 'warn' }])
  })

  test('is refused for an unknown order and a bad number [wish-write-07]', async () => {
    const world = shopWorld()
    const id = world.place()

    expect(await world.confirm('9'.repeat(24))).toMatchObject({ result: 'rejected', code: 'wish-order-unknown' })
    expect(await world.confirm(id, { trackingNumber: 'A_B' })).toMatchObject({ result: 'rejected', code: 'wish-tracking-number-invalid' })
  })

  test('names the other parcels of the order in its note [wish-write-06]', async () => {
    const world = shopWorld({ asynchronousMs: 0 })
    const id = world.place()

    await world.confirm(id, { otherTrackingNumbers: ['1Z999AA10123456795'] })
    world.advance(1)

    const { data } = await world.ask<OrderDocument>('GET', `/api/v3/orders/${id}`)
    expect(data.tracking_information).toMatchObject([
      { tracking_number: '1Z999AA10123456784', ship_note: 'Further parcels: 1Z999AA10123456795' },
    ])
  })

  test('whose answer is lost is unknown, and the order shows what became of it [wish-write-09]', async () => {
    const world = shopWorld({ asynchronousMs: 0 })
    const id = world.place()
    world.marketplace.faults.set([{ kind: 'H5-5xx-after', operations: ['ShipOrder'] }])

    const outcome = await world.confirm(id)
    world.marketplace.faults.clear()
    world.advance(1)

    expect(outcome).toMatchObject({ result: 'unknown' })
    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ trackingNumber: '1Z999AA10123456784' }])
    expect(await world.confirm(id)).toMatchObject({ result: 'confirmed' })
    expect(writes(world)).toBe(1)
  })

  test('whose order cannot be read first was not sent', async () => {
    const world = shopWorld()
    const id = world.place()
    world.marketplace.faults.set([{ kind: 'H5-5xx-before', operations: ['GetOrder'] }])

    await expect(world.confirm(id)).rejects.toMatchObject({ kind: 'transient', notSent: true })
  })
})

describe('an order that Wish releases again after shipping', () => {
  test('comes out open and held, its old number failed, and takes a new number [wish-state-07] [wish-trap-07]', async () => {
    const world = shopWorld({ asynchronousMs: 0 })
    const id = world.place()
    await world.confirm(id)
    world.advance(60_000)
    const first = await world.connector.fetchOrderChanges(undefined, world.call)
    world.change(id, { type: 'uncancel' })

    const second = await world.connector.fetchOrderChanges(first.nextCursor, world.call)
    const outcome = await world.confirm(id, { trackingNumber: '1Z999AA10123456795' })
    world.advance(1_000)

    expect(first.orders).toMatchObject([{ status: 'shipped' }])
    expect(second.orders).toMatchObject([
      { status: 'open', holds: [{ reason: 'platform-hold' }], shipments: [{ progress: 'failed' }], lines: [{ shippedQuantity: 0 }] },
    ])
    expect(outcome.result).toBe('accepted')
    expect(await world.connector.readShipments(id, world.call)).toMatchObject([
      { trackingNumber: '1Z999AA10123456795' },
      { trackingNumber: '1Z999AA10123456784' },
    ])
  })
})
