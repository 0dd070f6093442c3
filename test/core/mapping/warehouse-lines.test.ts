import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { type Need, unitsByWmsSku, warehouseLines } from '../../../core/mapping/warehouse-lines.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { fulfillmentLine } from '../../fakes/dossiers.ts'
import { testCatalog } from '../../fakes/test-operations.ts'

const catalog = indexCatalog({ ...testCatalog, revision: 1 })

function need(sku: string, quantity: number, changes: Partial<Need> = {}): Need {
  return { platformLineId: 'L1', sku: asSku(sku), quantity, lineQuantity: quantity, ...changes }
}

function linesOf(needs: readonly Need[]) {
  const result = warehouseLines('NJ', needs, catalog)
  if ('problem' in result) throw new Error(result.detail)
  return result.lines
}

describe('what a warehouse takes from its shelves', () => {
  it('is one line per product, with the order lines that it is for', () => {
    const lines = linesOf([need('MUG', 2), need('BOX', 1, { platformLineId: 'L2' }), need('MUG', 3, { platformLineId: 'L3' })])

    expect(lines).toEqual([
      {
        wmsSku: 'GC-MUG',
        quantity: 5,
        sku: 'MUG',
        unitFactor: 1,
        orderLines: [
          { platformLineId: 'L1', quantity: 2, perUnit: 1 },
          { platformLineId: 'L3', quantity: 3, perUnit: 1 },
        ],
      },
      { wmsSku: 'GC-BOX', quantity: 1, sku: 'BOX', unitFactor: 1, orderLines: [{ platformLineId: 'L2', quantity: 1, perUnit: 1 }] },
    ])
  })

  it('counts a bundle in units of the order line, not of its parts', () => {
    const lines = linesOf([need('MUG', 6, { lineQuantity: 3 }), need('BOX', 3, { lineQuantity: 3 })])

    expect(lines.map((line) => [line.wmsSku, line.quantity, line.orderLines[0]?.quantity, line.orderLines[0]?.perUnit])).toEqual([
      ['GC-MUG', 6, 3, 2],
      ['GC-BOX', 3, 3, 1],
    ])
  })

  it('is counted in warehouse units: 18 of a product shelved by six are 3', () => {
    expect(linesOf([need('MUG-CASE', 18)])).toMatchObject([{ wmsSku: 'GC-CASE6', quantity: 3, unitFactor: 6 }])
  })

  it('cannot be 20 of a product shelved by six', () => {
    const result = warehouseLines('NJ', [need('MUG-CASE', 20)], catalog)

    expect(result).toMatchObject({ problem: 'unit-factor-mismatch', sku: 'MUG-CASE' })
    expect(result).toHaveProperty('detail', '20 × MUG-CASE cannot be made of warehouse units that hold 6 (GC-CASE6 in NJ)')
  })

  it('adds up over order lines before the unit factor divides: 4 and 2 are one case of six', () => {
    expect(linesOf([need('MUG-CASE', 4), need('MUG-CASE', 2, { platformLineId: 'L2' })])).toMatchObject([{ quantity: 1 }])
  })

  it('is unknown where the warehouse has no code for the product, and the message says what to do', () => {
    const result = warehouseLines('CA', [need('MUG', 1)], catalog)

    expect(result).toMatchObject({ problem: 'unmapped-sku', sku: 'MUG' })
    expect(result).toHaveProperty(
      'detail',
      'warehouse CA has no code for SKU MUG: add the row CA,MUG,CODE,1 to warehouse-skus.csv, with its code there for CODE, and import it',
    )
  })

  it('neither loses nor invents a unit', () => {
    const needs = fc.array(
      fc.record({
        sku: fc.constantFrom('MUG', 'BOX', 'MUG-CASE'),
        units: fc.integer({ min: 1, max: 50 }),
        line: fc.constantFrom('L1', 'L2', 'L3'),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(needs, (rows) => {
        const wanted = rows.map(({ sku, units, line }) => need(sku, sku === 'MUG-CASE' ? units * 6 : units, { platformLineId: line }))

        const lines = linesOf(wanted)

        for (const sku of ['MUG', 'BOX', 'MUG-CASE']) {
          const needed = wanted.filter((item) => item.sku === sku)
          const taken = lines.filter((line) => line.sku === sku)
          expect(taken.reduce((sum, line) => sum + line.quantity * line.unitFactor, 0)).toBe(
            needed.reduce((sum, item) => sum + item.quantity, 0),
          )
          expect(taken.flatMap((line) => line.orderLines)).toHaveLength(needed.length)
        }
      }),
    )
  })
})

describe('warehouse units by code', () => {
  it('add up lines of different SKUs that share a code', () => {
    const shared = { wmsSku: asWmsSku('GC-SAME') }
    const lines = [fulfillmentLine({ ...shared, quantity: 2 }), fulfillmentLine({ ...shared, quantity: 3, sku: asSku('BOX') })]

    expect([...unitsByWmsSku(lines)]).toEqual([['GC-SAME', 5]])
  })
})
