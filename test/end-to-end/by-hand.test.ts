import { describe, expect } from 'vitest'
import type { OutboundRequest } from '../../core/ports/wms-adapter.ts'
import { addMs } from '../../core/value/instant.ts'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { eventually } from './processes.ts'

const dayMs = 86_400_000

describe('work by hand', { timeout: 90_000 }, () => {
  /** What was sent to the warehouse for an order, in the order of sending. */
  const sentFor = async (house: House, id: string): Promise<readonly OutboundRequest[]> => {
    const dossier = (await house.dossiers()).find(({ order }) => order.platformOrderId === id)
    const creates = dossier?.effects.filter((effect) => effect.kind === 'wms-create' && effect.state === 'confirmed') ?? []
    return creates.map((effect) => effect.payload as OutboundRequest)
  }

  it('sends an edited address to the warehouse, and no later reading of the platform overwrites it', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--lanes', 'poll', '--json')

    const edited = await house.run('orders', 'edit', id, '--line2', 'Apt 9', '--reason', 'the buyer wrote')
    house.change('shopify', id, { type: 'touch' })
    await house.json('sync', '--json')

    expect(edited).toMatchObject({ code: 0, stdout: 'done\n' })
    expect((await sentFor(house, id)).map((request) => request.shipTo.line2)).toEqual(['Apt 9'])
    expect((await house.document(id)).shipTo.line2).toBe('Apt 9')
  })

  it('assigns a warehouse, and refuses one that is not configured with 2', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--lanes', 'poll', '--json')

    const refused = await house.run('orders', 'assign', id, '--warehouse', 'MOON', '--reason', 'try')
    const assigned = await house.run('orders', 'assign', id, '--warehouse', 'CA', '--reason', 'closer to the buyer')
    await house.json('sync', '--json')

    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('warehouse MOON is not configured; there are NJ, CA')
    expect(assigned.code).toBe(0)
    expect((await house.document(id)).fulfillmentOrders).toMatchObject([{ warehouse: 'CA', status: 'processing' }])
  })

  it('pushes nothing for an order that is marked as shipped outside', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--lanes', 'poll', '--json')

    const marked = await house.run('orders', 'mark-shipped', id, '--reason', 'sent from the office')
    await house.json('sync', '--json')

    expect(marked.code).toBe(0)
    expect(await house.document(id)).toMatchObject({ state: 'completed', fulfillmentOrders: [] })
    expect(house.writes()).toEqual([])
  })

  it('ends what an old order waited for when it is marked as shipped, and records it once', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { placedAt: addMs(house.since, -3 * dayMs) })
    await house.json('sync', '--json')

    for (let time = 0; time < 2; time += 1) await house.run('orders', 'mark-shipped', id, '--reason', 'sent from the office')
    const { history } = await house.json<{ readonly history: readonly { readonly type: string }[] }>('why', id, '--json')

    expect(await house.document(id)).toMatchObject({ state: 'completed', holds: [] })
    expect(history.filter((event) => event.type === 'marked-shipped')).toHaveLength(1)
    expect((await house.run('holds', 'list')).stdout).toBe('nothing waits\n')
  })

  it('asks for a reason before it changes an order', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })

    const finished = await house.run('orders', 'mark-shipped', 'anything')

    expect(finished.code).toBe(2)
    expect(finished.stderr).toContain('--reason')
  })

  it('lists a hold with its orders and ships the order when the hold is released', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { placedAt: addMs(house.since, -3 * dayMs) })
    await house.json('sync', '--json')
    const { orderNo } = await house.document(id)

    const listed = await house.run('holds', 'list', '--reason', 'before-cutover')
    const tried = await house.run('holds', 'release', '--order', id, '--dry-run')
    const heldStill = await house.document(id)
    const released = await house.run('holds', 'release', id)
    await house.json('sync', '--json')

    expect(listed.stdout).toContain(orderNo)
    expect(tried.stdout).toContain('would be worked on')
    expect(heldStill).toMatchObject({ state: 'open', holds: [{ reason: 'before-cutover' }], fulfillmentOrders: [] })
    expect(released.code).toBe(0)
    expect(await house.document(id)).toMatchObject({ state: 'in-fulfillment', holds: [] })
  })

  it('pushes a refused fulfillment order again when its hold is released', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--lanes', 'poll,stock,plan', '--json')
    house.warehouse.setStock('gc', 'USEA', 'MUG-RED', 0)
    await house.run('sync', '--lanes', 'push')
    const refused = await house.document(id)
    house.warehouse.setStock('gc', 'USEA', 'MUG-RED', 10)

    await house.json('holds', 'release', '--order', id, '--json')
    await house.json('sync', '--json')

    expect(refused).toMatchObject({ state: 'open', holds: [{ reason: 'push-rejected' }] })
    expect(await house.document(id)).toMatchObject({ state: 'in-fulfillment', holds: [] })
    expect(house.outbounds()).toHaveLength(1)
  })

  it('asks a platform again when a write-back that it took on and failed is retried [wish-write-03]', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['wish-1'] })
    const id = house.place('wish')
    await house.json('sync', '--json')
    house.advance()
    house.marketplaces.wish.failNextWrites('wish-1', 1)
    await eventually('the failure is known', async () => {
      await house.run('sync')
      return (await house.document(id)).holds.length > 0
    })
    const given = await house.document(id)

    await house.json('holds', 'retry', '--order', id, '--json')
    await house.json('sync', '--json')

    expect(given).toMatchObject({ state: 'shipped', holds: [{ reason: 'writeback-rejected' }], writebacks: [{ state: 'rejected' }] })
    expect(await house.document(id)).toMatchObject({ state: 'completed', holds: [], writebacks: [{ state: 'confirmed' }] })
    expect(house.ledgerOrder('wish', id).shipments).toHaveLength(1)
  })

  it('asks the warehouse once more to stop a parcel when that is retried', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--json')
    house.advance()
    house.change('shopify', id, { type: 'cancel' })
    await eventually('the warehouse has refused to stop', async () => {
      await house.run('sync')
      return (await house.document(id)).holds.some((hold) => hold.reason === 'intercept-failed')
    })

    const retried = await house.json('holds', 'retry', '--order', id, '--json')
    await house.run('sync')

    const stops = house.warehouse.ledger('gc').requests.filter((request) => request.operation === 'order/cancel_order')
    expect(retried).toMatchObject({ holds: 1, skipped: 0 })
    expect(stops).toHaveLength(2)
    expect((await house.document(id)).holds).toMatchObject([{ reason: 'intercept-failed' }])
  })

  it('leaves a hold alone that has nothing to send again when it is retried', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { placedAt: addMs(house.since, -3 * dayMs) })
    await house.json('sync', '--json')

    const retried = await house.run('holds', 'retry', '--order', id)
    await house.json('sync', '--json')

    expect(retried).toMatchObject({ code: 0, stdout: '1 hold left: nothing was sent for it; release instead\n' })
    expect(await house.document(id)).toMatchObject({ state: 'open', holds: [{ reason: 'before-cutover' }], fulfillmentOrders: [] })
  })

  it('gives the fulfillment of an order up when its hold is cancelled', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { placedAt: addMs(house.since, -3 * dayMs) })
    await house.json('sync', '--json')

    await house.json('holds', 'cancel', '--order', id, '--json')
    await house.json('sync', '--json')

    expect(await house.document(id)).toMatchObject({ state: 'ignored', holds: [], fulfillmentOrders: [] })
    expect(house.writes()).toEqual([])
  })

  it('names what is missing when neither an order nor a reason is given', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })

    const finished = await house.run('holds', 'release')

    expect(finished.code).toBe(2)
    expect(finished.stderr).toContain('--order ID')
  })
  it('refuses names that do not exist, and says when no hold is meant', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify')
    await house.json('sync', '--lanes', 'poll', '--json')

    for (const action of ['list', 'release']) {
      const finished = await house.run('holds', action, '--reason', 'unmaped-sku')
      expect(finished).toMatchObject({ code: 2, stdout: '' })
      expect(finished.stderr).toContain('"unmaped-sku" is not a reason; there are review-rule,')
    }
    const noShop = await house.run('orders', 'list', '--shop', 'brand-uss')
    expect(noShop).toMatchObject({ code: 2, stderr: 'shop brand-uss is not configured and has no orders; there are brand-us\n' })
    const twice = await house.run('holds', 'release', id, '--order', 'another')
    expect(twice).toMatchObject({ code: 2, stderr: 'name the order once: as ID or with --order\n' })
    const noChange = await house.run('orders', 'edit', id, '--reason', 'the buyer wrote')
    expect(noChange.code).toBe(2)
    expect(noChange.stderr).toContain('name what to change')
    expect((await house.run('holds', 'release', '--order', id)).stdout).toContain('no open hold is meant by that')
  })
})
