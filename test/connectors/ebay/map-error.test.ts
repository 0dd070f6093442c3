import { describe, expect, test } from 'vitest'
import { shipmentOutcome } from '../../../connectors/ebay/map-error.ts'
import { SyncError } from '../../../core/errors.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { minuteMs } from '../../contract/connector-world.ts'
import { ebayWorld } from './ebay-world.ts'
import { instant } from './order-payload.ts'

function thrownBy(work: () => unknown): SyncError {
  try {
    work()
  } catch (error) {
    if (error instanceof SyncError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what an answer to createShippingFulfillment means', () => {
  const by = { shop: 'de-ebay', account: 'lampenladen', action: 'report a shipment', now: instant('2026-11-24T08:00:00Z') }
  const outcome = (status: number, errorId?: number, headers: Readonly<Record<string, string>> = {}) =>
    shipmentOutcome({ status, headers, json: errorId === undefined ? undefined : { errors: [{ errorId, message: 'said so' }] }, by })
  const location = 'https://api.ebay.com/sell/fulfillment/v1/order/12-15199-57289/shipping_fulfillment/1Z999'

  test('201 with a Location is confirmed, and only that [ebay-error-25] [ebay-error-26]', () => {
    expect(outcome(201, undefined, { location })).toEqual({ result: 'confirmed', remoteId: '1Z999' })
    expect(outcome(201)).toMatchObject({ result: 'unknown', code: 'ebay-location-missing' })
    expect(outcome(200, undefined, { location })).toMatchObject({ result: 'unknown' })
    expect(outcome(204)).toMatchObject({ result: 'unknown' })
  })

  test.each([
    ['27', 32100, 'ebay-order-unknown', 'Seller Hub'],
    ['28', 32200, 'ebay-line-unknown', 'npm run resync'],
    ['29', 32210, 'ebay-line-twice', 'report it'],
    ['30', 32300, 'ebay-tracking-refused', 'carriers.yaml'],
    ['32', 32500, 'ebay-ship-date-refused', 'hand-over time'],
    ['33', 32600, 'ebay-input-refused', 'quantities'],
    ['34', 34100, 'ebay-too-many-packages', 'as many tracking numbers'],
    ['35', 34200, 'ebay-programmes-mixed', 'apart'],
    ['36', 34300, 'ebay-programme-lines', 'each line'],
  ])('[ebay-error-%s] 400 with %i is rejected as %s and says what to do: %s', (_id, errorId, code, advice) => {
    const said = outcome(400, errorId)

    expect(said).toMatchObject({ result: 'rejected', code })
    expect(said).toHaveProperty('message', expect.stringMatching(new RegExp(`^said so \\(${errorId}\\); .*${advice}`)))
  })

  test.each([
    ['37', 400, 34500, 'ebay-shipment-conflict'],
    ['37', 409, 34500, 'ebay-shipment-conflict'],
    ['38', 409, undefined, 'ebay-shipment-conflict'],
    ['39', 500, 30500, 'ebay-outcome-unknown'],
    ['40', 400, 30500, 'ebay-outcome-unknown'],
    ['41', 400, 77777, 'ebay-outcome-unknown'],
    ['41', 400, undefined, 'ebay-outcome-unknown'],
    ['41', 403, undefined, 'ebay-outcome-unknown'],
    ['41', 404, undefined, 'ebay-outcome-unknown'],
    ['41', 500, 32300, 'ebay-outcome-unknown'],
    ['41', 503, undefined, 'ebay-outcome-unknown'],
  ])('[ebay-error-%s] %i with %s is unknown, to be read back', (_id, status, errorId, code) => {
    expect(outcome(status, errorId)).toMatchObject({ result: 'unknown', code })
  })

  test.each([
    ['31', 400, 32400, 'auth', 'ebay-seller-suspended'],
    ['42', 429, 2001, 'rate-limit', 'ebay-quota-used-up'],
    ['42', 403, 2001, 'rate-limit', 'ebay-quota-used-up'],
    ['42', 429, undefined, 'rate-limit', 'ebay-quota-used-up'],
    ['42', 401, 1001, 'auth', 'ebay-token-refused'],
    ['42', 403, 1100, 'auth', 'ebay-scope-missing'],
  ])('[ebay-error-%s] %i with %s throws %s, for nothing was written', (_id, status, errorId, kind, code) => {
    const refusal = thrownBy(() => outcome(status, errorId, { 'retry-after': '7' }))

    expect(refusal).toMatchObject({ kind, code })
    if (kind === 'rate-limit') expect(refusal.retryAfterMs).toBe(7_000)
    if (kind === 'auth') expect(refusal.message).toMatch(/de-ebay.*lampenladen.*(npm run connect|settle it with eBay)/)
  })
})

const domains: Readonly<Record<number, string>> = { 1001: 'OAuth', 1002: 'OAuth', 1100: 'ACCESS', 2001: 'ACCESS', 2002: 'ACCESS' }

/** A body of eBay's with one error, or the text that stands for something else. */
function answer(status: number, body: number | string): HttpResponse {
  const error = { errorId: body, domain: domains[Number(body)] ?? 'API_FULFILLMENT', category: 'REQUEST', message: `message of ${body}` }
  return { status, headers: { 'retry-after': '7' }, body: typeof body === 'number' ? JSON.stringify({ errors: [error] }) : body }
}

/** A shop whose calls of the path are answered with this, and with nothing else. */
function answering(path: RegExp, response: HttpResponse) {
  const world = ebayWorld()
  world.transport.tamper({ answer: ({ url }) => (path.test(new URL(url).pathname) ? response : undefined) })
  return world
}

const orders = /\/sell\/fulfillment\/v1\/order/

describe('answers to a search for orders', () => {
  test.each([
    ['error-04', 400, 32800, 'invalid-data', 'ebay-request-refused'],
    ['error-05', 400, 30700, 'invalid-data', 'ebay-request-refused'],
    ['error-06', 400, 30800, 'invalid-data', 'ebay-request-refused'],
    ['error-07', 400, 30810, 'invalid-data', 'ebay-request-refused'],
    ['error-08', 400, 30820, 'invalid-data', 'ebay-request-refused'],
    ['error-09', 400, 30830, 'invalid-data', 'ebay-request-refused'],
    ['error-10', 400, 30840, 'invalid-data', 'ebay-request-refused'],
    ['error-13', 400, 31000, 'invalid-data', 'ebay-request-refused'],
    ['error-14', 400, 31100, 'invalid-data', 'ebay-request-refused'],
    ['error-15', 500, 30500, 'transient', 'ebay-unavailable'],
    ['error-16', 400, 30500, 'transient', 'ebay-unreadable-answer'],
    ['error-17', 401, 1001, 'auth', 'ebay-token-refused'],
    ['error-17', 401, 1002, 'auth', 'ebay-token-refused'],
    ['error-18', 403, 1100, 'auth', 'ebay-scope-missing'],
    ['trap-02', 403, 1100, 'auth', 'ebay-scope-missing'],
    ['error-19', 429, 2001, 'rate-limit', 'ebay-quota-used-up'],
    ['error-20', 403, 2001, 'rate-limit', 'ebay-quota-used-up'],
    ['limit-07', 429, '', 'rate-limit', 'ebay-quota-used-up'],
    ['error-21', 502, '<html>', 'transient', 'ebay-unavailable'],
    ['error-21', 503, '', 'transient', 'ebay-unavailable'],
    ['error-21', 504, '', 'transient', 'ebay-unavailable'],
    ['error-22', 200, 30500, 'transient', 'ebay-unreadable-answer'],
    ['error-23', 200, '<html>', 'transient', 'ebay-unreadable-answer'],
    ['error-23', 200, '{"total":"many"}', 'transient', 'ebay-unreadable-answer'],
    ['error-03', 404, 2002, 'invalid-data', 'ebay-request-refused'],
    ['error-31', 400, 32400, 'auth', 'ebay-seller-suspended'],
  ])('[ebay-%s] %i with %j is %s (%s)', async (_id, status, body, kind, code) => {
    const world = answering(orders, answer(status, body))

    const failure = world.connector.fetchOrderChanges(undefined, world.call)

    await expect(failure).rejects.toMatchObject({ kind, code, message: expect.stringContaining(`shop ${world.shop.id}`) })
    if (kind === 'rate-limit' || kind === 'transient') await expect(failure).rejects.toMatchObject({ retryAfterMs: 7_000 })
    if (kind === 'auth') await expect(failure).rejects.toThrow(/account seller-contract.*(npm run connect|settle it with eBay)/)
  })
})

describe('answers to a read of one order', () => {
  test.each([
    ['error-01', 400, 32100],
    ['error-02', 404, ''],
  ])('[ebay-%s] an order that eBay does not know is no order, and has no shipments', async (_id, status, body) => {
    const world = answering(orders, answer(status, body))

    expect(await world.connector.fetchOrder('12-15199-57289', world.call)).toBeUndefined()
    expect(await world.connector.readShipments('12-15199-57289', world.call)).toEqual([])
  })

  test('a 404 of the gateway is not taken for an order that has gone [ebay-error-03]', async () => {
    const world = answering(orders, answer(404, 2002))

    await expect(world.connector.fetchOrder('12-15199-57289', world.call)).rejects.toMatchObject({ kind: 'invalid-data' })
  })
})

describe('answers of the token endpoint', () => {
  test.each([
    ['error-43', 400, 'invalid_grant', 'auth', 'ebay-consent-ended', 'npm run connect'],
    ['trap-03', 400, 'invalid_grant', 'auth', 'ebay-consent-ended', 'given to another keyset'],
    ['auth-05', 400, 'invalid_grant', 'auth', 'ebay-consent-ended', 'has ended'],
    ['error-44', 401, 'invalid_client', 'auth', 'ebay-keys-refused', 'compare appId and certId'],
    ['auth-07', 401, 'invalid_client', 'auth', 'ebay-keys-refused', 'must be enabled'],
    ['error-45', 400, 'invalid_scope', 'auth', 'ebay-scope-missing', 'npm run connect'],
    ['error-46', 400, 'unauthorized_client', 'auth', 'ebay-keys-refused', 'does not know the application'],
    ['error-47', 400, 'invalid_request', 'auth', 'ebay-token-refused', 'invalid_request'],
    ['error-47', 400, 'unsupported_grant_type', 'auth', 'ebay-token-refused', 'check the keys'],
    ['error-47', 400, 'server_says_no', 'auth', 'ebay-token-refused', 'server_says_no'],
    ['error-48', 400, 'server_error', 'transient', 'ebay-unavailable', 'tried again'],
    ['error-48', 400, 'temporarily_unavailable', 'transient', 'ebay-unavailable', 'tried again'],
    ['error-48', 503, 'temporarily_unavailable', 'transient', 'ebay-unavailable', 'tried again'],
    ['error-49', 429, 'temporarily_unavailable', 'rate-limit', 'ebay-quota-used-up', 'used up'],
  ])('[ebay-%s] %i with %s is %s (%s): %s', async (_id, status, error, kind, code, advice) => {
    const world = answering(/oauth2\/token/, answer(status, JSON.stringify({ error, error_description: 'no' })))

    const failure = world.connector.fetchOrder('1', world.call)

    await expect(failure).rejects.toMatchObject({ kind, code, message: expect.stringContaining(advice) })
    await expect(failure).rejects.toThrow(`shop ${world.shop.id}`)
  })
})

describe('answers about the quota', () => {
  test.each([
    ['nothing is counted', 204, ''],
    ['an internal problem', 500, 105_000],
    ['a rate without numbers', 200, '{"rateLimits":[{"apiName":"fulfillment","resources":[{"rates":[{}]}]}]}'],
  ])('%s stops no reading [ebay-error-55]', async (_what, status, body) => {
    const world = answering(/rate_limit/, answer(status, body))
    const id = world.place()
    world.advance(minuteMs)

    expect([...(await world.readAll()).orders.keys()]).toEqual([id])
    expect(world.call.observations).toEqual([])
  })
})
