import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeCsv,
  formatProblem,
  formatProducts,
  formatSkuMappings,
  formatWarehouseSkus,
  type Problem,
  parseProducts,
  parseSkuMappings,
  parseWarehouseSkus,
} from '../../../config/index.ts'
import { cargoClasses, type Product, type SkuMapping, type WarehouseSku } from '../../../core/model/catalog.ts'
import { platforms } from '../../../core/model/order.ts'
import { asChannelSku, asSku, asWmsSku } from '../../../core/value/ids.ts'

const productHeader = 'sku,name,name_zh,weight_g,length_mm,width_mm,height_mm,declared_value,currency,hs_code,origin,cargo_class'
const mappingHeader = 'platform,shop,channel_sku,item_id,variant_id,sku,quantity'

const said = (problems: readonly Problem[]): readonly string[] => problems.map(formatProblem)

describe('products.csv', () => {
  it('reads a full and a bare row', () => {
    const text = `${productHeader}\nMUG,Mug,马克杯,480,300,200,100,3.50,USD,69120010,CN,fragile\n00501,"Box, small",,,,,,,,,,\n`

    const { rows, problems } = parseProducts(text, 'products.csv')

    expect(problems).toEqual([])
    expect(rows).toEqual([
      {
        sku: 'MUG',
        name: 'Mug',
        nameZh: '马克杯',
        weightGrams: 480,
        lengthMm: 300,
        widthMm: 200,
        heightMm: 100,
        declaredValue: { minorUnits: 350, currency: 'USD' },
        hsCode: '69120010',
        origin: 'CN',
        cargoClass: 'fragile',
      },
      { sku: '00501', name: 'Box, small', cargoClass: 'general' },
    ])
  })

  it('reports each bad cell with its line and cell, and keeps the good rows', () => {
    const text = [
      productHeader,
      ',Mug,,,,,,,,,,',
      'A,,,,,,,,,,,',
      '"B","two\nlines",,0,1.5,x,-1,,,,,',
      'C,c,,,,,,3.555,USD,,,',
      'D,d,,,,,,3,,,,',
      'E,e,,,,,,3,USB,,,',
      'F,f,,,,,,,,,China,batery',
      '6.9E+12,g,,,,,,,,,,',
      'H,h,,,,,,,,,,',
      'H,again,,,,,,,,,,',
      'I,i,,',
      '',
    ].join('\n')

    const { rows, problems } = parseProducts(text, 'products.csv')

    expect(rows.map((row) => row.sku)).toEqual(['H'])
    expect(said(problems)).toEqual([
      'products.csv:2:1  sku: must not be empty',
      'products.csv:3:2  name: must not be empty',
      'products.csv:4:4  weight_g: expected a whole number of 1 or more',
      'products.csv:4:5  length_mm: expected a whole number of 1 or more',
      'products.csv:4:6  width_mm: expected a whole number of 1 or more',
      'products.csv:4:7  height_mm: expected a whole number of 1 or more',
      'products.csv:6:8  declared_value: "3.555" is not an amount of USD (2 decimal digits)',
      'products.csv:7:9  currency: must not be empty when there is a declared_value',
      'products.csv:8:9  currency: "USB" is not a currency code known here (ISO 4217)',
      'products.csv:9:11  origin: expected a country code of two capital letters, such as CN',
      'products.csv:9:12  cargo_class: unknown cargo class "batery" (known: general, with-battery, pure-battery, liquid, powder, magnetic, fragile, dangerous)',
      'products.csv:10:1  sku: a spreadsheet has shortened this code; format the column as text and enter it again',
      'products.csv:12:1  lines 11 and 12 have the same sku; keep one of them',
      'products.csv:13:1  the row has 4 cells, the first line has 12; put text that contains a separator in quotes',
    ])
  })

  it.each([
    ['', `products.csv:1:1  the file is empty; its first line must be ${productHeader}`],
    ['\uFEFF\n', `products.csv:1:1  the file is empty; its first line must be ${productHeader}`],
    [`${productHeader.replace('origin', 'orign')}\n`, 'products.csv:1:11  unknown column "orign", did you mean "origin"?'],
    [`${productHeader.replace(',hs_code', '')}\n`, 'products.csv:1:1  missing column "hs_code"'],
    [`${productHeader},sku\n`, 'products.csv:1:13  the column "sku" is there twice'],
    [`${productHeader},color\n`, 'products.csv:1:13  unknown column "color"'],
    [
      `${productHeader}\nA,"open\n`,
      'products.csv:2:1  the quotes of this row do not close, or stand inside a cell; double a quote that belongs to the text',
    ],
  ])('refuses a file that holds %j', (text, problem) => {
    const outcome = parseProducts(text, 'products.csv')

    expect(outcome.rows).toEqual([])
    expect(said(outcome.problems)).toEqual([problem])
  })

  it('reads what spreadsheets save: a byte order mark, semicolons or tabs, other orders of columns, Windows line ends', () => {
    const columns = productHeader.split(',')
    const swapped = [...columns.slice(1), 'sku']

    for (const sign of [';', '\t']) {
      const text = `\uFEFF${swapped.join(sign)}\r\n${['Mug', ...Array<string>(10).fill(''), 'M-1'].join(sign)}\r\n\r\n`
      expect(parseProducts(text, 'products.csv')).toEqual({ rows: [{ sku: 'M-1', name: 'Mug', cargoClass: 'general' }], problems: [] })
    }
  })

  it('never hands a formula to a spreadsheet, and gets the text back', () => {
    const product: Product = { sku: asSku('=1+1'), name: '@cmd', nameZh: "'-x", cargoClass: 'general' }

    const text = formatProducts([product])

    expect(text.split('\n')[1]).toBe("'=1+1,'@cmd,''-x,,,,,,,,,general")
    expect(parseProducts(text, 'products.csv').rows).toEqual([product])
  })
})

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

