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

/**
 * What orders of one shop have in common when they may travel in one parcel: the same buyer and the same address,
 * every line of it. The buyer is known by an id, by an e-mail address, or by the purchase that the orders belong to.
 * Personal; storage keeps a keyed hash of it. Undefined when the buyer or the street is not known.
 */
export function destinationOf(order: Pick<Order, 'shop' | 'groupId' | 'personal' | 'edits'>): unknown {
  const { id, email } = order.personal.buyer
  const buyer = id ?? email?.toLowerCase() ?? order.groupId
  const shipTo = effectiveShipTo(order)
  if (!buyer || shipTo?.line1 === undefined) return undefined
  return { shop: order.shop, buyer, place: everyLineOf(shipTo) }
}

/** Whether a parcel for one of them reaches the other, whoever typed them and whatever the telephone is. */
export function isSamePlace(a: Address, b: Address): boolean {
  return everyLineOf(a).join('\n') === everyLineOf(b).join('\n')
}

/** As it reads whoever typed it; undefined without a street. */
function placeOf({ name, company, line1, line2, postcode, country }: Address): readonly string[] | undefined {
  return line1 === undefined ? undefined : [name ?? company, line1, line2, postcode, country].map(plain)
}

function everyLineOf({ name, company, line1, line2, line3, city, district, state, postcode, country }: Address): readonly string[] {
  return [name, company, line1, line2, line3, city, district, state, postcode, country].map(plain)
}

function plain(part = ''): string {
  return part.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
