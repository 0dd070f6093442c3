import { describe, expect, it } from 'vitest'
import { audit } from '../../../core/audit/audit.ts'
import type { Evidence, ShopEvidence } from '../../../core/audit/evidence.ts'
import type { LedgerOrder, LedgerOutbound, LedgerShipment } from '../../../core/audit/ledger.ts'
import type { Order } from '../../../core/model/order.ts'
import { releasedHold } from '../../../core/model/reconcile-holds.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import {
  confirmEffect,
  createEffect,
  dossier,
  fulfillmentLine,
  fulfillmentOrder,
  hold,
  order,
  orderLine,
  packed,
} from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const both = [{ platformLineId: 'L1', quantity: 2 }]
const shipment: LedgerShipment = { trackingNumber: '9401', at: at('11:00'), throughApi: true, lines: both }
const listed: LedgerOrder = {
  platformOrderId: '1',
  createdAt: at('07:00'),
  status: 'shipped',
  oursToShip: true,
  visible: true,
  lines: [{ platformLineId: 'L1', channelSku: 'CH-MUG', quantity: 2, cancelledQuantity: 0 }],
  shipments: [shipment],
}
const parcel = { trackingNumber: '9401', shippedAt: at('10:00'), lines: [{ wmsSku: 'GC-MUG', quantity: 2 }] }
const outbound: LedgerOutbound = {
  reference: 'Q000000000001-1',
  wmsOrderNo: 'W1',
  createdAt: at('08:00'),
  status: 'shipped',
  warehouseCode: 'USEA',
  serviceCode: 'FEDEX_GROUND',
  lines: [{ wmsSku: 'GC-MUG', quantity: 2 }],
  packages: [parcel],
}
const done: Partial<Dossier> = {
  order: order({ state: 'completed', platformState: 'shipped' }),
  fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })],
  effects: [createEffect(1), confirmEffect(1, { state: 'confirmed' })],
}

interface Facts {
  readonly orders?: readonly LedgerOrder[]
  readonly shop?: Partial<ShopEvidence>
  readonly outbounds?: readonly LedgerOutbound[]
  readonly dossiers?: readonly Dossier[]
}

/** One order that went all the way, unless told otherwise. */
function evidence({ orders = [listed], shop = {}, outbounds = [outbound], dossiers = [dossier(done)] }: Facts = {}): Evidence {
  const ledger = { platform: 'shopify', account: 'brand', orders, requests: [] }
  return {
    shops: [{ shop: 'brand', since: at('00:00'), ledger, polledAt: at('09:00'), rejectedIds: new Set(), ...shop }],
    warehouses: [{ account: 'gc', ledger: { adapter: 'scripted', account: 'gc', outbounds, requests: [] } }],
    dossiers,
  }
}

function found(facts: Facts): readonly string[] {
  return audit(evidence(facts)).violations.map((violation) => `${violation.invariant} ${violation.subject}`)
}

const changed = (change: Partial<Dossier>) => dossier({ ...done, ...change })
const undone: Partial<Dossier> = { fulfillmentOrders: [], effects: [] }
/** Nothing at the warehouse and nothing reported, so that only what is tested can be found. */
const quiet: Facts = { orders: [{ ...listed, status: 'open', shipments: [] }], outbounds: [] }

describe('an audit of clean evidence', () => {
  it('finds nothing', () => {
    expect(audit(evidence())).toEqual({ lost: 0, duplicates: 0, violations: [] })
  })

  it('finds nothing when there is nothing', () => {
    expect(audit({ shops: [], warehouses: [], dossiers: [] })).toEqual({ lost: 0, duplicates: 0, violations: [] })
  })
})

describe('I1: an order that is lost', () => {
  it('is found and counted', () => {
    const result = audit(evidence({ ...quiet, dossiers: [], shop: { polledAt: undefined as never } }))

    expect(result).toMatchObject({ lost: 1, violations: [{ invariant: 'I1', subject: 'brand/1' }] })
  })

  it.each([
    ['it is not visible yet', { orders: [{ ...listed, visible: false, shipments: [] }] }],
    ['it is older than what the shop was taken over with', { shop: { since: at('08:00') } }],
    ['it was set aside as unreadable', { shop: { rejectedIds: new Set(['1']) } }],
  ])('is not lost when %s', (_case, facts) => {
    expect(found({ ...quiet, ...facts, dossiers: [] })).toEqual([])
  })

  it('of another shop does not stand for it', () => {
    expect(found({ ...quiet, dossiers: [dossier({ order: order({ shop: 'other', state: 'cancelled' }) })] })).toEqual([
      'I1 brand/1',
      'I4 brand/1',
    ])
  })
})

