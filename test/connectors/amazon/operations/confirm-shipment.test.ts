import { describe, expect, test } from 'vitest'
import { amazonWorld, instantOf, ordinaryOrder } from '../amazon-world.ts'

describe('confirming a shipment', () => {
  const confirmation = (platformOrderId: string, platformLineId: string, changes: object = {}) => ({
    platformOrderId,
    packageOrdinal: 1,
    trackingNumber: 'T1',
    carrierWord: 'UPS',
    carrierName: 'UPS',
    shippedAt: instantOf('2026-11-24T08:00:00Z'),
    originCountry: 'US',
    lines: [{ platformLineId, quantity: 1 }],
    notifyBuyer: true,
    ...changes,
  })
  const oneLine = { lines: ordinaryOrder.lines.slice(1) }

  test('is unknown, not refused, when the order is shipped already: a read must tell by whom', async () => {
    const world = amazonWorld()
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T9', carrier: 'UPS' })

    const outcome = await world.connector.confirmShipment(confirmation(id, line), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'amazon-already-fulfilled' })
  })

  test('uses the shop’s only marketplace for an order without site, and refuses to guess among several', async () => {
    const world = amazonWorld()
    const several = amazonWorld({ account: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''

    const known = await world.connector.confirmShipment(confirmation(id, line), world.call)
    const unknown = await several.connector.confirmShipment(confirmation(id, line), several.call)

    expect(known).toEqual({ result: 'confirmed', remoteId: '1' })
    expect(unknown).toMatchObject({ result: 'rejected', code: 'amazon-site-missing' })
    expect(several.transport.sent).toEqual([])
  })

  test('throws transient with notSent when only the token could not be had', async () => {
    const world = amazonWorld()
    world.marketplace.faults.set([{ kind: 'H7-reset-after', operations: ['token'] }])

    const writing = world.connector.confirmShipment(confirmation('1', '1'), world.call)

    await expect(writing).rejects.toMatchObject({ kind: 'transient', notSent: true })
  })

  test('survives the end of a token: it is replaced and the write sent once more', async () => {
    const world = amazonWorld({ account: { tokenSeconds: 60 } })
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.transport.tamper({
      change: (response, request) =>
        request.url.includes('/auth/o2/token')
          ? { ...response, body: response.body.replace('"expires_in":60', '"expires_in":3600') }
          : response,
    })
    world.advance(61_000)
    await world.connector.fetchOrder(id, world.call)
    world.advance(61_000)

    const outcome = await world.connector.confirmShipment(confirmation(id, line), world.call)

    expect(outcome.result).toBe('confirmed')
    expect(world.marketplace.ledger('seller').orders[0]?.shipments).toHaveLength(1)
  })
})
