import { describe, expect, it } from 'vitest'
import { describeTargets, suggestMappings } from '../../../core/mapping/suggest.ts'
import { suggestionsFor } from '../../../core/mapping/suggest-for-hold.ts'
import type { Product, SkuMapping } from '../../../core/model/catalog.ts'
import { asChannelSku, asSku } from '../../../core/value/ids.ts'
import { order, orderLine } from '../../fakes/dossiers.ts'

const product = (sku: string): Product => ({
  sku: asSku(sku),
  name: sku,
  cargoClass: 'general',
  ...(sku === 'BOX' && { barcode: '0069012345678' }),
})
const row = (channelSku: string, targets: Readonly<Record<string, number>>, more: Partial<SkuMapping> = {}): SkuMapping => ({
  platform: '',
  shop: '',
  channelSku: asChannelSku(channelSku),
  itemId: '',
  variantId: '',
  targets: Object.entries(targets).map(([sku, quantity]) => ({ sku: asSku(sku), quantity })),
  ...more,
})
const catalog = {
  products: ['MUG-RED', 'MUG-BLUE', 'LAMP-01', 'LAMP-02', 'BOX'].map(product),
  bundles: [{ sku: asSku('PICNIC-SET'), components: [{ sku: asSku('MUG-RED'), quantity: 4 }] }],
  mappings: [
    row('GIFT', { 'MUG-RED': 2, BOX: 1 }, { platform: 'ebay', shop: 'de-ebay' }),
    row('', { 'LAMP-01': 1 }, { platform: 'ebay', shop: 'de-ebay', itemId: '110', variantId: '7' }),
    row('TEA-PACKET', { BOX: 3 }),
  ],
}
const brand = { platform: 'shopify', shop: 'brand' }
const suggested = (channelSku: string, more: { readonly itemId?: string; readonly variantId?: string } = {}, place = brand) =>
  suggestMappings({ channelSku: asChannelSku(channelSku), ...more }, place, catalog).map(
    (each) => `${describeTargets(each)} ${each.because} ${each.known}`,
  )

describe('an unmapped listing', () => {
  it.each([
    ['is mapped in another shop', 'GIFT', ['2 × MUG-RED + 1 × BOX same-listing de-ebay']],
    ['is a known SKU in other capitals and signs', 'mug_red', ['1 × MUG-RED same-code MUG-RED']],
    ['is a slip of a known SKU', 'MUG-BLEU', ['1 × MUG-BLUE similar-code MUG-BLUE']],
    ['is a slip of a known channel SKU', 'TEA-PAKET', ['3 × BOX similar-code TEA-PACKET']],
    ['is a slip of a known bundle', 'PICNIC-STE', ['1 × PICNIC-SET similar-code PICNIC-SET']],
    ['is the barcode of a product, with or without leading zeros', '69012345678', ['1 × BOX same-barcode 0069012345678']],
    ['differs in a digit, which is another product', 'LAMP-03', []],
    ['is like nothing', 'CHAIR', []],
    ['is short, and so is what it is near to', 'BAG', []],
  ])('that %s', (_case, channelSku, said) => {
    expect(suggested(channelSku)).toEqual(said)
  })

  it('without a SKU goes by item and variant of its platform', () => {
    const ebay = { platform: 'ebay', shop: 'us-ebay' }

    expect(suggested('', { itemId: '110', variantId: '7' }, ebay)).toEqual(['1 × LAMP-01 same-listing de-ebay'])
    expect(suggested('', { itemId: '110', variantId: '8' }, ebay)).toEqual([])
    expect(suggested('', { itemId: '110', variantId: '7' }, brand)).toEqual([])
  })

  it('gets three suggestions at most, the surest first, each goods once', () => {
    const many = {
      products: ['ABCDEF', 'ABCDEG', 'ABCDEH', 'ABCDEI'].map(product),
      bundles: [],
      mappings: [row('ABCDEX', { ABCDEI: 1 }, { shop: 'other' })],
    }

    const found = suggestMappings({ channelSku: asChannelSku('ABCDEX') }, brand, many)

    expect(found.map(describeTargets)).toEqual(['1 × ABCDEI', '1 × ABCDEF', '1 × ABCDEG'])
  })
})

describe('a hold', () => {
  const held = order({ lines: [orderLine({ channelSku: asChannelSku('MUG-RDE'), resolved: [] })] })

  it('for an unmapped SKU has suggestions for the line that it is about', () => {
    expect(suggestionsFor(held, { reason: 'unmapped-sku', subject: 'MUG-RDE' }, catalog).map(describeTargets)).toEqual(['1 × MUG-RED'])
  })

  it.each([
    ['another reason', { reason: 'out-of-stock', subject: 'MUG-RDE' }],
    ['a SKU that a warehouse has no code for', { reason: 'unmapped-sku', subject: 'MUG-RED' }],
  ] as const)('for %s has none', (_case, hold) => {
    expect(suggestionsFor(held, hold, catalog)).toEqual([])
  })
})
