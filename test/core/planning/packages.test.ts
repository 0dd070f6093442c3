import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FulfillmentOrder } from '../../../core/model/fulfillment-order.ts'
import type { Order } from '../../../core/model/order.ts'
import { newPackages } from '../../../core/planning/packages.ts'
import type { OutboundPackage } from '../../../core/ports/wms-adapter.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import type { Operations } from '../../../core/world.ts'
import { dossier, fulfillmentLine, fulfillmentOrder, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at, homeAddress } from '../../fakes/order-snapshots.ts'
import { acceptedOutbound, parcel } from '../../fakes/scripted-warehouse.ts'
import { testOperations, testWarehouse } from '../../fakes/test-operations.ts'

interface Facts {
  readonly order?: Partial<Order>
  readonly item?: Partial<FulfillmentOrder>
  readonly operations?: Operations
}

/** What becomes of the parcels of a reading. */
function packagesOf(parcels: readonly OutboundPackage[], { order: changes = {}, item = {}, operations = testOperations }: Facts = {}) {
  const fulfilled = fulfillmentOrder(1, item)
  const request = {
    reference: fulfilled.reference,
    platform: '',
    warehouseCode: '',
    serviceCode: '',
    shipTo: homeAddress,
    lines: [],
    taxIds: {},
  }
  const facts = dossier({ order: order(changes), fulfillmentOrders: [fulfilled] })
  return newPackages(facts, fulfilled, acceptedOutbound(request, { packages: parcels }), operations)
}

const inside = (packages: ReturnType<typeof packagesOf>) =>
  packages.map((item) => item.orderLines.map((line) => [line.platformLineId, line.quantity]))
const shippedAt = at('10:00')

describe('the packages of a reading', () => {
  it('are numbered through the whole order, and known ones are left out [amazon-write-03]', () => {
    const known = packed(3, { trackingNumber: '94-00', orderLines: [] })

    const packages = packagesOf(
      [parcel('9400', shippedAt), parcel('9401', shippedAt, { 'GC-MUG': 1 }), parcel('9402', shippedAt, { 'GC-MUG': 1 })],
      {
        item: { packages: [known] },
      },
    )

    expect(packages.map((item) => [item.ordinal, item.trackingNumber])).toEqual([
      [4, '9401'],
      [5, '9402'],
    ])
  })

  it('that travel under one number are one package with the contents of all', () => {
    const boxes = [parcel('9400', shippedAt, { 'GC-MUG': 1 }), parcel('94-00', shippedAt, { 'GC-MUG': 1 })]

    expect(inside(packagesOf(boxes))).toEqual([[['L1', 2]]])
    expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 1 }), parcel('9400', shippedAt)]))).toEqual([[['L1', 2]]])
  })

  it('without a tracking number are not packages yet', () => {
    expect(packagesOf([parcel('', shippedAt)])).toEqual([])
  })

  it('say when they left and what the warehouse calls their carrier', () => {
    expect(packagesOf([parcel('9400', shippedAt)])[0]).toMatchObject({ shippedAt, carrierRaw: 'FEDEX', carrier: 'fedex' })
    expect(packagesOf([{ trackingNumber: '9400', shippedAt }])[0]).not.toHaveProperty('carrierRaw')
  })
})

describe('our carrier for a package', () => {
  const services = [...testWarehouse.services, { code: 'air', wmsCode: 'DHL_AIR', carrier: 'dhl', countries: [] }]
  const operations = { ...testOperations, warehouses: [{ ...testWarehouse, services }] }

  it('is that of the service the warehouse used, not the one we asked for', () => {
    expect(packagesOf([{ ...parcel('9400', shippedAt), serviceCode: 'DHL_AIR' }], { operations })[0]?.carrier).toBe('dhl')
  })

  it('is that of the service we asked for when the warehouse’s is not known', () => {
    expect(packagesOf([{ ...parcel('9400', shippedAt), serviceCode: 'MYSTERY' }], { operations })[0]?.carrier).toBe('fedex')
  })

  it.each([
    ['the service', { service: 'gone' }],
    ['the warehouse', { warehouse: 'gone' }],
  ])('is unknown when %s is not configured any more', (_case, item) => {
    expect(packagesOf([parcel('9400', shippedAt)], { item })[0]).not.toHaveProperty('carrier')
  })
})

