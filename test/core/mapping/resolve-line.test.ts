import { describe, expect, it } from 'vitest'
import { type CatalogIndex, indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { mappingSubject, resolveLine, revisionOf } from '../../../core/mapping/resolve-line.ts'
import type { Catalog, SkuMapping } from '../../../core/model/catalog.ts'
import { asChannelSku, asSku } from '../../../core/value/ids.ts'
import { at, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testCatalog } from '../../fakes/test-operations.ts'

const place = { platform: 'shopify', shop: 'brand', purchasedAt: at('08:00') }
const listing = snapshotLine({ channelSku: 'CH', itemId: 'I', variantId: 'V' })

/** A mapping whose only target tells which row it was. */
function row(name: string, changes: Partial<SkuMapping> = {}): SkuMapping {
  const nothing = { platform: '', shop: '', channelSku: '' as const, itemId: '', variantId: '' }
  return { ...nothing, ...changes, targets: [{ sku: asSku(name), quantity: 1 }] }
}

function catalogOf(...mappings: readonly SkuMapping[]): CatalogIndex {
  return indexCatalog({ ...testCatalog, revision: 1, mappings })
}

function resolvedSku(catalog: CatalogIndex, line = listing, where = place): string {
  const resolution = resolveLine(line, where, catalog)
  return 'resolved' in resolution ? resolution.resolved.map((item) => item.sku).join('+') : `unmapped: ${resolution.unmapped}`
}

describe('the mapping of a listing', () => {
  const CH = asChannelSku('CH')
  const shop = { platform: 'shopify', shop: 'brand' }
  const platform = { platform: 'shopify' }
  const anyPlatform = { shop: 'brand' }
  /** From the most specific row to the least; every earlier one wins over every later one. */
  const lookupOrder: readonly SkuMapping[] = [
    ...[shop, platform, anyPlatform, {}].flatMap((scope, index) => [
      row(`${index}-all`, { ...scope, channelSku: CH, itemId: 'I', variantId: 'V' }),
      row(`${index}-item-variant`, { ...scope, itemId: 'I', variantId: 'V' }),
      row(`${index}-sku-variant`, { ...scope, channelSku: CH, variantId: 'V' }),
      row(`${index}-sku-item`, { ...scope, channelSku: CH, itemId: 'I' }),
      row(`${index}-item`, { ...scope, itemId: 'I' }),
      row(`${index}-sku`, { ...scope, channelSku: CH }),
    ]),
  ]

  it.each(lookupOrder.map((mapping, index) => [mapping.targets[0]?.sku, index] as const))(
    'goes by %s when nothing more specific is there',
    (sku, index) => {
      const rest = lookupOrder.slice(index)

      expect(resolvedSku(catalogOf(...rest))).toBe(sku)
      expect(resolvedSku(catalogOf(...[...rest].reverse()))).toBe(sku)
    },
  )

  it.each([
    ['another shop', { platform: 'shopify', shop: 'other' }],
    ['another platform', { platform: 'ebay', shop: '' }],
    ['a variant alone', { variantId: 'V' }],
    ['another variant', { channelSku: CH, variantId: 'V2' }],
    ['another item', { channelSku: CH, itemId: 'I2' }],
    ['another spelling', { channelSku: asChannelSku('ch') }],
  ])('is not one of %s', (_case, changes) => {
    const channelSku = 'variantId' in changes && !('channelSku' in changes) ? ('' as const) : CH

    expect(resolvedSku(catalogOf(row('WRONG', { channelSku, ...changes })))).toBe('unmapped: CH')
  })

  it('is the product of the same SKU when there is no mapping', () => {
    const resolution = resolveLine(snapshotLine({ channelSku: 'MUG' }), place, catalogOf())

    expect(resolution).toEqual({ resolved: [{ sku: 'MUG', quantity: 1 }], by: 'product with the same SKU' })
  })

  it('is a mapping before the product of the same SKU', () => {
    expect(resolvedSku(catalogOf(row('BOX', { channelSku: asChannelSku('MUG') })), snapshotLine({ channelSku: 'MUG' }))).toBe('BOX')
  })

  it('of a listing without SKU goes by item and variant, never by the empty SKU', () => {
    const line = snapshotLine({ channelSku: '', itemId: 'I', variantId: 'V' })

    expect(resolvedSku(catalogOf(row('BY-ITEM', { itemId: 'I' }), row('EMPTY')), line)).toBe('BY-ITEM')
    expect(resolvedSku(catalogOf(row('EMPTY')), line)).toBe('unmapped: item I variant V')
    expect(resolvedSku(catalogOf(row('EMPTY')), snapshotLine({ channelSku: '' }))).toBe('unmapped: A mug')
  })

  it('gives the same channel SKU other goods in another shop', () => {
    const gift = asChannelSku('GIFT-SET')
    const catalog = catalogOf(
      {
        ...row('', { ...shop, channelSku: gift }),
        targets: [
          { sku: asSku('MUG'), quantity: 2 },
          { sku: asSku('BOX'), quantity: 1 },
        ],
      },
      row('MUG-XL', { platform: 'shopify', shop: 'second', channelSku: gift }),
    )
    const line = snapshotLine({ channelSku: 'GIFT-SET' })

    expect(resolveLine(line, place, catalog)).toMatchObject({
      resolved: [
        { sku: 'MUG', quantity: 2 },
        { sku: 'BOX', quantity: 1 },
      ],
    })
    expect(resolvedSku(catalog, line, { ...place, shop: 'second' })).toBe('MUG-XL')
  })

  it.each([
    [row('X', { ...shop, channelSku: CH, itemId: 'I', variantId: 'V' }), 'mapping of SKU CH, item I, variant V for shop brand'],
    [row('X', { ...platform, itemId: 'I' }), 'mapping of item I for platform shopify'],
    [row('X', { channelSku: CH }), 'mapping of SKU CH for every shop'],
    [row('X', { channelSku: CH, validFrom: '2026-11-01' }), 'mapping of SKU CH for every shop, from 2026-11-01'],
    [row('X', { ...shop, channelSku: CH, validTo: '2026-12-01' }), 'mapping of SKU CH for shop brand, until 2026-12-01'],
    [
      row('X', { channelSku: CH, validFrom: '2026-11-01', validTo: '2026-12-01' }),
      'mapping of SKU CH for every shop, from 2026-11-01 until 2026-12-01',
    ],
  ])('says which row it was: %#', (mapping, by) => {
    expect(resolveLine(listing, place, catalogOf(mapping))).toMatchObject({ by })
  })
})

describe('a bundle', () => {
  const CH = asChannelSku('CH')
  const bundles = [
    {
      sku: asSku('GIFT'),
      components: [
        { sku: asSku('MUG'), quantity: 2 },
        { sku: asSku('BOX'), quantity: 1 },
      ],
    },
  ]

  it('stands where a SKU stands in a mapping, and comes apart', () => {
    const catalog = indexCatalog({ ...testCatalog, revision: 1, bundles, mappings: [row('GIFT', { channelSku: CH })] })

    expect(resolveLine(listing, place, catalog)).toMatchObject({
      resolved: [
        { sku: 'MUG', quantity: 2 },
        { sku: 'BOX', quantity: 1 },
      ],
      by: 'mapping of SKU CH for every shop',
    })
  })

  it('is sold under its own SKU without a mapping', () => {
    const catalog = indexCatalog({ ...testCatalog, revision: 1, bundles, mappings: [] })

    expect(resolveLine(snapshotLine({ channelSku: 'GIFT' }), place, catalog)).toMatchObject({
      resolved: [{ sku: 'MUG' }, { sku: 'BOX' }],
      by: 'bundle with the same SKU',
    })
  })

  it('comes apart among the alternatives, too', () => {
    const alternatives = [[{ sku: asSku('GIFT'), quantity: 1 }]]
    const catalog = indexCatalog({ ...testCatalog, revision: 1, bundles, mappings: [row('BOX', { channelSku: CH, alternatives })] })

    expect(resolveLine(listing, place, catalog)).toMatchObject({
      resolved: [{ sku: 'BOX' }],
      alternatives: [[{ sku: 'MUG' }, { sku: 'BOX' }]],
    })
  })
})

describe('the revision of a mapping', () => {
  const CH = asChannelSku('CH')
  const revisionWith = (mapping: SkuMapping, more: Partial<Catalog> = {}): string => {
    const resolution = resolveLine(listing, place, indexCatalog({ ...testCatalog, revision: 1, ...more, mappings: [mapping] }))
    if ('unmapped' in resolution) throw new Error('not mapped')
    return revisionOf(resolution)
  }
  const plain = row('MUG', { channelSku: CH })

  it('stays when the catalog changes elsewhere', () => {
    expect(revisionWith(plain, { products: [] })).toBe(revisionWith(plain))
    expect(revisionWith(plain)).toMatch(/^[0-9a-f]{8}$/)
  })

  it.each<[string, SkuMapping, Partial<Catalog>]>([
    ['other goods', row('BOX', { channelSku: CH }), {}],
    ['another row', row('MUG', { channelSku: CH, shop: 'brand' }), {}],
    ['an alternative', { ...plain, alternatives: [[{ sku: asSku('BOX'), quantity: 1 }]] }, {}],
    ['a bundle of the same name', plain, { bundles: [{ sku: asSku('MUG'), components: [{ sku: asSku('BOX'), quantity: 1 }] }] }],
  ])('changes with %s', (_case, mapping, more) => {
    expect(revisionWith(mapping, more)).not.toBe(revisionWith(plain))
  })
})

describe('what has to be mapped', () => {
  it('is named by its SKU, else by item and variant', () => {
    expect(mappingSubject(listing)).toBe('CH')
    expect(mappingSubject(snapshotLine({ channelSku: '', itemId: 'I' }))).toBe('item I')
    expect(mappingSubject(snapshotLine({ channelSku: '', itemId: 'I', variantId: 'V' }))).toBe('item I variant V')
  })
})
