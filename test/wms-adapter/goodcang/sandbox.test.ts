import { describe, expect, test } from 'vitest'
import type { FaultKind } from '../../../sandbox/faults.ts'
import {
  account,
  create,
  openWorld,
  outboundRequest,
  outbounds,
  range,
  readWindow,
  referencesFrom,
  referencesOf,
} from '../../contract/wms-adapter/world.ts'
import { goodcangHarness } from './harness.ts'

const hour = 3_600_000
const reference = 'QCONTRACT0001-1'

function open(...switches: readonly string[]) {
  const harness = goodcangHarness(Object.fromEntries(switches.map((name) => [name, true])))
  return { ...openWorld(harness), harness }
}

describe('Goodcang as its documentation leaves room for', () => {
  test('refused access is auth when HTTP says 401 too', async () => {
    const world = open('access-refused-with-401')
    world.warehouse.revoke(account)

    await expect(world.adapter.createOutbound(outboundRequest(world.harness), world.call)).rejects.toMatchObject({ kind: 'auth' })
  })

  test('several packages show with what is in each', async () => {
    const world = open('several-packages')
    const from = world.call.now()
    await create(world, world.harness)
    world.warehouse.advance(account, { to: 'shipped' })
    world.call.advance(hour)

    const { outbounds: seen } = await readWindow(world, from)

    expect(seen[0]?.packages).toHaveLength(2)
    expect(seen[0]?.packages).toMatchObject(outbounds(world)[0]?.packages ?? [])
  })

  test('the packages of a partial shipment keep their times when the rest follows', async () => {
    const world = open()
    const from = world.call.now()
    await create(world, world.harness)
    world.warehouse.advance(account, { to: 'partially-shipped' })
    world.call.advance(hour)
    world.warehouse.advance(account, { to: 'shipped' })
    world.call.advance(hour)

    const { outbounds: seen } = await readWindow(world, from)

    expect(seen[0]?.packages).toMatchObject(outbounds(world)[0]?.packages ?? [])
    expect(new Set(seen[0]?.packages.map(({ shippedAt }) => shippedAt)).size).toBe(2)
  })

  test('a label printed early is not a package', async () => {
    const world = open('label-before-shipping')
    await create(world, world.harness)
    world.warehouse.advance(account, { to: 'processing' })

    expect(await world.adapter.findOutbound({ reference }, world.call)).toMatchObject({ status: 'processing', packages: [] })
  })

  test('short stock shows as an exception with its reason', async () => {
    const world = open('short-stock-becomes-exception')
    world.warehouse.setStock(account, world.harness.warehouseCode, 'FISH65', 0)
    await create(world, world.harness)

    expect(await world.adapter.findOutbound({ reference }, world.call)).toMatchObject({
      status: 'wms-exception',
      problem: expect.stringContaining('FISH65'),
    })
  })

  test('a draft shows as accepted and parked', async () => {
    const world = open()
    const from = world.call.now()
    const request = outboundRequest(world.harness)
    await create(world, world.harness)
    const sent = world.transport.sent[0]
    if (!sent) throw new Error('nothing was sent')
    const draft = { ...JSON.parse(sent.body ?? '{}'), reference_no: 'QCONTRACT0002-1', verify: 0 }
    await world.transport.send({ ...sent, body: JSON.stringify(draft) })
    world.call.advance(hour)

    const { outbounds: seen } = await readWindow(world, from)

    expect(seen.map((order) => [order.reference, order.status, order.parked])).toEqual([
      [request.reference, 'processing', false],
      ['QCONTRACT0002-1', 'accepted', true],
    ])
  })

  test('a cancel that takes time is accepted, and cancelled once the building has worked', async () => {
    const world = open('cancel-takes-time')
    const wmsOrderNo = await create(world, world.harness)

    expect(await world.adapter.cancelOutbound({ reference, wmsOrderNo }, 'late', world.call)).toMatchObject({ result: 'accepted' })
    world.warehouse.advance(account)
    expect(await world.adapter.findOutbound({ reference }, world.call)).toMatchObject({ status: 'cancelled' })
  })

  test('the warehouse that really ships is told', async () => {
    const harness = goodcangHarness({ 'other-warehouse-used': true })
    const world = openWorld({ ...harness, createWarehouse: (options) => withSecondWarehouse(harness.createWarehouse(options)) })
    await create(world, harness)
    world.warehouse.advance(account, { to: 'shipped' })

    expect(await world.adapter.findOutbound({ reference }, world.call)).toMatchObject({ warehouseCode: 'USWE' })
  })
})

