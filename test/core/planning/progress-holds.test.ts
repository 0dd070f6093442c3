import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../core/model/effect.ts'
import type { Order } from '../../../core/model/order.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { progressHolds, progressReasons } from '../../../core/planning/progress-holds.ts'
import { cancelEffect, confirmEffect, createEffect, dossier, fulfillmentOrder, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const reference = 'Q000000000001-1'
const cancelled: Partial<Order> = { platformState: 'cancelled' }
const asked = { cancelRequestedAt: at('08:30') }
const one = packed(1, { orderLines: [{ platformLineId: 'L1', quantity: 1 }] })
const said = { errorCode: 'no-stock', errorMessage: 'there is none', settledAt: at('08:40') }
const askPerson = { state: 'unknown', errorMessage: 'no answer' } as const

function holdsOf(parts: Partial<Dossier>, changes: Partial<Order> = {}) {
  return progressHolds(dossier({ order: order(changes), ...parts })).map((hold) => `${hold.reason} ${hold.subject} ${hold.release.mode}`)
}

describe('an order whose work goes well', () => {
  it.each(['planned', 'accepted', 'processing', 'partially-shipped'] as const)('has no hold while it is %s', (status) => {
    expect(holdsOf({ fulfillmentOrders: [fulfillmentOrder(1, { status })], effects: [createEffect(1, { state: 'inflight' })] })).toEqual([])
  })

  it('has no hold when it is shipped and reported', () => {
    const fulfillmentOrders = [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })]

    expect(holdsOf({ fulfillmentOrders, effects: [createEffect(1), confirmEffect(1, { state: 'confirmed' })] })).toEqual([])
  })
})

