import { describe, expect, it } from 'vitest'
import { type CatalogIndex, indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { mappingSubject, resolveLine } from '../../../core/mapping/resolve-line.ts'
import type { SkuMapping } from '../../../core/model/catalog.ts'
import { asChannelSku, asSku } from '../../../core/value/ids.ts'
import { snapshotLine } from '../../fakes/order-snapshots.ts'
import { testCatalog } from '../../fakes/test-operations.ts'

const place = { platform: 'shopify', shop: 'brand' }
const listing = snapshotLine({ channelSku: 'CH', itemId: 'I', variantId: 'V' })

/** A mapping whose only target tells which row it was. */
function row(name: string, changes: Partial<SkuMapping> = {}): SkuMapping {
  const nothing = { platform: '', shop: '', channelSku: '' as const, itemId: '', variantId: '' }
  return { ...nothing, ...changes, targets: [{ sku: asSku(name), quantity: 1 }] }
}

function catalogOf(...mappings: readonly SkuMapping[]): CatalogIndex {
  return indexCatalog({ ...testCatalog, revision: 1, mappings })
}

function resolvedSku(catalog: CatalogIndex, line = listing, at = place): string {
  const resolution = resolveLine(line, at, catalog)
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
    expect(resolvedSku(catalogOf(row('EMPTY')), snapshotLine({ channelSku: '' }))).toBe('unmapped: item ?')
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
    expect(resolvedSku(catalog, line, { platform: 'shopify', shop: 'second' })).toBe('MUG-XL')
  })

  it.each([
    [row('X', { ...shop, channelSku: CH, itemId: 'I', variantId: 'V' }), 'mapping of SKU CH, item I, variant V for shop brand'],
    [row('X', { ...platform, itemId: 'I' }), 'mapping of item I for platform shopify'],
    [row('X', { channelSku: CH }), 'mapping of SKU CH for every shop'],
  ])('says which row it was: %#', (mapping, by) => {
    expect(resolveLine(listing, place, catalogOf(mapping))).toMatchObject({ by })
  })
})

describe('what has to be mapped', () => {
  it('is named by its SKU, else by item and variant', () => {
    expect(mappingSubject(listing)).toBe('CH')
    expect(mappingSubject(snapshotLine({ channelSku: '', itemId: 'I' }))).toBe('item I')
    expect(mappingSubject(snapshotLine({ channelSku: '', itemId: 'I', variantId: 'V' }))).toBe('item I variant V')
  })
})
