import { z } from 'zod'
import type { Effect } from '../model/effect.ts'
import type { FulfillmentOrder } from '../model/fulfillment-order.ts'
import type { Order } from '../model/order.ts'
import { lineOf } from '../planning/demand.ts'
import { type Dossier, effectKey } from '../planning/dossier.ts'
import type { ExplainContext, OutsideStep } from './explanation.ts'
import { distanceOf, moment } from './moments.ts'
import type { Words } from './words.ts'

/** Of a payload, what is no personal data. Purged payloads have none of it. */
const outboundPayload = z.object({
  warehouseCode: z.string(),
  serviceCode: z.string(),
  shipTo: z.object({ country: z.string() }),
  lines: z.array(z.object({ wmsSku: z.string(), quantity: z.number() })),
})
const shipmentPayload = z.object({
  trackingNumber: z.string(),
  carrierWord: z.string().default(''),
  carrierName: z.string().default(''),
  lines: z.array(z.object({ platformLineId: z.string(), quantity: z.number() })).default([]),
})

/** Everything that was sent and what came back, fulfillment order by fulfillment order, then the reports to the platform. */
export function explainOutside(dossier: Dossier, context: ExplainContext, words: Words): readonly OutsideStep[] {
  const taken = new Set<Effect>()
  const effectsOf = (keys: readonly string[]): readonly OutsideStep[] =>
    dossier.effects.flatMap((effect) => {
      if (!keys.includes(effect.key)) return []
      taken.add(effect)
      return [explainEffect(dossier.order, effect, context, words)]
    })
  const fulfillment = dossier.fulfillmentOrders.flatMap((item) => [
    ...effectsOf([effectKey.create(item.reference)]),
    explainFulfillmentOrder(item, words),
    ...effectsOf([effectKey.cancel(item.reference)]),
  ])
  const others = dossier.effects
    .filter((effect) => !taken.has(effect))
    .map((effect) => explainEffect(dossier.order, effect, context, words))
  return [...fulfillment, ...others]
}

function explainEffect(order: Order, effect: Effect, { now }: ExplainContext, words: Words): OutsideStep {
  const { outside } = words
  const { key, kind, account, state, attempt, armedAt, settledAt, verifiedAt, remoteId, errorMessage, errorCode, nextAttemptAt } = effect
  const course = [
    attempt > 0 && outside.attempts(attempt),
    armedAt !== undefined && outside.armedAt(moment(armedAt)),
    settledAt !== undefined && outside.settledAt(moment(settledAt)),
    remoteId !== undefined && outside.remoteId(remoteId),
  ].filter((part) => part !== false)
  const details = [
    describePayload(order, effect, words),
    course.join(words.listMark),
    errorMessage !== undefined && outside.answered(words.said(errorMessage), errorCode ?? ''),
    verifiedAt !== undefined && outside.verifiedAt(moment(verifiedAt)),
    nextAttemptAt !== undefined && outside.nextLook(moment(nextAttemptAt), distanceOf(now, nextAttemptAt, words)),
  ]
  return {
    about: kind,
    key,
    account,
    state,
    text: outside.effect(words.effectKinds[kind], subjectOf(effect), account, words.effectStates[state]),
    details: details.filter((detail) => detail !== false).filter((detail) => detail !== ''),
  }
}

/** What an effect is about, without its kind: a reference, or an order and its package. */
export function subjectOf(effect: Pick<Effect, 'key'>): string {
  return effect.key.slice(effect.key.indexOf(':') + 1)
}

function describePayload(order: Order, { kind, payload }: Effect, { outside, colon }: Words): string {
  const outbound = kind === 'wms-create' ? outboundPayload.safeParse(payload).data : undefined
  if (outbound) {
    const goods = outbound.lines.map(({ wmsSku, quantity }) => `${quantity} × ${wmsSku}`)
    return [outside.sentOutbound(outbound.warehouseCode, outbound.serviceCode, outbound.shipTo.country), ...joined(goods)].join(colon)
  }
  const shipment = kind === 'confirm-shipment' ? shipmentPayload.safeParse(payload).data : undefined
  if (!shipment) return ''
  const goods = shipment.lines.map(
    ({ platformLineId, quantity }) => `${quantity} × ${lineOf(order, platformLineId)?.channelSku || platformLineId}`,
  )
  return [outside.sentTracking(shipment.trackingNumber, shipment.carrierWord || shipment.carrierName || '?'), ...joined(goods)].join(colon)
}

function joined(goods: readonly string[]): readonly string[] {
  return goods.length === 0 ? [] : [goods.join(' + ')]
}

function explainFulfillmentOrder(item: FulfillmentOrder, { outside, fulfillmentStatuses, said }: Words): OutsideStep {
  const status =
    item.status === 'processing' && item.unnumberedSince !== undefined ? outside.leftUnnumbered : fulfillmentStatuses[item.status]
  const details = [
    item.wmsOrderNo !== undefined && outside.theirNumber(item.wmsOrderNo),
    item.merged !== undefined && outside.merged(item.merged.length),
    item.parked && outside.parked,
    item.unnumberedSince !== undefined && outside.unnumberedSince(moment(item.unnumberedSince)),
    item.problem !== undefined && outside.problem(said(item.problem)),
    item.cancelRequestedAt !== undefined && outside.stopRequested(moment(item.cancelRequestedAt)),
    ...item.packages.map((parcel) =>
      outside.parcel(parcel.trackingNumber, parcel.carrier ?? parcel.carrierRaw ?? '?', moment(parcel.shippedAt)),
    ),
  ]
  return {
    about: 'fulfillment-order',
    key: item.reference,
    account: item.account,
    state: item.status,
    text: outside.fulfillmentOrder(
      item.reference,
      item.warehouse,
      item.service,
      item.wmsStatus === undefined ? status : `${status} (${item.wmsStatus})`,
    ),
    details: details.filter((detail) => detail !== false),
  }
}
