import { describe, expect, test } from 'vitest'
import { grantError, graphqlError, httpError, outcomeOfWrite } from '../../../connectors/shopify/map-error.ts'
import { bodyShape } from '../../../connectors/shopify/schema.ts'
import type { SyncError } from '../../../core/errors.ts'
import { instantFromMs } from '../../../core/value/instant.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'

const place = { shopId: 'brand', host: 'brand.myshopify.com', now: instantFromMs(0) }
const http = (status: number, headers = {}) => httpError({ status, headers, body: '{"errors":"no"}' }, place)
const cost = { requestedQueryCost: 500, throttleStatus: { currentlyAvailable: 100, maximumAvailable: 2_000, restoreRate: 100 } }

function graphql(code: string | undefined, data: unknown = undefined, path: readonly string[] = ['orders']): SyncError | undefined {
  const errors = [{ message: 'No.', path, extensions: { code } }]
  return graphqlError(bodyShape.parse({ data, errors, extensions: { cost } }), place)
}

/** What a write comes to; `throws` names the kind of what is certain not to have been executed. */
function writeResult(error: SyncError | undefined): string {
  try {
    return outcomeOfWrite(error, fakeCallContext()).result
  } catch (thrown) {
    return `throws ${(thrown as { kind: string }).kind}`
  }
}

describe('an answer of Shopify', () => {
  test.each([
    ['400', http(400), 'invalid-data', 'shopify-query-refused', 'rejected', '[shopify-error-01]'],
    ['401', http(401), 'auth', 'shopify-token-refused', 'throws auth', '[shopify-error-02]'],
    ['402', http(402), 'auth', 'shopify-shop-frozen', 'throws auth', '[shopify-error-03]'],
    ['403', http(403), 'auth', 'shopify-forbidden', 'throws auth', '[shopify-error-04]'],
    ['404', http(404), 'auth', 'shopify-shop-unknown', 'throws auth', '[shopify-error-05]'],
    ['405', http(405), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-06]'],
    ['406', http(406), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-06]'],
    ['414', http(414), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-06]'],
    ['415', http(415), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-06]'],
    ['422', http(422), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-06]'],
    ['423', http(423), 'auth', 'shopify-shop-locked', 'throws auth', '[shopify-error-07]'],
    ['429', http(429), 'rate-limit', 'shopify-throttled', 'throws rate-limit', '[shopify-error-08]'],
    ['430', http(430), 'transient', 'shopify-unavailable', 'unknown', '[shopify-error-09]'],
    ['409, a conflict that passes', http(409), 'transient', 'shopify-unavailable', 'unknown', '[shopify-error-10]'],
    ...[500, 501, 502, 503, 504, 530, 540, 783].map(
      (status) => [String(status), http(status), 'transient', 'shopify-unavailable', 'unknown', '[shopify-error-10]'] as const,
    ),
    ['303, a status that nobody knows here', http(303), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-17]'],
    ['THROTTLED', graphql('THROTTLED'), 'rate-limit', 'shopify-throttled', 'throws rate-limit', '[shopify-error-11] [shopify-trap-07]'],
    ['ACCESS_DENIED', graphql('ACCESS_DENIED'), 'auth', 'shopify-scope-missing', 'throws auth', '[shopify-error-12]'],
    ['SHOP_INACTIVE', graphql('SHOP_INACTIVE'), 'auth', 'shopify-shop-inactive', 'throws auth', '[shopify-error-13]'],
    ['INTERNAL_SERVER_ERROR', graphql('INTERNAL_SERVER_ERROR'), 'transient', 'shopify-internal-error', 'unknown', '[shopify-error-14]'],
    ['TIMEOUT', graphql('TIMEOUT'), 'transient', 'shopify-internal-error', 'unknown', '[shopify-error-14]'],
    ['MAX_COST_EXCEEDED', graphql('MAX_COST_EXCEEDED'), 'invalid-data', 'shopify-query-too-costly', 'rejected', '[shopify-error-15]'],
    [
      'MAX_INPUT_SIZE_EXCEEDED',
      graphql('MAX_INPUT_SIZE_EXCEEDED'),
      'invalid-data',
      'shopify-query-refused',
      'rejected',
      '[shopify-error-32]',
    ],
    ['undefinedField', graphql('undefinedField'), 'invalid-data', 'shopify-query-refused', 'rejected', '[shopify-error-16]'],
    ['INVALID_VARIABLE', graphql('INVALID_VARIABLE'), 'invalid-data', 'shopify-query-refused', 'rejected', '[shopify-error-16]'],
    [
      'undefinedField after work began',
      graphql('undefinedField', { fulfillmentCreate: null }),
      'invalid-data',
      'shopify-query-refused',
      'unknown',
      '[shopify-error-16]',
    ],
    ['an unknown code', graphql('SOMETHING_NEW'), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-17]'],
    ['an error without code', graphql(undefined), 'invalid-data', 'shopify-query-refused', 'unknown', '[shopify-error-17]'],
    ['what is no GraphQL', http(200), 'transient', 'shopify-answer-unreadable', 'unknown', '[shopify-error-18]'],
  ] as const)('$0 is $2 for a read, and a write is $4 $5', (_what, error, kind, code, write) => {
    expect(error).toMatchObject({ kind, code })
    expect(writeResult(error)).toBe(write)
  })

  test('says how long to wait: by the header in seconds, or by the points that are missing [shopify-error-08] [shopify-error-11]', () => {
    expect(http(429, { 'retry-after': '2' })).toMatchObject({ retryAfterMs: 2_000 })
    expect(http(503, { 'retry-after': '2' })).toMatchObject({ retryAfterMs: 2_000 })
    expect(graphql('THROTTLED')).toMatchObject({ retryAfterMs: 4_000 })
  })

  test('names shop, host and what to do when a person must act', () => {
    for (const status of [401, 402, 403, 404, 423]) {
      expect(http(status).message).toMatch(/^shop brand: brand\.myshopify\.com .{10,}/)
    }
    expect(graphql('ACCESS_DENIED')?.message).toBe(
      'shop brand: the app may not read or write orders on brand.myshopify.com; Shopify says: No.',
    )
  })

  test.each(['shippingAddress', 'destination', 'email', 'phone', 'note', 'variant', 'product', 'location', 'transactions'])(
    'without %s is used for the rest [shopify-read-09]',
    (field) => {
      expect(graphql('ACCESS_DENIED', { order: {} }, ['order', field])).toBeUndefined()
    },
  )
})

