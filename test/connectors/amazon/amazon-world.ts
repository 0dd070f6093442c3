import { amazon } from '../../../connectors/amazon/index.ts'
import { type AmazonShop, amazonSettings } from '../../../connectors/amazon/settings.ts'
import type { Connector } from '../../../core/ports/connector.ts'
import type { HttpRequest } from '../../../core/ports/transport.ts'
import { addMs, type Instant, parseInstant } from '../../../core/value/instant.ts'
import { createAmazon } from '../../../sandbox/amazon/index.ts'
import type { NewOrder, SimulatedMarketplace, SimulationOptions } from '../../../sandbox/simulated.ts'
import { type FakeCallContext, fakeCallContext } from '../../fakes/fake-call-context.ts'
import { type SandboxTransport, sandboxTransport } from '../../fakes/sandbox-transport.ts'

export interface AmazonWorld {
  readonly marketplace: SimulatedMarketplace
  readonly transport: SandboxTransport
  readonly call: FakeCallContext
  readonly shop: AmazonShop
  readonly connector: Connector
  now(): Instant
  advance(ms: number): void
  place(order?: Partial<NewOrder>): string
  /** Requests of the API, without those for tokens. */
  sentTo(path: string): readonly HttpRequest[]
}

export const minuteMs = 60_000

export interface WorldOptions {
  readonly settings?: Readonly<Record<string, unknown>>
  readonly account?: Readonly<Record<string, unknown>>
  readonly simulation?: Partial<SimulationOptions>
  readonly limits?: AmazonShop['limits']
}

/** One Amazon shop against the simulated Amazon, in virtual time. */
export function amazonWorld(options: WorldOptions = {}): AmazonWorld {
  let instant = instantOf('2026-11-24T08:00:00Z')
  const now = () => instant
  const marketplace = createAmazon({ now, limits: 'open', ...options.simulation })
  const granted = marketplace.addAccount('seller', options.account)
  const shop: AmazonShop = {
    id: 'us-amazon',
    platform: 'amazon',
    clientId: 'default',
    pollEveryMs: 5 * minuteMs,
    overlapMs: 10 * minuteMs,
    since: addMs(instant, -60 * minuteMs),
    limits: options.limits ?? {},
    settleMs: 1_000,
    settings: amazonSettings.parse({ ...granted, ...options.settings }),
  }
  const transport = sandboxTransport(marketplace)
  return {
    marketplace,
    transport,
    call: fakeCallContext({ clock: now }),
    shop,
    connector: amazon.create(shop, transport),
    now,
    advance(ms) {
      instant = addMs(instant, ms)
    },
    place: (order) => marketplace.placeOrder('seller', { ...ordinaryOrder, ...order }),
    sentTo: (path) => transport.sent.filter((request) => new URL(request.url).pathname === path),
  }
}

export function instantOf(text: string): Instant {
  const parsed = parseInstant(text)
  if (!parsed) throw new Error(`"${text}" is not an instant`)
  return parsed
}

export function queryOf(request: HttpRequest | undefined): Readonly<Record<string, string>> {
  if (!request) throw new Error('there was no such request')
  return Object.fromEntries(new URL(request.url).searchParams)
}

export const searchPath = '/orders/2026-01-01/orders'

export const ordinaryOrder: NewOrder = {
  currency: 'USD',
  shipTo: {
    name: 'Ann Buyer',
    line1: '1 Main Street',
    city: 'Newark',
    state: 'NJ',
    postcode: '07102',
    country: 'US',
    phone: '+1 201 555 0100',
  },
  buyer: { id: 'buyer-1', name: 'Ann Buyer' },
  lines: [
    { channelSku: 'LAMP-RED', itemId: 'B000000001', title: 'Lamp, red', quantity: 2, unitPrice: '12.34' },
    { channelSku: 'CABLE-1M', itemId: 'B000000002', title: 'Cable, 1 m', quantity: 1, unitPrice: '5.00' },
  ],
  shipping: '4.90',
  tax: '1.20',
}