describe('a fulfillment order that is to be stopped', () => {
  it.each(['planned', 'inflight', 'unknown', 'accepted'] as const)('waits for the answer while the request is %s', (state) => {
    const parts = {
      fulfillmentOrders: [fulfillmentOrder(1, asked)],
      effects: [createEffect(1), cancelEffect(1, { state, nextAttemptAt: at('09:00') })],
    }

    expect(holdsOf(parts, cancelled)).toEqual([`cancel-pending ${reference} when-condition`])
  })

  it('for the sake of another order of its parcel waits too, and goes on without a hold when the warehouse refuses', () => {
    const item = fulfillmentOrder(1, { ...asked, cancelRequestedFor: 'Q000000000002' })

    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1), cancelEffect(1)] })).toEqual([
      `cancel-pending ${reference} when-condition`,
    ])
    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1), cancelEffect(1, { state: 'rejected' })] })).toEqual([])
  })

  it('waits also while nobody knows whether it was created', () => {
    const parts = {
      fulfillmentOrders: [fulfillmentOrder(1, { ...asked, status: 'planned' })],
      effects: [createEffect(1, { state: 'inflight' })],
    }

    expect(holdsOf(parts, cancelled)).toEqual([`cancel-pending ${reference} when-condition`])
  })

  it.each([
    ['it was stopped', fulfillmentOrder(1, { ...asked, status: 'cancelled' }), 'confirmed'],
    ['it was stopped by other means before the request was refused', fulfillmentOrder(1, { ...asked, status: 'cancelled' }), 'rejected'],
  ] as const)('waits no longer when %s', (_case, item, state) => {
    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1), cancelEffect(1, { state })] }, cancelled)).toEqual([])
  })

  it.each([
    ['the order is cancelled', cancelled],
    ['the address changed', {}],
  ])('is for a person when the warehouse refused and %s', (_case, changes) => {
    const parts = {
      fulfillmentOrders: [fulfillmentOrder(1, asked)],
      effects: [createEffect(1), cancelEffect(1, { state: 'rejected', ...said })],
    }

    expect(holdsOf(parts, changes)).toEqual([`intercept-failed ${reference} manual`])
    expect(progressHolds(dossier({ order: order(changes), ...parts }))[0]).toMatchObject({
      detail: expect.stringContaining('there is none'),
      causedAt: at('08:40'),
    })
  })

  it('is for a person also after the parcel has left', () => {
    const item = fulfillmentOrder(1, { ...asked, status: 'shipped', packages: [packed(1)] })

    expect(holdsOf({ fulfillmentOrders: [item], effects: [cancelEffect(1, { state: 'rejected' })] }, cancelled)).toEqual([
      `intercept-failed ${reference} manual`,
    ])
  })

  it.each([
    ['accepted', { nextAttemptAt: at('09:00') }],
    ['unknown', { nextAttemptAt: at('09:00') }],
    ['unknown', { nextAttemptAt: undefined, probes: 9, errorMessage: 'sent 5 times and never seen by a read' }],
  ] as const)('is for a person when it has left while the request was %s, and that is all there is to know', (state, changes) => {
    const item = fulfillmentOrder(1, { ...asked, status: 'shipped', packages: [packed(1)] })
    const parts = { fulfillmentOrders: [item], effects: [createEffect(1), cancelEffect(1, { state, ...changes } as Partial<Effect>)] }

    expect(holdsOf(parts, cancelled)).toEqual([`intercept-failed ${reference} manual`])
  })

  it.each(['accepted', 'unknown'] as const)(
    'is no harm to an order that only travelled with the changed one, while the request is %s',
    (state) => {
      const item = fulfillmentOrder(1, { ...asked, cancelRequestedFor: 'Q2', status: 'shipped', packages: [packed(1)] })

      expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1), cancelEffect(1, { state })] })).toEqual([])
    },
  )

  it('is for a person when it lives on although the warehouse was seen to have stopped it', () => {
    const item = fulfillmentOrder(1, { ...asked, status: 'processing' })

    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1), cancelEffect(1, { state: 'confirmed' })] }, cancelled)).toEqual([
      `intercept-failed ${reference} manual`,
    ])
  })

  it('is for a person when it left although the warehouse had said that it was stopped', () => {
    const item = fulfillmentOrder(1, { ...asked, status: 'shipped', packages: [packed(1)] })

    expect(holdsOf({ fulfillmentOrders: [item], effects: [cancelEffect(1, { state: 'confirmed' })] }, cancelled)).toEqual([
      `intercept-failed ${reference} manual`,
    ])
  })

  it('is for a person when the outcome cannot be established', () => {
    const parts = { fulfillmentOrders: [fulfillmentOrder(1, asked)], effects: [createEffect(1), cancelEffect(1, { state: 'unknown' })] }
    const { nextAttemptAt: _, ...silent } = parts.effects[1] as ReturnType<typeof cancelEffect>

    expect(holdsOf({ ...parts, effects: [silent] }, cancelled)).toEqual([
      `cancel-pending ${reference} when-condition`,
      `push-unknown wms-cancel:${reference} when-condition`,
    ])
  })
})

describe('trouble at the warehouse', () => {
  it('is shown with its words and goes when it goes', () => {
    const item = fulfillmentOrder(1, { status: 'wms-exception', problem: 'address not found' })
    const [hold] = progressHolds(dossier({ fulfillmentOrders: [item], effects: [createEffect(1)] }))

    expect(hold).toMatchObject({
      reason: 'wms-exception',
      release: { mode: 'when-condition' },
      detail: expect.stringContaining('address not found'),
    })
  })

  it('is shown also when the warehouse gives no reason', () => {
    const [hold] = progressHolds(dossier({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'wms-exception' })] }))

    expect(hold?.detail).toContain('no reason given')
  })

  it.each([
    ['kept as a draft', fulfillmentOrder(1, { parked: true, wmsStatus: 'H' }), [`wms-parked ${reference} when-condition`]],
    ['kept as a draft without a word', fulfillmentOrder(1, { parked: true }), [`wms-parked ${reference} when-condition`]],
    ['a draft that was cancelled', fulfillmentOrder(1, { parked: true, ...asked, status: 'cancelled' }), []],
    ['a draft that was shipped', fulfillmentOrder(1, { parked: true, status: 'shipped', packages: [packed(1)] }), []],
  ])('is an order %s or is not', (_case, item, expected) => {
    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1)] })).toEqual(expected)
  })

  const byItself = { fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })], effects: [createEffect(1)] }

  it('is a cancellation of its own', () => {
    expect(holdsOf(byItself)).toEqual([`wms-exception ${reference} manual`])
  })

  it.each([
    ['the order is cancelled too', cancelled],
    ['a person has closed the order', { edits: { closed: { as: 'shipped', reason: 'by hand' } } }],
    ['somebody else shipped it', { lines: [orderLine({ shippedQuantity: 2 })] }],
  ] as const)('is no matter any more when %s', (_case, changes) => {
    expect(holdsOf(byItself, changes as Partial<Order>)).toEqual([])
  })

  it('is no matter any more when the goods are planned anew', () => {
    const parts = { fulfillmentOrders: [...byItself.fulfillmentOrders, fulfillmentOrder(2)], effects: [createEffect(1), createEffect(2)] }

    expect(holdsOf(parts)).toEqual([])
  })

  it.each(['rejected', 'withdrawn'] as const)('is not a fulfillment order that the warehouse never had: %s', (state) => {
    const parts = { fulfillmentOrders: byItself.fulfillmentOrders, effects: [createEffect(1, { state })] }

    expect(holdsOf(parts, cancelled)).toEqual([])
  })

  it('is an order closed as shipped with too little in its parcels', () => {
    const item = fulfillmentOrder(1, { status: 'shipped', packages: [one] })

    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1)] })).toEqual([`wms-exception ${reference} manual`])
    expect(holdsOf({ fulfillmentOrders: [item], effects: [createEffect(1)] }, { lines: [orderLine({ cancelledQuantity: 1 })] })).toEqual([])
  })
})

