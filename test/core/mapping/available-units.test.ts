import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { availableUnits } from '../../../core/mapping/available-units.ts'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import { resolveLine } from '../../../core/mapping/resolve-line.ts'
import { warehouseLines } from '../../../core/mapping/warehouse-lines.ts'
import { asChannelSku, asSku, asWmsSku } from '../../../core/value/ids.ts'
import { at, snapshotLine } from '../../fakes/order-snapshots.ts'
import { mapping, testCatalog } from '../../fakes/test-operations.ts'

const row = (sku: string, unitFactor = 1, warehouse = 'NJ') => ({ warehouse, sku: asSku(sku), wmsSku: asWmsSku(`G-${sku}`), unitFactor })
const catalog = indexCatalog({
  ...testCatalog,
  revision: 1,
  bundles: [
    {
      sku: asSku('GIFT'),
      components: [
        { sku: asSku('MUG'), quantity: 2 },
        { sku: asSku('BOX'), quantity: 1 },
      ],
    },
  ],
  mappings: [
    { ...mapping('GIFT-SET', { GIFT: 1 }), platform: 'shopify', shop: 'first' },
    { ...mapping('GIFT-SET', { 'MUG-XL': 1 }), platform: 'shopify', shop: 'second' },
  ],
  warehouseSkus: [row('MUG'), row('BOX'), row('MUG-XL'), row('MUG-CASE', 6)],
})
const available = (goods: Readonly<Record<string, number>>, stock: Readonly<Record<string, number>>, warehouse = 'NJ'): number =>
  availableUnits(
    Object.entries(goods).map(([sku, quantity]) => ({ sku: asSku(sku), quantity })),
    warehouse,
    { catalog, free: (_warehouse, wmsSku) => stock[wmsSku] },
  )

describe('units of a listing that can ship', () => {
  const stock = { 'G-MUG': 7, 'G-BOX': 10, 'G-MUG-XL': 4 }

  it.each([
    ['first', 3],
    ['second', 4],
  ])('are counted by what it stands for: GIFT-SET in shop %s', (shop, units) => {
    const line = snapshotLine({ channelSku: asChannelSku('GIFT-SET') })
    const resolution = resolveLine(line, { platform: 'shopify', shop, purchasedAt: at('08:00') }, catalog)
    if ('unmapped' in resolution) throw new Error('not mapped')

    expect(availableUnits(resolution.resolved, 'NJ', { catalog, free: (_warehouse, wmsSku) => stock[wmsSku as keyof typeof stock] })).toBe(
      units,
    )
  })

  it.each<[string, Readonly<Record<string, number>>, Readonly<Record<string, number>>, number]>([
    ['the scarcest decides', { MUG: 2, BOX: 1 }, { 'G-MUG': 100, 'G-BOX': 3 }, 3],
    ['more promised than there is', { MUG: 1 }, { 'G-MUG': -2 }, 0],
    ['stock that was never read', { MUG: 1 }, {}, 0],
    ['goods without a code in the warehouse', { CUP: 1, MUG: 1 }, { 'G-MUG': 9 }, 0],
    ['nothing to ship', {}, { 'G-MUG': 9 }, 0],
    ['packs of six count as their pieces', { 'MUG-CASE': 1 }, { 'G-MUG-CASE': 3 }, 18],
    ['only whole packs leave', { 'MUG-CASE': 4 }, { 'G-MUG-CASE': 3 }, 3],
    ['a scarce part beside packs', { 'MUG-CASE': 1, BOX: 1 }, { 'G-MUG-CASE': 3, 'G-BOX': 10 }, 6],
  ])('%s', (_case, goods, on, units) => {
    expect(available(goods, on)).toBe(units)
  })

  it('are none in another warehouse', () => {
    expect(available({ MUG: 1 }, { 'G-MUG': 9 }, 'CA')).toBe(0)
  })

  it('are as many as the warehouse has and can pack, and not one pack more', () => {
    const amount = fc.integer({ min: 1, max: 9 })
    const part = fc.record({ quantity: amount, factor: amount, units: fc.nat(60) })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const goods = parts.map(({ quantity }, index) => ({ sku: asSku(`S${index}`), quantity }))
        const packed = indexCatalog({
          ...testCatalog,
          revision: 1,
          warehouseSkus: parts.map(({ factor }, index) => row(`S${index}`, factor)),
        })
        const units = availableUnits(goods, 'NJ', { catalog: packed, free: (_warehouse, wmsSku) => parts[Number(wmsSku.slice(3))]?.units })
        const canShip = (count: number): boolean => {
          const needs = goods.map(({ sku, quantity }) => ({ platformLineId: 'L', sku, quantity: quantity * count, lineQuantity: count }))
          const outcome = warehouseLines('NJ', needs, packed)
          return 'lines' in outcome && outcome.lines.every((each, index) => each.quantity <= (parts[index]?.units ?? 0))
        }

        expect(units === 0 || canShip(units)).toBe(true)
        // All packs of up to nine pieces come out even at 2520 units at the latest.
        const more = Array.from({ length: 2_520 }, (_, index) => units + 1 + index)
        expect(more.some(canShip)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})
