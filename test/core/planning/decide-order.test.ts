import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { releasedHold } from '../../../core/model/reconcile-holds.ts'
import { decideOrder } from '../../../core/planning/decide-order.ts'
import type { RuleHold, RuleSet } from '../../../core/rules/rule-set.ts'
import { orderNumber } from '../../../core/value/ids.ts'
import { addMs } from '../../../core/value/instant.ts'
import { at, homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { mapping, settleMs, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, latestFulfillmentOrder, openHoldsOf, releaseHolds, stateOf, stopSeen } from '../journey.ts'

const eventsOf = async (world: TestWorld) =>
  (await world.storage.read((stores) => stores.events.list(orderNumber('brand', '1')))).map((event) => event.type)

/** Rules that hold every order as long as `holds` says so. */
function holding(holds: (now: string) => readonly RuleHold[]): RuleSet {
  return { version: 'rules-1', review: (facts) => holds(facts.now) }
}

const highValue: RuleHold = { rule: 'High value', reason: 'high-value', detail: 'look at it', release: { mode: 'manual' } }

describe('an order that may go', () => {
  it('becomes a fulfillment order, a frozen request, a reservation, a trace and events, all at once', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))

    const { order, fulfillmentOrders, effects, holds } = await world.dossier('1')
    const reference = `${order.orderNo}-1`
    expect(fulfillmentOrders).toMatchObject([
      { reference, foNo: reference, sequence: 1, status: 'planned', warehouse: 'NJ', service: 'ground' },
    ])
    expect(effects).toMatchObject([
      { key: `wms-create:${reference}`, state: 'planned', account: 'gc', payload: { reference, warehouseCode: 'USEA' } },
    ])
    expect(holds).toEqual([])
    expect(order).not.toHaveProperty('planDueAt')
    const { uncovered, trace } = await world.storage.read(async (stores) => ({
      uncovered: await stores.stock.uncovered(['NJ']),
      trace: await stores.traces.latest(order.orderNo),
    }))
    expect(uncovered).toEqual([{ warehouse: 'NJ', wmsSku: 'GC-MUG', quantity: 2 }])
    expect(trace?.trace).toMatchObject({
      version: 'config-1',
      steps: expect.arrayContaining([expect.objectContaining({ stage: 'mapping' })]),
    })
    expect(await eventsOf(world)).toEqual(['imported', 'planned'])
  })

  it('waits for the day before which the platform does not let it go', async () => {
    const world = await testWorld()
    const notBefore = at('12:00')
    await world.receive(snapshot('1', { releaseNotBefore: notBefore }))
    expect((await world.dossier('1')).order).toMatchObject({ state: 'open', planDueAt: notBefore })
    expect((await world.dossier('1')).fulfillmentOrders).toEqual([])

    world.clock.advance(4 * 3_600_000)
    await world.run('plan')

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })

  it('is not decided again while nothing is due', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const before = await world.dossier('1')

    await world.run('plan')

    expect(await world.dossier('1')).toEqual(before)
  })

  it('is decided for what is not covered yet, under the next number', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    await world.run('push')
    await world.receive(snapshot('1', { updatedAt: at('08:30'), lines: [snapshotLine({ quantity: 5 })] }))

    expect((await world.dossier('1')).fulfillmentOrders.map((item) => [item.sequence, item.lines[0]?.quantity])).toEqual([
      [1, 2],
      [2, 3],
    ])
  })
})

