import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ebay } from '../../../connectors/ebay/index.ts'
import { minuteMs } from '../../contract/connector-world.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { httpTransport } from '../../fakes/http-transport.ts'
import { ebayWorld, plainSettings, requestsOf, plainShop as shop } from './ebay-world.ts'
import { instant, orderPayload } from './order-payload.ts'

const _now = instant('2026-11-24T08:00:00Z')

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.enableNetConnect())

interface TokenRequest {
  readonly form: () => URLSearchParams
  readonly authorization: () => string
}

function tokenAnswer(status: number, body: nock.Body): TokenRequest {
  let form = new URLSearchParams()
  let authorization = ''
  const keep = (value: string | null): boolean => {
    authorization = String(value)
    return true
  }
  nock('https://api.ebay.com', { reqheaders: { authorization: keep, 'content-type': 'application/x-www-form-urlencoded' } })
    .post('/identity/v1/oauth2/token', (sent: Record<string, string>) => {
      form = new URLSearchParams(sent)
      return true
    })
    .reply(status, body)
  return { form: () => form, authorization: () => authorization }
}

describe('the access token', () => {
  test('is asked for with Basic authentication, the selling scopes and the refresh token [ebay-auth-01]', async () => {
    const asked = tokenAnswer(200, { access_token: 'v^1.1#access', expires_in: 7_200, token_type: 'User Access Token' })
    nock('https://api.ebay.com', { reqheaders: { authorization: 'Bearer v^1.1#access', 'x-ebay-c-marketplace-id': 'EBAY_DE' } })
      .get('/sell/fulfillment/v1/order/12-15199-57289')
      .query({ fieldGroups: 'TAX_BREAKDOWN' })
      .reply(200, orderPayload())
    const call = fakeCallContext()

    const order = await ebay.create(shop, httpTransport()).fetchOrder('12-15199-57289', call)

    expect(order?.platformOrderId).toBe('12-15199-57289')
    expect(asked.authorization()).toBe(`Basic ${Buffer.from('APP-1:CERT-1').toString('base64')}`)
    expect(Object.fromEntries(asked.form())).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'v^1.1#refresh',
      scope:
        'https://api.ebay.com/oauth/api_scope https://api.ebay.com/oauth/api_scope/sell.fulfillment https://api.ebay.com/oauth/api_scope/sell.inventory',
    })
    expect(call.calls.map((entry) => entry.operation)).toEqual(['token', 'fulfillment'])
  })

  test('is renewed once when eBay refuses it, and the call repeated once', async () => {
    const world = ebayWorld()
    const id = world.place()
    await world.connector.fetchOrder(id, world.call)
    let refusals = 1
    world.transport.tamper({
      answer: (request) => {
        if (refusals === 0 || request.url.includes('/oauth2/token')) return undefined
        refusals -= 1
        return { status: 401, headers: {}, body: '{"errors":[{"errorId":1001,"domain":"OAuth","message":"Invalid access token"}]}' }
      },
    })

    const order = await world.connector.fetchOrder(id, world.call)

    expect(order?.platformOrderId).toBe(id)
    expect(requestsOf(world, 'token')).toBe(2)
  })

  test('that is refused twice is an error, without a third try', async () => {
    const world = ebayWorld()
    world.transport.tamper({
      answer: (request) => (request.url.includes('/oauth2/token') ? undefined : { status: 401, headers: {}, body: '' }),
    })

    await expect(world.connector.fetchOrder('1', world.call)).rejects.toMatchObject({ kind: 'auth', code: 'ebay-token-refused' })
    expect(world.transport.sent.filter((request) => request.method === 'GET')).toHaveLength(2)
  })

  test('is renewed ahead of its end and shared by calls at the same time [ebay-auth-08] [ebay-limit-05]', async () => {
    const world = ebayWorld()
    await world.connector.readShipments('1', world.call)
    world.advance(115 * minuteMs)

    await Promise.all([1, 2, 3].map((id) => world.connector.readShipments(String(id), world.call)))

    expect(requestsOf(world, 'token')).toBe(2)
  })

  test('cannot be had without consent, and the error names the command', async () => {
    const { refreshToken: _, ...without } = plainSettings

    const reading = ebay.create({ ...shop, settings: without }, httpTransport()).fetchOrder('1', fakeCallContext())

    await expect(reading).rejects.toMatchObject({
      kind: 'auth',
      code: 'ebay-not-connected',
      message: expect.stringContaining('npm run connect -- --shop de-ebay'),
    })
  })
})
