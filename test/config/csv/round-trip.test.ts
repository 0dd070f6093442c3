import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBundles,
  formatProducts,
  formatSkuMappings,
  formatWarehouseSkus,
  parseBundles,
  parseProducts,
  parseSkuMappings,
  parseWarehouseSkus,
} from '../../../config/index.ts'
import { type Bundle, cargoClasses, type Product, type SkuMapping, type WarehouseSku } from '../../../core/model/catalog.ts'
import { platforms } from '../../../core/model/order.ts'
import { asChannelSku, asSku, asWmsSku } from '../../../core/value/ids.ts'

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
        measuredWeightGrams: maybe(count),
        barcode: maybe(code),
        cargoClass: fc.constantFrom(...cargoClasses),
      })
      .map((record) => without(record) as Product)

    fc.assert(
      fc.property(fc.uniqueArray(product, { selector: (row) => row.sku, maxLength: 8 }), (rows) => {
        expect(parseProducts(formatProducts(rows), 'p.csv')).toEqual({ rows, rowCount: rows.length, problems: [] })
      }),
    )
  })

  it('gives the same SKU mappings', () => {
    const target = fc.record({ sku: code.map(asSku), quantity: count })
    const targets = fc.uniqueArray(target, { selector: (row) => row.sku, minLength: 1, maxLength: 3 })
    const mapping: fc.Arbitrary<SkuMapping> = fc
      .record({
        platform: fc.constantFrom('', ...platforms),
        shop: cell,
        channelSku: code.map(asChannelSku),
        itemId: fc.oneof(fc.constant(''), code),
        variantId: fc.oneof(fc.constant(''), code),
        targets,
        alternatives: maybe(fc.array(targets, { minLength: 1, maxLength: 2 })),
        validFrom: maybe(fc.constantFrom('2026-11-24', '2026-12-01')),
        validTo: maybe(fc.constantFrom('2026-12-31', '2027-12-31')),
      })
      .map((record) => without(record) as SkuMapping)
    const identity = ({ targets: _, alternatives: __, validTo: ___, ...rest }: SkuMapping): string => JSON.stringify(rest)

    fc.assert(
      fc.property(fc.uniqueArray(mapping, { selector: identity, maxLength: 8 }), (rows) => {
        expect(parseSkuMappings(formatSkuMappings(rows), 'm.csv')).toMatchObject({ rows, problems: [] })
      }),
    )
  })

  it('gives the same bundles', () => {
    const component = fc.record({ sku: code.map((text) => asSku(`part ${text}`)), quantity: count })
    const bundle: fc.Arbitrary<Bundle> = fc.record({
      sku: code.map((text) => asSku(`set ${text}`)),
      components: fc.uniqueArray(component, { selector: (row) => row.sku, minLength: 1, maxLength: 4 }),
    })

    fc.assert(
      fc.property(fc.uniqueArray(bundle, { selector: (row) => row.sku, maxLength: 8 }), (rows) => {
        expect(parseBundles(formatBundles(rows), 'b.csv')).toMatchObject({ rows, problems: [] })
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
        expect(parseWarehouseSkus(formatWarehouseSkus(rows), 'w.csv')).toEqual({ rows, rowCount: rows.length, problems: [] })
      }),
    )
  })
})