describe('an order that is not to be shipped now', () => {
  it.each([
    ['waits for payment', { status: 'awaiting-payment' }, 'awaiting-payment'],
    ['is cancelled', { status: 'cancelled' }, 'cancelled'],
    ['was shipped by somebody else', { status: 'shipped', lines: [snapshotLine({ shippedQuantity: 2 })] }, 'completed'],
    ['is not ours', { ignoredReason: 'digital' }, 'ignored'],
  ] as const)('gets its state and nothing else when it %s', async (_case, changes, state) => {
    const world = await testWorld()
    await world.receive(snapshot('1', changes))

    const { order, fulfillmentOrders, holds } = await world.dossier('1')
    expect(order).toMatchObject({ state })
    expect(order).not.toHaveProperty('planDueAt')
    expect([fulfillmentOrders, holds]).toEqual([[], []])
  })

  it('loses the holds of planning', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { lines: [snapshotLine({ channelSku: 'CH-NEW' })] }))
    expect(await openHoldsOf(world)).toEqual(['unmapped-sku CH-NEW'])

    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'cancelled' }))

    expect(await openHoldsOf(world)).toEqual([])
    expect(await stateOf(world)).toBe('cancelled')
  })
})

describe('an order with an obstacle', () => {
  it('waits on a hold, and goes on once the catalog knows its goods', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { lines: [snapshotLine({ channelSku: 'CH-NEW' })] }))
    expect((await world.dossier('1')).order).not.toHaveProperty('planDueAt')

    await world.write(async (stores) => {
      await stores.catalog.saveMappings([mapping('CH-NEW', { MUG: 1 })])
      await stores.orders.wakePlan({ holdReasons: ['unmapped-sku'] }, world.clock.now())
    })
    expect((await world.run('plan')).counts).toEqual({ planned: 1, held: 0, settled: 0 })

    expect(await openHoldsOf(world)).toEqual([])
    expect((await world.dossier('1')).order.lines[0]?.resolved).toEqual([{ sku: 'MUG', quantity: 1 }])
  })

  it.each([
    ['unmapped-sku CH-NEW', { lines: [snapshotLine({ channelSku: 'CH-NEW' })] }],
    ['out-of-stock', { lines: [snapshotLine({ quantity: 1_000 })] }],
    ['country-not-served ZZ', { personal: { shipTo: { ...homeAddress, country: 'ZZ', postcode: '1' }, buyer: {}, notes: {} } }],
    ['unit-factor-mismatch MUG-CASE', { lines: [snapshotLine({ channelSku: 'CH-CASE', quantity: 20 })] }],
  ])('that nothing can be done about never vanishes, even when a person releases it: %s', async (hold, changes) => {
    const world = await testWorld()
    await world.receive(snapshot('1', changes))
    expect(await openHoldsOf(world)).toEqual([hold])

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([hold])
  })

  it('is told every obstacle that can be told at once', async () => {
    const world = await testWorld()
    const { postcode: _, ...shipTo } = homeAddress
    await world.receive(snapshot('1', { personal: { shipTo, buyer: {}, notes: {} }, lines: [snapshotLine({ channelSku: 'CH-NEW' })] }))

    expect([...(await openHoldsOf(world))].sort()).toEqual(['address-invalid', 'unmapped-sku CH-NEW'])
  })

  it('goes to an address that a person stands for', async () => {
    const world = await testWorld()
    const { postcode: _, ...shipTo } = homeAddress
    await world.receive(snapshot('1', { personal: { shipTo, buyer: {}, notes: {} } }))
    expect(await openHoldsOf(world)).toEqual(['address-invalid'])

    await releaseHolds(world)

    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })

  it('without an address is held by the product when the platform does not hold it', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { personal: { buyer: {}, notes: {} } }))
    expect(await openHoldsOf(world)).toEqual(['pii-missing address'])
    await releaseHolds(world)
    expect(await openHoldsOf(world)).toEqual(['pii-missing address'])

    await world.receive(snapshot('1', { updatedAt: at('08:30') }))

    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })

  it('without an address is held once, by the platform, when that holds it', async () => {
    const world = await testWorld()
    const holds = [{ reason: 'pii-missing', detail: 'no address was sent' }] as const
    await world.receive(snapshot('1', { holds, personal: { buyer: {}, notes: {} } }))

    expect(await openHoldsOf(world)).toEqual(['pii-missing'])
  })

  it('is asked of the warehouse before anything is sent', async () => {
    const world = await testWorld()
    world.warehouse.fieldProblems = [{ field: 'name', reason: 'too-long', message: 'name: at most 35 signs' }]

    await world.receive(snapshot('1'))

    expect(await openHoldsOf(world)).toEqual(['field-too-long name'])
    expect((await world.dossier('1')).fulfillmentOrders).toEqual([])
  })
})

