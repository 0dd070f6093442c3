import { type Order, type OrderLine, reasonNotToShip } from '../model/order.ts'
import { moneyDocument } from '../value/money.ts'
import type { ExplainContext } from './explanation.ts'
import { distanceOf, moment } from './moments.ts'
import type { Words } from './words.ts'

/** The platform's view of the order, and what a person has set against it. */
export function platformSaid(order: Order, { now, unreadable }: ExplainContext, words: Words): readonly string[] {
  const { say } = words
  const { shipBy, edits, totals } = order
  const grand = totals && moneyDocument(totals.grand)
  const isClosed = edits.closed !== undefined
  const reason = reasonNotToShip(order)
  const facts = [
    unreadable !== undefined && say.unreadable(unreadable),
    say.status(order.platformStatus, words.platformStates[order.platformState], words.paymentStates[order.paymentState]),
    [say.times(moment(order.purchasedAt), moment(order.updatedAt)), grand && `${grand.amount} ${grand.currency}`]
      .filter(Boolean)
      .join(words.listMark),
    order.fulfilledBy === 'platform' && say.byPlatform,
    reason !== undefined && (isClosed ? say.closed(reason) : say.notOurs(words.said(reason))),
    shipBy !== undefined && needsShipping(order) && say.shipBy(moment(shipBy), distanceOf(now, shipBy, words), shipBy < now),
    order.promisedService !== undefined && say.promised(order.promisedService),
    edits.shipTo !== undefined && say.addressEdited,
    (edits.warehouse ?? edits.service) !== undefined && say.routeChosen(edits.warehouse, edits.service),
  ]
  return [...facts.filter((fact) => fact !== false), ...order.lines.map((line) => describeLine(line, words))]
}

function needsShipping({ state }: Order): boolean {
  return state === 'open' || state === 'awaiting-payment' || state === 'in-fulfillment' || state === 'partially-shipped'
}

/** Title, quantities and goods; what a buyer wrote on it is personal and stays out. */
function describeLine(line: OrderLine, { say, listMark }: Words): string {
  const goods = line.resolved.map(({ sku, quantity }) => `${quantity * line.quantity} × ${sku}`).join(' + ')
  const notes = [
    line.cancelledQuantity > 0 && say.cancelledUnits(line.cancelledQuantity),
    line.shippedQuantity > 0 && say.shippedThere(line.shippedQuantity),
  ].filter((note) => note !== false)
  const sku = line.channelSku === '' ? say.noSku : line.channelSku
  const arrow = goods === '' ? '' : ` → ${goods}`
  return `${line.quantity} × ${sku} "${line.title}"${arrow}${notes.length === 0 ? '' : ` (${notes.join(listMark)})`}`
}
