import { normalTrackingNumber } from '../effects/verify.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { OutboundPackage } from '../ports/wms-adapter.ts'
import type { WmsSku } from '../value/ids.ts'
import { sumByKey } from '../value/quantity.ts'

/**
 * What of the packages of one reading is for each of the fulfillment orders that travel together, in their order. A
 * package belongs to everyone whose goods are in it; each takes of a kind of goods what it still lacks, so that no unit
 * is counted twice. What nobody lacks stays with the lead.
 */
export function sharePackages(
  rows: readonly FulfillmentOrder[],
  packages: readonly OutboundPackage[],
): readonly (readonly OutboundPackage[])[] {
  if (rows.length < 2) return [packages]
  const known = new Set(rows.flatMap((row) => row.packages).map((item) => normalTrackingNumber(item.trackingNumber)))
  const shares = rows.map((row) => ({ open: openGoods(row), packages: [] as OutboundPackage[] }))
  for (const item of byTrackingNumber(packages)) {
    if (known.has(normalTrackingNumber(item.trackingNumber))) continue
    const left = item.lines && sumByKey(item.lines.map((line) => [line.wmsSku, line.quantity]))
    const { lines: _, ...bare } = item
    let isTaken = false
    for (const share of shares) {
      const lines = left ? takeGoods(share.open, left) : undefined
      const isConcerned = lines ? lines.length > 0 : share.open.size > 0
      if (!isConcerned) continue
      isTaken = true
      if (!lines) share.open.clear()
      share.packages.push(lines ? { ...bare, lines } : bare)
    }
    if (!isTaken) shares[0]?.packages.push(item)
  }
  return shares.map((share) => share.packages)
}

/** Boxes that travel under one number are one package: a platform is told a number once. Without a number there is nothing to tell. */
export function byTrackingNumber(packages: readonly OutboundPackage[]): readonly OutboundPackage[] {
  const merged = new Map<string, OutboundPackage>()
  for (const item of packages) {
    if (item.trackingNumber === '') continue
    const number = normalTrackingNumber(item.trackingNumber)
    const other = merged.get(number)
    merged.set(number, other ? together(other, item) : item)
  }
  return [...merged.values()]
}

function together(a: OutboundPackage, b: OutboundPackage): OutboundPackage {
  const { lines: _, ...rest } = a
  return a.lines && b.lines ? { ...rest, lines: [...a.lines, ...b.lines] } : rest
}

/** What is in none of its packages yet. A package of which the warehouse does not say what is inside held all of it. */
function openGoods({ lines, packages }: FulfillmentOrder): Map<WmsSku, number> {
  if (packages.some((item) => !item.contents)) return new Map()
  const open = sumByKey(lines.map((line) => [line.wmsSku, line.quantity]))
  for (const { wmsSku, quantity } of packages.flatMap((item) => item.contents ?? [])) take(open, wmsSku, quantity)
  return open
}

/** Moves out of a package what is still lacking. */
function takeGoods(open: Map<WmsSku, number>, left: Map<WmsSku, number>): NonNullable<OutboundPackage['lines']> {
  return [...open].flatMap(([wmsSku, lacking]) => {
    const quantity = Math.min(lacking, left.get(wmsSku) ?? 0)
    if (quantity === 0) return []
    take(open, wmsSku, quantity)
    take(left, wmsSku, quantity)
    return [{ wmsSku, quantity }]
  })
}

function take(goods: Map<WmsSku, number>, wmsSku: WmsSku, quantity: number): void {
  const rest = (goods.get(wmsSku) ?? 0) - quantity
  if (rest > 0) goods.set(wmsSku, rest)
  else goods.delete(wmsSku)
}