describe('I2: an order that is stored twice', () => {
  it('is found', () => {
    expect(found({ dossiers: [dossier(done), dossier(done)] })).toContain('I2 brand/1')
  })
})

describe('I4: a cursor that has passed an order', () => {
  it('is found when a poll that began later has finished', () => {
    expect(found({ ...quiet, dossiers: [] })).toEqual(['I1 brand/1', 'I4 brand/1'])
  })

  it('is not blamed for an order that came later', () => {
    expect(found({ ...quiet, dossiers: [], shop: { polledAt: at('06:00') } })).toEqual(['I1 brand/1'])
  })
})

describe('I6: goods that leave twice', () => {
  it('are two live orders under one reference', () => {
    const twin = { ...outbound, wmsOrderNo: 'W2', status: 'processing', packages: [] } as const

    expect(audit(evidence({ outbounds: [outbound, twin] }))).toMatchObject({
      duplicates: 1,
      violations: [{ invariant: 'I6', subject: outbound.reference }],
    })
    expect(found({ outbounds: [outbound, { ...twin, status: 'cancelled' }] })).toEqual([])
  })

  it('are an order at the warehouse that nobody here knows', () => {
    const stranger = { ...outbound, reference: 'Q-STRAY-1' }

    expect(found({ outbounds: [outbound, stranger] })).toEqual(['I6 Q-STRAY-1'])
    expect(found({ outbounds: [outbound, { ...stranger, status: 'cancelled' }] })).toEqual([])
  })

  it('are more units than were ordered, over all generations', () => {
    const second = { ...outbound, reference: 'Q000000000001-2', packages: [{ ...parcel, trackingNumber: '9402' }] }
    const twice = changed({
      fulfillmentOrders: [...(done.fulfillmentOrders ?? []), fulfillmentOrder(2, { status: 'shipped', packages: [packed(2)] })],
      effects: [...(done.effects ?? []), createEffect(2), confirmEffect(2, { state: 'withdrawn' })],
    })

    const result = audit(evidence({ outbounds: [outbound, second], dossiers: [twice] }))

    expect(result.violations).toMatchObject([
      { invariant: 'I6', subject: 'Q000000000001', message: '4 of MUG were shipped, 2 were ordered' },
    ])
    expect(result.duplicates).toBe(1)
  })

  it('are not goods of another order in the same parcel, but are those that nobody asked for', () => {
    const merged = ['Q000000000001-1', 'Q000000000002-1']
    const other = fulfillmentOrder(1, { foNo: 'Q000000000002-1', orderNo: 'Q000000000002', merged })
    const both = [
      changed({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)], merged })] }),
      dossier({
        ...undone,
        order: order({ orderNo: 'Q000000000002', platformOrderId: '2', state: 'completed' }),
        fulfillmentOrders: [{ ...other, reference: 'Q000000000001-1', status: 'shipped', packages: [packed(1)] }],
      }),
    ]
    const leaving = (quantity: number) => [
      { ...outbound, lines: [{ wmsSku: 'GC-MUG', quantity }], packages: [{ ...parcel, lines: [{ wmsSku: 'GC-MUG', quantity }] }] },
    ]

    expect(found({ outbounds: leaving(4), dossiers: both })).toEqual([])
    expect(found({ outbounds: leaving(5), dossiers: both })).toEqual(['I6 Q000000000001'])
  })

  it('are counted in units of the order, through bundles and cases', () => {
    const lines = [
      fulfillmentLine({
        wmsSku: asWmsSku('GC-CASE6'),
        sku: asSku('MUG-CASE'),
        quantity: 1,
        unitFactor: 6,
        orderLines: [{ platformLineId: 'L1', quantity: 2 }],
      }),
    ]
    const resolved = [{ sku: asSku('MUG-CASE'), quantity: 3 }]
    const fits = changed({
      order: order({ ...done.order, lines: [orderLine({ resolved })] }),
      fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', lines, packages: [packed(1)] })],
    })
    const cases = (quantity: number) => [
      {
        ...outbound,
        packages: [
          {
            ...parcel,
            lines: [
              { wmsSku: 'GC-CASE6', quantity },
              { wmsSku: 'GC-FLYER', quantity: 9 },
            ],
          },
        ],
      },
    ]

    expect(found({ dossiers: [fits], outbounds: cases(1) })).toEqual([])
    expect(found({ dossiers: [fits], outbounds: cases(2) })).toEqual(['I6 Q000000000001'])
  })
})