describe('a rule', () => {
  it('holds an order until a person releases it, and then for good', async () => {
    const world = await testWorld({ operations: { rules: holding(() => [highValue]) } })
    await world.receive(snapshot('1'))
    expect(await openHoldsOf(world)).toEqual(['high-value High value'])

    await releaseHolds(world)

    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })

  it('holds an order for a time, and it goes on by itself', async () => {
    const until = at('08:30')
    const coolOff: RuleHold = { rule: 'Cool-off', reason: 'cool-off', detail: 'wait', release: { mode: 'at-time', at: until } }
    const world = await testWorld({ operations: { rules: holding((now) => (now < until ? [coolOff] : [])) } })
    await world.receive(snapshot('1'))
    expect((await world.dossier('1')).order.planDueAt).toBe(until)
    expect((await world.run('plan')).nextDueAt).toBe(until)

    world.clock.advance(30 * 60_000)
    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })

  it('of several looks again at the earliest time', async () => {
    const hold = (rule: string, time: string): RuleHold => ({
      rule,
      reason: 'cool-off',
      detail: 'wait',
      release: { mode: 'at-time', at: at(time) },
    })
    const world = await testWorld({ operations: { rules: holding(() => [hold('late', '11:00'), hold('early', '09:00'), highValue]) } })
    await world.receive(snapshot('1'))

    expect((await world.dossier('1')).order.planDueAt).toBe(at('09:00'))
  })

  it('that does not match any more lets go, whatever reason it gave', async () => {
    const world = await testWorld({ operations: { rules: holding(() => [{ ...highValue, reason: 'marked-not-shipped' }]) } })
    await world.receive(snapshot('1'))
    expect(await openHoldsOf(world)).toEqual(['marked-not-shipped High value'])

    world.reconfigure({ rules: holding(() => []) })
    await world.write((stores) => stores.orders.wakePlan({}, world.clock.now()))
    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
  })

  it('does not take away what the platform or a person holds', async () => {
    const world = await testWorld()
    const risky = { reason: 'risk-flagged', detail: 'the risk is HIGH' } as const
    await world.receive(snapshot('1', { holds: [risky] }))

    expect(await openHoldsOf(world)).toEqual(['risk-flagged'])
    expect((await world.dossier('1')).fulfillmentOrders).toEqual([])

    await releaseHolds(world)
    expect(await latestFulfillmentOrder(world)).toMatchObject({ status: 'planned' })
  })
})

