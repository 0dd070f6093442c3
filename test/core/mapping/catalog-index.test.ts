import { describe, expect, it } from 'vitest'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { asChannelSku, asSku } from '../../../core/value/ids.ts'
import { testCatalog } from '../../fakes/test-operations.ts'

const catalog = indexCatalog({ ...testCatalog, revision: 7 })
const key = { platform: '', shop: '', channelSku: asChannelSku('CH-MUG'), itemId: '', variantId: '' }

describe('the catalog', () => {
  it('knows products, mappings and warehouse codes, and its revision', () => {
    expect(catalog.revision).toBe(7)
    expect(catalog.products.get(asSku('MUG'))?.name).toBe('Mug')
    expect(catalog.mapping(key)?.targets).toEqual([{ sku: 'MUG', quantity: 1 }])
    expect(catalog.warehouseSku('NJ', asSku('MUG-CASE'))).toMatchObject({ wmsSku: 'GC-CASE6', unitFactor: 6 })
  })

  it('knows nothing that is not in it', () => {
    expect(catalog.products.get(asSku('CUP'))).toBeUndefined()
    expect(catalog.mapping({ ...key, shop: 'brand' })).toBeUndefined()
    expect(catalog.warehouseSku('CA', asSku('MUG'))).toBeUndefined()
  })

  it('does not confuse keys whose parts run together', () => {
    const mappings = [{ ...key, channelSku: asChannelSku('a","b'), targets: [] }]
    const tricky = indexCatalog({ ...testCatalog, revision: 1, mappings })

    expect(tricky.mapping({ ...key, channelSku: asChannelSku('a'), itemId: 'b' })).toBeUndefined()
  })
})