describe('a refusal of the token endpoint', () => {
  test.each([
    [400, 'invalid_client', 'auth', 'put the current secret', '[shopify-error-21]'],
    [400, 'application_cannot_be_found', 'auth', 'no app with this clientId', '[shopify-error-22]'],
    [400, 'app_not_installed', 'auth', 'install it there', '[shopify-error-22]'],
    [400, 'shop_not_permitted', 'auth', 'connect it by consent', '[shopify-error-23]'],
    [400, 'invalid_grant', 'auth', 'give consent again', '[shopify-error-24]'],
    [401, 'something_new', 'auth', '(something_new); check them', '[shopify-error-17]'],
    [403, 'Nobody <nobody@example.com>', 'auth', '(403); check them', '[shopify-error-17]'],
    [402, '', 'auth', 'frozen', '[shopify-error-03]'],
    [423, '', 'auth', 'locked', '[shopify-error-07]'],
    [429, '', 'rate-limit', 'slow down', '[shopify-error-08]'],
    [502, '', 'transient', 'not available', '[shopify-error-10]'],
    [200, '', 'transient', 'without a token', '[shopify-error-18]'],
  ])('with %i %s is %s: %s %s', (status, error, kind, says) => {
    const refusal = grantError({ status, headers: {}, body: JSON.stringify({ error }) }, place)

    expect(refusal).toMatchObject({ kind, message: expect.stringContaining(says) })
    expect(refusal.message).toContain('brand.myshopify.com')
  })
})