describe('I7: a push that did not arrive', () => {
  const pushed = changed({ fulfillmentOrders: [fulfillmentOrder(1)], effects: [createEffect(1)] })

  it('is found when it is recorded as done and the warehouse has nothing', () => {
    expect(found({ ...quiet, dossiers: [pushed] })).toEqual(['I7 Q000000000001-1'])
    expect(found({ ...quiet, dossiers: [pushed], outbounds: [{ ...outbound, status: 'cancelled', packages: [] }] })).toEqual([
      'I7 Q000000000001-1',
    ])
  })

  it('is found too while the rest of the order waits for stock', () => {
    expect(found({ ...quiet, dossiers: [{ ...pushed, holds: [hold({ subject: 'rest' })] }] })).toEqual(['I7 Q000000000001-1'])
  })

  it.each([
    ['a hold shows it', { ...pushed, holds: [hold()] }],
    ['it was stopped', { ...pushed, fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })] }],
    ['it is not known to have arrived', { ...pushed, effects: [createEffect(1, { state: 'unknown' })] }],
  ])('is none when %s', (_case, facts) => {
    expect(found({ ...quiet, dossiers: [facts] })).toEqual([])
  })
})

describe('I9: a package that does not stand on its platform exactly once', () => {
  it('is missing', () => {
    expect(found({ orders: [{ ...listed, shipments: [] }] })).toEqual(['I9 brand/1'])
  })

  const refused = confirmEffect(1, { state: 'rejected', settledAt: at('11:00') })
  const refusal = hold({ reason: 'writeback-rejected', subject: refused.key, release: { mode: 'manual' } })

  it.each([
    ['a hold shows it', changed({ holds: [hold()] }), {}],
    ['the report was withdrawn', changed({ effects: [createEffect(1), confirmEffect(1, { state: 'withdrawn' })] }), {}],
    ['the order is cancelled there', changed({}), { status: 'cancelled' }],
    [
      'a person told the platform by other means',
      changed({ effects: [createEffect(1), refused], holds: [releasedHold(refusal, 'ada', at('12:00'))] }),
      {},
    ],
  ] as const)('may be missing when %s', (_case, facts, change) => {
    expect(found({ orders: [{ ...listed, shipments: [], ...change }], dossiers: [facts] })).toEqual([])
  })

  it('stands there twice', () => {
    const result = audit(evidence({ orders: [{ ...listed, shipments: [shipment, { ...shipment, lines: [] }] }] }))

    expect(result.violations).toMatchObject([{ invariant: 'I9', subject: 'brand/1', message: expect.stringContaining('2 times') }])
    expect(result.duplicates).toBe(1)
  })

  it.each([
    ['other units', [{ platformLineId: 'L1', quantity: 1 }]],
    ['another line', [{ platformLineId: 'L2', quantity: 2 }]],
  ])('stands there with %s', (_case, lines) => {
    expect(
      found({
        orders: [
          {
            ...listed,
            lines: [...listed.lines, { ...listed.lines[0], platformLineId: 'L2' } as never],
            shipments: [{ ...shipment, lines }],
          },
        ],
      }),
    ).toEqual(['I9 brand/1'])
  })

  it('is right where the platform ships orders whole, or writes numbers its own way', () => {
    expect(found({ orders: [{ ...listed, shipments: [{ ...shipment, trackingNumber: '94 01', lines: [] }] }] })).toEqual([])
  })

  it('makes a line shipped beyond what was ordered', () => {
    const more = { ...shipment, trackingNumber: '9499', throughApi: false }
    const result = audit(evidence({ orders: [{ ...listed, shipments: [shipment, more] }] }))

    expect(result.violations).toMatchObject([{ invariant: 'I9', message: expect.stringContaining('beyond the 2 ordered') }])
    expect(result.duplicates).toBe(1)
  })

  it('left the warehouse and was never learned of', () => {
    const unlearned = { ...outbound, packages: [parcel, { ...parcel, trackingNumber: '9402', lines: [] }] }

    expect(found({ outbounds: [unlearned] })).toEqual(['I9 Q000000000001-1'])
  })
})

