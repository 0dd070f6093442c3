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

  test('is unknown, not refused, when the order is shipped already: a read must tell by whom [amazon-trap-11]', async () => {
    const world = amazonWorld()
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T9', carrier: 'UPS' })

    const outcome = await world.connector.confirmShipment(confirmation(id, line), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'amazon-already-fulfilled' })
  })

  test('is one call per package, each under its own reference, until every unit is shipped [amazon-write-01]', async () => {
    const world = amazonWorld()
    const id = world.place()
    const [lamp, cable] = (await world.connector.fetchOrder(id, world.call))?.lines.map((line) => line.platformLineId) ?? []
    const statusNow = async () => (await world.connector.fetchOrder(id, world.call))?.status

    await world.connector.confirmShipment(confirmation(id, lamp ?? '', { lines: [{ platformLineId: lamp, quantity: 2 }] }), world.call)
    const between = await statusNow()
    await world.connector.confirmShipment(confirmation(id, cable ?? '', { packageOrdinal: 2, trackingNumber: 'T2' }), world.call)

    expect([between, await statusNow()]).toEqual(['partially-shipped', 'shipped'])
    const shipments = await world.connector.readShipments(id, world.call)
    expect(shipments.map(({ shipmentId, trackingNumber }) => [shipmentId, trackingNumber])).toEqual([
      ['1', 'T1'],
      ['2', 'T2'],
    ])
  })

  test('sent again edits its package, on a shipped order, too [amazon-write-02] [amazon-write-03]', async () => {
    const world = amazonWorld()
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.marketplace.faults.set([{ kind: 'H6-timeout-after', operations: ['confirmShipment'], times: 1 }])

    const lost = await world.connector.confirmShipment(confirmation(id, line), world.call)
    const again = await world.connector.confirmShipment(confirmation(id, line, { trackingNumber: 'T1-corrected' }), world.call)

    expect([lost.result, again]).toEqual(['unknown', { result: 'confirmed', remoteId: '1' }])
    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ shipmentId: '1', trackingNumber: 'T1-corrected' }])
  })

  test('is corrected under its own reference: the package has the new number and no other [amazon-write-02]', async () => {
    const world = amazonWorld()
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    await world.connector.confirmShipment(confirmation(id, line), world.call)
    const correction = { ...confirmation(id, line, { trackingNumber: 'T2' }), replacedTrackingNumber: 'T1' }

    const outcome = await world.connector.correctShipment?.(correction, world.call)

    expect(outcome).toEqual({ result: 'confirmed', remoteId: '1' })
    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ shipmentId: '1', trackingNumber: 'T2' }])
  })

  test.each([
    { name: 'pending', order: { payment: 'unpaid' as const }, account: {}, code: 'amazon-invalid-shipment', id: 'write-08' },
    {
      name: 'fulfilled by Amazon',
      order: { kind: 'platform-fulfilled' as const },
      account: {},
      code: 'amazon-invalid-shipment',
      id: 'write-08',
    },
    { name: 'of FBM Ship+', order: {}, account: { programs: ['FBM_SHIP_PLUS'] }, code: 'amazon-records-itself', id: 'state-12' },
    {
      name: 'of Transparency items',
      order: {},
      account: { itemPrograms: ['TRANSPARENCY'] },
      code: 'amazon-transparency-codes-missing',
      id: 'write-10',
    },
  ])('is refused for an order that is $name, and says why [amazon-$id]', async ({ order, account, code }) => {
    const world = amazonWorld({ account })
    const id = world.place({ ...oneLine, ...order })
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''

    const outcome = await world.connector.confirmShipment(confirmation(id, line), world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code, message: expect.stringContaining('400 InvalidInput') })
  })

  test('uses the shop’s only marketplace for an order without site, and refuses to guess among several', async () => {
    const world = amazonWorld()
    const several = amazonWorld({ account: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''

    const known = await world.connector.confirmShipment(confirmation(id, line), world.call)
    const unknown = await several.connector.confirmShipment(confirmation(id, line), several.call)

    expect(known).toEqual({ result: 'confirmed', remoteId: '1' })
    expect(unknown).toMatchObject({
      result: 'rejected',
      code: 'amazon-site-missing',
      message: expect.stringContaining('enter the parcel in Seller Central, then release the hold'),
    })
    expect(several.transport.sent).toEqual([])
  })

  test('goes to the marketplace that an order names by its site alone [amazon-field-03]', async () => {
    const several = amazonWorld({ account: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })
    const id = several.place({ ...oneLine, site: 'A2EUQ1WTGCTBG2' })
    several.marketplace.changeOrder('seller', id, { type: 'corrupt', how: 'no-marketplace-id' })
    const order = await several.connector.fetchOrder(id, several.call)
    const changes = { site: order?.site }

    const outcome = await several.connector.confirmShipment(confirmation(id, order?.lines[0]?.platformLineId ?? '', changes), several.call)

    expect(outcome.result).toBe('confirmed')
  })

  test("leaves another program's package as it is: our reference is our own [amazon-write-15]", async () => {
    const world = amazonWorld({ simulation: { switches: { foreignReferencesFromOne: true } } })
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T9', carrier: 'UPS' })

    const outcome = await world.connector.confirmShipment(confirmation(id, line, { packageReference: 7_001 }), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'amazon-already-fulfilled' })
    expect(await world.connector.readShipments(id, world.call)).toMatchObject([{ shipmentId: '1', trackingNumber: 'T9' }])
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
