import { describe, expect, it } from 'vitest'
import { formatProblem, type Problem, parseBundles } from '../../../config/index.ts'
import type { Bundle } from '../../../core/model/catalog.ts'
import { asSku } from '../../../core/value/ids.ts'

const said = (problems: readonly Problem[]): readonly string[] => problems.map(formatProblem)

describe('bundles.csv', () => {
  const header = 'bundle_sku,component_sku,quantity,value_share'
  const parsed = (rows: readonly string[], stored: readonly Bundle[] = []) => parseBundles([header, ...rows].join('\n'), 'b.csv', stored)
  const stored = (sku: string, ...components: readonly string[]): Bundle => ({
    sku: asSku(sku),
    components: components.map((component) => ({ sku: asSku(component), quantity: 1 })),
  })

  it('makes one bundle of the rows of one SKU', () => {
    expect(parsed(['GIFT,MUG,2,80', 'PAIR,CUP,2,', 'GIFT,BOX,,20'])).toEqual({
      rows: [
        {
          sku: 'GIFT',
          components: [
            { sku: 'MUG', quantity: 2, valueShare: 80 },
            { sku: 'BOX', quantity: 1, valueShare: 20 },
          ],
        },
        { sku: 'PAIR', components: [{ sku: 'CUP', quantity: 2 }] },
      ],
      rowCount: 3,
      problems: [],
    })
  })

  it('reports empty cells, bad numbers, components that are there twice, and shares that are not 100 together', () => {
    expect(said(parsed([',MUG,1,', 'A,,1,', 'B,MUG,0,', 'C,MUG,1,101', 'D,MUG,1,', 'D,MUG,2,']).problems)).toEqual([
      'b.csv:2:1  bundle_sku: must not be empty',
      'b.csv:3:2  component_sku: must not be empty',
      'b.csv:4:3  quantity: expected a whole number of 1 or more',
      'b.csv:5:4  value_share: expected percent, at most 100',
      'b.csv:7:1  lines 6 and 7 have the same bundle_sku and component_sku; keep one of them',
    ])
    expect(said(parsed(['E,MUG,1,50', 'E,BOX,1,40', 'F,MUG,1,100', 'F,BOX,1,']).problems)).toEqual([
      'b.csv:2:4  value_share: the shares of E must be 100 together, or all be empty; they are 90 together',
      'b.csv:4:4  value_share: the shares of F must be 100 together, or all be empty; only 1 of 2 components have one',
    ])
  })

  it('reports a circle once, at the row that closes it, also through bundles that are stored', () => {
    expect(said(parsed(['A,B,1,', 'B,C,1,', 'C,MUG,1,', 'C,A,1,']).problems)).toEqual([
      'b.csv:5:2  component_sku: the bundle A would contain itself: A → B → C → A',
    ])
    expect(said(parsed(['A,A,1,']).problems)).toEqual(['b.csv:2:2  component_sku: the bundle A would contain itself: A → A'])
    expect(said(parsed(['MUG,A,1,'], [stored('A', 'MUG')]).problems)).toEqual([
      'b.csv:2:2  component_sku: the bundle A would contain itself: A → MUG → A',
    ])
  })

  it('reports bundles that are nested more than three deep, also because of what is stored', () => {
    expect(parsed(['A,B,1,', 'B,C,1,', 'C,MUG,1,']).problems).toEqual([])
    expect(said(parsed(['A,B,1,', 'B,C,1,', 'C,D,1,', 'D,MUG,1,']).problems)).toEqual([
      'b.csv:5:2  component_sku: bundles hold bundles 3 deep at most; A → B → C → D is 4 deep',
    ])
    expect(said(parsed(['C,MUG,1,'], [stored('A', 'B'), stored('B', 'BB'), stored('BB', 'C')]).problems)).toEqual([
      'b.csv:2:2  component_sku: bundles hold bundles 3 deep at most; A → B → BB → C is 4 deep',
    ])
  })

  it('may mend what is stored: a bundle of the file takes the place of the stored one', () => {
    expect(parsed(['A,MUG,1,'], [stored('A', 'B'), stored('B', 'A')]).problems).toEqual([])
  })
})
