import { describe, expect, it } from 'vitest'
import { applySnapshot, type Intake, snapshotHash } from '../../../core/intake/apply-snapshot.ts'
import type { Hold } from '../../../core/model/hold.ts'
import type { Order, OrderSnapshot } from '../../../core/model/order.ts'
import { releasedHold } from '../../../core/model/reconcile-holds.ts'
import { asChannelSku, asSku, orderNumber } from '../../../core/value/ids.ts'
import { at, homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testShop } from '../../fakes/test-operations.ts'

const now = at('09:00')
const context = { shop: testShop, now }

function read(reading: OrderSnapshot, stored?: Order, holds: readonly Hold[] = []): Intake {
  return applySnapshot(stored, holds, reading, context)
}

/** The stored order, its holds and events after a reading that is expected to change something. */
function changed(reading: OrderSnapshot, stored?: Order, holds: readonly Hold[] = []) {
  const intake = read(reading, stored, holds)
  if (intake.result !== 'new' && intake.result !== 'changed') throw new Error(`the reading is ${intake.result}`)
  return intake
}

const stored = (changes: Partial<OrderSnapshot> = {}): Order => changed(snapshot('1', changes)).order
const later = (changes: Partial<OrderSnapshot> = {}) => snapshot('1', { updatedAt: at('08:00'), ...changes })

describe('a first reading', () => {
  it('makes the canonical order, due to be decided', () => {
    const { result, order, holds, events } = changed(snapshot('1'))

    expect(result).toBe('new')
    expect(order).toMatchObject({
      orderNo: orderNumber('brand', '1'),
      clientId: 'default',
      shop: 'brand',
      platform: 'shopify',
      state: 'open',
      platformState: 'open',
      edits: {},
      importedAt: now,
      changedAt: now,
      planDueAt: now,
      version: 1,
    })
    expect(order.lines).toMatchObject([{ channelSku: 'CH-MUG', resolved: [] }])
    expect(holds).toEqual([])
    expect(events).toMatchObject([{ type: 'imported', at: now, data: { platformState: 'open', lines: 1 } }])
  })

  it('keeps the payload, the holds and the shipments out of the order', () => {
    const { order } = changed(snapshot('1', { shipments: [], personalWithheld: true }))

    for (const key of ['raw', 'holds', 'shipments', 'status', 'personalWithheld']) expect(order).not.toHaveProperty(key)
  })

  it('tells in its event why an order is not ours to ship', () => {
    expect(changed(snapshot('1', { ignoredReason: 'digital' })).events[0]?.data['ignoredReason']).toBe('digital')
  })
})

describe('a later reading', () => {
  it('that is older changes nothing, whatever it says [amazon-read-11]', () => {
    const order = stored({ updatedAt: at('08:30') })

    expect(read(snapshot('1', { updatedAt: at('08:29'), status: 'cancelled' }), order)).toEqual({ result: 'stale' })
  })

  it('that says the same at the same time is no change', () => {
    expect(read(snapshot('1', { raw: { another: 'payload' }, shipments: [] }), stored())).toEqual({ result: 'unchanged' })
  })

  it('that only moved its time is remembered, so that nothing older slips in later', () => {
    const order = stored()

    const intake = read(later(), order)

    expect(intake).toEqual({ result: 'touched', order: { ...order, updatedAt: at('08:00'), version: 2 } })
    if (intake.result === 'touched') expect(read(snapshot('1', { updatedAt: at('07:30') }), intake.order).result).toBe('stale')
  })

  it('that differs within the same moment counts', () => {
    expect(read(snapshot('1', { status: 'cancelled' }), stored()).result).toBe('changed')
  })

  it('makes the order due and keeps what is ours', () => {
    const edits = { shipTo: { ...homeAddress, line1: '2 Other Street' }, warehouse: 'NJ', service: 'ground' }
    const { planDueAt: _, ...settled } = stored()
    const before: Order = { ...settled, state: 'in-fulfillment', edits, importedAt: at('07:10'), version: 4 }

    const { order } = changed(later({ status: 'cancelled', platformStatus: 'CANCELLED' }), before)

    expect(order).toMatchObject({
      state: 'in-fulfillment',
      platformState: 'cancelled',
      edits,
      importedAt: at('07:10'),
      changedAt: now,
      planDueAt: now,
      version: 5,
    })
  })

  it('names in its event what changed, and nothing personal', () => {
    const address = { ...homeAddress, line1: '9 Secret Road' }

    const { events } = changed(
      later({
        status: 'partially-shipped',
        platformStatus: 'PAID / PARTIAL',
        paymentState: 'partially-refunded',
        personal: { shipTo: address, buyer: {}, notes: {} },
        lines: [snapshotLine({ shippedQuantity: 1 })],
      }),
      stored(),
    )

    expect(events).toMatchObject([
      { type: 'changed-on-platform', data: { changed: ['status', 'payment', 'address', 'quantities'], to: 'PAID / PARTIAL' } },
    ])
    expect(JSON.stringify(events)).not.toContain('Secret')
  })

  it('names nothing when none of the named things changed', () => {
    expect(changed(later({ tags: ['vip'] }), stored()).events[0]?.data['changed']).toEqual([])
  })

  it('notices an address that appears', () => {
    const before = stored({ personal: { buyer: {}, notes: {} } })

    expect(changed(later(), before).events[0]?.data['changed']).toEqual(['address'])
  })
})

