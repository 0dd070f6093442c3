import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../core/model/catalog.ts'
import type { Storage } from '../../core/ports/storage.ts'
import { asSku, asWmsSku } from '../../core/value/ids.ts'
import { money } from '../../core/value/money.ts'
import { at, sampleLevel, sampleMapping, sampleProduct } from './storage-samples.ts'

export function describeStockStore(storage: () => Storage): void {
  const snapshot = (levels: readonly ReturnType<typeof sampleLevel>[], asOf = at('09:00'), warehouse = 'NJ') =>
    storage().write((stores) => stores.stock.saveSnapshot(warehouse, levels, asOf))
  const uncovered = () => storage().read((stores) => stores.stock.uncovered(['NJ', 'CA']))

  describe('stock', () => {
    it('comes back by warehouse and by product, and tells when it was read', async () => {
      const [cup, mug] = [sampleLevel('CUP', 5), sampleLevel('MUG', 7)]
      const elsewhere = sampleLevel('MUG', 9, { warehouse: 'CA', asOf: at('08:00') })
      await snapshot([mug, cup])
      await snapshot([elsewhere], at('08:00'), 'CA')

      expect(await storage().read((stores) => stores.stock.levels(['NJ']))).toStrictEqual([cup, mug])
      const mugs = await storage().read((stores) => stores.stock.levels(['NJ', 'CA'], [asWmsSku('MUG')]))
      expect(mugs).toEqual([elsewhere, mug])
      expect(await storage().read((stores) => stores.stock.asOf('NJ'))).toBe(at('09:00'))
      expect(await storage().read((stores) => stores.stock.asOf('never read'))).toBeUndefined()
    })

    it('is replaced as a whole, however many products there are', async () => {
      await snapshot(Array.from({ length: 1_000 }, (_, index) => sampleLevel(`SKU-${index}`, 1)))

      await snapshot([sampleLevel('MUG', 1)], at('10:00'))

      expect(await storage().read((stores) => stores.stock.levels(['NJ']))).toEqual([sampleLevel('MUG', 1)])
    })

    it('names the products of which more is available, or which are new', async () => {
      await snapshot([sampleLevel('SAME', 1), sampleLevel('MORE', 1), sampleLevel('LESS', 2)])

      const answer = await snapshot([sampleLevel('SAME', 1), sampleLevel('MORE', 2), sampleLevel('LESS', 1), sampleLevel('NEW', 3)])

      expect(answer.increased).toEqual(['MORE', 'NEW'])
    })
  })

  describe('reservations', () => {
    const reserve = (foNo: string, quantity: number, warehouse = 'NJ') =>
      storage().write((stores) => stores.stock.reserve([{ foNo, warehouse, wmsSku: asWmsSku('MUG'), quantity }]))

    it('are summed by warehouse and product while no snapshot contains them', async () => {
      await reserve('F1', 2)
      await reserve('F2', 3)
      await reserve('F3', 4, 'CA')

      expect(await uncovered()).toEqual([
        { warehouse: 'CA', wmsSku: 'MUG', quantity: 4 },
        { warehouse: 'NJ', wmsSku: 'MUG', quantity: 5 },
      ])
    })

    it('add up within one fulfillment order and are replaced when it reserves again', async () => {
      const line = { foNo: 'F1', warehouse: 'NJ', wmsSku: asWmsSku('MUG') }
      await storage().write((stores) =>
        stores.stock.reserve([
          { ...line, quantity: 2 },
          { ...line, quantity: 3 },
        ]),
      )
      expect(await uncovered()).toEqual([{ warehouse: 'NJ', wmsSku: 'MUG', quantity: 5 }])

      await reserve('F1', 1)

      expect(await uncovered()).toEqual([{ warehouse: 'NJ', wmsSku: 'MUG', quantity: 1 }])
    })

    it('end with the first snapshot taken after the warehouse accepted the fulfillment order', async () => {
      await reserve('F1', 2)
      await snapshot([], at('09:00'))
      expect(await uncovered()).toHaveLength(1)

      await storage().write((stores) => stores.stock.markAccepted('F1', at('09:00')))
      expect(await uncovered()).toHaveLength(1)

      await snapshot([], at('09:01'))
      expect(await uncovered()).toEqual([])
    })

    it('end at once when a snapshot taken after the acceptance is there already', async () => {
      await reserve('F1', 2)
      await snapshot([], at('09:00'))

      await storage().write((stores) => stores.stock.markAccepted('F1', at('08:59')))

      expect(await uncovered()).toEqual([])
    })

    it('stay ended when an older snapshot arrives late', async () => {
      await reserve('F1', 2)
      await storage().write((stores) => stores.stock.markAccepted('F1', at('09:00')))
      await snapshot([], at('09:01'))

      await snapshot([], at('08:00'))

      expect(await uncovered()).toEqual([])
    })

    it('end when the fulfillment order is given up', async () => {
      await reserve('F1', 2)
      await reserve('F2', 3)

      await storage().write((stores) => stores.stock.release('F1'))

      expect(await uncovered()).toEqual([{ warehouse: 'NJ', wmsSku: 'MUG', quantity: 3 }])
    })
  })
}

