import { describe, expect, test } from 'vitest'
import { openQuantity } from '../../../../core/model/order.ts'
import { addMs } from '../../../../core/value/instant.ts'
import type { NewOrder, OrderChange } from '../../../../sandbox/simulated.ts'
import { contractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { harness } from '../shopify-world.ts'

const dayMs = 24 * 60 * minuteMs

/** An order before and after something happened to it. */
async function changed(change: OrderChange, order: Partial<NewOrder> = {}, harnessOf = harness) {
  const world = contractWorld(harnessOf)
  const id = world.place(order)
  const before = await world.connector.fetchOrder(id, world.call)
  world.advance(minuteMs)
  world.change(id, change)
  const after = await world.connector.fetchOrder(id, world.call)
  return { before, after }
}

describe('an order of Shopify that changes', () => {
  const shipTo = { name: 'Ada Lovelace', line1: '9 Harbor Road', city: 'Portland', state: 'ME', postcode: '04101', country: 'US' }

  test.each<readonly [string, OrderChange, Partial<NewOrder>, object]>([
    ['is paid: it goes', { type: 'pay' }, { payment: 'unpaid' }, { status: 'open', paymentState: 'paid', holds: [] }],
    [
      'is cancelled: as a whole',
      { type: 'cancel' },
      {},
      { status: 'cancelled', lines: [{ cancelledQuantity: 2 }, { cancelledQuantity: 1 }] },
    ],
    [
      'loses a unit: the rest goes',
      { type: 'cancel-units', line: 0, quantity: 1 },
      {},
      { status: 'open', lines: [{ quantity: 2, cancelledQuantity: 1 }, { cancelledQuantity: 0 }] },
    ],
    ['is refunded in full before shipping: nothing goes', { type: 'refund' }, {}, { status: 'cancelled', paymentState: 'refunded' }],
    [
      'gets another address',
      { type: 'change-address', shipTo },
      {},
      { personal: { shipTo: { line1: '9 Harbor Road', city: 'Portland' } } },
    ],
    ['is held: it waits and says why', { type: 'hold', reason: 'OTHER' }, {}, { holds: [{ reason: 'platform-hold' }] }],
    ['moves to another location: all of it still goes', { type: 'move' }, {}, { status: 'open', tags: ['location:second warehouse'] }],
    [
      'is shipped elsewhere',
      { type: 'ship-elsewhere', trackingNumber: 'X1', carrier: 'UPS' },
      {},
      { status: 'shipped', shipments: [{ trackingNumber: 'X1' }] },
    ],
  ])('%s', async (_what, change, order, expected) => {
    expect((await changed(change, order)).after).toMatchObject(expected)
  })

  test('by a split keeps all its units [shopify-state-09]', async () => {
    const { before, after } = await changed({ type: 'split' })

    expect(after?.lines.map(openQuantity)).toEqual(before?.lines.map(openQuantity))
  })

  test('in nothing that matters reads the same but for its time [shopify-read-05]', async () => {
    const { before, after } = await changed({ type: 'touch' })

    expect(after).toEqual({ ...before, updatedAt: after?.updatedAt, raw: after?.raw })
    expect(after?.updatedAt).not.toBe(before?.updatedAt)
  })

  test('is unknown when it is deleted', async () => {
    expect((await changed({ type: 'vanish' })).after).toBeUndefined()
  })

  test('is found by its number alone, and unknown by what is no id of Shopify', async () => {
    const world = contractWorld(harness)
    const id = world.place()

    const byNumber = await world.connector.fetchOrder(id.replace('gid://shopify/Order/', ''), world.call)

    expect(byNumber).toMatchObject({ platformOrderId: id })
    expect(await world.connector.fetchOrder('#1001', world.call)).toBeUndefined()
  })

  test('shows its number and its lines when the address is withheld later, and says that it is withheld [shopify-auth-10]', async () => {
    const world = contractWorld({ ...harness, account: { protectedData: 'denied' } })
    const id = world.place()

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order).toMatchObject({ displayNumber: '#1001', personalWithheld: true, lines: [{ quantity: 2 }, { quantity: 1 }] })
  })
})

describe('an order that is older than 60 days', () => {
  test.each([
    ['is unknown without the scope for it', undefined, false],
    [
      'is read with the scope for it',
      [...['read_orders', 'read_all_orders', 'read_merchant_managed_fulfillment_orders', 'read_locations']],
      true,
    ],
  ])('%s [shopify-trap-09]', async (_what, scopes, isFound) => {
    const world = contractWorld({ ...harness, account: scopes === undefined ? {} : { scopes } })
    const id = world.place({ placedAt: addMs(world.now(), -61 * dayMs) })

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order !== undefined).toBe(isFound)
  })
})
