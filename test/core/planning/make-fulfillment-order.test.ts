import { describe, expect, it } from 'vitest'
import { takeApart } from '../../../core/mapping/bundles.ts'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import type { Product } from '../../../core/model/catalog.ts'
import { outboundRequest } from '../../../core/planning/make-fulfillment-order.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { money } from '../../../core/value/money.ts'
import { order, orderLine } from '../../fakes/dossiers.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'
import { testCatalog } from '../../fakes/test-operations.ts'
import { ground, warehouse } from './planning-world.ts'

const valued = (sku: string, cents: number): Product => ({
  sku: asSku(sku),
  name: sku,
  cargoClass: 'general',
  declaredValue: money(cents, 'USD'),
})
const bundles = [{ sku: asSku('SET'), components: [{ sku: asSku('CUP'), quantity: 4, valueShare: 100 }] }]

/** The declared value of one unit of CUP at the warehouse, sold as a SET of four. */
function declared(products: readonly Product[], unitFactor = 1): string | undefined {
  const catalog = indexCatalog({ ...testCatalog, revision: 1, bundles, products })
  const line = orderLine({ platformLineId: 'L1', resolved: takeApart([{ sku: asSku('SET'), quantity: 1 }], catalog) })
  const lines = [
    { wmsSku: asWmsSku('G-CUP'), sku: asSku('CUP'), quantity: 1, unitFactor, orderLines: [{ platformLineId: 'L1', quantity: 1 }] },
  ]
  const part = { warehouse: warehouse('NJ'), service: ground, lines }
  return outboundRequest(order({ lines: [line] }), part, homeAddress, 1, catalog).lines[0]?.declaredValue?.amount
}

describe('the declared value of goods', () => {
  it("is the product's own", () => {
    expect(declared([valued('CUP', 250), valued('SET', 2000)])).toBe('2.50')
  })

  it('is the share of the bundle where the product has none', () => {
    expect(declared([valued('SET', 2000)])).toBe('5.00')
    expect(declared([])).toBeUndefined()
  })

  it('is told for a unit of the warehouse: a case of four is worth four', () => {
    expect(declared([valued('CUP', 250)], 4)).toBe('10.00')
  })
})
