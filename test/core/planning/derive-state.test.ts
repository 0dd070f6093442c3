import { describe, expect, it } from 'vitest'
import type { OrderState } from '../../../core/model/order.ts'
import { releasedHold } from '../../../core/model/reconcile-holds.ts'
import { deriveState } from '../../../core/planning/derive-state.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { confirmEffect, dossier, fulfillmentOrder, hold, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const given = (changes: Parameters<typeof order>[0] = {}, parts: Partial<Dossier> = {}) => dossier({ order: order(changes), ...parts })
const lines = (changes: Parameters<typeof orderLine>[0]) => ({ lines: [orderLine(changes)] })
const one = packed(1, { orderLines: [{ platformLineId: 'L1', quantity: 1 }] })
const shipped = fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })
const short = fulfillmentOrder(1, { status: 'shipped', packages: [one] })
const reported = confirmEffect(1, { state: 'confirmed' })
const closed = (as: 'shipped' | 'given-up') => ({ edits: { closed: { as, reason: 'by hand' } } })
const refused = confirmEffect(1, { state: 'rejected', settledAt: at('11:00') })
const refusal = hold({ reason: 'writeback-rejected', subject: refused.key, release: { mode: 'manual' }, placedAt: at('11:00') })

/** Facts → state. */
const table: readonly (readonly [string, Dossier, OrderState])[] = [
  ['nothing decided', given(), 'open'],
  ['no lines shown', given({ lines: [] }), 'open'],
  ['waiting for payment', given({ platformState: 'awaiting-payment' }), 'awaiting-payment'],
  ['cancelled on the platform', given({ platformState: 'cancelled' }), 'cancelled'],
  ['shipped by somebody else', given({ platformState: 'shipped', ...lines({ shippedQuantity: 2 }) }), 'completed'],
  ['partly shipped by somebody else', given({ platformState: 'partially-shipped', ...lines({ shippedQuantity: 1 }) }), 'partially-shipped'],
  ['every line cancelled', given(lines({ cancelledQuantity: 2 })), 'cancelled'],
  ['the rest cancelled after somebody shipped', given(lines({ cancelledQuantity: 1, shippedQuantity: 1 })), 'completed'],
  ['not ours to ship', given({ ignoredReason: 'digital' }), 'ignored'],
  ['not ours to ship and cancelled', given({ ignoredReason: 'digital', platformState: 'cancelled' }), 'ignored'],
  ['given up by a person', given(closed('given-up')), 'ignored'],
  ['shipped outside', given(closed('shipped')), 'completed'],
  ['planned', given({}, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })] }), 'open'],
  [
    'planned, and unpaid again',
    given({ platformState: 'awaiting-payment' }, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })] }),
    'awaiting-payment',
  ],
  ['accepted', given({}, { fulfillmentOrders: [fulfillmentOrder(1)] }), 'in-fulfillment'],
  ['in trouble at the warehouse', given({}, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'wms-exception' })] }), 'in-fulfillment'],
  [
    'cancelled on the platform, not yet stopped',
    given({ platformState: 'cancelled' }, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'processing' })] }),
    'in-fulfillment',
  ],
  ['stopped at the warehouse', given({}, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })] }), 'open'],
  [
    'cancelled on the platform and stopped',
    given({ platformState: 'cancelled' }, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })] }),
    'cancelled',
  ],
  [
    'one parcel of two',
    given({}, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'partially-shipped', packages: [one] })] }),
    'partially-shipped',
  ],
  ['shipped, not reported yet', given({}, { fulfillmentOrders: [shipped], effects: [confirmEffect(1)] }), 'shipped'],
  ['shipped, no report planned', given({}, { fulfillmentOrders: [shipped] }), 'shipped'],
  [
    'shipped, the report is open',
    given({}, { fulfillmentOrders: [shipped], effects: [confirmEffect(1, { state: 'unknown' })] }),
    'shipped',
  ],
  [
    'shipped, the report is worked on',
    given({}, { fulfillmentOrders: [shipped], effects: [confirmEffect(1, { state: 'accepted' })] }),
    'shipped',
  ],
  ['shipped and reported', given({}, { fulfillmentOrders: [shipped], effects: [reported] }), 'completed'],
  [
    'shipped, nothing to report',
    given({}, { fulfillmentOrders: [shipped], effects: [confirmEffect(1, { state: 'withdrawn' })] }),
    'completed',
  ],
  ['shipped, the report was refused', given({}, { fulfillmentOrders: [shipped], effects: [refused], holds: [refusal] }), 'shipped'],
  [
    'shipped, a person has dealt with the refusal',
    given({}, { fulfillmentOrders: [shipped], effects: [refused], holds: [releasedHold(refusal, 'ada', at('12:00'))] }),
    'completed',
  ],
  [
    'shipped, refused once more after a person asked again',
    given(
      {},
      {
        fulfillmentOrders: [shipped],
        effects: [{ ...refused, settledAt: at('13:00') }],
        holds: [releasedHold(refusal, 'ada', at('12:00'))],
      },
    ),
    'shipped',
  ],
  ['closed with too little', given({}, { fulfillmentOrders: [short], effects: [reported] }), 'partially-shipped'],
  [
    'closed with too little, the rest was cancelled',
    given(lines({ cancelledQuantity: 1 }), { fulfillmentOrders: [short], effects: [reported] }),
    'completed',
  ],
  [
    'closed with too little, the rest given up',
    given(closed('given-up'), { fulfillmentOrders: [short], effects: [reported] }),
    'completed',
  ],
  ['shipped although cancelled', given({ platformState: 'cancelled' }, { fulfillmentOrders: [short], effects: [reported] }), 'completed'],
  [
    'stopped after one parcel',
    given({}, { fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled', packages: [one] })], effects: [reported] }),
    'partially-shipped',
  ],
  [
    'stopped after one parcel, the rest was cancelled, not reported yet',
    given(lines({ cancelledQuantity: 1 }), {
      fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled', packages: [one] })],
      effects: [confirmEffect(1)],
    }),
    'shipped',
  ],
  [
    'stopped after one parcel, the rest left in another',
    given(
      {},
      {
        fulfillmentOrders: [
          fulfillmentOrder(1, { status: 'cancelled', packages: [one] }),
          fulfillmentOrder(2, { status: 'shipped', packages: [{ ...one, ordinal: 2 }] }),
        ],
        effects: [reported, confirmEffect(2, { state: 'confirmed' })],
      },
    ),
    'completed',
  ],
]

describe('the state of an order', () => {
  it.each(table)('is, when it is %s, what the facts say', (_facts, facts, state) => {
    expect(deriveState(facts)).toBe(state)
  })

  it('is not moved by holds', () => {
    expect(deriveState(given({}, { holds: [hold()] }))).toBe('open')
  })
})
