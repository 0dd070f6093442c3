import { describe, expect, it } from 'vitest'
import type { Order } from '../../../core/model/order.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { revise } from '../../../core/planning/revise.ts'
import { createEffect, dossier, fulfillmentLine, fulfillmentOrder, hold, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at, homeAddress } from '../../fakes/order-snapshots.ts'

const now = at('09:00')
const planned = fulfillmentOrder(1, { status: 'planned' })
const unsent: Partial<Dossier> = { fulfillmentOrders: [planned], effects: [createEffect(1, { state: 'planned', nextAttemptAt: now })] }
const sent: Partial<Dossier> = { fulfillmentOrders: [fulfillmentOrder(1, { wmsOrderNo: 'W1' })], effects: [createEffect(1)] }

function revised(parts: Partial<Dossier>, changes: Partial<Order> = {}) {
  const { fulfillmentOrders, effects, withdrawn, intercepted } = revise(dossier({ order: order(changes), ...parts }), now)
  return {
    withdrawn,
    intercepted,
    statuses: fulfillmentOrders.map((item) => [item.sequence, item.status, item.cancelRequestedAt]),
    effects: effects.map((effect) => [effect.key, effect.state]),
  }
}

const nothing = { withdrawn: [], intercepted: [], statuses: [], effects: [] }
const takenBack = {
  withdrawn: ['Q000000000001-1'],
  intercepted: [],
  statuses: [[1, 'cancelled', undefined]],
  effects: [['wms-create:Q000000000001-1', 'withdrawn']],
}
const stopped = {
  withdrawn: [],
  intercepted: ['Q000000000001-1'],
  statuses: [[1, 'accepted', now]],
  effects: [['wms-cancel:Q000000000001-1', 'planned']],
}
const elsewhere: Partial<Order> = { edits: { shipTo: { ...homeAddress, line1: '2 Other Street' } } }

describe('what was decided', () => {
  it('stays while it still fits', () => {
    expect(revised(unsent)).toEqual(nothing)
    expect(revised(sent)).toEqual(nothing)
  })

  const reasons: readonly (readonly [string, Partial<Order>])[] = [
    ['the order is cancelled', { platformState: 'cancelled' }],
    ['the order is not ours to ship any more', { ignoredReason: 'fulfilled by the platform' }],
    ['a person has closed the order', { edits: { closed: { as: 'given-up', reason: 'by hand' } } }],
    ['the address was edited', elsewhere],
    ['the address changed on the platform', { personal: { shipTo: { ...homeAddress, postcode: '10001' }, buyer: {}, notes: {} } }],
    ['fewer units are wanted', { lines: [orderLine({ cancelledQuantity: 1 })] }],
    ['the line was removed', { lines: [] }],
    ['somebody else shipped it', { platformState: 'shipped', lines: [orderLine({ shippedQuantity: 2 })] }],
  ]

  it.each(reasons)('is withdrawn before it was sent when %s', (_case, changes) => {
    expect(revised(unsent, changes)).toEqual(takenBack)
  })

  it.each(reasons)('is stopped at the warehouse after it was sent when %s', (_case, changes) => {
    expect(revised(sent, changes)).toEqual(stopped)
  })

  it('is stopped with the number that the warehouse knows, and told why', () => {
    const { effects } = revise(dossier({ order: order({ platformState: 'cancelled' }), ...sent }), now)

    expect(effects[0]?.payload).toEqual({
      reference: 'Q000000000001-1',
      wmsOrderNo: 'W1',
      reason: 'the order was cancelled on the platform',
    })
  })

  it.each(['inflight', 'unknown', 'accepted'] as const)('is marked to be stopped, and not more, while its create is %s', (state) => {
    const underWay = { fulfillmentOrders: [planned], effects: [createEffect(1, { state })] }

    expect(revised(underWay, { platformState: 'cancelled' })).toEqual({ ...stopped, statuses: [[1, 'planned', now]], effects: [] })
  })

  it('is asked to be stopped once', () => {
    const asked = { ...sent, fulfillmentOrders: [fulfillmentOrder(1, { cancelRequestedAt: at('08:30') })] }

    expect(revised(asked, { platformState: 'cancelled' })).toEqual(nothing)
  })

  it.each([
    ['shipped', fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })],
    ['cancelled', fulfillmentOrder(1, { status: 'cancelled' })],
  ])('is left alone once it is %s', (_case, item) => {
    expect(revised({ fulfillmentOrders: [item], effects: [createEffect(1)] }, { platformState: 'cancelled' })).toEqual(nothing)
  })
})

describe('a choice made by hand', () => {
  it.each([
    ['warehouse', { warehouse: 'CA' }],
    ['service', { service: 'air' }],
  ])('of another %s withdraws what was not sent', (_case, edits) => {
    expect(revised(unsent, { edits })).toEqual(takenBack)
  })

  it('of what was decided anyway changes nothing', () => {
    expect(revised(unsent, { edits: { warehouse: 'NJ', service: 'ground' } })).toEqual(nothing)
  })

  it('comes too late for what was sent', () => {
    expect(revised(sent, { edits: { warehouse: 'CA' } })).toEqual(nothing)
  })
})

