import { addMs, type Instant, instantToMs } from '../../core/value/instant.ts'
import { type Money, multiplyMoney, parseMoney, sumMoney, zero } from '../../core/value/money.ts'
import type { FaultSwitch } from '../faults.ts'
import { createLaggedView, type LaggedView } from '../shared/lagged-view.ts'
import { createRequestLog, type RequestLog } from '../shared/request-log.ts'
import type { NewOrder, SimulationOptions } from '../simulated.ts'

export interface StoredLine {
  readonly lineItemId: string
  readonly itemId: string
  readonly variantId: string | undefined
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly unitPrice: Money
}

export interface StoredFulfillment {
  readonly fulfillmentId: string
  readonly trackingNumber: string | undefined
  readonly carrier: string | undefined
  readonly shippedAt: Instant
  readonly throughApi: boolean
  readonly lines: readonly { readonly lineItemId: string; readonly quantity: number }[]
}

export interface StoredOrder {
  readonly orderId: string
  readonly legacyNumber: string
  readonly placed: NewOrder
  readonly createdAt: Instant
  modifiedAt: Instant
  readonly lines: readonly StoredLine[]
  payment: 'PENDING' | 'PAID' | 'PARTIALLY_REFUNDED' | 'FULLY_REFUNDED'
  paidAt: Instant | undefined
  refundedAt: Instant | undefined
  /** Lines whose whole price was given back, with the time of it. */
  readonly refundedLines: Map<string, Instant>
  cancelState: 'NONE_REQUESTED' | 'IN_PROGRESS' | 'CANCELED'
  cancelledAt: Instant | undefined
  cancelRequests: { readonly id: string; state: 'REQUESTED' | 'REJECTED' | 'COMPLETED'; readonly at: Instant; readonly by: string }[]
  payoutHold: 'HELD' | 'RELEASED' | undefined
  fulfillments: StoredFulfillment[]
  isGone: boolean
  corruption: string | undefined
}

export interface Account {
  readonly name: string
  readonly appId: string
  readonly sellerId: string
  readonly marketplaceId: string
  refreshToken: string
  consentedAt: Instant
  isRevoked: boolean
  readonly orders: Map<string, StoredOrder>
  readonly stock: Map<string, number>
  readonly log: RequestLog
}

export interface AccessToken {
  readonly account: Account | undefined
  readonly appId: string
  readonly scopes: readonly string[]
  readonly expiresAt: Instant
}

/** Everything that the simulated platform knows. */
export interface World {
  readonly options: SimulationOptions
  readonly faults: FaultSwitch
  readonly accounts: Map<string, Account>
  /** Secrets by application. */
  readonly applications: Map<string, string>
  readonly tokens: Map<string, AccessToken>
  readonly codes: Map<string, { readonly account: Account; readonly scopes: readonly string[]; readonly expiresAt: Instant }>
  readonly views: LaggedView<StoredOrder>
  /** Calls of the running quota day by application and API. */
  readonly calls: Map<string, number>
  isOn(name: string): boolean
  next(): number
}

export function createWorld(options: SimulationOptions, faults: FaultSwitch): World {
  let counter = 0
  return {
    options,
    faults,
    accounts: new Map(),
    applications: new Map(),
    tokens: new Map(),
    codes: new Map(),
    views: createLaggedView(() => options.now()),
    calls: new Map(),
    isOn: (name) => options.switches?.[name] ?? false,
    next: () => {
      counter += 1
      return counter
    },
  }
}

export function createAccount(world: World, name: string, options: Readonly<Record<string, unknown>>): Account {
  const text = (key: string, fallback: string): string => (typeof options[key] === 'string' ? String(options[key]) : fallback)
  return {
    name,
    appId: text('appId', 'Quayside-Sandbox-PRD-000'),
    sellerId: text('sellerId', `seller-${name}`),
    marketplaceId: text('marketplaceId', 'EBAY_DE'),
    refreshToken: `v^1.1#i^1#r^1#f^0#t^${name}-${world.next()}`,
    consentedAt: world.options.now(),
    isRevoked: false,
    orders: new Map(),
    stock: new Map(),
    log: createRequestLog(() => world.options.now()),
  }
}

