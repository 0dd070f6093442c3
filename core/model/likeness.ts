import { type Address, effectiveShipTo, type Order } from './order.ts'

/**
 * What two orders of one shop have in common when the second may be bought by mistake: the same goods for the
 * same address, or for the same buyer where no address is known. Personal; storage keeps a keyed hash of it.
 * Undefined when it is not known for whom the order is.
 */
export function likenessOf(order: Pick<Order, 'shop' | 'lines' | 'personal' | 'edits'>): unknown {
  const shipTo = effectiveShipTo(order)
  const who = (shipTo && placeOf(shipTo)) ?? order.personal.buyer.id
  if (who === undefined) return undefined
  const goods = order.lines.map((line) => JSON.stringify([line.channelSku, line.itemId, line.variantId, line.quantity])).sort()
  return { shop: order.shop, who, goods }
}

/** As it reads whoever typed it; undefined without a street. */
function placeOf({ name, company, line1, line2, postcode, country }: Address): readonly string[] | undefined {
  if (line1 === undefined) return undefined
  const parts = [name ?? company, line1, line2, postcode, country]
  return parts.map((part = '') => part.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
}
