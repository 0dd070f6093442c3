import { describe, expect, it, onTestFinished } from 'vitest'
import type { Catalog } from '../../core/model/catalog.ts'
import { type CatalogKind, catalogFiles, catalogKinds } from '../../daemon/catalog-files.ts'
import { openStorage } from '../../storage/index.ts'
import { testCatalog } from '../fakes/test-operations.ts'

const stored: Catalog = { ...testCatalog, revision: 1 }
const files: Readonly<Record<CatalogKind, string>> = {
  products:
    'sku,name,name_zh,weight_g,length_mm,width_mm,height_mm,declared_value,currency,hs_code,origin,cargo_class\nCUP,Cup,,,,,,,,,,\n',
  bundles: 'bundle_sku,component_sku,quantity,value_share\nGIFT,MUG,2,\nGIFT,BOX,1,\n',
  'sku-mappings': 'platform,shop,channel_sku,item_id,variant_id,sku,quantity\n,,SET,,,MUG,2\n,,SET,,,BOX,1\n',
  'warehouse-skus': 'warehouse,sku,wms_sku,unit_factor\nNJ,CUP,G-CUP,1\n',
  fx: 'date,from,to,rate\n2026-11-24,EUR,USD,1.0842\n',
  zones: 'origin,country,zip_from,zip_to,zone,remote\nNJ,US,100,101,2,no\n',
}

const known = { shops: [{ id: 'brand', platform: 'shopify' }], warehouses: [{ code: 'NJ' }] }

async function memory() {
  const storage = await openStorage({ url: 'sqlite::memory:', key: Buffer.alloc(32, 7) })
  onTestFinished(() => storage.close())
  return storage
}

