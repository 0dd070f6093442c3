import { type PageArguments, paginateList } from './connection.ts'
import { gid } from './ids.ts'
import { moneyBag } from './money.ts'
import type { Refund, ShopOrder } from './state.ts'
import { showTime, type View } from './view.ts'
import { lineView } from './view-line.ts'
import { amountsOf } from './view-order-status.ts'

/** A Refund. */
export function refundView(order: ShopOrder, refund: Refund, view: View) {
  const bag = (minorUnits: number) => moneyBag(minorUnits, order, view.shop.currency)
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    legacyResourceId: refund.id,
    note: null,
    order: () => view.show.order(order),
    createdAt: showTime(refund.createdAt),
    processedAt: showTime(refund.createdAt),
    updatedAt: showTime(refund.createdAt),
    totalRefundedSet: bag(refund.amount),
    refundLineItems: (page: PageArguments) =>
      paginateList(
        refund.lines,
        page,
        (entry) => {
          const line = order.lines.find(({ id }) => id === entry.lineId)
          const price = line?.unitPrice ?? 0
          return {
            id: gid('RefundLineItem', entry.id),
            quantity: entry.quantity,
            restockType: entry.restockType,
            restocked: entry.restockType === 'CANCEL',
            lineItem: () => (line ? lineView(order, line, view) : null),
            location: null,
            priceSet: bag(price),
            subtotalSet: bag(price * entry.quantity),
            totalTaxSet: bag(0),
          }
        },
        `refund ${refund.id}`,
      ),
  }
}

/** OrderTransactions: the sale, and one for each refund. */
export function transactionViews(order: ShopOrder, view: View) {
  const common = { gateway: 'bogus', formattedGateway: 'Bogus', test: order.test, errorCode: null }
  const sale = {
    ...common,
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', order.id),
    kind: 'SALE',
    status: order.payment === 'pending' ? 'PENDING' : 'SUCCESS',
    createdAt: showTime(order.createdAt),
    processedAt: showTime(order.createdAt),
    amountSet: moneyBag(amountsOf(order).placed.grand, order, view.shop.currency),
  }
  const refunds = order.refunds.map((refund) => ({
    ...common,
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', refund.id),
    kind: 'REFUND',
    status: 'SUCCESS',
    createdAt: showTime(refund.createdAt),
    processedAt: showTime(refund.createdAt),
    amountSet: moneyBag(refund.amount, order, view.shop.currency),
  }))
  return [sale, ...refunds]
}
