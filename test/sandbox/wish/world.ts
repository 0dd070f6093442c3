import { addMs, type Instant, parseInstant } from '../../../core/value/instant.ts'
import type { NewOrder, OrderChange } from '../../../sandbox/simulated.ts'
import type { OrderDocument } from '../../../sandbox/wish/document.ts'
import { createWish, type WishMarketplace, type WishOptions } from '../../../sandbox/wish/index.ts'

export interface Answer<Data> {
  readonly status: number
  readonly headers: Headers
  readonly code: unknown
  readonly message: string
  /** Taken at its word; refusals have null here. */
  readonly data: Data
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly expiry_time: string
  readonly merchant_id: string
}

interface CallOptions {
  readonly body?: unknown
  readonly token?: string | null
}

export interface WishWorld {
  readonly marketplace: WishMarketplace
  readonly settings: {
    readonly clientId: string
    readonly clientSecret: string
    readonly refreshToken: string
    readonly redirectUri: string
  }
  now(): Instant
  advance(ms: number): void
  place(order?: Partial<NewOrder>): string
  change(id: string, change: OrderChange): void
  /** With a valid token unless another is given. */
  call<Data = readonly OrderDocument[]>(method: string, path: string, options?: CallOptions): Promise<Answer<Data>>
  refresh(refreshToken?: string): Promise<Answer<Tokens>>
  order(id: string): Promise<OrderDocument>
}

export const account = 'shop'

export function wishWorld(
  options: Partial<WishOptions> = {},
  watch: (request: Request, body: string, response: Response, answer: string) => void = () => undefined,
  accountOptions: Readonly<Record<string, unknown>> = {},
): WishWorld {
  let instant = parseInstant('2026-11-24T08:00:00Z') as Instant
  const marketplace = createWish({ limits: 'open', now: () => instant, ...options })
  const settings = marketplace.addAccount(account, accountOptions) as WishWorld['settings']
  let token: string | undefined
  const send = async <Data>(method: string, path: string, { body, token: bearer }: CallOptions): Promise<Answer<Data>> => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const request = new Request(`http://127.0.0.1${path}`, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(text === '' ? {} : { 'content-type': 'application/json' }),
      },
      ...(text === '' ? {} : { body: text }),
    })
    const response = await marketplace.fetch(request)
    const answer = await response.text()
    watch(request, text, response, answer)
    const { code, message, data } = JSON.parse(answer) as Answer<Data>
    return { status: response.status, headers: response.headers, code, message, data }
  }
  const refresh = (refreshToken = settings.refreshToken) => {
    const { clientId: client_id, clientSecret: client_secret } = settings
    const query = new URLSearchParams({ client_id, client_secret, refresh_token: refreshToken, grant_type: 'refresh_token' })
    return send<Tokens>('GET', `/api/v3/oauth/refresh_token?${query}`, {})
  }
  let placed = 0
  return {
    marketplace,
    settings,
    refresh,
    now: () => instant,
    advance(ms) {
      instant = addMs(instant, ms)
    },
    place(order = {}) {
      placed += 1
      return marketplace.placeOrder(account, { ...ordinary(placed), ...order })
    },
    change: (id, change) => marketplace.changeOrder(account, id, change),
    async call(method, path, { body, token: given } = {}) {
      if (given === undefined) token ??= (await refresh()).data.access_token
      return send(method, path, { body, token: given === undefined ? (token ?? null) : given })
    },
    async order(id) {
      return (await this.call<OrderDocument>('GET', `/api/v3/orders/${id}`)).data
    },
  }
}

function ordinary(ordinal: number): NewOrder {
  return {
    currency: 'USD',
    shipTo: {
      name: `Buyer ${ordinal}`,
      line1: '1 Main Street',
      city: 'Newark',
      state: 'NJ',
      postcode: '07102',
      country: 'US',
      phone: '2015550100',
    },
    buyer: { id: `b${ordinal}`, name: `Buyer ${ordinal}` },
    lines: [
      {
        channelSku: 'LAMP-RED',
        itemId: '5d30f60e0a6fc464f4f376b0',
        variantId: '5d30f60e0a6fc464f4f376b2',
        title: 'Lamp, red',
        quantity: 2,
        unitPrice: '12.34',
      },
    ],
    shipping: '4.90',
    tax: '1.20',
  }
}

export const trackingBody = { shipping_provider: 'UPS', tracking_number: '1Z999AA10123456784', origin_country: 'US' }
