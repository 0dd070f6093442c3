import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FulfillmentOrder, Package } from '../../../core/model/fulfillment-order.ts'
import { sharePackages } from '../../../core/planning/share-packages.ts'
import type { OutboundPackage } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { fulfillmentLine, fulfillmentOrder, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { parcel } from '../../fakes/scripted-warehouse.ts'

type Goods = Readonly<Record<string, number>>

const linesOf = (goods: Goods) => Object.entries(goods).map(([sku, quantity]) => fulfillmentLine({ wmsSku: asWmsSku(sku), quantity }))
const contentsOf = (goods: Goods): Pick<Package, 'contents'> => ({
  contents: Object.entries(goods).map(([sku, quantity]) => ({ wmsSku: asWmsSku(sku), quantity })),
})
const row = (number: number, goods: Goods, packages: readonly Package[] = []): FulfillmentOrder =>
  fulfillmentOrder(number, { lines: linesOf(goods), packages, merged: ['1', '2'] })
const told = (packages: readonly OutboundPackage[]) =>
  packages.map(
    ({ trackingNumber, lines }) => `${trackingNumber}: ${lines?.map((line) => `${line.quantity} ${line.wmsSku}`).join(' + ') ?? 'all'}`,
  )
const shared = (rows: readonly FulfillmentOrder[], ...packages: readonly OutboundPackage[]) => sharePackages(rows, packages).map(told)

describe('the packages of a parcel', () => {
  it('stay as they are for an order that travels alone', () => {
    const packages = [parcel('9400', at('10:00'), { MUG: 9 })]

    expect(sharePackages([row(1, { MUG: 2 })], packages)).toEqual([packages])
  })

  it('belong to everyone whose goods are in them, the lead first', () => {
    const rows = [row(1, { MUG: 2 }), row(2, { MUG: 3, BOX: 1 })]

    expect(shared(rows, parcel('9400', at('10:00'), { MUG: 4 }), parcel('9401', at('10:00'), { MUG: 1, BOX: 1 }))).toEqual([
      ['9400: 2 MUG'],
      ['9400: 2 MUG', '9401: 1 MUG + 1 BOX'],
    ])
  })

  it('are everybody’s when the warehouse does not say what is inside, and then nothing is left', () => {
    const rows = [row(1, { MUG: 2 }), row(2, { BOX: 1 })]

    expect(shared(rows, parcel('9400', at('10:00')), parcel('9401', at('10:00'), { BOX: 1 }))).toEqual([
      ['9400: all', '9401: 1 BOX'],
      ['9400: all'],
    ])
  })

  it('go on from what earlier readings told, and known ones are not told again', () => {
    const rows = [
      row(1, { MUG: 2 }, [packed(1, { trackingNumber: '94-00', ...contentsOf({ MUG: 2 }) })]),
      row(2, { MUG: 3 }, [packed(1, { trackingNumber: '94-00', ...contentsOf({ MUG: 1 }) })]),
    ]

    expect(shared(rows, parcel('9400', at('10:00'), { MUG: 3 }), parcel('9401', at('10:00'), { MUG: 2 }))).toEqual([[], ['9401: 2 MUG']])
  })

  it('that nobody lacks stay with the lead, so that none is forgotten', () => {
    expect(shared([row(1, { MUG: 1 }), row(2, { MUG: 1 })], parcel('9400', at('10:00'), { CAP: 1 }))).toEqual([['9400: 1 CAP'], []])
  })

  it('never give more than they hold, nor to an order more than it lacks', () => {
    const goods = fc.dictionary(fc.constantFrom('MUG', 'BOX', 'CAP'), fc.integer({ min: 1, max: 5 }))
    const input = fc.tuple(fc.array(goods, { minLength: 2, maxLength: 4 }), fc.array(goods, { maxLength: 5 }))
    fc.assert(
      fc.property(input, ([orders, boxes]) => {
        const rows = orders.map((lines, index) => row(index + 1, lines))
        const packages = boxes.map((contents, index) => parcel(`94${index}`, at('10:00'), contents))
        const shares = sharePackages(rows, packages)
        for (const [index, box] of boxes.entries()) {
          const parts = shares.flat().filter((item) => item.trackingNumber === `94${index}`)
          expect(parts.length).toBeGreaterThan(0)
          for (const sku of Object.keys(box)) expect(unitsOf(parts, sku)).toBeLessThanOrEqual(box[sku] ?? 0)
        }
        for (const [index, lines] of orders.entries())
          for (const sku of Object.keys(lines)) {
            const inBoxes = boxes.reduce((sum, box) => sum + (box[sku] ?? 0), 0)
            const given = unitsOf(shares[index] ?? [], sku)
            expect(given).toBeLessThanOrEqual(Math.max(lines[sku] ?? 0, index === 0 ? inBoxes : 0))
          }
      }),
    )
  })
})

function unitsOf(packages: readonly OutboundPackage[], sku: string): number {
  const lines = packages.flatMap((item) => item.lines ?? []).filter((line) => line.wmsSku === sku)
  return lines.reduce((sum, line) => sum + line.quantity, 0)
}
