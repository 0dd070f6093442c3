import { createHash } from 'node:crypto'
import type { Instant } from '../../core/value/instant.ts'
import { allocateMoney, money, parseMoney } from '../../core/value/money.ts'
import type { NewOrder } from '../simulated.ts'
import type { OrderLine, Seller, SellerOrder } from './state.ts'

/** Makes the order that Amazon would make of a purchase. */
export function placeOrder(seller: Seller, order: NewOrder, now: Instant): SellerOrder {
  const kind = order.kind ?? 'ordinary'
  if (kind === 'digital' || kind === 'hub-forwarded') throw new Error(`the simulated Amazon has no orders of the kind "${kind}"`)
  const marketplaceId = order.site ?? seller.marketplaceIds[0] ?? ''
  if (!seller.marketplaceIds.includes(marketplaceId)) throw new Error(`${seller.account} does not sell in marketplace ${marketplaceId}`)
  const at = order.placedAt ?? now
  const number = seller.orders.size + 1
  const placed: SellerOrder = {
    id: orderId(seller, number),
    marketplaceId,
    createdAt: at,
    updatedAt: at,
    stage: order.payment === 'unpaid' ? 'pending' : 'payable',
    fulfilledBy: kind === 'platform-fulfilled' ? 'AMAZON' : 'MERCHANT',
    programs: [...seller.programs, ...programsOf(kind)],
    itemPrograms: seller.itemPrograms,
    currency: order.currency,
    // Amazon shows a relay address, never the buyer's own.
    buyer: { name: order.buyer.name, email: `${digits(`mail ${order.buyer.id}`, 12)}@marketplace.amazon.com` },
    shipTo: order.shipTo,
    lines: placeLines(order, `${seller.account} ${number}`),
    buyerNote: order.buyerNote,
    giftMessage: order.giftMessage,
    ioss: order.ioss,
    packages: [],
    visible: true,
    corruptions: [],
  }
  seller.orders.set(placed.id, placed)
  return placed
}

function programsOf(kind: NewOrder['kind']): readonly string[] {
  if (kind === 'programme') return ['PRIME']
  return kind === 'pickup' ? ['IN_STORE_PICK_UP'] : []
}

/** Shipping, discount and tax lie on the items at Amazon: each is spread over the lines by their value. */
function placeLines(order: NewOrder, seed: string): OrderLine[] {
  const { currency } = order
  const units = (amount: string | undefined): number => parseMoney(amount ?? '0', currency).minorUnits
  const values = order.lines.map((line) => units(line.unitPrice) * line.quantity)
  const weights = values.some((value) => value > 0) ? values : values.map(() => 1)
  const spread = (amount: string | undefined): readonly number[] =>
    allocateMoney(money(units(amount), currency), weights).map((part) => part.minorUnits)
  const [shipping, discount, tax] = [spread(order.shipping), spread(order.discount), spread(order.tax)]
  return order.lines.map((line, index) => ({
    // Leading zeros happen, so that nobody takes the id for a number.
    id: digits(`item ${seed} ${index}`, 13).padStart(14, '0'),
    sku: line.channelSku,
    asin: line.itemId ?? `B0${createHash('sha256').update(line.title).digest('hex').slice(0, 8).toUpperCase()}`,
    title: line.title,
    quantity: line.quantity,
    cancelled: 0,
    unitPrice: units(line.unitPrice),
    shipping: shipping?.[index] ?? 0,
    discount: discount?.[index] ?? 0,
    tax: tax?.[index] ?? 0,
    customization: line.customization,
    cancelRequested: false,
  }))
}

/** In 3-7-7 form; the running number makes it unique within the account. */
function orderId(seller: Seller, number: number): string {
  const lead = digits(`seller ${seller.account}`, 3)
  return `${lead}-${digits(`order ${seller.account} ${number}`, 7)}-${String(number).padStart(7, '0')}`
}

function digits(seed: string, length: number): string {
  const hex = createHash('sha256').update(`sandbox amazon ${seed}`).digest('hex').slice(0, 15)
  return String(BigInt(`0x${hex}`))
    .slice(-length)
    .padStart(length, '7')
}
