import { expect, test } from 'vitest'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { account, create, intercept, noAnswer, openWorld, outbounds, sku, spoil, type WmsAdapterHarness } from './world.ts'

export function describeLookUp(harness: WmsAdapterHarness): void {
  test('shows what was sent', async () => {
    const world = openWorld(harness)
    const wmsOrderNo = await create(world, harness)

    expect(await world.adapter.findOutbound({ reference: 'QCONTRACT0001-1' }, world.call)).toMatchObject({
      reference: 'QCONTRACT0001-1',
      wmsOrderNo,
      warehouseCode: harness.warehouseCode,
      lines: [{ wmsSku: sku, quantity: 2 }],
      destination: { country: 'US', postcode: '08810' },
      packages: [],
    })
  })

  test('shows the order with the number that the warehouse gave it', async () => {
    const world = openWorld(harness)
    await create(world, harness, 1)
    const wmsOrderNo = await create(world, harness, 2)

    const found = await world.adapter.findOutbound({ reference: 'QCONTRACT0002-1', wmsOrderNo }, world.call)

    expect(found).toMatchObject({ reference: 'QCONTRACT0002-1', wmsOrderNo })
  })

  test('finds nothing under a reference that was never used', async () => {
    const world = openWorld(harness)
    await create(world, harness)

    expect(await world.adapter.findOutbound({ reference: 'QCONTRACT9999-1' }, world.call)).toBeUndefined()
  })

  test.each<[string, () => HttpResponse]>([
    [
      'no answer',
      () => {
        throw noAnswer()
      },
    ],
    ['HTTP 500', () => ({ status: 500, headers: {}, body: '' })],
    ['a web page', () => ({ status: 200, headers: {}, body: '<html>' })],
  ])('does not take %s for an absence', async (_what, answer) => {
    const world = openWorld(harness)
    intercept(world, () => true, answer)

    await expect(world.adapter.findOutbound({ reference: 'QCONTRACT0001-1' }, world.call)).rejects.toMatchObject({ kind: 'transient' })
  })
}

export function describeCancel(harness: WmsAdapterHarness): void {
  const reference = 'QCONTRACT0001-1'

  test('cancels an order that waits', async () => {
    const world = openWorld(harness)
    const wmsOrderNo = await create(world, harness)

    const outcome = await world.adapter.cancelOutbound({ reference, wmsOrderNo }, 'buyer cancelled', world.call)

    expect(['confirmed', 'accepted']).toContain(outcome.result)
    expect(outcome.result === 'accepted' || outbounds(world)[0]?.status === 'cancelled').toBe(true)
  })

  test('confirms a cancel that had been done before', async () => {
    const world = openWorld(harness)
    const wmsOrderNo = await create(world, harness)
    await world.adapter.cancelOutbound({ reference, wmsOrderNo }, 'buyer cancelled', world.call)

    const again = await world.adapter.cancelOutbound({ reference, wmsOrderNo }, 'buyer cancelled', world.call)

    expect(['confirmed', 'accepted']).toContain(again.result)
  })

  test('is rejected as not cancellable once the order has shipped', async () => {
    const world = openWorld(harness)
    const wmsOrderNo = await create(world, harness)
    world.warehouse.advance(account, { to: 'shipped' })

    const outcome = await world.adapter.cancelOutbound({ reference, wmsOrderNo }, 'buyer cancelled', world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code: 'not-cancellable' })
    expect(outbounds(world)[0]?.status).toBe('shipped')
  })

  test('is unknown when the answer is lost', async () => {
    const world = openWorld(harness)
    const wmsOrderNo = await create(world, harness)
    spoil(world, harness.isCancel, () => {
      throw noAnswer()
    })

    expect((await world.adapter.cancelOutbound({ reference, wmsOrderNo }, 'late', world.call)).result).toBe('unknown')
  })
}
