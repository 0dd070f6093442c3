import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FulfillmentOrder } from '../../../core/model/fulfillment-order.ts'
import type { OrderLine } from '../../../core/model/order.ts'
import { allocatedUnits, demandedUnits, lineOf, packedUnits, unitsOf, unplannedUnits } from '../../../core/planning/demand.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { dossier, fulfillmentLine, fulfillmentOrder, order, orderLine, packed } from '../../fakes/dossiers.ts'

const line = (changes: Partial<OrderLine>) => dossier({ order: order({ lines: [orderLine(changes)] }) })
const units = (map: ReadonlyMap<string, number>) => Object.fromEntries(map)
/** So many units of the line in one package. */
const part = (ordinal: number, quantity: number) => packed(ordinal, { orderLines: [{ platformLineId: 'L1', quantity }] })

describe('what we have to ship in all', () => {
  it.each([
    ['what was ordered', { quantity: 5 }, 5],
    ['less what was cancelled', { quantity: 5, cancelledQuantity: 2 }, 3],
    ['less what somebody else shipped', { quantity: 5, shippedQuantity: 1 }, 4],
    ['never less than nothing', { quantity: 5, cancelledQuantity: 3, shippedQuantity: 4 }, 0],
  ])('is %s', (_case, changes, demanded) => {
    expect(units(demandedUnits(line(changes)))).toEqual({ L1: demanded })
  })

  it('does not shrink by what the platform shows as shipped because we told it', () => {
    const ours = [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })]

    expect(units(demandedUnits({ ...line({ quantity: 2, shippedQuantity: 2 }), fulfillmentOrders: ours }))).toEqual({ L1: 2 })
    expect(units(demandedUnits({ ...line({ quantity: 5, shippedQuantity: 3 }), fulfillmentOrders: ours }))).toEqual({ L1: 4 })
  })

  it('does not shrink when a platform counts an order as shipped with its first parcel', () => {
    const begun = [fulfillmentOrder(1, { status: 'partially-shipped', packages: [part(1, 1)] })]

    expect(units(demandedUnits({ ...line({ shippedQuantity: 2 }), fulfillmentOrders: begun }))).toEqual({ L1: 2 })
  })

  it('shrinks by what somebody else shipped while ours has not begun', () => {
    expect(units(demandedUnits({ ...line({ shippedQuantity: 2 }), fulfillmentOrders: [fulfillmentOrder(1)] }))).toEqual({ L1: 0 })
  })
})

describe('what is not planned yet', () => {
  it.each([
    ['everything at first', [], { L1: 2 }],
    ['nothing while a fulfillment order has it', [fulfillmentOrder(1)], {}],
    ['everything again when that was cancelled', [fulfillmentOrder(1, { status: 'cancelled' })], { L1: 2 }],
    [
      'the rest when that was cancelled after one parcel',
      [fulfillmentOrder(1, { status: 'cancelled', packages: [part(1, 1)] })],
      { L1: 1 },
    ],
    ['the rest when that was closed with too little', [fulfillmentOrder(1, { status: 'shipped', packages: [part(1, 1)] })], { L1: 1 }],
    ['nothing when that was shipped whole', [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })], {}],
    ['never negative', [fulfillmentOrder(1), fulfillmentOrder(2)], {}],
  ])('is %s', (_case, fulfillmentOrders, expected) => {
    expect(units(unplannedUnits(dossier({ fulfillmentOrders })))).toEqual(expected)
  })

  it('is nothing of a line that is cancelled or removed', () => {
    expect(units(unplannedUnits(line({ cancelledQuantity: 2 })))).toEqual({})
    expect(units(unplannedUnits(dossier({ order: order({ lines: [] }) })))).toEqual({})
  })

  it('is, with what is planned and what has left, exactly what is demanded', () => {
    const generation = fc.record({
      status: fc.constantFrom('planned', 'accepted', 'processing', 'partially-shipped', 'shipped', 'wms-exception', 'cancelled'),
      quantity: fc.integer({ min: 1, max: 5 }),
      packed: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 10 }),
        fc.array(generation, { maxLength: 5 }),
        (quantity, cancelled, all) => {
          const fulfillmentOrders = all.map((item, index) => {
            const lines = [fulfillmentLine({ quantity: item.quantity, orderLines: [{ platformLineId: 'L1', quantity: item.quantity }] })]
            const packages = item.packed === 0 || item.status === 'planned' ? [] : [part(index + 1, Math.min(item.packed, item.quantity))]
            return fulfillmentOrder(index + 1, { status: item.status as FulfillmentOrder['status'], lines, packages })
          })
          const facts = { ...line({ quantity, cancelledQuantity: Math.min(cancelled, quantity) }), fulfillmentOrders }
          const demanded = demandedUnits(facts).get('L1') ?? 0
          const allocated = allocatedUnits(fulfillmentOrders).get('L1') ?? 0

          expect(unplannedUnits(facts).get('L1') ?? 0).toBe(Math.max(0, demanded - allocated))
        },
      ),
    )
  })
})

describe('the units of a fulfillment order', () => {
  it('are units of order lines: the parts of a bundle are not added up', () => {
    const lines = [
      fulfillmentLine({ quantity: 6, orderLines: [{ platformLineId: 'L1', quantity: 3 }] }),
      fulfillmentLine({ wmsSku: asWmsSku('GC-BOX'), sku: asSku('BOX'), quantity: 3, orderLines: [{ platformLineId: 'L1', quantity: 3 }] }),
    ]

    expect(units(unitsOf({ lines }))).toEqual({ L1: 3 })
  })

  it('of one product are told apart by order line', () => {
    const orderLines = [
      { platformLineId: 'L1', quantity: 2 },
      { platformLineId: 'L2', quantity: 3 },
    ]

    expect(units(unitsOf({ lines: [fulfillmentLine({ quantity: 5, orderLines })] }))).toEqual({ L1: 2, L2: 3 })
  })

  it('add up over fulfillment orders and over packages', () => {
    const two = [fulfillmentOrder(1, { packages: [part(1, 1)] }), fulfillmentOrder(2, { packages: [part(2, 1), part(3, 1)] })]

    expect(units(allocatedUnits(two))).toEqual({ L1: 4 })
    expect(units(packedUnits(two))).toEqual({ L1: 3 })
  })
})

it('finds a line by its id', () => {
  expect(lineOf(order(), 'L1')?.channelSku).toBe('CH-MUG')
  expect(lineOf(order(), 'L9')).toBeUndefined()
})