describe('an order that must wait', () => {
  it.each([
    ['it has a hold', { ...unsent, holds: [hold()] }, {}],
    ['it is unpaid again', unsent, { platformState: 'awaiting-payment' } as const],
  ])('takes back what was not sent because %s', (_case, parts, changes) => {
    expect(revised(parts, changes)).toEqual(takenBack)
  })

  it('keeps what was sent or may have been', () => {
    expect(revised({ ...sent, holds: [hold()] })).toEqual(nothing)
    expect(revised({ fulfillmentOrders: [planned], effects: [createEffect(1, { state: 'unknown' })], holds: [hold()] })).toEqual(nothing)
  })

  it('keeps it when the hold is released', () => {
    expect(revised({ ...unsent, holds: [hold({ releasedAt: at('08:30'), releasedBy: 'system' })] })).toEqual(nothing)
  })
})

describe('too many units', () => {
  const half = (sequence: number, changes = {}) =>
    fulfillmentOrder(sequence, {
      lines: [fulfillmentLine({ quantity: 1, orderLines: [{ platformLineId: 'L1', quantity: 1 }] })],
      ...changes,
    })

  it('are taken from the latest fulfillment orders first, and no more than necessary', () => {
    const two = { fulfillmentOrders: [half(1), half(2)], effects: [createEffect(1), createEffect(2)] }

    expect(revised(two, { lines: [orderLine({ cancelledQuantity: 1 })] })).toMatchObject({ intercepted: ['Q000000000001-2'] })
  })

  it('are not taken from what has left already', () => {
    const shippedOne = {
      fulfillmentOrders: [
        half(1),
        half(2, { status: 'shipped', packages: [packed(1, { orderLines: [{ platformLineId: 'L1', quantity: 1 }] })] }),
      ],
      effects: [createEffect(1)],
    }

    expect(revised(shippedOne, { lines: [orderLine({ cancelledQuantity: 1 })] })).toMatchObject({ intercepted: ['Q000000000001-1'] })
  })

  it('are also those that left in a parcel before the rest was stopped', () => {
    const one = packed(1, { orderLines: [{ platformLineId: 'L1', quantity: 1 }] })
    const replanned = {
      fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled', packages: [one] }), fulfillmentOrder(2)],
      effects: [createEffect(2)],
    }

    expect(revised(replanned)).toMatchObject({ intercepted: ['Q000000000001-2'] })
  })

  it('are not counted from a parcel that made the platform call the whole order shipped', () => {
    const begun = fulfillmentOrder(1, {
      status: 'partially-shipped',
      packages: [packed(1, { orderLines: [{ platformLineId: 'L1', quantity: 1 }] })],
    })
    const changes: Partial<Order> = { platformState: 'shipped', lines: [orderLine({ shippedQuantity: 2 })] }

    expect(revised({ fulfillmentOrders: [begun], effects: [createEffect(1)] }, changes)).toEqual(nothing)
  })
})

describe('an address that is not known', () => {
  it('is no reason to stop anything', () => {
    expect(revised(sent, { personal: { buyer: {}, notes: {} } })).toEqual(nothing)
  })

  it('of the create is no reason either', () => {
    expect(revised({ ...sent, effects: [] })).toEqual(nothing)
  })
})

describe('a fulfillment order in the parcel of another order', () => {
  const lead = 'Q000000000009-1'
  const merged = [lead, 'Q000000000001-1']
  const create = { key: `wms-create:${lead}`, orderNo: 'Q000000000009', foNo: lead }
  const share = (change: Partial<Dossier['fulfillmentOrders'][number]> = {}) => fulfillmentOrder(1, { reference: lead, merged, ...change })

  it('that was never sent takes the parcel back', () => {
    const parts = { fulfillmentOrders: [share({ status: 'planned' })], effects: [createEffect(1, { ...create, state: 'planned' })] }

    expect(revised(parts, { platformState: 'cancelled' })).toMatchObject({
      withdrawn: ['Q000000000001-1'],
      effects: [[create.key, 'withdrawn']],
    })
  })

  it('that was sent stops the parcel, under the order that it was sent for', () => {
    const { effects } = revise(
      dossier({ order: order({ platformState: 'cancelled' }), fulfillmentOrders: [share()], effects: [createEffect(1, create)] }),
      now,
    )

    expect(effects).toMatchObject([{ key: `wms-cancel:${lead}`, orderNo: 'Q000000000009', foNo: lead, payload: { reference: lead } }])
  })

  it('that is stopped for another order already becomes its own wish, and nobody is asked twice', () => {
    const item = share({ cancelRequestedAt: at('08:30'), cancelRequestedFor: 'Q000000000009' })
    const asked = createEffect(1, { ...create, key: `wms-cancel:${lead}`, kind: 'wms-cancel', state: 'rejected' })
    const changes = revise(
      dossier({ order: order({ platformState: 'cancelled' }), fulfillmentOrders: [item], effects: [createEffect(1, create), asked] }),
      now,
    )

    expect(changes.effects).toEqual([])
    expect(changes.fulfillmentOrders[0]).not.toHaveProperty('cancelRequestedFor')
  })

  it('fits as long as the parcel goes to its door, however that is spelled', () => {
    const parts = { fulfillmentOrders: [share()], effects: [createEffect(1, create)] }

    expect(revised(parts, { edits: { shipTo: { ...homeAddress, line1: '1 CANARY street', phone: '1' } } })).toEqual(nothing)
    expect(revised(parts, elsewhere).intercepted).toEqual([lead])
  })
})

describe('a request to stop', () => {
  it('that turns out to be about nothing, because the warehouse never got it, takes it back', () => {
    const item = fulfillmentOrder(1, { status: 'planned', cancelRequestedAt: at('08:30') })

    expect(revised({ ...unsent, fulfillmentOrders: [item] }).withdrawn).toEqual(['Q000000000001-1'])
  })
})