describe('a create that was refused and came up all the same', () => {
  const create = createEffect(1, { state: 'rejected', ...said, armedAt: at('08:39') })
  const left = fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })
  const anew = fulfillmentOrder(2, { plannedAt: at('08:50') })

  it('is for a person when the order was sent anew', () => {
    expect(holdsOf({ fulfillmentOrders: [left, anew], effects: [create, createEffect(2)] })).toEqual([
      `intercept-failed ${reference} manual`,
    ])
  })

  it('is for a person when the warehouse does not stop it beside the new one', () => {
    const fulfillmentOrders = [fulfillmentOrder(1, { status: 'cancelled' }), anew]
    const effects = [create, cancelEffect(1, { state: 'rejected', ...said }), createEffect(2)]

    expect(holdsOf({ fulfillmentOrders, effects })).toEqual([`intercept-failed ${reference} manual`])
  })

  it('is for a person when the order is cancelled', () => {
    expect(holdsOf({ fulfillmentOrders: [left], effects: [create] }, cancelled)).toEqual([`intercept-failed ${reference} manual`])
  })

  it('is what the order wanted when nothing was sent in its place', () => {
    const stopped = fulfillmentOrder(2, { plannedAt: at('08:50'), status: 'cancelled', cancelRequestedAt: at('09:00') })

    expect(holdsOf({ fulfillmentOrders: [left], effects: [create] })).toEqual([])
    expect(holdsOf({ fulfillmentOrders: [left, stopped], effects: [create, createEffect(2)] })).toEqual([])
  })
})

