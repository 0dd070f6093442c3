import { describe, expect, test } from 'vitest'
import { readError, shipmentOutcome } from '../../../connectors/amazon/map-error.ts'
import { amazonWorld, instantOf } from './amazon-world.ts'

const { shop } = amazonWorld()
const now = instantOf('2026-11-24T08:00:00Z')

const answer = (status: number, code = '', message = '', headers = {}) => ({
  status,
  headers,
  body: code === '' ? '<html>gateway</html>' : JSON.stringify({ errors: [{ code, message, details: '' }] }),
})

describe('what an answer to a read means', () => {
  test.each([
    [400, 'InvalidInput', 'transient', 'amazon-invalid-input'],
    [401, 'Unauthorized', 'auth', 'amazon-access-denied'],
    [403, 'Unauthorized', 'auth', 'amazon-access-denied'],
    [404, 'NotFound', 'transient', 'amazon-not-found'],
    [429, 'QuotaExceeded', 'rate-limit', 'amazon-throttled'],
    [500, 'InternalFailure', 'transient', 'amazon-unavailable'],
    [502, '', 'transient', 'amazon-unavailable'],
    [503, 'ServiceUnavailable', 'transient', 'amazon-unavailable'],
  ])('%i %s is %s', (status, code, kind, ourCode) => {
    expect(readError(shop, 'searchOrders', answer(status, code), now)).toMatchObject({ kind, code: ourCode })
  })

  test('a 429 waits for the next token of the published rate', () => {
    expect(readError(shop, 'searchOrders', answer(429, 'QuotaExceeded'), now).retryAfterMs).toBe(178_572)
  })

  test("a 429 waits by the shop's own rate when one is configured", () => {
    const configured = { ...shop, limits: { searchOrders: { perSecond: 5, burst: 15 } } }

    expect(readError(configured, 'searchOrders', answer(429, 'QuotaExceeded'), now).retryAfterMs).toBe(200)
  })

  test.each([
    ['30', 30_000],
    ['1000000000', 3_600_000],
  ])('a Retry-After of %s is heeded as far as it makes sense', (seconds, ms) => {
    expect(readError(shop, 'getOrder', answer(429, 'QuotaExceeded', '', { 'retry-after': seconds }), now).retryAfterMs).toBe(ms)
  })
})

describe('what an answer to confirmShipment means', () => {
  test.each([
    [204, '', '', 'confirmed', undefined],
    [200, '', '', 'unknown', 'amazon-unclear-answer'],
    [400, 'InvalidInput', 'OrderItemId is invalid', 'rejected', 'amazon-invalid-shipment'],
    [400, 'InvalidInput', 'failed to create package, order already fulfilled', 'unknown', 'amazon-already-fulfilled'],
    [400, 'PackageToUpdateNotFound', 'Package to update not found', 'unknown', 'amazon-already-fulfilled'],
    [400, '', '', 'unknown', 'amazon-unclear-answer'],
    [404, 'NotFound', 'no such order', 'rejected', 'amazon-order-not-found'],
    [404, '', '', 'unknown', 'amazon-unclear-answer'],
    [409, 'Conflict', 'busy', 'unknown', 'amazon-unclear-answer'],
    [413, 'TooLarge', 'too large', 'rejected', 'amazon-request-refused'],
    [415, 'Unsupported', 'media type', 'rejected', 'amazon-request-refused'],
    [500, 'InternalFailure', 'oops', 'unknown', 'amazon-unclear-answer'],
    [502, '', '', 'unknown', 'amazon-unclear-answer'],
    [503, 'ServiceUnavailable', 'later', 'unknown', 'amazon-unclear-answer'],
  ])('%i %s "%s" is %s', (status, code, message, result, ourCode) => {
    const outcome = shipmentOutcome(shop, answer(status, code, message), '1', now)

    expect(outcome).toMatchObject({ result, ...(ourCode ? { code: ourCode } : {}) })
  })

  test.each([
    [429, 'rate-limit'],
    [401, 'auth'],
    [403, 'auth'],
  ])('%i was not executed and is thrown as %s', (status, kind) => {
    expect(() => shipmentOutcome(shop, answer(status, 'Any'), '1', now)).toThrow(expect.objectContaining({ kind }))
  })
})
