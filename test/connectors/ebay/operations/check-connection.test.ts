import { describe, expect, test } from 'vitest'
import { ebay } from '../../../../connectors/ebay/index.ts'
import { paceOf } from '../../../../connectors/ebay/rate-limits.ts'
import { type ContractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { ebayWorld, requestsOf } from '../ebay-world.ts'
import { instant } from '../order-payload.ts'

const withSettings = (world: ContractWorld, changes: Readonly<Record<string, unknown>>) =>
  ebay.create({ ...world.shop, settings: { ...(world.shop.settings as object), ...changes } }, world.transport)

describe('checking the connection', () => {
  test('names the seller whom the newest order shows [ebay-field-03]', async () => {
    const world = ebayWorld({ account: { sellerId: 'lampenladen' } })
    world.place()

    expect(await world.connector.checkConnection(world.call)).toEqual({ account: 'lampenladen', warnings: [] })
  })

  test('refuses the token of another seller, which eBay would answer with nothing [ebay-trap-11]', async () => {
    const world = ebayWorld({ account: { sellerId: 'lampenladen' } })
    world.place()

    const check = withSettings(world, { sellerId: 'gartenladen' }).checkConnection(world.call)

    await expect(check).rejects.toMatchObject({
      kind: 'auth',
      code: 'ebay-account-differs',
      message: expect.stringContaining('lampenladen'),
    })
  })

  test('says so when no order shows the seller', async () => {
    const { warnings } = await ebayWorld().connector.checkConnection(ebayWorld().call)

    expect(warnings).toEqual([expect.stringContaining('no order of the last 90 days')])
  })

  test.each([
    ['2025-06-24T00:00:00Z', 1],
    ['2025-07-01T00:00:00Z', 0],
  ])('warns 30 days before a consent of %s ends: %i [ebay-auth-04]', async (refreshTokenIssuedAt, count) => {
    const world = ebayWorld()
    world.place()

    const { warnings } = await withSettings(world, { refreshTokenIssuedAt }).checkConnection(world.call)

    expect(warnings.filter((warning) => warning.includes('consent ends'))).toHaveLength(count)
  })

  test('warns when a tenth of the quota is left [ebay-limit-02]', async () => {
    const world = ebayWorld({ limits: 'published' })
    world.place()
    world.transport.tamper({
      change: (response, request) =>
        request.url.includes('rate_limit') ? { ...response, body: response.body.replace(/"remaining":\d+/, '"remaining":9000') } : response,
    })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('9000 of 100000 calls')])
  })
})

