import { expect, test } from 'vitest'
import { addMs } from '../../../core/value/instant.ts'
import {
  account,
  create,
  intercept,
  openWorld,
  outbounds,
  type Reading,
  range,
  readWindow,
  referencesFrom,
  referencesOf,
  spoil,
  type WmsAdapterHarness,
} from './world.ts'

export function describeChanges(harness: WmsAdapterHarness): void {
  test('shows an order in every state that it goes through, until its package has left', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness)
    let reading: Reading | undefined
    const states = []
    for (const to of ['processing', 'partially-shipped', 'shipped'] as const) {
      world.call.advance(3_600_000)
      world.warehouse.advance(account, { to })
      world.call.advance(3_600_000)
      reading = await readWindow(world, from, reading?.cursor)
      states.push(reading.outbounds.at(-1)?.status)
    }

    expect(states).toEqual(['processing', 'partially-shipped', 'shipped'])
    const truth = outbounds(world)[0]?.packages ?? []
    expect(reading?.outbounds.at(-1)?.packages).toMatchObject(truth.map(({ trackingNumber, lines }) => ({ trackingNumber, lines })))
    expect(truth.length).toBeGreaterThan(0)
  })

  test('tells when a package left, to the second', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness)
    world.call.advance(3_600_000)
    world.warehouse.advance(account, { to: 'shipped' })
    const shippedAt = world.call.now()
    world.call.advance(60_000)

    const {
      outbounds: [order],
    } = await readWindow(world, from)

    expect(order?.packages).toMatchObject([{ shippedAt }])
  })

  test('shows an exception and a cancelled order', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness, 1)
    const wmsOrderNo = await create(world, harness, 2)
    world.warehouse.advance(account, { references: referencesFrom(1, 1), to: 'wms-exception' })
    await world.adapter.cancelOutbound({ reference: 'QCONTRACT0002-1', wmsOrderNo }, 'late', world.call)
    world.call.advance(60_000)

    const { outbounds: seen } = await readWindow(world, from)

    expect(seen.map(({ reference, status }) => [reference, status]).toSorted()).toEqual([
      ['QCONTRACT0001-1', 'wms-exception'],
      ['QCONTRACT0002-1', 'cancelled'],
    ])
  })

  test('reads every page, one call at a time, and resumes in the middle after a restart', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    const total = 2 * harness.orderPage + 50
    for (const number of range(1, total)) await create(world, harness, number)
    world.warehouse.advance(account, { to: 'processing' })
    world.call.advance(60_000)
    const first = await world.adapter.listChangedOutbounds(undefined, from, world.call)
    world.call.advance(60_000)

    const rest = await readWindow(world, from, first.nextCursor, world.restart())

    expect(first).toMatchObject({ hasMore: true })
    expect(first.outbounds.length).toBeLessThanOrEqual(harness.orderPage)
    expect(referencesOf([...first.outbounds, ...rest.outbounds])).toEqual(referencesFrom(1, total))
  })

  test('passes over nothing when orders leave the window while it is read', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    const total = 2 * harness.orderPage + 50
    for (const number of range(1, total)) {
      await create(world, harness, number)
      world.call.advance(1_000)
    }
    world.warehouse.advance(account, { to: 'processing' })
    // Hours apart, so that no overlap of the windows brings back what was passed over.
    world.call.advance(7_200_000)
    const first = await world.adapter.listChangedOutbounds(undefined, from, world.call)
    world.call.advance(7_200_000)
    world.warehouse.advance(account, { references: referencesFrom(1, 30), to: 'shipped' })

    const rest = await readWindow(world, from, first.nextCursor)
    world.call.advance(60_000)
    const next = await readWindow(world, from, rest.cursor)

    expect(referencesOf([...first.outbounds, ...rest.outbounds, ...next.outbounds])).toEqual(referencesFrom(1, total))
    const shipped = next.outbounds.filter(({ status }) => status === 'shipped')
    expect(referencesOf(shipped)).toEqual(referencesFrom(1, 30))
  })

  test('does not pass what a failed page would have shown', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness)
    world.warehouse.advance(account, { to: 'processing' })
    world.call.advance(60_000)
    intercept(world, harness.isOrderList, () => ({ status: 200, headers: {}, body: '<html>' }))
    await expect(world.adapter.listChangedOutbounds(undefined, from, world.call)).rejects.toMatchObject({ kind: 'transient' })
    world.transport.tamper(undefined)

    expect(referencesOf((await readWindow(world, from)).outbounds)).toEqual(referencesFrom(1, 1))
  })

  test('shows what changed after a finished window in the next one', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness)
    world.call.advance(7_200_000)
    const before = await readWindow(world, from)
    world.warehouse.advance(account, { to: 'shipped' })
    world.call.advance(7_200_000)

    const after = await readWindow(world, from, before.cursor)
    world.call.advance(7_200_000)
    const later = await readWindow(world, from, after.cursor)

    expect(after.outbounds.at(-1)).toMatchObject({ status: 'shipped' })
    // The newest may be told once more: what comes next is told from there on.
    expect(after.outbounds).toEqual(expect.arrayContaining([...later.outbounds]))
  })

  test.each([
    ['behind', -3_600_000],
    ['ahead of', 1_200_000],
  ])('shows what changed when the clock of the warehouse is %s ours', async (_where, offMs) => {
    const world = openWorld({
      ...harness,
      createWarehouse: (options) => harness.createWarehouse({ ...options, now: () => addMs(options.now(), offMs) }),
    })
    const from = addMs(world.call.now(), -86_400_000)
    await create(world, harness)
    const before = await readWindow(world, from)
    world.call.advance(300_000)
    world.warehouse.advance(account, { to: 'shipped' })
    let cursor = before.cursor
    const states = []
    for (let pass = 0; pass < 6; pass += 1) {
      world.call.advance(300_000)
      const reading = await readWindow(world, from, cursor)
      cursor = reading.cursor
      states.push(...reading.outbounds.map(({ status }) => status))
    }

    expect(states).toContain('shipped')
  })

  test('keeps a status that nobody knows as the word it is', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness)
    world.warehouse.advance(account, { to: 'processing' })
    world.call.advance(60_000)
    spoil(world, harness.isOrderList, (response) => ({ ...response, body: harness.withUnknownStatus(response.body) }))

    const { outbounds: seen } = await readWindow(world, from)

    expect(seen).toEqual([expect.objectContaining({ status: undefined, wmsStatus: expect.stringMatching(/./) })])
  })

  test('sets a record that cannot be read aside and keeps the others', async () => {
    const world = openWorld(harness)
    const from = world.call.now()
    await create(world, harness, 1)
    await create(world, harness, 2)
    world.warehouse.advance(account, { to: 'processing' })
    world.call.advance(60_000)
    spoil(world, harness.isOrderList, (response) => ({ ...response, body: harness.withUnreadableOrder(response.body) }))

    const page = await world.adapter.listChangedOutbounds(undefined, from, world.call)

    expect(page.rejected).toEqual([expect.objectContaining({ reason: expect.stringMatching(/./), payload: expect.anything() })])
    expect(page.outbounds).toHaveLength(1)
  })
}