describe('a file of the catalog', () => {
  it.each(catalogKinds)('of kind %s is stored once however often it is imported, and comes back as it was', async (kind) => {
    const storage = await memory()
    const { save, preview, format } = catalogFiles[kind]
    const load = () => storage.read((stores) => stores.catalog.load())
    const expected = preview(files[kind], 'a.csv', await load(), known)

    const first = await storage.write((stores) => save(stores.catalog, files[kind], 'a.csv'))
    const second = await storage.write((stores) => save(stores.catalog, files[kind], 'a.csv'))

    expect(expected).toMatchObject({ added: 1, changed: 0, same: 0 })
    expect(first).toMatchObject({ added: 1, changed: 0, same: 0 })
    expect(second).toMatchObject({ added: 0, changed: 0, same: 1 })
    const written = format(await load())
    expect(preview(written, 'b.csv', await load(), known)).toMatchObject({ added: 0, changed: 0, same: 1, rows: first.rows })
  })

  it('tells rows from what they make', () => {
    expect(catalogFiles['sku-mappings'].preview(files['sku-mappings'], 'm.csv', stored, known)).toMatchObject({
      rows: 2,
      added: 1,
      items: [{}],
    })
    expect(catalogFiles.bundles.preview(files.bundles, 'b.csv', stored, known)).toMatchObject({ rows: 2, added: 1, items: [{}] })
  })

  it('tells which mappings can never match, because their shop is on another platform', () => {
    const header = 'platform,shop,channel_sku,item_id,variant_id,sku,quantity'
    const text = `${header}\nshopify,us-amazon,A,,,MUG,1\namazon,us-amazon,B,,,MUG,1\n,us-amazon,C,,,MUG,1\nshopify,,D,,,MUG,1\n`
    const shops = [{ id: 'us-amazon', platform: 'amazon' }]

    const { notes } = catalogFiles['sku-mappings'].preview(text, 'm.csv', stored, { ...known, shops })

    expect(notes).toEqual(['shopify us-amazon: the shop is on another platform, so these rows never match'])
  })

  it('tells what it would change before anything is stored', () => {
    const text = 'warehouse,sku,wms_sku,unit_factor\nNJ,MUG,GC-MUG,1\nNJ,BOX,OTHER,1\nCA,MUG,C-MUG,6\n'

    expect(catalogFiles['warehouse-skus'].preview(text, 'w.csv', stored, known)).toMatchObject({ rows: 3, added: 1, changed: 1, same: 1 })
  })

  it('of zones tells which rows of the tables that it replaces would go', () => {
    const row = { origin: 'NJ', country: 'US', zipFrom: '100', zipTo: '101', zone: 2, remote: false }
    const zones = [row, { ...row, zipFrom: '200', zipTo: '201' }, { ...row, origin: 'CA' }]

    expect(catalogFiles.zones.preview(files.zones, 'z.csv', { ...stored, zones }, known)).toMatchObject({ added: 0, same: 1, removed: 1 })
    expect(catalogFiles.zones.preview(files.zones, 'z.csv', stored, known)).not.toHaveProperty('removed')
  })

  it('is stored whatever it names, but names that nobody knows are told', () => {
    const mapping = [
      'platform,shop,channel_sku,item_id,variant_id,sku,quantity',
      ',brand,A,,,MUG,1',
      ',bramd,B,,,MUGG,1',
      ...['1', '2', '3', '4', '5', '6'].map((number) => `,,C${number},,,X${number},1`),
    ].join('\n')
    const codes = 'warehouse,sku,wms_sku,unit_factor\nTX,MUG,T-MUG,1\n'

    expect(catalogFiles['sku-mappings'].preview(mapping, 'm.csv', stored, known).notes).toEqual([
      'bramd: not a shop of shops.yaml',
      'MUGG, X1, X2, X3, X4 and 2 more: neither a product nor a bundle: weight and size are not known',
    ])
    expect(catalogFiles['warehouse-skus'].preview(codes, 'w.csv', stored, known).notes).toEqual(['TX: not a warehouse of warehouses.yaml'])
  })

  it('of bundles may name its own bundles', () => {
    const text = 'bundle_sku,component_sku,quantity,value_share\nPAIR,GIFT,2,\nGIFT,MUG,1,\n'

    expect(catalogFiles.bundles.preview(text, 'b.csv', stored, known).notes).toEqual([])
  })

  it('tells when a SKU would be a bundle and have a code in a warehouse', () => {
    const both = ['MUG: both a bundle and a warehouse code: a bundle comes apart, and its code is never used']
    const bundle = 'bundle_sku,component_sku,quantity,value_share\nMUG,BOX,2,\n'
    const code = 'warehouse,sku,wms_sku,unit_factor\nNJ,MUG,G,1\n'
    const withBundle = { ...stored, bundles: catalogFiles.bundles.preview(bundle, 'b.csv', stored, known).items as Catalog['bundles'] }

    expect(catalogFiles.bundles.preview(bundle, 'b.csv', stored, known).notes).toEqual(both)
    expect(catalogFiles['warehouse-skus'].preview(code, 'w.csv', withBundle, known).notes).toEqual(both)
    expect(catalogFiles['warehouse-skus'].preview(code, 'w.csv', stored, known).notes).toEqual([])
  })

  it('with a mistake is refused as a whole, with every mistake', async () => {
    const storage = await memory()
    const text = 'warehouse,sku,wms_sku,unit_factor\nNJ,MUG,GC-MUG,1\nNJ,,X,1\nNJ,BOX,,1\n'

    await expect(storage.write((stores) => catalogFiles['warehouse-skus'].save(stores.catalog, text, 'w.csv'))).rejects.toMatchObject({
      kind: 'config',
      code: 'csv-invalid',
      message: 'w.csv:3:2  sku: must not be empty\nw.csv:4:3  wms_sku: must not be empty\n2 mistakes; nothing was stored',
    })
    expect((await storage.read((stores) => stores.catalog.load())).warehouseSkus).toEqual([])
  })

  it('of bundles is checked together with the bundles that are stored', async () => {
    const storage = await memory()
    await storage.write((stores) => catalogFiles.bundles.save(stores.catalog, files.bundles, 'b.csv'))
    const text = 'bundle_sku,component_sku,quantity,value_share\nMUG,GIFT,1,\n'

    await expect(storage.write((stores) => catalogFiles.bundles.save(stores.catalog, text, 'c.csv'))).rejects.toMatchObject({
      message: expect.stringContaining('c.csv:2:2  component_sku: the bundle GIFT would contain itself: GIFT → MUG → GIFT'),
    })
  })
})
