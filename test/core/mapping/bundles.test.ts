import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bundleProblems, takeApart } from '../../../core/mapping/bundles.ts'
import type { Bundle, Product } from '../../../core/model/catalog.ts'
import { asSku } from '../../../core/value/ids.ts'
import { money } from '../../../core/value/money.ts'

/** `MUG 2, BOX 1` in one bundle; `MUG 2 60%` with shares. */
function bundle(sku: string, components: string): Bundle {
  return {
    sku: asSku(sku),
    components: components.split(', ').map((text) => {
      const [name = '', quantity = '1', share] = text.split(' ')
      return { sku: asSku(name), quantity: Number(quantity), ...(share !== undefined && { valueShare: Number.parseInt(share, 10) }) }
    }),
  }
}

const bySku = <T extends { readonly sku: string }>(items: readonly T[]) => new Map(items.map((item) => [asSku(item.sku), item]))
const valued = (sku: string, cents: number): Product => ({
  sku: asSku(sku),
  name: sku,
  cargoClass: 'general',
  declaredValue: money(cents, 'USD'),
})
const apart = (bundles: readonly Bundle[], sku: string, quantity = 1, products: readonly Product[] = []): readonly string[] =>
  takeApart([{ sku: asSku(sku), quantity }], { bundles: bySku(bundles), products: bySku(products) }).map(
    (item) => `${item.quantity} ${item.sku}${item.declaredValue ? ` ${item.declaredValue.minorUnits}` : ''}`,
  )

describe('taking bundles apart', () => {
  const gift = bundle('GIFT', 'MUG 2, BOX 1')

  it('leaves what is no bundle as it is', () => {
    expect(apart([gift], 'MUG', 3)).toEqual(['3 MUG'])
  })

  it('multiplies what is in it', () => {
    expect(apart([gift], 'GIFT', 3)).toEqual(['6 MUG', '3 BOX'])
  })

  it('goes three deep', () => {
    expect(apart([gift, bundle('PAIR', 'GIFT 2'), bundle('CRATE', 'PAIR 5, BOX 1')], 'CRATE')).toEqual(['20 MUG', '11 BOX'])
  })

  it('adds up pieces of one SKU', () => {
    expect(
      takeApart(
        [
          { sku: asSku('GIFT'), quantity: 1 },
          { sku: asSku('MUG'), quantity: 1 },
        ],
        { bundles: bySku([gift]), products: new Map() },
      ),
    ).toEqual([
      { sku: 'MUG', quantity: 3 },
      { sku: 'BOX', quantity: 1 },
    ])
  })

  it('shares the declared value of the bundle, by piece', () => {
    const shared = bundle('GIFT', 'MUG 2 80%, BOX 1 20%')

    expect(apart([shared], 'GIFT', 1, [valued('GIFT', 1001)])).toEqual(['2 MUG 400', '1 BOX 200'])
    expect(apart([shared, bundle('CRATE', 'GIFT 10 100%')], 'CRATE', 1, [valued('CRATE', 9000)])).toEqual(['20 MUG 360', '10 BOX 180'])
  })

  it('declares nothing without shares or without a value', () => {
    expect(apart([gift], 'GIFT', 1, [valued('GIFT', 1000)])).toEqual(['2 MUG', '1 BOX'])
    expect(apart([bundle('GIFT', 'MUG 1 100%')], 'GIFT')).toEqual(['1 MUG'])
  })
})

describe('whatever the bundles are', () => {
  /** Bundles of one layer hold those of the next; the last layer holds pieces. */
  const layered = fc
    .array(fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 }), { minLength: 9, maxLength: 9 })
    .map((contents) =>
      contents.map((parts, index): Bundle => {
        const below = (number: number): string => (index < 6 ? `B${3 * (Math.floor(index / 3) + 1) + number}` : `P${number}`)
        const components = new Map(parts.map(([number, quantity]) => [below(number), quantity]))
        return { sku: asSku(`B${index}`), components: [...components].map(([sku, quantity]) => ({ sku: asSku(sku), quantity })) }
      }),
    )

  it('taking them apart leaves pieces alone, as many as one by one, and nothing more to take apart', () => {
    fc.assert(
      fc.property(layered, fc.integer({ min: 1, max: 5 }), (bundles, quantity) => {
        const catalog = { bundles: bySku(bundles), products: new Map() }
        const countOf = (sku: string): number =>
          catalog.bundles.get(asSku(sku))?.components.reduce((sum, part) => sum + part.quantity * countOf(part.sku), 0) ?? 1

        const pieces = takeApart([{ sku: asSku('B0'), quantity }], catalog)

        expect(bundleProblems(catalog.bundles)).toEqual([])
        expect(pieces.every(({ sku }) => sku.startsWith('P'))).toBe(true)
        expect(pieces.reduce((sum, piece) => sum + piece.quantity, 0)).toBe(quantity * countOf('B0'))
        expect(takeApart(pieces, catalog)).toEqual(pieces)
      }),
    )
  })
})

describe('bundles that cannot be taken apart', () => {
  const problems = (...bundles: readonly Bundle[]): readonly string[] =>
    bundleProblems(bySku(bundles)).map(({ kind, chain }) => `${kind} ${chain.join('>')}`)

  it('go in a circle, told once', () => {
    expect(problems(bundle('A', 'B'), bundle('B', 'C, MUG'), bundle('C', 'A'))).toEqual(['circle A>B>C>A'])
    expect(problems(bundle('A', 'A'))).toEqual(['circle A>A'])
  })

  it('are nested more than three deep', () => {
    const deep = [bundle('A', 'B'), bundle('B', 'MUG, C'), bundle('C', 'D')]

    expect(problems(...deep)).toEqual([])
    expect(problems(...deep, bundle('D', 'MUG'))).toEqual(['too-deep A>B>C>D'])
  })

  it('are told however long the chain is', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => bundle(`S${index}`, `S${index + 1}`))

    expect(problems(...chain).length).toBeGreaterThan(1_000)
    expect(problems(...chain, bundle('S20000', 'S0')).length).toBeGreaterThan(1_000)
  })
})