export function createOrder(world: World, placed: NewOrder): StoredOrder {
  const now = world.options.now()
  const createdAt = placed.placedAt ?? now
  const number = world.next()
  const digits = (value: number, length: number): string => String(value).padStart(length, '0')
  const isPaid = placed.payment !== 'unpaid'
  return {
    orderId: `${digits(10 + (number % 17), 2)}-${digits(10_000 + (number % 89_999), 5)}-${digits(number, 5)}`,
    legacyNumber: String(number),
    placed,
    createdAt,
    modifiedAt: createdAt,
    lines: placed.lines.map((line) => {
      const id = world.next()
      return {
        lineItemId: `100${digits(85_146_000_000 + id, 11)}`,
        itemId: line.itemId ?? `11${digits(id, 10)}`,
        variantId: line.variantId,
        sku: line.channelSku,
        title: line.title,
        quantity: line.quantity,
        unitPrice: parseMoney(line.unitPrice, placed.currency),
      }
    }),
    payment: isPaid ? 'PAID' : 'PENDING',
    paidAt: isPaid ? createdAt : undefined,
    refundedAt: undefined,
    refundedLines: new Map(),
    cancelState: 'NONE_REQUESTED',
    cancelledAt: undefined,
    cancelRequests: [],
    payoutHold: undefined,
    fulfillments: [],
    isGone: false,
    corruption: undefined,
  }
}

/** Unpaid purchases are no orders yet, and what is older than two years is not shown. */
export function isVisible(world: World, order: StoredOrder): boolean {
  if (order.isGone || instantToMs(world.options.now()) - instantToMs(order.createdAt) > twoYearsMs) return false
  return order.payment !== 'PENDING' || world.isOn('unpaidOrdersAreListed')
}

export const twoYearsMs = 731 * 86_400_000

export function shippedUnits(order: StoredOrder, lineItemId: string): number {
  let units = 0
  for (const fulfillment of order.fulfillments) {
    for (const line of fulfillment.lines) if (line.lineItemId === lineItemId) units += line.quantity
  }
  return units
}

export type FulfillmentWord = 'NOT_STARTED' | 'IN_PROGRESS' | 'FULFILLED'

/**
 * A line is called FULFILLED as soon as one of its units has gone, unless `partShippedLinesAreInProgress` is switched on.
 * Source: type LineItemFulfillmentStatusEnum (read 2026-11-25).
 */
export function lineWord(world: World, order: StoredOrder, line: StoredLine): FulfillmentWord {
  const units = shippedUnits(order, line.lineItemId)
  if (units === 0) return 'NOT_STARTED'
  return units < line.quantity && world.isOn('partShippedLinesAreInProgress') ? 'IN_PROGRESS' : 'FULFILLED'
}

/** What the words of its lines make of the order. Source: type OrderFulfillmentStatus (read 2026-11-25). */
export function orderWord(world: World, order: StoredOrder): FulfillmentWord {
  const [word, ...others] = new Set(order.lines.map((line) => lineWord(world, order, line)))
  return word && others.length === 0 ? word : 'IN_PROGRESS'
}

export function subtotal(order: StoredOrder): Money {
  return sumMoney(
    order.lines.map((line) => multiplyMoney(line.unitPrice, line.quantity)),
    order.placed.currency,
  )
}

export function amountOr(order: StoredOrder, text: string | undefined): Money {
  return text === undefined ? zero(order.placed.currency) : parseMoney(text, order.placed.currency)
}

/** Marks a change: the order moves to the end of every window of `lastmodifieddate`. */
export function touch(world: World, order: StoredOrder): void {
  const now = world.options.now()
  order.modifiedAt = now > order.modifiedAt ? now : addMs(order.modifiedAt, 1)
}