export function describeCatalogStore(storage: () => Storage): void {
  const load = () => storage().read((stores) => stores.catalog.load())

  describe('the catalog', () => {
    it('is empty at first', async () => {
      expect(await load()).toEqual({ revision: 0, products: [], mappings: [], bundles: [], warehouseSkus: [], fx: [], zones: [] })
    })

    it('gives everything back, sorted, without fields that were absent', async () => {
      const full = sampleProduct('MUG', {
        nameZh: '杯子',
        weightGrams: 300,
        lengthMm: 1,
        widthMm: 2,
        heightMm: 3,
        declaredValue: money(500, 'USD'),
        hsCode: '6912',
        origin: 'CN',
        cargoClass: 'fragile',
        measuredWeightGrams: 320,
        measuredLengthMm: 4,
        measuredWidthMm: 5,
        measuredHeightMm: 6,
        barcode: '6901234567892',
      })
      const bundle = sampleMapping('SET', {
        platform: 'ebay',
        shop: 'de-ebay',
        itemId: '1',
        variantId: '2',
        targets: [
          { sku: asSku('MUG'), quantity: 2 },
          { sku: asSku('CUP'), quantity: 1 },
        ],
      })
      const set = {
        sku: asSku('GIFT'),
        components: [
          { sku: asSku('MUG'), quantity: 2, valueShare: 100 },
          { sku: asSku('CUP'), quantity: 1 },
        ],
      }
      const timed = sampleMapping('MUG', {
        validFrom: '2026-12-01',
        validTo: '2026-12-31',
        alternatives: [[{ sku: asSku('CUP'), quantity: 2 }], [{ sku: asSku('BOX'), quantity: 1 }]],
      })
      const today = { date: '2026-11-24', from: 'EUR', to: 'USD', rate: '1.0842' }
      const yesterday = { ...today, date: '2026-11-23', rate: '1.10' }
      const pair = { warehouse: 'NJ', sku: asSku('MUG'), wmsSku: asWmsSku('GC-MUG'), unitFactor: 6 }

      await storage().write(async (stores) => {
        await stores.catalog.saveProducts([full, sampleProduct('CUP')])
        await stores.catalog.saveBundles([set, { ...set, sku: asSku('A-SET') }])
        await stores.catalog.saveMappings([bundle, timed, sampleMapping('MUG')])
        await stores.catalog.saveWarehouseSkus([pair])
        await stores.catalog.saveFx([today, yesterday])
      })

      expect(await load()).toStrictEqual({
        revision: 5,
        products: [sampleProduct('CUP'), full],
        mappings: [sampleMapping('MUG'), timed, bundle],
        bundles: [{ ...set, sku: asSku('A-SET') }, set],
        warehouseSkus: [pair],
        fx: [yesterday, today],
        zones: [],
      })
    })

    it('counts what an import adds and changes, and raises its revision only then', async () => {
      const save = (...products: ReturnType<typeof sampleProduct>[]) => storage().write((stores) => stores.catalog.saveProducts(products))

      expect(await save(sampleProduct('A'), sampleProduct('B'))).toEqual({ added: 2, changed: 0, same: 0 })
      expect(await save(sampleProduct('A', { weightGrams: 1 }), sampleProduct('B'), sampleProduct('C'))).toEqual({
        added: 1,
        changed: 1,
        same: 1,
      })
      expect(await storage().read((stores) => stores.catalog.revision())).toBe(2)

      expect(await save(sampleProduct('B'))).toEqual({ added: 0, changed: 0, same: 1 })
      expect(await storage().read((stores) => stores.catalog.revision())).toBe(2)
    })

    it('replaces all of a mapping with the same five columns and first day, and leaves that of another day', async () => {
      const targets = [{ sku: asSku('CUP'), quantity: 3 }]
      const later = sampleMapping('SET', { validFrom: '2026-12-01', alternatives: [targets] })
      await storage().write((stores) => stores.catalog.saveMappings([sampleMapping('SET', { validTo: '2026-11-30' }), later]))

      const counts = await storage().write((stores) => stores.catalog.saveMappings([sampleMapping('SET', { targets }), later]))

      expect(counts).toEqual({ added: 0, changed: 1, same: 1 })
      expect((await load()).mappings).toEqual([sampleMapping('SET', { targets }), later])
    })

    it('replaces all components of a bundle, and counts what an import changes', async () => {
      const bundle = (...skus: readonly string[]) => ({
        sku: asSku('SET'),
        components: skus.map((sku) => ({ sku: asSku(sku), quantity: 1 })),
      })
      const save = (...bundles: readonly Bundle[]) => storage().write((stores) => stores.catalog.saveBundles(bundles))

      expect(await save(bundle('MUG', 'BOX'))).toEqual({ added: 1, changed: 0, same: 0 })
      expect(await save(bundle('CUP'))).toEqual({ added: 0, changed: 1, same: 0 })
      expect(await save(bundle('CUP'))).toEqual({ added: 0, changed: 0, same: 1 })
      expect((await load()).bundles).toEqual([bundle('CUP')])
    })

    it('replaces a table of zones as a whole, and leaves the others', async () => {
      const zone = (zipFrom: string, more: object = {}) => ({
        ...{ origin: 'NJ', country: 'US', zipFrom, zipTo: zipFrom, zone: 2, remote: false },
        ...more,
      })
      const save = (...rows: ReturnType<typeof zone>[]) => storage().write((stores) => stores.catalog.saveZones(rows))
      const other = zone('100', { origin: 'CA', zone: 8, remote: true })

      expect(await save(zone('100'), zone('101'), other)).toEqual({ added: 3, changed: 0, same: 0 })
      expect(await save(zone('101'), zone('100'), other)).toEqual({ added: 0, changed: 0, same: 3 })
      const { revision } = await load()
      expect(await save(zone('100'))).toEqual({ added: 0, changed: 0, same: 1, removed: 1 })

      expect(await load()).toMatchObject({ revision: revision + 1, zones: [other, zone('100')] })
    })

    it('takes an import of thousands of rows, and the same key twice, the last one', async () => {
      const rows = Array.from({ length: 2_500 }, (_, index) => sampleProduct(`SKU-${index}`))

      const counts = await storage().write((stores) =>
        stores.catalog.saveProducts([...rows, sampleProduct('SKU-0', { name: 'the last one' })]),
      )

      expect(counts.added).toBe(2_500)
      expect((await load()).products.find((product) => product.sku === 'SKU-0')?.name).toBe('the last one')
    })
  })
}
