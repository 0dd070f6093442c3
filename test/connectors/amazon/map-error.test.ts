import { describe, expect, test } from 'vitest'
import { readError, readFailure, saysTokenExpired, shipmentOutcome } from '../../../connectors/amazon/map-error.ts'
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
    [400, 'InvalidInput', 'transient', 'amazon-invalid-input', '01'],
    [400, 'invalid input', 'transient', 'amazon-invalid-input', '01'],
    [400, '', 'transient', 'amazon-invalid-input', '01'],
    [401, 'Unauthorized', 'auth', 'amazon-access-denied', '04'],
    [403, 'Unauthorized', 'auth', 'amazon-access-denied', '04'],
    [403, 'Forbidden', 'auth', 'amazon-access-denied', '04'],
    [403, '', 'auth', 'amazon-access-denied', '04'],
    [404, 'NotFound', 'transient', 'amazon-not-found', '05'],
    [413, 'RequestTooLarge', 'transient', 'amazon-request-refused', '06'],
    [415, 'UnsupportedMediaType', 'transient', 'amazon-request-refused', '06'],
    [429, 'QuotaExceeded', 'rate-limit', 'amazon-throttled', '07'],
    [429, '', 'rate-limit', 'amazon-throttled', '07'],
    [500, 'InternalFailure', 'transient', 'amazon-unavailable', '08'],
    [503, 'ServiceUnavailable', 'transient', 'amazon-unavailable', '09'],
    [502, '', 'transient', 'amazon-unavailable', '10'],
    [504, '', 'transient', 'amazon-unavailable', '10'],
    [302, '', 'transient', 'amazon-unavailable', '15'],
    [409, 'Conflict', 'transient', 'amazon-unavailable', '15'],
    [418, 'Teapot', 'transient', 'amazon-unavailable', '15'],
  ])('%i "%s" is %s with code %s [amazon-error-%s]', (status, code, kind, ourCode) => {
    expect(readError(shop, 'searchOrders', answer(status, code), now)).toMatchObject({ kind, code: ourCode })
  })

  test('of an expired token is told by its text, whatever the status [amazon-error-03]', () => {
    const expired = (status: number, message: string) => saysTokenExpired(answer(status, 'Unauthorized', message))

    expect(expired(403, 'The access token you provided has expired.')).toBe(true)
    expect(expired(401, '')).toBe(true)
    expect(expired(403, 'Access to requested resource is denied.')).toBe(false)
    expect(expired(400, 'The token has expired.')).toBe(false)
  })

  test('is read without its details, and from a body that is no JSON at all [amazon-error-14]', () => {
    const body = JSON.stringify({ errors: [{ code: 'InvalidInput', message: 'wrong' }] })

    expect(readFailure({ status: 400, headers: {}, body })).toEqual({ code: 'InvalidInput', message: 'wrong' })
    expect(readFailure({ status: 502, headers: {}, body: '<html>' })).toEqual({ code: '', message: '' })
  })

  test('names shop, seller, region and what to do when Amazon denies it [amazon-error-04]', () => {
    const { message } = readError(shop, 'getOrder', answer(403, 'Unauthorized'), now)

    expect(message).toMatch(/shop us-amazon: .*seller A\w+ in region na .*roles.*npm run connect -- --shop us-amazon/)
  })

  test('a 429 waits for the next token of the published rate [amazon-limit-03] [amazon-error-07]', () => {
    expect(readError(shop, 'searchOrders', answer(429, 'QuotaExceeded'), now).retryAfterMs).toBe(178_572)
  })

  test("a 429 waits by the shop's own rate when one is configured [amazon-limit-08]", () => {
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
    [204, '', '', 'confirmed', undefined, 'write-09'],
    [200, '', '', 'unknown', 'amazon-unclear-answer', 'write-09'],
    [400, 'InvalidInput', 'OrderItemId is invalid', 'rejected', 'amazon-invalid-shipment', 'error-02'],
    [
      400,
      'InvalidInput',
      'PackageReferenceId: is invalid, must be a positive numeric value.',
      'rejected',
      'amazon-invalid-shipment',
      'error-02',
    ],
    [400, 'InvalidInput', 'The order is pending.', 'rejected', 'amazon-invalid-shipment', 'write-08'],
    [400, 'InvalidInput', 'transparencyCodes are missing', 'rejected', 'amazon-transparency-codes-missing', 'write-10'],
    [400, 'InvalidInput', 'Ship+ orders do not support it', 'rejected', 'amazon-records-itself', 'state-12'],
    [400, 'InvalidInput', 'CarrierCode is not valid', 'rejected', 'amazon-carrier-refused', 'write-05'],
    [400, 'InvalidInput', 'The tracking number is invalid', 'rejected', 'amazon-carrier-refused', 'write-06'],
    [400, 'InvalidInput', 'failed to create package, order already fulfilled', 'unknown', 'amazon-already-fulfilled', 'trap-11'],
    [400, 'PackageToUpdateNotFound', 'Package to update not found', 'unknown', 'amazon-already-fulfilled', 'trap-11'],
    [400, '', '', 'unknown', 'amazon-unclear-answer', 'error-15'],
    [404, 'NotFound', 'no such order', 'rejected', 'amazon-order-not-found', 'error-05'],
    [404, '', '', 'unknown', 'amazon-unclear-answer', 'error-15'],
    [409, 'Conflict', 'busy', 'unknown', 'amazon-unclear-answer', 'error-15'],
    [413, 'TooLarge', 'too large', 'rejected', 'amazon-request-refused', 'error-06'],
    [415, 'Unsupported', 'media type', 'rejected', 'amazon-request-refused', 'error-06'],
    [500, 'InternalFailure', 'oops', 'unknown', 'amazon-unclear-answer', 'error-08'],
    [502, '', '', 'unknown', 'amazon-unclear-answer', 'error-10'],
    [504, '', '', 'unknown', 'amazon-unclear-answer', 'error-10'],
    [503, 'ServiceUnavailable', 'later', 'unknown', 'amazon-unclear-answer', 'error-09'],
  ])('%i %s "%s" is %s with code %s [amazon-%s]', (status, code, message, result, ourCode, _id) => {
    const outcome = shipmentOutcome(shop, answer(status, code, message), '1', now)

    expect(outcome).toMatchObject({ result, ...(ourCode ? { code: ourCode } : {}) })
  })

  test.each([
    [429, 'rate-limit', '07'],
    [401, 'auth', '04'],
    [403, 'auth', '04'],
  ])('%i was not executed and is thrown as %s [amazon-error-%s]', (status, kind) => {
    expect(() => shipmentOutcome(shop, answer(status, 'Any'), '1', now)).toThrow(expect.objectContaining({ kind }))
  })
})

describe('a refusal whose cause is known', () => {
  test.each([
    ['transparencyCodes are missing', /confirm it in Seller Central with the code of every unit/],
    ['Ship+ orders do not support this', /Amazon records shipments of this program itself: release the hold/],
    ['The tracking number is invalid for the carrier', /compare number and carriers\.yaml with Amazon's list/],
  ])('says what to do: "%s"', (message, cure) => {
    expect(shipmentOutcome(shop, answer(400, 'InvalidInput', message), '1', now)).toMatchObject({ message: expect.stringMatching(cure) })
  })
})
