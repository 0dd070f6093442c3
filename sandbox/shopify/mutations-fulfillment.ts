import { GraphQLError } from 'graphql'
import { cancelFulfillment, fulfill, type Picked } from './fulfill.ts'
import { idOf } from './ids.ts'
import type { Fulfillment, FulfillmentOrder, ShopOrder, Tracking } from './state.ts'
import { requireId, requireScope, type View } from './view.ts'
import { fulfillmentView } from './view-fulfillment.ts'

interface TrackingInput {
  readonly company?: string | null
  readonly number?: string | null
  readonly numbers?: readonly string[] | null
  readonly url?: string | null
  readonly urls?: readonly string[] | null
}

interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: readonly {
    readonly fulfillmentOrderId: string
    readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null
  }[]
  readonly trackingInfo?: TrackingInput | null
}

/** What a refused write says; Shopify gives no code for these. */
class Refusal extends Error {}

const writeScopes = [
  'write_merchant_managed_fulfillment_orders',
  'write_third_party_fulfillment_orders',
  'write_assigned_fulfillment_orders',
] as const

/** Writes about parcels. A refusal comes with HTTP 200, in `userErrors`. */
export function fulfillmentMutations(view: View) {
  return {
    fulfillmentCreate: ({ fulfillment: input }: { fulfillment: FulfillmentInput }) => {
      requireScope(view, 'fulfillmentCreate', ...writeScopes)
      return answer(() => {
        const { order, picked } = pick(input, view)
        const tracking = readTracking(input.trackingInfo)
        view.aboutToWrite(order)
        const made = fulfill(order, picked, tracking, { ...view, throughApi: true })
        return fulfillmentView(order, made, view)
      })
    },
    fulfillmentTrackingInfoUpdate: (args: { fulfillmentId: string; trackingInfoInput: TrackingInput }) => {
      requireScope(view, 'fulfillmentTrackingInfoUpdate', ...writeScopes)
      return answer(() => {
        const { order, fulfillment } = findFulfillment(args.fulfillmentId, view)
        if (fulfillment.status === 'CANCELLED') throw new Refusal('Fulfillment is cancelled.')
        const tracking = readTracking(args.trackingInfoInput)
        view.aboutToWrite(order)
        fulfillment.tracking = tracking
        fulfillment.updatedAt = view.now
        order.updatedAt = view.now
        return fulfillmentView(order, fulfillment, view)
      })
    },
    fulfillmentCancel: ({ id }: { id: string }) => {
      requireScope(view, 'fulfillmentCancel', ...writeScopes)
      return answer(() => {
        const { order, fulfillment } = findFulfillment(id, view)
        if (fulfillment.status === 'CANCELLED') throw new Refusal('Fulfillment is cancelled.')
        view.aboutToWrite(order)
        cancelFulfillment(order, fulfillment, view)
        return fulfillmentView(order, fulfillment, view)
      })
    },
  }
}

function answer(work: () => unknown): { fulfillment: unknown; userErrors: readonly { field: readonly string[]; message: string }[] } {
  try {
    return { fulfillment: work(), userErrors: [] }
  } catch (error) {
    if (error instanceof Refusal) return { fulfillment: null, userErrors: [{ field: ['fulfillment'], message: error.message }] }
    throw error
  }
}

/** Checks the input as a whole before anything changes. */
function pick(input: FulfillmentInput, view: View): { readonly order: ShopOrder; readonly picked: readonly Picked[] } {
  const found = input.lineItemsByFulfillmentOrder.map((part) => ({ part, ...findWork(part.fulfillmentOrderId, view) }))
  const [first] = found
  if (!first) throw new Refusal('Line items by fulfillment order can not be empty.')
  if (found.some(({ order }) => order !== first.order)) throw new Refusal('All fulfillment orders must belong to the same order.')
  if (found.some(({ entry }) => entry.locationId !== first.entry.locationId)) {
    throw new Refusal('All fulfillment orders must be assigned to the same location.')
  }
  const picked = found.map(({ part, entry }) => ({ entry, units: pickUnits(entry, part.fulfillmentOrderLineItems) }))
  return { order: first.order, picked }
}

/** Without lines, everything that remains. */
function pickUnits(
  entry: FulfillmentOrder,
  wanted: readonly { id: string; quantity: number }[] | null | undefined,
): ReadonlyMap<string, number> {
  const shippable = entry.status === 'OPEN' || entry.status === 'IN_PROGRESS'
  if (!shippable) throw new Refusal(`Fulfillment order ${entry.id} has an unfulfillable status= ${entry.status.toLowerCase()}.`)
  if (!wanted || wanted.length === 0) return new Map(entry.lines.map((line) => [line.id, line.remaining]))
  // Source: FulfillmentOrderLineItemsInput of the Admin API 2026-10 (read 2026-11-22).
  if (wanted.length > 512) throw new Refusal('A fulfillment order can have at most 512 line items.')
  const units = new Map<string, number>()
  for (const { id, quantity } of wanted) {
    const line = entry.lines.find((candidate) => candidate.id === idOf('FulfillmentOrderLineItem', id))
    if (!line) throw new Refusal('Fulfillment order line item does not exist.')
    const total = (units.get(line.id) ?? 0) + quantity
    if (quantity < 1 || total > line.remaining) throw new Refusal('Invalid fulfillment order line item quantity requested.')
    units.set(line.id, total)
  }
  return units
}

function findWork(id: string, view: View): { readonly order: ShopOrder; readonly entry: FulfillmentOrder } {
  const wanted = requireId('FulfillmentOrder', id)
  for (const order of view.shop.orders.values()) {
    const entry = order.fulfillmentOrders.find((candidate) => candidate.id === wanted)
    if (entry) return { order, entry }
  }
  throw new Refusal('Fulfillment order does not exist.')
}

function findFulfillment(id: string, view: View): { readonly order: ShopOrder; readonly fulfillment: Fulfillment } {
  const wanted = requireId('Fulfillment', id)
  for (const order of view.shop.orders.values()) {
    const fulfillment = order.fulfillments.find((candidate) => candidate.id === wanted)
    if (fulfillment) return { order, fulfillment }
  }
  throw new Refusal('Fulfillment does not exist.')
}

function readTracking(input: TrackingInput | null | undefined): Tracking[] {
  if (!input) return []
  if ((input.number != null || input.url != null) && (input.numbers != null || input.urls != null)) {
    throw new Refusal('Tracking info cannot mix number or url with numbers or urls.')
  }
  const { company = null } = input
  if (input.number != null || input.url != null)
    return [{ company, number: input.number ?? null, url: input.url ?? trackingUrl(company, input.number) }]
  const numbers = input.numbers ?? []
  if (input.urls != null && input.urls.length !== numbers.length) throw new GraphQLError('numbers and urls must have the same length')
  return numbers.map((number, index) => ({ company, number, url: input.urls?.[index] ?? trackingUrl(company, number) }))
}

/** Links that Shopify builds for carriers on its list, exact spelling counts. */
function trackingUrl(company: string | null, number: string | null | undefined): string | null {
  const bases: Readonly<Record<string, string>> = {
    FedEx: 'https://www.fedex.com/fedextrack/?trknbr=',
    UPS: 'https://www.ups.com/track?tracknum=',
    USPS: 'https://tools.usps.com/go/TrackConfirmAction?tLabels=',
    YunExpress: 'https://www.yuntrack.com/parcelTracking?id=',
  }
  const base = company === null ? undefined : bases[company]
  return base === undefined || number == null ? null : base + number
}