describe('what is in a package', () => {
  const two = {
    lines: [
      fulfillmentLine(),
      fulfillmentLine({ wmsSku: asWmsSku('GC-BOX'), sku: asSku('BOX'), quantity: 1, orderLines: [{ platformLineId: 'L2', quantity: 1 }] }),
    ],
  }

  it('is everything when the warehouse does not say', () => {
    expect(inside(packagesOf([parcel('9400', shippedAt)], { item: two }))).toEqual([
      [
        ['L1', 2],
        ['L2', 1],
      ],
    ])
  })

  it('is everything not yet in another when the warehouse says it of one alone', () => {
    expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 1 }), parcel('9401', shippedAt)], { item: two }))).toEqual([
      [['L1', 1]],
      [
        ['L1', 1],
        ['L2', 1],
      ],
    ])
  })

  it('is nothing more once everything is in others', () => {
    expect(inside(packagesOf([parcel('9400', shippedAt), parcel('9401', shippedAt)], { item: two }))).toEqual([
      [
        ['L1', 2],
        ['L2', 1],
      ],
      [],
    ])
  })

  it('is added up when the warehouse lists a product twice', () => {
    const mug = { wmsSku: asWmsSku('GC-MUG'), quantity: 1 }

    expect(inside(packagesOf([{ trackingNumber: '9400', shippedAt, lines: [mug, mug] }]))).toEqual([[['L1', 2]]])
  })

  it('is counted by the mapping that it was planned with, whatever the line stands for by now', () => {
    const pairs = { lines: [fulfillmentLine({ quantity: 4, orderLines: [{ platformLineId: 'L1', quantity: 2, perUnit: 2 }] })] }
    const remapped = { lines: [orderLine({ resolved: [{ sku: asSku('BOX'), quantity: 1 }] })] }

    expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 2 })], { order: remapped, item: pairs }))).toEqual([[['L1', 1]]])
  })

  it('leaves out what is no part of the order', () => {
    expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-GIFT': 1 })]))).toEqual([[]])
  })

  it('is never more than was asked for', () => {
    expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 9 })]))).toEqual([[['L1', 2]]])
  })

  it('is dealt out to the lines of one product in their order', () => {
    const orderLines = [
      { platformLineId: 'L1', quantity: 2 },
      { platformLineId: 'L2', quantity: 3 },
    ]
    const item = { lines: [fulfillmentLine({ quantity: 5, orderLines })] }

    expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 3 }), parcel('9401', shippedAt, { 'GC-MUG': 2 })], { item }))).toEqual([
      [
        ['L1', 2],
        ['L2', 1],
      ],
      [['L2', 2]],
    ])
  })

  it('counts units of a line whose goods are shelved by the half dozen', () => {
    const lines = [
      fulfillmentLine({
        wmsSku: asWmsSku('GC-CASE6'),
        sku: asSku('MUG-CASE'),
        quantity: 3,
        unitFactor: 6,
        orderLines: [{ platformLineId: 'L1', quantity: 18 }],
      }),
    ]
    const resolved = { lines: [orderLine({ quantity: 18, resolved: [{ sku: asSku('MUG-CASE'), quantity: 1 }] })] }

    expect(
      inside(
        packagesOf([parcel('9400', shippedAt, { 'GC-CASE6': 1 }), parcel('9401', shippedAt, { 'GC-CASE6': 2 })], {
          item: { lines },
          order: resolved,
        }),
      ),
    ).toEqual([[['L1', 6]], [['L1', 12]]])
  })

  describe('of a bundle', () => {
    const bundle = {
      order: {
        lines: [
          orderLine({
            quantity: 2,
            resolved: [
              { sku: asSku('MUG'), quantity: 2 },
              { sku: asSku('BOX'), quantity: 1 },
            ],
          }),
        ],
      },
      item: {
        lines: [
          fulfillmentLine({ quantity: 4, orderLines: [{ platformLineId: 'L1', quantity: 2 }] }),
          fulfillmentLine({
            wmsSku: asWmsSku('GC-BOX'),
            sku: asSku('BOX'),
            quantity: 2,
            orderLines: [{ platformLineId: 'L1', quantity: 2 }],
          }),
        ],
      },
    }

    it('in one parcel is its units', () => {
      expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 4, 'GC-BOX': 2 })], bundle))).toEqual([[['L1', 2]]])
    })

    it('in two parcels counts with the first that holds a part of it, and never twice [ebay-write-07]', () => {
      expect(inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 4 }), parcel('9401', shippedAt, { 'GC-BOX': 2 })], bundle))).toEqual([
        [['L1', 2]],
        [],
      ])
    })

    it('torn through the middle counts as begun', () => {
      expect(
        inside(packagesOf([parcel('9400', shippedAt, { 'GC-MUG': 1 }), parcel('9401', shippedAt, { 'GC-MUG': 3, 'GC-BOX': 2 })], bundle)),
      ).toEqual([[['L1', 1]], [['L1', 1]]])
    })
  })

  it('is, over all parcels, never more than the order line has, whatever the warehouse says', () => {
    const contents = fc.array(fc.dictionary(fc.constantFrom('GC-MUG', 'GC-BOX', 'GC-OTHER'), fc.integer({ min: 0, max: 5 })), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(contents, (parcels) => {
        const packages = packagesOf(
          parcels.map((lines, index) => parcel(`94${index}`, shippedAt, lines)),
          { item: two },
        )

        for (const [line, quantity] of [
          ['L1', 2],
          ['L2', 1],
        ] as const) {
          const total = packages.flatMap((item) => item.orderLines).filter((part) => part.platformLineId === line)
          expect(total.reduce((sum, part) => sum + part.quantity, 0)).toBeLessThanOrEqual(quantity)
        }
      }),
    )
  })
})
