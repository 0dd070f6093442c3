import { type Instant, instantFromMs, instantToMs, parseInstant } from '../../../core/value/instant.ts'
import { createEbay } from '../../../sandbox/ebay/index.ts'
import type { NewOrder, SimulatedMarketplace } from '../../../sandbox/simulated.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: the tests read documents of many forms by path
  readonly body: any
}

export interface Caller {
  readonly marketplace: SimulatedMarketplace
  readonly settings: Readonly<Record<string, string>>
  now(): Instant
  advance(ms: number): void
  place(order?: Partial<NewOrder>): string
  /** A fresh access token by the refresh grant. */
  token(scope?: string): Promise<string>
  grant(form: Readonly<Record<string, string>>, secret?: string): Promise<Answer>
  /** A call with a valid token unless one is given. */
  get(path: string, token?: string): Promise<Answer>
  post(path: string, body: unknown, token?: string): Promise<Answer>
  /** Every exchange, for checking against the official models. */
  readonly exchanges: readonly { readonly method: string; readonly path: string; readonly sent: unknown; readonly answer: Answer }[]
}

export const orderPath = '/sell/fulfillment/v1/order'

/** Somebody who calls the simulated eBay by hand. */
export function createCaller(switches: Readonly<Record<string, boolean>> = {}, limits: 'published' | 'open' = 'open'): Caller {
  let clock = parseInstant('2026-11-24T12:00:00Z') as Instant
  const marketplace = createEbay({ now: () => clock, limits, switches })
  const settings = marketplace.addAccount('one', { skus: ['SKU-1'] }) as Record<string, string>
  const exchanges: { method: string; path: string; sent: unknown; answer: Answer }[] = []
  const send = async (method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> => {
    const response = await marketplace.fetch(
      new Request(`http://127.0.0.1${path}`, { method, headers, ...(body === undefined ? {} : { body }) }),
    )
    const text = await response.text()
    const isJson = (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
  const grant: Caller['grant'] = (form, secret = settings['certId'] ?? '') =>
    send(
      'POST',
      '/identity/v1/oauth2/token',
      {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${settings['appId']}:${secret}`).toString('base64')}`,
      },
      new URLSearchParams(form).toString(),
    )
  const token: Caller['token'] = async (scope) => {
    const form = { grant_type: 'refresh_token', refresh_token: settings['refreshToken'] ?? '', ...(scope === undefined ? {} : { scope }) }
    return (await grant(form)).body.access_token
  }
  const call = async (method: string, path: string, given: string | undefined, body?: unknown): Promise<Answer> => {
    const headers = { authorization: `Bearer ${given ?? (await token())}`, 'content-type': 'application/json' }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await send(method, path, headers, body === undefined ? undefined : text)
    exchanges.push({ method, path, sent: body, answer })
    return answer
  }
  let placed = 0
  return {
    marketplace,
    settings,
    now: () => clock,
    advance: (ms) => {
      clock = instantFromMs(instantToMs(clock) + ms)
    },
    place: (order = {}) => {
      placed += 1
      return marketplace.placeOrder('one', { ...sampleOrder(placed), ...order })
    },
    token,
    grant,
    get: (path, given) => call('GET', path, given),
    post: (path, body, given) => call('POST', path, given, body),
    exchanges,
  }
}

export function filterPath(filter: string, rest = ''): string {
  return `${orderPath}?filter=${encodeURIComponent(filter)}${rest}`
}

export function errorIds(answer: Answer): readonly number[] {
  return (answer.body?.errors ?? []).map((error: { errorId: number }) => error.errorId)
}

function sampleOrder(ordinal: number): NewOrder {
  return {
    currency: 'EUR',
    shipTo: {
      name: 'Erika Mustermann',
      company: 'Muster GmbH',
      phone: '030 1234567',
      email: 'abc@members.ebay.com',
      line1: 'Heidestr. 17',
      line2: '2. OG',
      city: 'Berlin',
      district: 'Mitte',
      state: 'BE',
      postcode: '10115',
      country: 'DE',
    },
    buyer: { id: `buyer_${ordinal}`, name: 'Erika Mustermann' },
    lines: [
      { channelSku: 'LAMP-RED', itemId: '110012345678', variantId: '410099', title: 'Lampe, rot', quantity: 2, unitPrice: '12.30' },
      { channelSku: '', title: 'Birne', quantity: 1, unitPrice: '5.00' },
    ],
    shipping: '4.90',
    discount: '1.00',
    tax: '6.33',
    buyerNote: 'Bitte nicht klingeln',
  }
}