describe('personal data', () => {
  const withheld = (personal: OrderSnapshot['personal']) => later({ personal, personalWithheld: true, platformStatus: 'CHANGED' })
  const full: OrderSnapshot['personal'] = {
    shipTo: homeAddress,
    buyer: { id: 'B1', name: 'Ada', email: 'ada@example.com' },
    notes: { gift: 'happy birthday' },
  }

  it('that the platform withholds never blanks what is stored [amazon-trap-12] [amazon-read-09]', () => {
    const { order } = changed(withheld({ buyer: {}, notes: {} }), stored({ personal: full }))

    expect(order.personal).toEqual(full)
  })

  it('that comes in part completes what is stored', () => {
    const { order } = changed(withheld({ shipTo: { city: 'TRENTON', country: 'US' }, buyer: {}, notes: {} }), stored({ personal: full }))

    expect(order.personal.shipTo).toEqual({ ...homeAddress, city: 'TRENTON' })
  })

  it.each([
    ['country', { country: 'CA', city: 'Toronto' }],
    ['postcode', { country: 'US', postcode: '10001' }],
  ])('of another place is never mixed with the old street: %s', (_case, shipTo) => {
    const { order } = changed(withheld({ shipTo, buyer: {}, notes: {} }), stored({ personal: full }))

    expect(order.personal.shipTo).toEqual(shipTo)
  })

  it.each(['08601 ', '08601-1234'])('of the same place is completed, however its postcode is written: "%s"', (postcode) => {
    const shipTo = { country: 'US', postcode }
    const { order } = changed(withheld({ shipTo, buyer: {}, notes: {} }), stored({ personal: full }))

    expect(order.personal.shipTo).toMatchObject({ line1: '1 Canary Street' })
  })

  it('stays absent when there was none', () => {
    const { order } = changed(withheld({ buyer: {}, notes: {} }), stored({ personal: { buyer: {}, notes: {} } }))

    expect(order.personal).toEqual({ buyer: {}, notes: {} })
  })

  it('stays also where it is tax numbers and what was to be engraved', () => {
    const line = snapshotLine({ customization: 'for Ada' })
    const before = stored({ taxIds: { ioss: 'IM1', vat: 'DE1' }, lines: [line] })

    const { order } = changed({ ...withheld({ buyer: {}, notes: {} }), taxIds: { vat: 'DE2' }, lines: [snapshotLine()] }, before)

    expect(order.taxIds).toEqual({ ioss: 'IM1', vat: 'DE2' })
    expect(order.lines[0]?.customization).toBe('for Ada')
  })

  it('that the platform does not withhold is taken as it is, removals included', () => {
    const before = stored({ personal: full, lines: [snapshotLine({ customization: 'for Ada' })], taxIds: { ioss: 'IM1' } })

    const { order } = changed(later({ personal: { buyer: {}, notes: {} } }), before)

    expect(order.personal).toEqual({ buyer: {}, notes: {} })
    expect(order.taxIds).toEqual({})
    expect(order.lines[0]).not.toHaveProperty('customization')
  })
})

describe('the mapping of a line', () => {
  const resolved = [{ sku: asSku('MUG'), quantity: 1 }]
  const mapped = (): Order => {
    const order = stored({ lines: [snapshotLine({ itemId: 'I1', variantId: 'V1' })] })
    return { ...order, lines: order.lines.map((line) => ({ ...line, resolved })) }
  }

  it('stays while the listing is the same', () => {
    const { order } = changed(later({ lines: [snapshotLine({ itemId: 'I1', variantId: 'V1', quantity: 3 })] }), mapped())

    expect(order.lines[0]).toMatchObject({ quantity: 3, resolved })
  })

  it.each([
    ['another SKU', { channelSku: asChannelSku('CH-BOX') }],
    ['another item', { itemId: 'I2' }],
    ['another variant', { variantId: 'V2' }],
    ['another line id', { platformLineId: 'L9' }],
  ])('goes with %s', (_case, change) => {
    const { order } = changed(later({ lines: [snapshotLine({ itemId: 'I1', variantId: 'V1', ...change })] }), mapped())

    expect(order.lines[0]?.resolved).toEqual([])
  })
})

