import { describe, expect, test } from 'vitest'
import {
  nextStep,
  outcomeOfTracking,
  reportedShipments,
  trackingRequest,
  wishTrackingNumber,
} from '../../../connectors/wish/map-shipment.ts'
import { confirmationOf, event, parsedOrder, tracking } from './sample-order.ts'

const shipped = { state: 'SHIPPED', fulfillment_records: [event('MARK_SHIPPED', '2026-11-22T10:00:00Z')] }
const inProgress = { processing_source: 'UPDATE_TRACKING', processing_status: 'IN_PROGRESS' }
const succeeded = { processing_source: 'UPDATE_TRACKING', processing_status: 'SUCCEEDED' }
const failed = { processing_source: 'UPDATE_TRACKING', processing_status: 'FAILED' }
const reReleased = {
  fulfillment_records: [
    event('ORDER_RE_RELEASED', '2026-11-23T10:00:00Z'),
    event('MARK_SHIPPED', '2026-11-22T10:00:00Z'),
    event('TRACKING_CANCELLED', '2026-11-23T10:00:00Z'),
  ],
}
const ours = { tracking_information: [tracking('1Z999AA1')] }
const another = { tracking_information: [tracking('OTHER1')] }
const oursReplaced = { tracking_information: [tracking('OTHER1'), tracking('1Z999AA1')] }

describe('the step before a write', () => {
  test.each([
    ['an open order without tracking', {}],
    ['an open order whose last update failed', { ...failed, ...ours }],
    ['an order that was released again and still shows our number', { ...reReleased, ...succeeded, ...ours }],
    ['an order that was released again and shows another number', { ...reReleased, ...another }],
    ['a shipped order without any number', shipped],
    ['an order under review', { state: 'REQUIRE_REVIEW' }],
  ])('for %s is to send', (_, changes) => {
    expect(nextStep(parsedOrder(changes), '1Z999AA1')).toBe('send')
  })

  test.each([
    ['our number on a shipped order', { ...shipped, ...ours }, { result: 'confirmed', remoteId: '1Z999AA1' }],
    ['our number on a shipped order that is being changed', { ...shipped, ...ours, ...inProgress }, { result: 'confirmed' }],
    ['our number in other letters', { ...shipped, tracking_information: [tracking('1z 999-aa1')] }, { result: 'confirmed' }],
    ['our number whose update succeeded', { ...ours, ...succeeded }, { result: 'confirmed' }],
    ['our number on a refunded order', { state: 'REFUNDED', ...ours }, { result: 'confirmed' }],
  ])('for %s is done: a repeat would change the tracking [wish-write-04]', (_, changes, expected) => {
    expect(nextStep(parsedOrder(changes), '1Z999AA1')).toMatchObject(expected)
  })

  test.each([
    ['another number on a shipped order', { ...shipped, ...another }],
    ['our number that was replaced', { ...shipped, ...oursReplaced }],
  ])('for %s is no write over it [wish-write-06]', (_, changes) => {
    expect(nextStep(parsedOrder(changes), '1Z999AA1')).toMatchObject({ result: 'rejected', code: 'wish-one-tracking' })
  })

  test.each([
    ['our number still in progress', { ...ours, ...inProgress }, { result: 'accepted' }],
    ['our number without any word on its progress', ours, { result: 'accepted' }],
    ['an update in progress that shows no number', inProgress, { result: 'unknown', code: 'wish-tracking-in-progress' }],
    ['an update in progress that shows another number', { ...another, ...inProgress }, { result: 'unknown' }],
  ])('for %s is to wait [wish-write-05] [wish-field-25]', (_, changes, expected) => {
    expect(nextStep(parsedOrder(changes), '1Z999AA1')).toMatchObject(expected)
  })

  test.each(['REFUND', 'MODIFY_SHIPPING'])('for an order that Wish is busy with (%s) is to wait, unsent [wish-write-05]', (source) => {
    expect(nextStep(parsedOrder({ processing_source: source, processing_status: 'IN_PROGRESS' }), '1Z999AA1')).toBe('busy')
  })

  test.each([
    ['REFUNDED', 'wish-order-refunded'],
    ['DECLINED', 'wish-order-declined'],
  ])('for an order that is %s is a refusal, unsent', (state, code) => {
    expect(nextStep(parsedOrder({ state }), '1Z999AA1')).toMatchObject({ result: 'rejected', code })
  })
})