describe('decoding', () => {
  it('reads UTF-8, UTF-16 and the Chinese encoding of spreadsheets', () => {
    const gb18030 = Uint8Array.from([0xc2, 0xeb, 0xcd, 0xb7])

    expect(decodeCsv(new TextEncoder().encode('码头'))).toBe('码头')
    expect(decodeCsv(Uint8Array.from([0xff, 0xfe, 0x01, 0x78, 0x34, 0x59]))).toBe('码头')
    expect(decodeCsv(gb18030)).toBe('码头')
  })
})

describe('writing and reading again', () => {
  const cell = fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.stringMatching(/^['=+@-]{1,3}[a-z,"; \n]{0,5}$/))
    .map((text) => text.trim())
  const code = cell.filter((text) => text !== '' && !/^\d(\.\d+)?E\+\d+$/i.test(text))
  const count = fc.integer({ min: 1, max: 999_999_999 })
  const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
  const money = fc.record({ minorUnits: fc.nat(), currency: fc.constantFrom('USD', 'JPY', 'KWD') })
  const without = <T extends object>(record: T): T =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

  it('gives the same products', () => {
    const product = fc
      .record({
        sku: code.map(asSku),
        name: cell.filter((text) => text !== ''),
        nameZh: maybe(code),
        weightGrams: maybe(count),
        heightMm: maybe(count),
        declaredValue: maybe(money),
        hsCode: maybe(code),
        origin: maybe(fc.constantFrom('CN', 'VN')),
        cargoClass: fc.constantFrom(...cargoClasses),
      })
      .map((record) => without(record) as Product)

    fc.assert(
      fc.property(fc.uniqueArray(product, { selector: (row) => row.sku, maxLength: 8 }), (rows) => {
        expect(parseProducts(formatProducts(rows), 'p.csv')).toEqual({ rows, problems: [] })
      }),
    )
  })

  it('gives the same SKU mappings', () => {
    const target = fc.record({ sku: code.map(asSku), quantity: count })
    const mapping: fc.Arbitrary<SkuMapping> = fc.record({
      platform: fc.constantFrom('', ...platforms),
      shop: cell,
      channelSku: code.map(asChannelSku),
      itemId: fc.oneof(fc.constant(''), code),
      variantId: fc.oneof(fc.constant(''), code),
      targets: fc.uniqueArray(target, { selector: (row) => row.sku, minLength: 1, maxLength: 3 }),
    })
    const identity = ({ targets: _, ...rest }: SkuMapping): string => JSON.stringify(rest)

    fc.assert(
      fc.property(fc.uniqueArray(mapping, { selector: identity, maxLength: 8 }), (rows) => {
        expect(parseSkuMappings(formatSkuMappings(rows), 'm.csv')).toEqual({ rows, problems: [] })
      }),
    )
  })

  it('gives the same warehouse SKUs', () => {
    const row: fc.Arbitrary<WarehouseSku> = fc.record({
      warehouse: code,
      sku: code.map(asSku),
      wmsSku: code.map(asWmsSku),
      unitFactor: count,
    })

    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ warehouse, sku }) => JSON.stringify([warehouse, sku]), maxLength: 8 }), (rows) => {
        expect(parseWarehouseSkus(formatWarehouseSkus(rows), 'w.csv')).toEqual({ rows, problems: [] })
      }),
    )
  })
})