describe('a change after the decision', () => {
  it('of the address withdraws what was not sent and plans it anew, in one step', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    const shipTo = { ...homeAddress, line1: '2 Other Street' }
    await world.receive(snapshot('1', { updatedAt: at('08:30'), personal: { shipTo, buyer: {}, notes: {} } }))

    const { fulfillmentOrders, effects } = await world.dossier('1')
    expect(fulfillmentOrders.map((item) => item.status)).toEqual(['cancelled', 'planned'])
    expect(effects.map((effect) => effect.state).sort()).toEqual(['planned', 'withdrawn'])
    expect((await effectOf(world, 'wms-create')).payload).toMatchObject({ shipTo })
    expect(await world.storage.read((stores) => stores.stock.uncovered(['NJ']))).toEqual([
      { warehouse: 'NJ', wmsSku: 'GC-MUG', quantity: 2 },
    ])
    expect(await eventsOf(world)).toEqual(['imported', 'planned', 'changed-on-platform', 'withdrawn', 'planned'])
  })

  it('of the address after the push asks the warehouse to stop, and plans anew when it has stopped', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    await world.run('push')
    const shipTo = { ...homeAddress, line1: '2 Other Street' }
    await world.receive(snapshot('1', { updatedAt: at('08:30'), personal: { shipTo, buyer: {}, notes: {} } }))
    expect(await openHoldsOf(world)).toEqual(['cancel-pending QXSSPJSDT5RR0-1'])
    expect(await eventsOf(world)).toContain('intercept-requested')

    await stopSeen(world)
    await world.run('plan')
    await world.run('push')

    expect(await openHoldsOf(world)).toEqual([])
    expect(world.warehouse.created.map((request) => request.shipTo.line1)).toEqual(['1 Canary Street', '2 Other Street'])
  })

  it('gives the goods of a withdrawn order to the one that waits', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 2 } })
    await world.receive(snapshot('1'))
    await world.receive(snapshot('2'))
    expect(await openHoldsOf(world, '2')).toEqual(['out-of-stock'])

    await world.receive(snapshot('1', { updatedAt: at('08:30'), status: 'cancelled' }))
    await world.run('plan')

    expect(await openHoldsOf(world, '2')).toEqual([])
    expect(await latestFulfillmentOrder(world, '2')).toMatchObject({ status: 'planned' })
  })
})

describe('deciding', () => {
  const context = (world: TestWorld) => ({
    operations: world.operations(),
    catalog: indexCatalog({ revision: 1, products: [], mappings: [], bundles: [], warehouseSkus: [], fx: [], zones: [] }),
    now: world.clock.now(),
    checkOutbound: () => [],
  })

  it('leaves alone an order that is not known or not due', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { releaseNotBefore: addMs(world.clock.now(), 1) }))

    expect(await world.write((stores) => decideOrder(stores, 'Q-UNKNOWN', context(world)))).toBe('settled')
    expect(await world.write((stores) => decideOrder(stores, orderNumber('brand', '1'), { ...context(world), now: at('07:59') }))).toBe(
      'settled',
    )
  })

  it('reads stock of products that no warehouse carries as none', async () => {
    const world = await testWorld({ operations: { warehouses: [{ ...testWarehouse, code: 'CA' }] } })
    await world.receive(snapshot('1'))

    expect(await openHoldsOf(world)).toEqual(['unmapped-sku MUG'])
  })

  it('keeps a released hold of history apart from the open one', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1', { lines: [snapshotLine({ quantity: 1_000 })] }))
    const { holds } = await world.dossier('1')
    await world.write(async (stores) => {
      for (const hold of holds) await stores.holds.save(releasedHold(hold, 'system', world.clock.now()))
    })
    await world.receive(snapshot('1', { updatedAt: at('08:30'), lines: [snapshotLine({ quantity: 1_001 })] }))

    expect((await world.dossier('1')).holds).toHaveLength(2)
    expect(await openHoldsOf(world)).toEqual(['out-of-stock'])
  })
})

describe('a hold that ends with the decision itself', () => {
  it('does not keep the order standing without a next step', async () => {
    const world = await testWorld()
    await world.receive(snapshot('1'))
    // Its answer is lost, the address changes, and two looks at the warehouse find nothing.
    world.warehouse.next.create.push(() => Promise.reject(new SyncError('transient', 'no answer', { code: 'no-answer' })))
    await world.run('push')
    const shipTo = { ...homeAddress, line1: '2 Other Street' }
    await world.receive(snapshot('1', { updatedAt: at('08:30'), personal: { shipTo, buyer: {}, notes: {} } }))
    expect(await openHoldsOf(world)).toEqual(['cancel-pending QXSSPJSDT5RR0-1'])
    for (let look = 0; look < 2; look += 1) {
      world.clock.advance(settleMs)
      await world.run('push')
    }
    await world.run('push')

    await world.run('plan')

    expect(await openHoldsOf(world)).toEqual([])
    expect(await latestFulfillmentOrder(world)).toMatchObject({ sequence: 2, status: 'planned' })
  })
})
