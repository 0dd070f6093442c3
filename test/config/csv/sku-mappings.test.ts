import { describe, expect, it } from 'vitest'
import { formatProblem, type Problem, parseSkuMappings, parseWarehouseSkus } from '../../../config/index.ts'

const mappingHeader = 'platform,shop,channel_sku,item_id,variant_id,sku,quantity'

const said = (problems: readonly Problem[]): readonly string[] => problems.map(formatProblem)

describe('sku-mappings.csv', () => {
  it('makes one bundle of rows that are equal in their first five cells', () => {
    const text = `${mappingHeader}\n,shop-1,GIFT-SET,,,MUG,2\namazon,,PEN,,,PEN,\n,shop-1,GIFT-SET,,,BOX,1\n`

    const { rows, problems } = parseSkuMappings(text, 'm.csv')

    expect(problems).toEqual([])
    expect(rows).toEqual([
      {
        platform: '',
        shop: 'shop-1',
        channelSku: 'GIFT-SET',
        itemId: '',
        variantId: '',
        targets: [
          { sku: 'MUG', quantity: 2 },
          { sku: 'BOX', quantity: 1 },
        ],
      },
      { platform: 'amazon', shop: '', channelSku: 'PEN', itemId: '', variantId: '', targets: [{ sku: 'PEN', quantity: 1 }] },
    ])
  })

  it('skips rows of empty cells only, which spreadsheets leave at the end', () => {
    const text = `${mappingHeader}\n,,PEN,,,PEN,1\n,,,,,,\n , ,,,,,\n`

    expect(parseSkuMappings(text, 'm.csv')).toMatchObject({ rows: [{ channelSku: 'PEN' }], rowCount: 1, problems: [] })
  })

  it('reports rows that name no listing, unknown platforms, bad quantities, and a target that is there twice', () => {
    const text = `${mappingHeader}\n,,,,,A,1\namazn,,X,,,A,1\n,,X,,,A,0\n,,Y,,v,A,1\n,,Y,,v,A,2\n,,,item,,A,1\n`

    const { rows, problems } = parseSkuMappings(text, 'm.csv')

    expect(rows).toHaveLength(2)
    expect(said(problems)).toEqual([
      'm.csv:2:3  channel_sku: must not be empty unless item_id is given',
      'm.csv:3:1  platform: unknown platform "amazn", did you mean "amazon"?',
      'm.csv:4:7  quantity: expected a whole number of 1 or more',
      'm.csv:6:1  lines 5 and 6 have the same first five cells and sku; keep one of them',
    ])
  })
})

describe('sku-mappings.csv with its optional columns', () => {
  const header = `${mappingHeader},alternative,valid_from,valid_to`
  const parsed = (...rows: readonly string[]) => parseSkuMappings([header, ...rows].join('\n'), 'm.csv')

  it('makes one mapping of a listing and what ships instead, in the order of their numbers', () => {
    const { rows, rowCount, problems } = parsed(
      ',,GIFT,,,LAMP,1,20,,',
      ',,GIFT,,,MUG,2,,,',
      ',,GIFT,,,CUP,2,7,,',
      ',,GIFT,,,BOX,1,,,',
      ',,GIFT,,,BOX,1,7,,',
    )

    expect(problems).toEqual([])
    expect(rowCount).toBe(5)
    expect(rows).toMatchObject([
      {
        channelSku: 'GIFT',
        targets: [
          { sku: 'MUG', quantity: 2 },
          { sku: 'BOX', quantity: 1 },
        ],
        alternatives: [
          [
            { sku: 'CUP', quantity: 2 },
            { sku: 'BOX', quantity: 1 },
          ],
          [{ sku: 'LAMP', quantity: 1 }],
        ],
      },
    ])
  })

  it('makes a mapping of its own for each first day', () => {
    const { rows, problems } = parsed(',,GIFT,,,MUG,1,,,2026-11-30', ',,GIFT,,,CUP,1,,2026-12-01,')

    expect(problems).toEqual([])
    expect(rows.map(({ validFrom, validTo, targets }) => [validFrom, validTo, targets[0]?.sku])).toEqual([
      [undefined, '2026-11-30', 'MUG'],
      ['2026-12-01', undefined, 'CUP'],
    ])
  })

  it('reports days that are none, periods that end before they begin, ends that differ, and alternatives to nothing', () => {
    const { problems } = parsed(
      ',,A,,,MUG,1,,2026-02-30,',
      ',,B,,,MUG,1,,2026-12-02,2026-12-01',
      ',,C,,,MUG,1,,,2026-12-01',
      ',,C,,,BOX,1,,,2026-12-02',
      ',,D,,,MUG,1,1,,',
      ',,E,,,MUG,1,x,,',
    )

    expect(said(problems)).toEqual([
      'm.csv:2:9  valid_from: expected a day such as 2026-11-24',
      'm.csv:3:10  valid_to: must not come before valid_from',
      'm.csv:5:1  valid_to: lines 4 and 5 belong to one mapping and must end on the same day',
      'm.csv:6:1  alternative: a row of the same listing without a number must say what it stands for at first',
      'm.csv:7:8  alternative: expected a whole number of 1 or more',
    ])
  })
})

describe('warehouse-skus.csv', () => {
  it('reads unit factors and reports a SKU that is there twice in one warehouse', () => {
    const text = 'warehouse,sku,wms_sku,unit_factor\nNJ,MUG,G-MUG,\nNJ,MUG-CASE,G-CASE,6\nCA,MUG,,1\nNJ,MUG,X,1\n'

    const { rows, problems } = parseWarehouseSkus(text, 'w.csv')

    expect(rows).toEqual([
      { warehouse: 'NJ', sku: 'MUG', wmsSku: 'G-MUG', unitFactor: 1 },
      { warehouse: 'NJ', sku: 'MUG-CASE', wmsSku: 'G-CASE', unitFactor: 6 },
    ])
    expect(said(problems)).toEqual([
      'w.csv:4:3  wms_sku: must not be empty',
      'w.csv:5:1  lines 2 and 5 have the same warehouse and sku; keep one of them',
    ])
  })
})
