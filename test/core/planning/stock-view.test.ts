import { describe, expect, it } from 'vitest'
import type { StockLevel } from '../../../core/model/stock.ts'
import { loadStockView, stockView } from '../../../core/planning/stock-view.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { at, snapshot } from '../../fakes/order-snapshots.ts'
import { testWorld } from '../../fakes/test-world.ts'

const mug = asWmsSku('GC-MUG')

function level(available: number, warehouse = 'NJ'): StockLevel {
  return { warehouse, wmsSku: mug, available, reserved: 0, pendingPutaway: 9, inTransit: 9, defective: 9, asOf: at('08:00') }
}

describe('what may still be promised', () => {
  it('is what can be sold, less what was promised and the warehouse does not know of yet', () => {
    const view = stockView([level(10), level(3, 'CA')], [{ warehouse: 'NJ', wmsSku: mug, quantity: 4 }], new Set(['NJ', 'CA']))

    expect(view.free('NJ', mug)).toBe(6)
    expect(view.free('CA', mug)).toBe(3)
  })

  it('is nothing of a product that a warehouse does not list, and less than nothing when too much was promised', () => {
    const view = stockView([], [{ warehouse: 'NJ', wmsSku: mug, quantity: 4 }], new Set(['NJ']))

    expect(view.free('NJ', asWmsSku('GC-BOX'))).toBe(0)
    expect(view.free('NJ', mug)).toBe(-4)
  })

  it('is unknown of a warehouse that was never read', () => {
    expect(stockView([], [], new Set()).free('NJ', mug)).toBeUndefined()
  })

  it('does not confuse warehouses and products whose names run together', () => {
    const view = stockView([{ ...level(5), warehouse: 'N', wmsSku: asWmsSku('J","GC-MUG') }], [], new Set(['NJ']))

    expect(view.free('NJ', mug)).toBe(0)
  })
})

describe('the view of a transaction', () => {
  it('knows the products it was asked for, with their reservations', async () => {
    const world = await testWorld({ stock: { 'GC-MUG': 10, 'GC-BOX': 10 } })
    await world.receive(snapshot('1'))

    const view = await world.storage.read((stores) => loadStockView(stores, ['NJ', 'CA'], [mug]))

    expect(view.free('NJ', mug)).toBe(8)
    expect(view.free('NJ', asWmsSku('GC-BOX'))).toBe(0)
    expect(view.free('CA', mug)).toBeUndefined()
  })

  it('of no products is empty', async () => {
    const world = await testWorld()

    const view = await world.storage.read((stores) => loadStockView(stores, ['NJ'], []))

    expect(view.free('NJ', mug)).toBe(0)
  })
})
