import type { z } from 'zod'
import { badParameter, done, type Result, ruleRefused } from './answers.ts'
import { refund, ship } from './change-order.ts'
import { generalCarriers, reasonsBeforeShipping, refundReasons, type TrackingDocument } from './document.ts'
import { shown } from './read-orders.ts'
import type { addressBody, refundBody, stockBody, trackingBody } from './requests.ts'
import { type Account, begin, type OrderRecord, type World } from './state.ts'

/** The order a write is about, or why it cannot be written to. */
function target(account: Account, id: string, states: readonly string[]): { readonly order: OrderRecord } | { readonly no: Result } {
  const order = account.orders.get(id)
  if (order === undefined || !order.visible) return { no: ruleRefused(`We could not find an order for id: '${id}'`) }
  // Not documented: what a second write does while the first is in progress. Here it is refused.
  if (order.pending !== undefined) return { no: ruleRefused('Another action on this order is still in progress') }
  if (!states.includes(order.document.state)) return { no: ruleRefused(`The order is in state ${order.document.state}`) }
  return { order }
}

/** `PUT /api/v3/orders/{id}/tracking`: ships, or changes the tracking. Asynchronous. */
export function putTracking(world: World, account: Account, id: string, body: z.infer<typeof trackingBody>): Result {
  const found = target(account, id, ['APPROVED', 'SHIPPED'])
  if ('no' in found) return found.no
  if (!generalCarriers.includes(body.shipping_provider))
    return badParameter(`shipping_provider: '${body.shipping_provider}' is not accepted`)
  const { order } = found
  const tracking: TrackingDocument = {
    tracking_number: body.tracking_number,
    origin_country: body.origin_country,
    ...(body.ship_note === undefined ? {} : { ship_note: body.ship_note }),
    shipping_provider: { name: body.shipping_provider },
  }
  const { tracking_information: before } = order.document
  if (world.is('show-tracking-in-progress')) order.document.tracking_information = [tracking, ...before].slice(0, 2)
  begin(world, account, order, {
    source: 'UPDATE_TRACKING',
    succeed: (at) => {
      order.document.tracking_information = before
      ship(order, tracking, { at, throughApi: true })
    },
  })
  return done(shown(world, order, order.document))
}

/** `PUT /api/v3/orders/{id}/refund`: refunds the whole order, before shipping a cancellation. Asynchronous. */
export function putRefund(world: World, account: Account, id: string, body: z.infer<typeof refundBody>): Result {
  const found = target(account, id, ['APPROVED', 'SHIPPED'])
  if ('no' in found) return found.no
  const { order } = found
  if (!validReasons(order).includes(body.refund_reason))
    return ruleRefused(`${body.refund_reason} is not a valid reason for this order now`)
  begin(world, account, order, {
    source: 'REFUND',
    succeed: (at) => refund(order, { source: 'MERCHANT', reason: body.refund_reason, at }),
  })
  return done(shown(world, order, order.document))
}

/** `PUT /api/v3/orders/{id}/address`: before shipping only. Asynchronous. */
export function putAddress(world: World, account: Account, id: string, body: z.infer<typeof addressBody>): Result {
  const found = target(account, id, ['APPROVED'])
  if ('no' in found) return found.no
  const { order } = found
  const { name } = order.document.full_address.shipping_detail
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as typeof body
  begin(world, account, order, {
    source: 'MODIFY_SHIPPING',
    succeed: () => {
      order.document.full_address = {
        shipping_detail: { ...(name === undefined ? {} : { name }), ...given } as typeof order.document.full_address.shipping_detail,
      }
    },
  })
  return done(shown(world, order, order.document))
}

export function getRefundReasons(account: Account, id: string): Result {
  const order = account.orders.get(id)
  return order?.visible ? done(validReasons(order)) : ruleRefused(`We could not find an order for id: '${id}'`)
}

function validReasons(order: OrderRecord): readonly string[] {
  if (order.document.state === 'SHIPPED') return refundReasons.filter((reason) => !reasonsBeforeShipping.includes(reason))
  return order.document.state === 'APPROVED' ? reasonsBeforeShipping : []
}

/** `PUT /api/v3/products/{id}`, stock only. */
export function putStock(account: Account, productId: string, body: z.infer<typeof stockBody>): Result {
  for (const variation of body.variations) {
    const name = variation.id ?? variation.sku
    if (name === undefined) return badParameter('variations: id or sku is missing')
    for (const { warehouse_id, inventory } of variation.inventories) account.stock.set(`${warehouse_id}/${name}`, inventory)
  }
  return done({ id: productId, variations: body.variations })
}