describe('I9: a tracking number that was corrected', () => {
  const told = confirmEffect(1, { state: 'confirmed' })
  const moved = { ...packed(1), trackingNumber: '9501', formerNumbers: ['9401'] }
  const corrected = (state: 'confirmed' | 'withdrawn') =>
    changed({
      fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [moved] })],
      effects: [createEffect(1), told, { ...told, key: `${told.key}:2`, state }],
    })
  const outbounds = [{ ...outbound, packages: [{ ...parcel, trackingNumber: '9501' }] }]
  const under = (trackingNumber: string) => [{ ...listed, shipments: [{ ...shipment, trackingNumber }] }]

  it('must be the one that stands there', () => {
    expect(found({ orders: under('9501'), outbounds, dossiers: [corrected('confirmed')] })).toEqual([])
    expect(found({ orders: under('9401'), outbounds, dossiers: [corrected('confirmed')] })).toEqual(['I9 brand/1'])
  })

  it('may be the old one where the platform lets nothing be changed', () => {
    expect(found({ orders: under('9401'), outbounds, dossiers: [corrected('withdrawn')] })).toEqual([])
  })
})

describe('I10: a shipment that no warehouse made', () => {
  const invented = { ...shipment, trackingNumber: 'INVENTED', lines: [] }

  it('is found when we told the platform', () => {
    expect(found({ orders: [{ ...listed, shipments: [shipment, invented] }] })).toEqual(['I10 brand/1'])
  })

  it('is found also of an order that is not known here', () => {
    expect(found({ dossiers: [], outbounds: [], shop: { since: at('08:00') } })).toEqual(['I10 brand/1'])
  })

  it('is the seller’s own business when somebody else told the platform', () => {
    expect(found({ orders: [{ ...listed, shipments: [shipment, { ...invented, throughApi: false }] }] })).toEqual([])
  })
})

describe('I10: a unit in a merged parcel', () => {
  it('is not counted for two of its orders', () => {
    const merged = ['Q000000000001-1', 'Q000000000002-1']
    const holding = (quantity: number) => packed(1, { contents: [{ wmsSku: asWmsSku('GC-MUG'), quantity }] })
    const share = (orderNo: string, quantity: number) =>
      dossier({
        ...done,
        order: order({ orderNo, state: 'completed', platformOrderId: orderNo }),
        fulfillmentOrders: [
          fulfillmentOrder(1, { foNo: `${orderNo}-1`, orderNo, merged, status: 'shipped', packages: [holding(quantity)] }),
        ],
      })
    const of = (second: number) => [share('Q000000000001', 1), share('Q000000000002', second)]

    expect(found({ orders: [], dossiers: of(1) })).toEqual([])
    expect(found({ orders: [], dossiers: of(2) })).toEqual(['I10 Q000000000001-1'])
  })
})

describe('I11: an order that stands still', () => {
  const standing = (parts: Partial<Dossier>, changes: Partial<Order> = {}) => dossier({ order: order(changes), ...parts })

  it.each([
    ['nothing is due', standing(undone)],
    [
      'it is shipped and nothing reports it',
      standing({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped' })] }, { state: 'shipped' }),
    ],
    ['its create will never be sent', standing({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })], effects: [] })],
    [
      'its create will never be sent, while the rest of it waits for stock',
      standing({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })], effects: [], holds: [hold({ subject: 'rest' })] }),
    ],
    ['its hold is released', standing({ holds: [releasedHold(hold(), 'ada', at('09:00'))] })],
  ])('is found when %s', (_case, facts) => {
    expect(found({ ...quiet, dossiers: [facts] })).toEqual(['I11 brand/1'])
  })

  it.each([
    ['it is completed', standing(undone, { state: 'completed' })],
    ['it is cancelled', standing(undone, { state: 'cancelled' })],
    ['it is ignored', standing(undone, { state: 'ignored' })],
    ['a hold shows it', standing({ holds: [hold()] })],
    ['what is left of it waits for stock', standing({ ...undone, holds: [hold({ subject: 'rest' })] })],
    ['a decision is due', standing(undone, { planDueAt: addMs(at('09:00'), 1) as Instant })],
    ['the buyer has to pay', standing(undone, { platformState: 'awaiting-payment', state: 'awaiting-payment' })],
    ['an effect is due', standing({ effects: [createEffect(1, { state: 'planned', nextAttemptAt: at('09:00') })] })],
    ['a call is under way', standing({ effects: [createEffect(1, { state: 'inflight' })] })],
  ])('does not when %s', (_case, facts) => {
    expect(found({ orders: [], outbounds: [], dossiers: [facts] })).toEqual([])
  })

  it('does not when the warehouse works on it', () => {
    const facts = standing({ fulfillmentOrders: [fulfillmentOrder(1, { status: 'processing' })], effects: [createEffect(1)] })

    expect(found({ ...quiet, dossiers: [facts], outbounds: [{ ...outbound, status: 'processing', packages: [] }] })).toEqual([])
  })
})