describe('the answer to a write', () => {
  test.each([
    ['in progress', inProgress, { result: 'accepted', remoteId: '1Z999AA1' }],
    ['succeeded at once', { ...succeeded, ...ours }, { result: 'confirmed', remoteId: '1Z999AA1' }],
    ['shipped with our number', { ...shipped, ...ours }, { result: 'confirmed' }],
    ['shipped with another number', { ...shipped, ...another }, { result: 'accepted' }],
    ['succeeded without our number', succeeded, { result: 'accepted' }],
    ['failed', failed, { result: 'rejected', code: 'wish-tracking-failed' }],
    ['failed at something else', { processing_source: 'REFUND', processing_status: 'FAILED' }, { result: 'accepted' }],
  ])('%s [wish-write-02]', (_, changes, expected) => {
    expect(outcomeOfTracking(parsedOrder({ ...changes, updated_at: '2026-11-24T08:00:00Z' }), '1Z999AA1', parsedOrder())).toMatchObject(
      expected,
    )
  })

  test('without a readable order is accepted, for code 0 was said', () => {
    expect(outcomeOfTracking(undefined, '1Z999AA1', parsedOrder())).toEqual({ result: 'accepted', remoteId: '1Z999AA1' })
  })

  test('that still shows the failure of an earlier write is accepted [wish-write-03]', () => {
    const before = parsedOrder(failed)

    expect(outcomeOfTracking(before, '1Z999AA1', before)).toMatchObject({ result: 'accepted' })
  })
})

describe('the shipments that Wish shows', () => {
  test.each([
    ['none', {}, []],
    ['one that stands', { ...shipped, ...ours }, [{ trackingNumber: '1Z999AA1', carrier: 'UPS', shippedAt: '2026-11-22T10:00:00.000Z' }]],
    ['two, newest first', { ...shipped, ...oursReplaced }, [{ trackingNumber: 'OTHER1' }, { trackingNumber: '1Z999AA1' }]],
    ['one in progress', { ...ours, ...inProgress }, [{ trackingNumber: '1Z999AA1', progress: 'pending' }]],
    ['one that failed', { ...ours, ...failed }, [{ trackingNumber: '1Z999AA1', progress: 'failed' }]],
    ['an update in progress without a number', inProgress, [{ progress: 'pending' }]],
    ['a failed update without a number', failed, [{ progress: 'failed' }]],
    ['one that a second release cancelled', { ...ours, ...succeeded, ...reReleased }, [{ trackingNumber: '1Z999AA1', progress: 'failed' }]],
    [
      'one that a second release cancelled, and an update that failed since',
      { ...another, ...failed, ...reReleased },
      [{ trackingNumber: 'OTHER1', progress: 'failed' }, { progress: 'failed' }],
    ],
    [
      'one that stands while its change is in progress',
      { ...shipped, ...ours, ...inProgress },
      [{ trackingNumber: '1Z999AA1' }, { progress: 'pending' }],
    ],
  ])('%s [wish-field-17] [wish-state-10]', (_, changes, expected) => {
    const reported = reportedShipments(parsedOrder(changes))

    expect(reported).toHaveLength(expected.length)
    expect(reported).toMatchObject(expected)
    expect(reported.map((shipment) => shipment.progress)).toEqual(expected.map((shipment) => (shipment as { progress?: string }).progress))
  })
})

test.each([
  ['1Z 999-AA1', '1Z999AA1'],
  ['  LX123456789DE ', 'LX123456789DE'],
  ['', undefined],
  ['A/B', undefined],
  ['号码1', undefined],
])('the tracking number "%s" is sent as %s [wish-write-07]', (given, sent) => {
  expect(wishTrackingNumber(given)).toBe(sent)
})

describe('the request', () => {
  test('names number, carrier and country of origin [wish-write-01]', () => {
    expect(trackingRequest(confirmationOf('1'), '1Z1')).toEqual({ shipping_provider: 'UPS', tracking_number: '1Z1', origin_country: 'US' })
  })

  test('puts the numbers of further parcels into the note, whole ones only [wish-write-06]', () => {
    const noteOf = (otherTrackingNumbers: readonly string[]) =>
      trackingRequest({ ...confirmationOf('1'), otherTrackingNumbers }, '1Z1').ship_note
    const many = noteOf(Array.from({ length: 60 }, (_unused, index) => `NUMBER${100 + index}`)) ?? ''

    expect(noteOf(['1Z2', '1Z3'])).toBe('Further parcels: 1Z2, 1Z3')
    expect(noteOf([])).toBeUndefined()
    expect(many.length).toBeLessThanOrEqual(500)
    expect(many).toMatch(/, NUMBER\d{3}$/)
  })
})
