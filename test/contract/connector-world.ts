import { expect } from 'vitest'
import type { OrderSnapshot } from '../../core/model/order.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { Connector, ConnectorDefinition, Cursor, RejectedRecord, ShipmentConfirmation } from '../../core/ports/connector.ts'
import type { HttpRequest, HttpResponse } from '../../core/ports/transport.ts'
import { addMs, type Instant, parseInstant } from '../../core/value/instant.ts'
import type { NewOrder, OrderChange, SimulatedMarketplace, SimulationOptions } from '../../sandbox/simulated.ts'
import { type FakeCallContext, fakeCallContext } from '../fakes/fake-call-context.ts'
import { type SandboxTransport, sandboxTransport } from '../fakes/sandbox-transport.ts'

/** What a platform brings to the contract suite. Everything optional widens the suite; leave it out only when the platform has no such thing. */
export interface ConnectorContractHarness {
  readonly definition: ConnectorDefinition
  /** A fresh simulated marketplace for every test, such as `createShopify`. */
  createMarketplace(options: SimulationOptions): SimulatedMarketplace
  /** Options of `addAccount`. */
  readonly account?: Readonly<Record<string, unknown>>
  /** Changes an order before it is placed, such as giving it the site or the currency of the account. */
  readonly dressOrder?: (order: NewOrder) => NewOrder
  /** Names that the simulated platform gives its operations, for faults. */
  readonly operations: {
    /** What `fetchOrderChanges` calls. */
    readonly readOrders: readonly string[]
    /** The write of `confirmShipment`, without the reads before it. */
    readonly confirmShipment: readonly string[]
  }
  /** The platform's word for a carrier that it accepts. */
  readonly carrierWord: string
  /** Orders that fill more than one page of changes; 30 when absent. */
  readonly manyOrders?: number
  /** Ways of corrupting an order (`changeOrder` corrupt) that make its record unreadable. */
  readonly corruptions?: readonly string[]
  /** The platform ships an order whole or not at all. */
  readonly shipsWhole?: boolean
  /** The platform has one line per order; `dressOrder` then leaves the first line only. */
  readonly oneLinePerOrder?: boolean
  /** The platform shows orders that are not paid yet, and a `pay` change pays them. */
  readonly unpaidOrders?: boolean
  /** Single units of a line can be cancelled (`cancel-units`). */
  readonly cancelsUnits?: boolean
  readonly pages?: {
    /** Rewrites an answer with orders so that it promises one more page under a token that never changes. */
    readonly sameTokenForever?: (response: HttpResponse, request: HttpRequest) => HttpResponse
    /** The platform's refusal of a page token, when the request carries one; undefined otherwise. */
    readonly refuseToken?: (request: HttpRequest) => HttpResponse | undefined
    /** Rewrites an answer with orders so that it holds none and no further page. */
    readonly empty?: (response: HttpResponse, request: HttpRequest) => HttpResponse
  }
  /** Rewrites an answer with orders so that the status of every order is a word that nobody knows. */
  readonly unknownStatus?: (response: HttpResponse, request: HttpRequest) => HttpResponse
}

export interface ReadingResult {
  /** The latest snapshot of each order. */
  readonly orders: ReadonlyMap<string, OrderSnapshot>
  readonly rejected: readonly RejectedRecord[]
  readonly cursor: Cursor
  readonly pages: number
}

export interface ContractWorld {
  readonly marketplace: SimulatedMarketplace
  readonly shop: Shop
  readonly connector: Connector
  readonly transport: SandboxTransport
  readonly call: FakeCallContext
  now(): Instant
  advance(ms: number): void
  /** The same shop in a process that has just started: nothing is remembered but what is stored. */
  restart(): Connector
  place(order?: Partial<NewOrder>): string
  placeMany(count: number, gapMs?: number): readonly string[]
  change(platformOrderId: string, change: OrderChange): void
  /** Reads until there is nothing more, as the poll lane does. */
  readAll(since?: Cursor, connector?: Connector): Promise<ReadingResult>
  confirmation(snapshot: OrderSnapshot, overrides?: Partial<ShipmentConfirmation>): ShipmentConfirmation
}

