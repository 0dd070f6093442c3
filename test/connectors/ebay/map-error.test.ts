import { describe, expect, test } from 'vitest'
import { shipmentOutcome } from '../../../connectors/ebay/map-error.ts'
import { SyncError } from '../../../core/errors.ts'
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
  const subject = { shop: 'de-ebay', account: 'lampenladen', action: 'report a shipment' }
  const now = instant('2026-11-24T08:00:00Z')
  const outcome = (status: number, errorId?: number, headers: Readonly<Record<string, string>> = {}) =>
    shipmentOutcome(
      { status, headers, json: errorId === undefined ? undefined : { errors: [{ errorId, message: 'said so' }] } },
      subject,
      now,
    )
  const location = 'https://api.ebay.com/sell/fulfillment/v1/order/12-15199-57289/shipping_fulfillment/1Z999'

  test('201 with a Location is confirmed, and only that', () => {
    expect(outcome(201, undefined, { location })).toEqual({ result: 'confirmed', remoteId: '1Z999' })
    expect(outcome(201)).toMatchObject({ result: 'unknown', code: 'ebay-location-missing' })
    expect(outcome(200, undefined, { location })).toMatchObject({ result: 'unknown' })
    expect(outcome(204)).toMatchObject({ result: 'unknown' })
  })

  test.each([
    [32100, 'ebay-order-unknown'],
    [32200, 'ebay-line-unknown'],
    [32210, 'ebay-line-twice'],
    [32300, 'ebay-tracking-refused'],
    [32400, 'ebay-seller-suspended'],
    [32500, 'ebay-ship-date-refused'],
    [32600, 'ebay-input-refused'],
    [34100, 'ebay-too-many-packages'],
    [34200, 'ebay-programmes-mixed'],
    [34300, 'ebay-programme-lines'],
  ])('400 with %i is rejected as %s', (errorId, code) => {
    expect(outcome(400, errorId)).toEqual({ result: 'rejected', code, message: `said so (${errorId})` })
  })

  test.each([
    [400, 34500, 'ebay-shipment-conflict'],
    [409, undefined, 'ebay-shipment-conflict'],
    [409, 34500, 'ebay-shipment-conflict'],
    [400, 30500, 'ebay-outcome-unknown'],
    [400, 77777, 'ebay-outcome-unknown'],
    [400, undefined, 'ebay-outcome-unknown'],
    [404, undefined, 'ebay-outcome-unknown'],
    [500, 30500, 'ebay-outcome-unknown'],
    [500, 32300, 'ebay-outcome-unknown'],
    [503, undefined, 'ebay-outcome-unknown'],
  ])('%i with %s is unknown', (status, errorId, code) => {
    expect(outcome(status, errorId)).toMatchObject({ result: 'unknown', code })
  })

  test.each([
    [429, 2001, 'rate-limit', 'ebay-quota-used-up'],
    [403, 2001, 'rate-limit', 'ebay-quota-used-up'],
    [429, undefined, 'rate-limit', 'ebay-quota-used-up'],
    [401, 1001, 'auth', 'ebay-token-refused'],
    [403, 1100, 'auth', 'ebay-scope-missing'],
  ])('%i with %s throws %s', (status, errorId, kind, code) => {
    const refusal = thrownBy(() => outcome(status, errorId, { 'retry-after': '7' }))

    expect(refusal).toMatchObject({ kind, code })
    if (kind === 'rate-limit') expect(refusal.retryAfterMs).toBe(7_000)
    if (kind === 'auth') expect(refusal.message).toMatch(/de-ebay.*lampenladen.*npm run connect/)
  })
})