describe('the daily quota', () => {
  test('is read at the start and once an hour [ebay-limit-02]', async () => {
    const world = ebayWorld()
    let cursor: string | undefined
    for (let pass = 0; pass < 13; pass += 1) {
      cursor = (await world.readAll(cursor)).cursor
      world.advance(10 * minuteMs)
    }

    expect(requestsOf(world, 'getUserRateLimits')).toBe(3)
  })

  test('corrects the pace of the calls it counts [ebay-limit-01] [ebay-limit-03]', async () => {
    const world = ebayWorld({ limits: 'published', switches: { smallQuota: true } })

    await world.readAll()

    // 5,000 calls from midnight to midnight Pacific, read at its start: half at once, half over 24 hours.
    expect(world.call.observations).toEqual([
      { operation: 'fulfillment', observation: { perSecond: 4_995 / 2 / 86_400, burst: 2_497, remaining: 2_497 } },
    ])
  })

  test('is taken for 5,000 calls a day until it is known [ebay-limit-03]', () => {
    expect(ebay.rateLimits['fulfillment']).toEqual({ perSecond: 5_000 / 86_400, burst: 5_000 })
  })

  test('is what the user or the application has left, whichever is less, and counts days only [ebay-limit-02]', async () => {
    const world = ebayWorld({ limits: 'published' })
    const rates = (remaining: number, timeWindow: number) => ({ limit: 90_000, remaining, reset: '2026-11-25T08:00:00.000Z', timeWindow })
    const body = (...counts: readonly object[]) =>
      JSON.stringify({ rateLimits: [{ apiName: 'Fulfillment', resources: counts.map((rate) => ({ name: 'order', rates: [rate] })) }] })
    world.transport.tamper({
      answer: ({ url }) => {
        if (url.includes('/user_rate_limit')) return { status: 200, headers: {}, body: body(rates(80_000, 86_400), rates(3, 300)) }
        return url.includes('/rate_limit') ? { status: 200, headers: {}, body: body(rates(4_005, 86_400)) } : undefined
      },
    })

    await world.readAll()

    expect(world.call.observations).toMatchObject([{ observation: { remaining: 2_000, burst: 2_000 } }])
  })

  test('is the application’s where eBay counts no user, and is asked for with a token of its own [ebay-limit-02] [ebay-auth-10]', async () => {
    const world = ebayWorld({ switches: { userQuotaIsEmpty: true } })

    await world.readAll()

    expect(requestsOf(world, 'getRateLimits')).toBe(1)
    expect(world.call.observations).toHaveLength(1)
    expect(world.call.lines).toEqual([])
    const grants = world.transport.sent.filter(({ url }) => url.endsWith('/token'))
    const forms = grants.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    expect(forms).toContainEqual({ grant_type: 'client_credentials', scope: 'https://api.ebay.com/oauth/api_scope' })
  })

  test('costs a token of the application only when the last one ends, also with other shops of the application [ebay-auth-10]', async () => {
    const world = ebayWorld()
    const other = ebay.create({ ...world.shop, id: 'another-shop' }, world.transport)
    const grants = () => world.transport.sent.filter(({ body }) => body?.includes('client_credentials')).length

    await world.connector.checkConnection(world.call)
    await other.checkConnection(world.call)
    world.advance(60 * minuteMs)
    await world.connector.checkConnection(world.call)
    expect(grants()).toBe(1)
    world.advance(60 * minuteMs)
    await world.connector.checkConnection(world.call)

    expect(grants()).toBe(2)
  })

  test.each([
    ['says nothing', () => ({ status: 204, headers: {}, body: '' })],
    ['refuses', () => ({ status: 403, headers: {}, body: '{"errors":[{"errorId":1100,"domain":"ACCESS","message":"Access denied"}]}' })],
    ['has a fault', () => ({ status: 500, headers: {}, body: '' })],
  ])('is warned of once per reading when eBay %s, and everything goes on [ebay-limit-02] [ebay-error-55]', async (_what, answer) => {
    const world = ebayWorld()
    const id = world.place()
    world.advance(minuteMs)
    world.transport.tamper({ answer: ({ url }) => (url.includes('rate_limit') ? answer() : undefined) })

    expect([...(await world.readAll()).orders.keys()]).toEqual([id])
    expect(world.call.lines).toEqual([
      {
        level: 'warn',
        message: expect.stringContaining('eBay tells no daily quota'),
        fields: expect.objectContaining({ shop: 'contract-shop' }),
      },
    ])
  })

  test('is asked no further when the consent has ended, which the reading then says', async () => {
    const world = ebayWorld()
    world.marketplace.revoke('contract')

    await expect(world.readAll()).rejects.toMatchObject({ kind: 'auth', code: 'ebay-consent-ended' })
    expect(world.transport.sent).toHaveLength(1)
  })

  test('that the application may not ask for stops nothing [ebay-auth-10]', async () => {
    const world = ebayWorld()
    const id = world.place()
    world.advance(minuteMs)
    world.transport.tamper({
      answer: ({ body }) =>
        body?.includes('client_credentials') ? { status: 401, headers: {}, body: '{"error":"unauthorized_client"}' } : undefined,
    })

    expect([...(await world.readAll()).orders.keys()]).toEqual([id])
    expect(world.call.observations).toHaveLength(1)
  })

  test.each(['H5-5xx-before', 'H6-timeout-before', 'H9-html-200', 'H1-429-seconds'] as const)(
    'that cannot be read (%s) stops nothing',
    async (kind) => {
      const world = ebayWorld()
      const id = world.place()
      world.advance(minuteMs)
      world.marketplace.faults.set([{ kind, operations: ['getUserRateLimits', 'getRateLimits'] }])

      expect([...(await world.readAll()).orders.keys()]).toEqual([id])
    },
  )

  test('used up stops calls until it is given anew', () => {
    const now = instant('2026-11-24T08:00:00Z')

    expect(paceOf({ limit: 5_000, remaining: 3, resetsAt: instant('2026-11-24T09:00:00Z') }, now)).toEqual({
      remaining: 0,
      retryAfterMs: 3_600_000,
    })
  })

  test('used up in the middle of work is a rate limit with eBay’s own wait [ebay-limit-07]', async () => {
    const world = ebayWorld()
    world.marketplace.faults.set([{ kind: 'H1-429-seconds', operations: ['getOrder'], times: 1 }])

    await expect(world.connector.fetchOrder('1', world.call)).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 2_000 })
    expect(world.call.observations.at(-1)).toEqual({ operation: 'fulfillment', observation: { retryAfterMs: 2_000 } })
  })
})
