import { addMs, type Instant, parseInstant } from '../../../core/value/instant.ts'
import { createAmazon } from '../../../sandbox/amazon/index.ts'
import type { NewOrder, SimulatedMarketplace, SimulationOptions } from '../../../sandbox/simulated.ts'

export interface SandboxWorld {
  readonly amazon: SimulatedMarketplace
  now(): Instant
  advance(ms: number): void
  /** Settings of an account, opened when it is asked for the first time. */
  open(account: string, options?: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>
  place(account: string, order?: Partial<NewOrder>): string
  login(account: string): Promise<string>
  /** One call with a token of the account. */
  call(account: string, method: string, path: string, body?: unknown): Promise<Answer>
  callWith(token: string, method: string, path: string, body?: unknown): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
}

export const minuteMs = 60_000

/** The simulated Amazon as an HTTP client sees it, in virtual time. */
export function sandboxWorld(simulation: Partial<SimulationOptions> = {}): SandboxWorld {
  let instant = parseInstant('2026-11-24T08:00:00Z') as Instant
  const now = () => instant
  const amazon = createAmazon({ now, limits: 'open', ...simulation })
  const opened = new Map<string, Readonly<Record<string, string>>>()
  const tokens = new Map<string, string>()
  const world: SandboxWorld = {
    amazon,
    now,
    advance(ms) {
      instant = addMs(instant, ms)
    },
    open(account, options) {
      const settings = opened.get(account) ?? (amazon.addAccount(account, options) as Readonly<Record<string, string>>)
      opened.set(account, settings)
      return settings
    },
    place(account, order) {
      world.open(account)
      return amazon.placeOrder(account, { ...ordinaryOrder, ...order })
    },
    async login(account) {
      const { clientId = '', clientSecret = '', refreshToken = '' } = world.open(account)
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      })
      const response = await amazon.fetch(new Request('http://127.0.0.1/auth/o2/token', { method: 'POST', body: form }))
      const { access_token: token } = (await response.json()) as { access_token: string }
      tokens.set(account, token)
      return token
    },
    async call(account, method, path, body) {
      return world.callWith(tokens.get(account) ?? (await world.login(account)), method, path, body)
    },
    async callWith(token, method, path, body) {
      const headers = { 'x-amz-access-token': token, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
      const request = new Request(`http://127.0.0.1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const response = await amazon.fetch(request)
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
    },
  }
  return world
}

const ordinaryOrder: NewOrder = {
  currency: 'USD',
  shipTo: { name: 'Ann Buyer', line1: '1 Main Street', city: 'Newark', state: 'NJ', postcode: '07102', country: 'US' },
  buyer: { id: 'buyer-1', name: 'Ann Buyer' },
  lines: [
    { channelSku: 'LAMP-RED', itemId: 'B000000001', title: 'Lamp, red', quantity: 2, unitPrice: '12.34' },
    { channelSku: 'CABLE-1M', title: 'Cable, 1 m', quantity: 1, unitPrice: '5.00' },
  ],
  shipping: '4.90',
  discount: '1.00',
  tax: '1.21',
}

export const search = '/orders/2026-01-01/orders'
export const everything = 'BUYER,RECIPIENT,FULFILLMENT,PROCEEDS,CANCELLATION,PACKAGES,TAX'
