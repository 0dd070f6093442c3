import { describe, expect, test } from 'vitest'
import { createCaller, errorIds, orderPath } from './caller.ts'

const base = 'https://api.ebay.com/oauth/api_scope'
const hourMs = 3_600_000

describe('the token endpoint', () => {
  test('gives a new access token for two hours and keeps the refresh token', async () => {
    const caller = createCaller()
    const form = { grant_type: 'refresh_token', refresh_token: caller.settings['refreshToken'] ?? '' }

    const first = await caller.grant(form)
    const second = await caller.grant(form)

    expect(first.body).toMatchObject({ expires_in: 7_200, token_type: 'User Access Token' })
    expect(first.body).not.toHaveProperty('refresh_token')
    expect(second.body.access_token).not.toBe(first.body.access_token)
  })

  test.each([
    [{ grant_type: 'refresh_token', refresh_token: 'unknown' }, 400, 'invalid_grant'],
    [{ grant_type: 'authorization_code', code: 'unknown', redirect_uri: 'x' }, 400, 'invalid_grant'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('refuses %j', async (form, status, error) => {
    expect(await createCaller().grant(form as Record<string, string>)).toMatchObject({ status, body: { error } })
  })

  test('refuses a wrong secret and scopes beyond the consent', async () => {
    const caller = createCaller()
    const form = { grant_type: 'refresh_token', refresh_token: caller.settings['refreshToken'] ?? '' }

    expect(await caller.grant(form, 'wrong')).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(await caller.grant({ ...form, scope: `${base}/sell.finances` })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  })

  test('refuses the old cert id of a keyset that got a new one, for each of its accounts, while tokens live on', async () => {
    const caller = createCaller()
    const form = { grant_type: 'refresh_token', refresh_token: caller.settings['refreshToken'] ?? '' }
    const token = await caller.token()

    const { certId, ...rest } = caller.marketplace.rotateSecret('one')
    const other = caller.marketplace.addAccount('two')

    expect(await caller.grant(form)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(await caller.grant(form, String(certId))).toMatchObject({ status: 200 })
    expect((await caller.get(orderPath, token)).status).toBe(200)
    expect(rest).toMatchObject({ appId: caller.settings['appId'], refreshToken: caller.settings['refreshToken'] })
    expect(other['certId']).toBe(certId)
  })

  test('turns a consent into tokens once, while the code lives', async () => {
    const caller = createCaller()
    const query = new URLSearchParams({
      client_id: caller.settings['appId'] ?? '',
      redirect_uri: 'RuName',
      response_type: 'code',
      scope: base,
      state: 'st',
    })
    const consent = async () => {
      const page = await caller.marketplace.fetch(new Request(`http://127.0.0.1/oauth2/authorize?${query}`))
      return new URL(page.headers.get('location') ?? '').searchParams
    }
    const answer = await consent()
    const form = { grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: 'RuName' }

    const token = await caller.grant(form)
    const again = await caller.grant(form)
    const late = (await consent()).get('code') ?? ''
    caller.advance(300_000)

    expect(answer.get('state')).toBe('st')
    expect(token.body).toMatchObject({ expires_in: 7_200, refresh_token_expires_in: 47_304_000 })
    expect(again.body.error).toBe('invalid_grant')
    expect((await caller.grant({ ...form, code: late })).body.error).toBe('invalid_grant')
  })
})

describe('calls', () => {
  test('need a token that lives', async () => {
    const caller = createCaller()
    const token = await caller.token()
    caller.advance(2 * hourMs)

    const over = await caller.get(orderPath, token)
    const unknown = await caller.get(orderPath, 'nonsense')

    expect([over.status, errorIds(over)]).toEqual([401, [1001]])
    expect([unknown.status, errorIds(unknown)]).toEqual([401, [1001]])
  })

  test('need the selling scope', async () => {
    const caller = createCaller()

    const answer = await caller.get(orderPath, await caller.token(base))

    expect([answer.status, errorIds(answer)]).toEqual([403, [1100]])
  })

  test('end when the seller withdraws consent, and go on when it is back', async () => {
    const caller = createCaller()
    const token = await caller.token()
    caller.marketplace.revoke('one')

    expect((await caller.get(orderPath, token)).status).toBe(401)
    expect((await caller.grant({ grant_type: 'refresh_token', refresh_token: caller.settings['refreshToken'] ?? '' })).body.error).toBe(
      'invalid_grant',
    )
    caller.marketplace.restore('one')
    expect((await caller.get(orderPath)).status).toBe(200)
  })

  test('see only the orders of the token’s seller, who is told apart by nothing else', async () => {
    const caller = createCaller()
    caller.place()
    const other = caller.marketplace.addAccount('two') as Record<string, string>
    const token = (await caller.grant({ grant_type: 'refresh_token', refresh_token: other['refreshToken'] ?? '' })).body.access_token

    expect((await caller.get(orderPath, token)).body).toMatchObject({ total: 0, orders: [] })
    expect(other['appId']).toBe(caller.settings['appId'])
  })

  test('of an unknown resource are refused', async () => {
    expect((await createCaller().get('/sell/fulfillment/v2/order')).status).toBe(404)
  })
})

describe('the daily quota', () => {
  const quotaPath = '/developer/analytics/v1_beta/user_rate_limit/?api_context=sell&api_name=fulfillment'

  test('is counted by application and told', async () => {
    const caller = createCaller({}, 'published')
    await caller.get(orderPath)
    await caller.get(orderPath)

    const [limit] = (await caller.get(quotaPath)).body.rateLimits

    expect(limit).toMatchObject({ apiContext: 'sell', apiName: 'fulfillment' })
    expect(limit.resources[0].rates).toEqual([
      { count: 2, limit: 100_000, remaining: 99_998, reset: '2026-11-25T08:00:00.000Z', timeWindow: 86_400 },
    ])
  })

  test('used up gives 429 with the wait until midnight Pacific, when it begins anew', async () => {
    const caller = createCaller({ smallQuota: true }, 'published')
    const token = await caller.token()
    for (let count = 0; count < 5_000; count += 1) await caller.get(`${orderPath}?limit=1`, token)

    const refused = await caller.get(orderPath, token)
    caller.advance(20 * hourMs)
    const next = await caller.get(orderPath)

    expect([refused.status, errorIds(refused), refused.headers.get('retry-after')]).toEqual([429, [2001], '72000'])
    expect(next.status).toBe(200)
  })

  test('is never used up in mode open', async () => {
    const caller = createCaller()
    const { access_token: token } = (await caller.grant({ grant_type: 'client_credentials', scope: base })).body
    const { body } = await caller.get(quotaPath.replace('user_', ''), token)

    expect(body.rateLimits[0].resources[0].rates[0].remaining).toBeGreaterThan(100_000_000)
  })

  test('of the application is told to a token of the application alone, that of a user to one of the seller', async () => {
    const caller = createCaller()
    const { body: application } = await caller.grant({ grant_type: 'client_credentials', scope: base })
    const read = (path: string, token: string) => caller.get(path, token)

    const answers = [
      await read(quotaPath.replace('user_', ''), application.access_token),
      await read(quotaPath.replace('user_', ''), await caller.token()),
      await read(quotaPath, application.access_token),
      await read(quotaPath, await caller.token()),
    ]

    expect(application).toMatchObject({ expires_in: 7_200, token_type: 'Application Access Token' })
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 200])
    expect(answers.flatMap(errorIds)).toEqual([1100, 1100])
    expect(await caller.grant({ grant_type: 'client_credentials', scope: `${base}/sell.fulfillment` })).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    })
  })

  test('of users is empty when that is switched on', async () => {
    expect((await createCaller({ userQuotaIsEmpty: true }).get(quotaPath)).status).toBe(204)
  })
})
