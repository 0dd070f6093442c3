import { expect, test } from 'vitest'
import { account, openWorld, outboundRequest, outbounds, type WmsAdapterHarness, type World } from './world.ts'

export function describeAccess(harness: WmsAdapterHarness): void {
  test('names the account and shows no secret', async () => {
    const world = openWorld(harness)

    const check = await world.adapter.checkAccess(world.call)

    expect(check.account).not.toBe('')
    for (const secret of world.secrets) expect(JSON.stringify(check)).not.toContain(secret)
  })

  test.each<[string, (world: World) => Promise<unknown>]>([
    ['the check', ({ adapter, call }) => adapter.checkAccess(call)],
    ['a create', ({ adapter, call }) => adapter.createOutbound(outboundRequest(harness), call)],
    ['a look-up', ({ adapter, call }) => adapter.findOutbound({ reference: 'QCONTRACT0001-1' }, call)],
    ['the changes', ({ adapter, call }) => adapter.listChangedOutbounds(undefined, call.now(), call)],
    ['the stock', ({ adapter, call }) => adapter.listInventory([harness.warehouseCode], undefined, call)],
  ])('throws auth without a secret in it when access was withdrawn before %s', async (_what, act) => {
    const world = openWorld(harness)
    world.warehouse.revoke(account)

    const error = await act(world).catch((reason: unknown) => reason)

    expect(error).toMatchObject({ kind: 'auth' })
    for (const secret of world.secrets) expect(JSON.stringify([String(error), error])).not.toContain(secret)
    expect(outbounds(world)).toEqual([])
  })

  test('works again when access is restored', async () => {
    const world = openWorld(harness)
    world.warehouse.revoke(account)
    world.warehouse.restore(account)

    expect((await world.adapter.checkAccess(world.call)).account).not.toBe('')
  })

  test('sends nothing once the signal has aborted', async () => {
    const world = openWorld(harness)
    world.call.abort()

    await expect(world.adapter.findOutbound({ reference: 'QCONTRACT0001-1' }, world.call)).rejects.toThrow()
    expect(world.transport.sent).toEqual([])
  })
}
