import { describe, expect, it } from 'vitest'
import { indexCatalog, withListedCodes } from '../../../core/mapping/catalog-index.ts'
import type { SkuMapping } from '../../../core/model/catalog.ts'
import { asChannelSku, asSku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { testCatalog } from '../../fakes/test-operations.ts'

const catalog = indexCatalog({ ...testCatalog, revision: 7 })
const key = { platform: '', shop: '', channelSku: asChannelSku('CH-MUG'), itemId: '', variantId: '' }
const today = at('08:00')

describe('the catalog', () => {
  it('knows products, mappings and warehouse codes, and its revision', () => {
    expect(catalog.revision).toBe(7)
    expect(catalog.products.get(asSku('MUG'))?.name).toBe('Mug')
    expect(catalog.mapping(key, today)?.targets).toEqual([{ sku: 'MUG', quantity: 1 }])
    expect(catalog.warehouseSku('NJ', asSku('MUG-CASE'))).toMatchObject({ wmsSku: 'GC-CASE6', unitFactor: 6 })
  })

  it('knows nothing that is not in it', () => {
    expect(catalog.products.get(asSku('CUP'))).toBeUndefined()
    expect(catalog.knows(asSku('CUP'))).toBe(false)
    expect(catalog.mapping({ ...key, shop: 'brand' }, today)).toBeUndefined()
    expect(catalog.warehouseSku('CA', asSku('MUG'))).toBeUndefined()
  })

  it('does not confuse keys whose parts run together', () => {
    const mappings = [{ ...key, channelSku: asChannelSku('a","b'), targets: [] }]
    const tricky = indexCatalog({ ...testCatalog, revision: 1, mappings })

    expect(tricky.mapping({ ...key, channelSku: asChannelSku('a'), itemId: 'b' }, today)).toBeUndefined()
  })

  it('knows bundles, too', () => {
    const bundles = [{ sku: asSku('SET'), components: [{ sku: asSku('MUG'), quantity: 2 }] }]

    expect(indexCatalog({ ...testCatalog, bundles, revision: 1 }).knows(asSku('SET'))).toBe(true)
  })
})

describe('a mapping for a time', () => {
  const row = (name: string, period: Pick<SkuMapping, 'validFrom' | 'validTo'>): SkuMapping => ({
    ...key,
    targets: [{ sku: asSku(name), quantity: 1 }],
    ...period,
  })
  const mappings = [
    row('ALWAYS', {}),
    row('WINTER', { validFrom: '2026-12-01', validTo: '2027-01-31' }),
    row('MARCH', { validFrom: '2027-03-01' }),
  ]
  const timed = indexCatalog({ ...testCatalog, revision: 1, mappings })

  it.each([
    ['2026-11-30T23:59:59.999Z', 'ALWAYS'],
    ['2026-12-01T00:00:00.000Z', 'WINTER'],
    ['2027-01-31T23:59:59.999Z', 'WINTER'],
    ['2027-02-01T00:00:00.000Z', 'ALWAYS'],
    ['2027-03-01T00:00:00.000Z', 'MARCH'],
  ])('counts for what was bought at %s: %s', (purchasedAt, sku) => {
    expect(timed.mapping(key, purchasedAt as Instant)?.targets[0]?.sku).toBe(sku)
  })

  it('is none before its first and after its last day', () => {
    const only = indexCatalog({
      ...testCatalog,
      revision: 1,
      mappings: [row('WINTER', { validFrom: '2026-12-01', validTo: '2027-01-31' })],
    })

    expect(only.mapping(key, '2026-11-30T00:00:00.000Z' as Instant)).toBeUndefined()
    expect(only.mapping(key, '2027-02-01T00:00:00.000Z' as Instant)).toBeUndefined()
  })
})

describe('what was measured', () => {
  const [mug] = testCatalog.products
  const productWith = (measured: object) =>
    indexCatalog({
      ...testCatalog,
      revision: 1,
      products: mug ? [{ ...mug, lengthMm: 1, widthMm: 2, heightMm: 3, ...measured }] : [],
    }).products.get(asSku('MUG'))

  it('counts before what was declared', () => {
    const sides = { measuredLengthMm: 110, measuredWidthMm: 90, measuredHeightMm: 95 }

    expect(productWith({ measuredWeightGrams: 340, ...sides })).toMatchObject({
      weightGrams: 340,
      lengthMm: 110,
      widthMm: 90,
      heightMm: 95,
    })
  })

  it('counts by itself: a weight without sides leaves the declared ones', () => {
    expect(productWith({ measuredWeightGrams: 340 })).toMatchObject({ weightGrams: 340, lengthMm: 1, widthMm: 2, heightMm: 3 })
  })
})

describe("a warehouse's stock list", () => {
  const listing = (...codes: string[]) =>
    withListedCodes(catalog, { lists: (warehouse, wmsSku) => warehouse === 'NJ' && codes.includes(wmsSku) })

  it('gives the code of goods without a row when it names them as we do', () => {
    expect(listing('CUP').warehouseSku('NJ', asSku('CUP'))).toEqual({
      warehouse: 'NJ',
      sku: 'CUP',
      wmsSku: 'CUP',
      unitFactor: 1,
      isListed: true,
    })
  })

  it('gives none to goods that it does not name, or only in other letters', () => {
    expect(listing('cup').warehouseSku('NJ', asSku('CUP'))).toBeUndefined()
    expect(listing('CUP').warehouseSku('CA', asSku('CUP'))).toBeUndefined()
  })

  it('does not count against a row', () => {
    expect(listing('MUG').warehouseSku('NJ', asSku('MUG'))?.wmsSku).toBe('GC-MUG')
  })

  it('gives no code that a row gives to another SKU', () => {
    expect(listing('GC-MUG').warehouseSku('NJ', asSku('GC-MUG'))).toBeUndefined()
  })
})
