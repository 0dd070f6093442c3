import type { CatalogIndex } from '../mapping/catalog-index.ts'
import type { CargoClass, Product } from '../model/catalog.ts'
import type { Order } from '../model/order.ts'
import type { Sku } from '../value/ids.ts'
import { addMoney, type Money, multiplyMoney } from '../value/money.ts'
import { type Missing, unknownPrice, unknownSize, unknownWeight } from './missing.ts'

/** A figure of goods; where it is not known, what lacks it. */
export type Figure<T> = { readonly value: T } | Missing

/** Longest side first. */
export type Sides = readonly [number, number, number]

/** What a part amounts to, as far as the catalog knows. How several products are packed is not known: sizes are those of the products. */
export interface Measures {
  readonly grams: Figure<number>
  readonly volumeMm3: Figure<number>
  /** Each the longest of all products: a parcel has sides no shorter than these. */
  readonly sidesMm: Figure<Sides>
  /** The longest side plus twice the two others, of the product where it is most. */
  readonly girthMm: Figure<number>
  /** What the buyer pays for the goods, before discounts. */
  readonly worth: Figure<Money>
  readonly cargo: readonly { readonly sku: Sku; readonly cargoClass: CargoClass | undefined }[]
}

export interface Goods {
  readonly order: Pick<Order, 'lines'>
  readonly needs: readonly { readonly sku: Sku; readonly quantity: number }[]
}

export function measureGoods({ order, needs }: Goods, catalog: Pick<CatalogIndex, 'products'>): Measures {
  const pieces = needs.map(({ sku, quantity }) => {
    const product = catalog.products.get(sku)
    return { sku, quantity, product, sides: known(sidesOf(product), unknownSize(sku)) }
  })
  return {
    grams: added(pieces.map(({ sku, quantity, product }) => known(times(product?.weightGrams, quantity), unknownWeight(sku)))),
    volumeMm3: added(pieces.map(({ quantity, sides }) => mapped(sides, ([a, b, c]) => a * b * c * quantity))),
    sidesMm: folded(
      pieces.map(({ sides }) => sides),
      [0, 0, 0] as Sides,
      longest,
    ),
    girthMm: folded(
      pieces.map(({ sides }) => mapped(sides, ([a, b, c]) => a + 2 * (b + c))),
      0,
      (a, b) => Math.max(a, b),
    ),
    worth: worthOf(order),
    cargo: pieces.map(({ sku, product }) => ({ sku, cargoClass: product?.cargoClass })),
  }
}

/** Weight or volume, whichever is more, in full grams. `divisor` is cubic centimeters to the kilogram. */
export function chargeableGrams({ grams, volumeMm3 }: Measures, divisor: number | undefined): Figure<number> {
  if (divisor === undefined || 'missing' in grams) return grams
  return mapped(volumeMm3, (volume) => Math.max(grams.value, Math.ceil(volume / divisor)))
}

/** Undefined when a side is not known. */
export function sidesOf(product: Product | undefined): Sides | undefined {
  if (product?.lengthMm === undefined || product.widthMm === undefined || product.heightMm === undefined) return undefined
  const [a = 0, b = 0, c = 0] = [product.lengthMm, product.widthMm, product.heightMm].sort((one, other) => other - one)
  return [a, b, c]
}

function worthOf({ lines }: Goods['order']): Figure<Money> {
  let sum: Money | undefined
  for (const { unitPrice, quantity } of lines) {
    if (!unitPrice || (sum && sum.currency !== unitPrice.currency)) return unknownPrice
    const price = multiplyMoney(unitPrice, quantity)
    sum = sum ? addMoney(sum, price) : price
  }
  return known(sum, unknownPrice)
}

function known<T>(value: T | undefined, missing: Missing): Figure<T> {
  return value === undefined ? missing : { value }
}

function mapped<A, B>(figure: Figure<A>, map: (value: A) => B): Figure<B> {
  return 'missing' in figure ? figure : { value: map(figure.value) }
}

function added(figures: readonly Figure<number>[]): Figure<number> {
  return folded(figures, 0, (a, b) => a + b)
}

/** The first figure that is missing is named. */
function folded<T>(figures: readonly Figure<T>[], start: T, join: (a: T, b: T) => T): Figure<T> {
  let value = start
  for (const figure of figures) {
    if ('missing' in figure) return figure
    value = join(value, figure.value)
  }
  return { value }
}

function longest(a: Sides, b: Sides): Sides {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.max(a[2], b[2])]
}

function times(value: number | undefined, quantity: number): number | undefined {
  return value === undefined ? undefined : value * quantity
}