export const minuteMs = 60_000
export const account = 'contract'

export function contractWorld(harness: ConnectorContractHarness): ContractWorld {
  let instant = parseInstant('2026-11-24T08:00:00Z') as Instant
  const now = () => instant
  const marketplace = harness.createMarketplace({ now, limits: 'open' })
  const settings = harness.definition.settings.parse(marketplace.addAccount(account, harness.account ?? {}))
  const shop: Shop = {
    id: 'contract-shop',
    platform: harness.definition.platform,
    clientId: 'default',
    pollEveryMs: 5 * minuteMs,
    overlapMs: 10 * minuteMs,
    since: addMs(instant, -60 * minuteMs),
    limits: {},
    settleMs: 1_000,
    settings,
  }
  const transport = sandboxTransport(marketplace)
  const call = fakeCallContext({ clock: now })
  const connector = harness.definition.create(shop, transport)
  let placed = 0
  const place = (order: Partial<NewOrder> = {}): string => {
    placed += 1
    const whole: NewOrder = { ...ordinaryOrder(placed), ...order }
    return marketplace.placeOrder(account, harness.dressOrder?.(whole) ?? whole)
  }
  const world: ContractWorld = {
    marketplace,
    shop,
    connector,
    transport,
    call,
    now,
    advance(ms) {
      instant = addMs(instant, ms)
    },
    restart: () => harness.definition.create(shop, transport),
    place,
    placeMany(count, gapMs = 1_000) {
      return Array.from({ length: count }, () => {
        world.advance(gapMs)
        return place()
      })
    },
    change: (platformOrderId, change) => marketplace.changeOrder(account, platformOrderId, change),
    readAll: (since, reader = connector) => readAll(reader, since, call),
    confirmation: (snapshot, overrides = {}) => ({
      platformOrderId: snapshot.platformOrderId,
      ...(snapshot.site === undefined ? {} : { site: snapshot.site }),
      packageOrdinal: 1,
      trackingNumber: '1Z999AA10123456784',
      carrierWord: harness.carrierWord,
      carrierName: 'UPS',
      shippedAt: instant,
      originCountry: 'US',
      lines: snapshot.lines.map((line) => ({ platformLineId: line.platformLineId, quantity: line.quantity })),
      notifyBuyer: true,
      ...overrides,
    }),
  }
  return world
}

/** As the poll lane reads: page by page, refusing a cursor that does not move. */
export async function readAll(connector: Connector, since: Cursor | undefined, call: FakeCallContext): Promise<ReadingResult> {
  const orders = new Map<string, OrderSnapshot>()
  const rejected: RejectedRecord[] = []
  let cursor = since
  for (let pages = 1; pages <= 500; pages += 1) {
    const page = await connector.fetchOrderChanges(cursor, call)
    for (const order of page.orders) orders.set(order.platformOrderId, order)
    rejected.push(...page.rejected)
    if (page.hasMore) expect(page.nextCursor, 'with hasMore the cursor must move').not.toBe(cursor)
    cursor = page.nextCursor
    if (!page.hasMore) return { orders, rejected, cursor, pages }
  }
  throw new Error('the connector promises one more page without end')
}

function ordinaryOrder(ordinal: number): NewOrder {
  return {
    currency: 'USD',
    shipTo: {
      name: `Buyer ${ordinal}`,
      line1: `${ordinal} Main Street`,
      city: 'Newark',
      state: 'NJ',
      postcode: '07102',
      country: 'US',
      phone: '+1 201 555 0100',
    },
    buyer: { id: `buyer-${ordinal}`, name: `Buyer ${ordinal}`, email: `buyer${ordinal}@example.com` },
    lines: [
      { channelSku: 'LAMP-RED', itemId: '1001', title: 'Lamp, red', quantity: 2, unitPrice: '12.34' },
      { channelSku: 'CABLE-1M', itemId: '1002', title: 'Cable, 1 m', quantity: 1, unitPrice: '5.00' },
    ],
    shipping: '4.90',
    tax: '1.20',
  }
}
