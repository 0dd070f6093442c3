import { describe, expect, it } from 'vitest'
import { formatProblem, formatProducts, type Problem, parseProducts } from '../../../config/index.ts'
import type { Product } from '../../../core/model/catalog.ts'
import { asSku } from '../../../core/value/ids.ts'

const productHeader = 'sku,name,name_zh,weight_g,length_mm,width_mm,height_mm,declared_value,currency,hs_code,origin,cargo_class'

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
      expect(parseProducts(text, 'products.csv')).toEqual({
        rows: [{ sku: 'M-1', name: 'Mug', cargoClass: 'general' }],
        rowCount: 1,
        problems: [],
      })
    }
  })

  it('says that an amount has a point and no comma', () => {
    const text = `${productHeader}\nA,Mug,,,,,,"4,50",EUR,,,`

    expect(said(parseProducts(text, 'p.csv').problems)).toEqual([
      'p.csv:2:8  declared_value: "4,50" is not an amount of EUR (2 decimal digits behind a point, not a comma)',
    ])
  })

  it('names the cell where it stands in the file, whatever the order of the columns', () => {
    const columns = productHeader.split(',').toReversed()
    const text = `${columns.join(',')}\n,,,,,,,,x,,Mug,M-1\n`

    expect(said(parseProducts(text, 'p.csv').problems)).toEqual(['p.csv:2:9  weight_g: expected a whole number of 1 or more'])
  })

  it('takes measures and a barcode in columns that may be missing, and writes them only when they are used', () => {
    const text = `${productHeader},barcode,measured_weight_g\nMUG,Mug,,480,,,,,,,,general,6901234567892,512\n`
    const measured: Product = {
      sku: asSku('MUG'),
      name: 'Mug',
      weightGrams: 480,
      cargoClass: 'general',
      measuredWeightGrams: 512,
      barcode: '6901234567892',
    }

    expect(parseProducts(text, 'p.csv')).toEqual({ rows: [measured], rowCount: 1, problems: [] })
    expect(formatProducts([measured]).split('\n')[0]).toBe(`${productHeader},measured_weight_g,barcode`)
    expect(formatProducts([{ sku: asSku('A'), name: 'A', cargoClass: 'general' }]).split('\n')[0]).toBe(productHeader)
  })

  it('wants all three measured sides or none, and knows a slip in the name of an optional column', () => {
    const sides = `${productHeader},measured_length_mm,measured_width_mm,measured_height_mm\nMUG,Mug,,,,,,,,,,,110,90,\n`

    expect(said(parseProducts(sides, 'p.csv').problems)).toEqual(['p.csv:2:13  measured_length_mm: give all three measured sides or none'])
    expect(said(parseProducts(`${productHeader},barcod\n`, 'p.csv').problems)).toEqual([
      'p.csv:1:13  unknown column "barcod", did you mean "barcode"?',
    ])
  })

  it('never hands a formula to a spreadsheet, and gets the text back', () => {
    const product: Product = { sku: asSku('=1+1'), name: '@cmd', nameZh: "'-x", cargoClass: 'general' }

    const text = formatProducts([product])

    expect(text.split('\n')[1]).toBe("'=1+1,'@cmd,''-x,,,,,,,,,general")
    expect(parseProducts(text, 'products.csv').rows).toEqual([product])
  })
})