describe('holds of the platform', () => {
  const risky = { reason: 'risk-flagged', detail: 'the risk is HIGH' } as const
  const held = (order?: Order) => changed(later({ holds: [risky] }), order)

  it('appear with the reading that shows them', () => {
    expect(held(stored()).holds).toMatchObject([{ ...risky, source: 'platform', placedAt: now, release: { mode: 'when-condition' } }])
  })

  it('go with the reading that does not', () => {
    const { order, holds } = held(stored())

    const freed = changed(later({ updatedAt: at('08:30') }), order, holds)

    expect(freed.holds).toMatchObject([{ reason: 'risk-flagged', releasedAt: now, releasedBy: 'system' }])
  })

  it('do not return once a person has released them', () => {
    const { order, holds } = held(stored())
    const released = holds.map((item) => releasedHold(item, 'ada', now))

    expect(changed(later({ holds: [risky], tags: ['vip'] }), order, released).holds).toEqual([])
  })

  it('of one reason are one hold that names every cause', () => {
    const words = ['currency "XYZ"', 'country "ZZ"']
    const holds = words.map((detail) => ({ reason: 'unknown-value', detail }) as const)

    expect(changed(later({ holds }), stored()).holds).toMatchObject([{ reason: 'unknown-value', detail: 'currency "XYZ"; country "ZZ"' }])
  })

  it.each([
    ['is not ours to ship', { ignoredReason: 'digital' }],
    ['is cancelled', { status: 'cancelled' }],
    ['was shipped by somebody else', { status: 'shipped' }],
  ] as const)('do not keep an order that %s', (_case, change) => {
    const { order, holds } = held(stored())

    const ended = changed(later({ holds: [risky], updatedAt: at('08:30'), ...change }), order, holds)

    expect(ended.holds).toMatchObject([{ reason: 'risk-flagged', releasedBy: 'system' }])
  })

  it('leave the holds of others alone', () => {
    const { order, holds } = held(stored())
    const rule: Hold = { ...(holds[0] as Hold), source: 'rule', reason: 'high-value', subject: 'High value' }

    expect(changed(later({ updatedAt: at('08:30') }), order, [rule]).holds).toEqual([])
  })
})

describe('an order from before the shop was taken over', () => {
  const old = (changes: Partial<OrderSnapshot> = {}) => snapshot('1', { purchasedAt: '2026-10-31T23:59:59.999Z' as never, ...changes })

  it.each(['open', 'partially-shipped', 'awaiting-payment'] as const)('is recorded and held while it is %s', (status) => {
    const { holds } = changed(old({ status }))

    expect(holds).toMatchObject([{ reason: 'before-cutover', source: 'system', release: { mode: 'manual' } }])
  })

  it.each(['shipped', 'cancelled'] as const)('needs no hold once it is %s', (status) => {
    const { order, holds } = changed(old())

    expect(changed(old({ status, updatedAt: at('08:00') }), order, holds).holds).toMatchObject([{ releasedBy: 'system' }])
    expect(changed(old({ status })).holds).toEqual([])
  })

  it('is not held again after a person has taken it over', () => {
    const { order, holds } = changed(old())
    const released = holds.map((item) => releasedHold(item, 'ada', now))

    expect(changed(old({ updatedAt: at('08:00'), tags: ['vip'] }), order, released).holds).toEqual([])
  })

  it('ends at the very moment of the take-over', () => {
    expect(changed(snapshot('1', { purchasedAt: testShop.since })).holds).toEqual([])
  })
})

describe('the hash of a reading', () => {
  it('leaves out the payload, the time of the reading and the shipments', () => {
    const a = snapshot('1')
    const b = snapshot('1', { raw: 'another', updatedAt: at('11:00'), shipments: [{ shipmentId: 'S1', lines: [] }] })

    expect(snapshotHash(a)).toBe(snapshotHash(b))
  })

  it('counts holds, status and everything else', () => {
    const hashes = [
      snapshot('1'),
      snapshot('1', { status: 'shipped' }),
      snapshot('1', { tags: ['vip'] }),
      snapshot('1', { personalWithheld: true }),
    ]

    expect(new Set(hashes.map(snapshotHash)).size).toBe(4)
  })
})