describe('Goodcang under faults', () => {
  test.each<[FaultKind]>([
    ['H5-5xx-after'],
    ['H6-timeout-after'],
    ['H7-reset-after'],
    ['H8-truncated-json'],
    ['H9-html-200'],
    ['H16-never-answered'],
    ['H17-200-error-body'],
  ])('a create that met %s is unknown although it was executed', async (kind) => {
    const world = open()
    world.warehouse.faults.set([{ kind, operations: ['order/create_order'] }])

    expect(await world.adapter.createOutbound(outboundRequest(world.harness), world.call)).toMatchObject({ result: 'unknown' })
    expect(outbounds(world)).toHaveLength(1)
  })

  test.each<[FaultKind, number]>([
    ['H1-429-seconds', 2_000],
    ['H2-429-date', 2_000],
    ['H3-429-bare', 3_000],
    ['H4-429-absurd', 600_000],
  ])('%s asks for %i ms of quiet', async (kind, retryAfterMs) => {
    const world = open()
    world.warehouse.faults.set([{ kind }])

    await expect(world.adapter.createOutbound(outboundRequest(world.harness), world.call)).rejects.toMatchObject({
      kind: 'rate-limit',
      retryAfterMs,
    })
    expect(outbounds(world)).toEqual([])
  })

  test.each<[FaultKind]>([['G1-duplicate'], ['G2-reordered'], ['G5-page-shift'], ['G7-one-timestamp']])(
    'reading with %s loses no order',
    async (kind) => {
      const world = open()
      const from = world.call.now()
      for (const number of range(1, 230)) await create(world, world.harness, number)
      world.call.advance(2 * hour)
      world.warehouse.faults.set([{ kind, operations: ['order/get_order_list'], times: 3 }])

      const first = await readWindow(world, from)
      world.call.advance(2 * hour)
      const second = await readWindow(world, from, first.cursor)

      expect(referencesOf([...first.outbounds, ...second.outbounds])).toEqual(referencesFrom(1, 230))
    },
  )

  test.each([
    ['by reference', 'order/get_order_by_ref_code', false],
    ['by number', 'order/get_order_by_code', true],
  ])('a look-up %s that the warehouse is too busy to answer is no absence', async (_how, operation, byNumber) => {
    const world = open()
    const wmsOrderNo = await create(world, world.harness)
    world.warehouse.faults.set([{ kind: 'H17-200-error-body', operations: [operation] }])

    const looking = world.adapter.findOutbound({ reference, ...(byNumber && { wmsOrderNo }) }, world.call)

    await expect(looking).rejects.toMatchObject({ kind: 'transient', code: 'wms-read-refused' })
  })

  test('a look-up that does not see the write yet says so and is right later', async () => {
    const world = open()
    world.warehouse.faults.set([{ kind: 'H20-read-lags-write', times: 1 }])
    await create(world, world.harness)

    expect(await world.adapter.findOutbound({ reference }, world.call)).toBeUndefined()
    world.call.advance(60_000)
    expect(await world.adapter.findOutbound({ reference }, world.call)).toMatchObject({ reference })
  })
})

/** Opens every account with a second warehouse. */
function withSecondWarehouse(warehouse: ReturnType<ReturnType<typeof goodcangHarness>['createWarehouse']>) {
  return {
    ...warehouse,
    addAccount: (name: string, options: Parameters<typeof warehouse.addAccount>[1]) =>
      warehouse.addAccount(name, { ...options, warehouses: [...options.warehouses, 'USWE'] }),
  }
}