describe('a create', () => {
  const refused = (changes = {}): Partial<Dossier> => ({
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })],
    effects: [createEffect(1, { state: 'rejected', ...said, ...changes })],
  })

  it('that was refused is for a person, with the reason', () => {
    expect(holdsOf(refused())).toEqual([`push-rejected ${reference} manual`])
    expect(holdsOf(refused({ errorCode: 'insufficient-funds' }))).toEqual([`insufficient-funds ${reference} manual`])
    expect(progressHolds(dossier(refused()))[0]).toMatchObject({ detail: expect.stringContaining('there is none'), causedAt: at('08:40') })
  })

  it.each([
    ['the order is cancelled', cancelled],
    ['a person has closed the order', { edits: { closed: { as: 'given-up', reason: 'by hand' } } }],
    ['somebody else shipped it', { lines: [orderLine({ shippedQuantity: 2 })] }],
  ] as const)('that was refused holds nothing any more when %s', (_case, changes) => {
    expect(holdsOf(refused(), changes as Partial<Order>)).toEqual([])
  })

  it('that was refused holds nothing any more when a later one is under way', () => {
    const parts = refused()
    const fulfillmentOrders = [...(parts.fulfillmentOrders ?? []), fulfillmentOrder(2, { status: 'planned', plannedAt: at('08:50') })]

    expect(holdsOf({ ...parts, fulfillmentOrders })).toEqual([])
  })

  it('that was refused holds although another part of its order, planned beside it, goes on', () => {
    const other = fulfillmentOrder(2, { status: 'processing', plannedAt: at('08:00') })
    const parts = refused()
    const fulfillmentOrders = [...(parts.fulfillmentOrders ?? []), other]

    expect(holdsOf({ ...parts, fulfillmentOrders }, { lines: [orderLine({ quantity: 4 })] })).toEqual([`push-rejected ${reference} manual`])
  })

  it('that was refused after an earlier one holds as well', () => {
    const later = { status: 'cancelled', plannedAt: at('08:50') } as const
    const fulfillmentOrders = [fulfillmentOrder(1, { status: 'cancelled' }), fulfillmentOrder(2, later)]
    const effects = [
      createEffect(1, { state: 'rejected', settledAt: at('08:40') }),
      createEffect(2, { state: 'rejected', settledAt: at('08:55') }),
    ]

    expect(holdsOf({ fulfillmentOrders, effects })).toEqual(['push-rejected Q000000000001-2 manual'])
  })

  it('whose outcome cannot be established is for a person, and ends with its cause', () => {
    const { nextAttemptAt: _, ...silent } = createEffect(1, askPerson)

    expect(holdsOf({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })], effects: [silent] })).toEqual([
      `push-unknown ${reference} when-condition`,
    ])
  })

  it('that met another order under its reference is for a person', () => {
    const { nextAttemptAt: _, ...conflict } = createEffect(1, { ...askPerson, errorCode: 'conflict' })

    expect(holdsOf({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })], effects: [conflict] })).toEqual([
      `reference-conflict ${reference} when-condition`,
    ])
  })

  it('that is still asked for needs nobody yet', () => {
    const effects = [createEffect(1, { ...askPerson, nextAttemptAt: at('09:00') })]

    expect(holdsOf({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })], effects })).toEqual([])
  })
})

describe('a write-back', () => {
  const shipped = { fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })] } satisfies Partial<Dossier>
  const key = 'confirm-shipment:Q000000000001:1'

  it('that was refused is for a person, who asks again or settles it elsewhere', () => {
    const effects = [confirmEffect(1, { state: 'rejected', ...said })]

    expect(holdsOf({ ...shipped, effects })).toEqual([`writeback-rejected ${key} manual`])
    expect(progressHolds(dossier({ ...shipped, effects }))[0]?.causedAt).toBe(at('08:40'))
  })

  it('whose outcome cannot be established is for a person', () => {
    const { nextAttemptAt: _, ...silent } = confirmEffect(1, { state: 'unknown' })

    expect(holdsOf({ ...shipped, effects: [silent] })).toEqual([`writeback-unknown ${key} when-condition`])
  })

  it('that waits for a word for the carrier says so', () => {
    const effects = [confirmEffect(1, { errorCode: 'carrier-unmapped', errorMessage: 'carrier "dhl" has no word' })]

    expect(holdsOf({ ...shipped, effects })).toEqual([`carrier-unmapped ${key} when-condition`])
  })

  it('that is planned, worked on or done needs nobody', () => {
    for (const state of ['planned', 'inflight', 'accepted', 'confirmed', 'withdrawn'] as const) {
      expect(holdsOf({ ...shipped, effects: [confirmEffect(1, { state })] })).toEqual([])
    }
  })
})

it('places no other reasons than those it answers for', () => {
  const effects = [createEffect(1, { state: 'rejected' }), confirmEffect(1, { state: 'rejected' }), cancelEffect(1, { state: 'rejected' })]
  const fulfillmentOrders = [fulfillmentOrder(1, { ...asked, status: 'wms-exception', parked: true })]

  for (const hold of progressHolds(dossier({ fulfillmentOrders, effects }))) expect(progressReasons.has(hold.reason)).toBe(true)
})

it('has nothing to say about offers of stock', () => {
  expect(holdsOf({ effects: [createEffect(1, { kind: 'offer-stock', state: 'rejected' })] })).toEqual([])
})
