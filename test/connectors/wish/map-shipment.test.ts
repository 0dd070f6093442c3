import { describe, expect, test } from 'vitest'
import { nextStep, outcomeOfTracking, reportedShipments, wishTrackingNumber } from '../../../connectors/wish/map-shipment.ts'
import { event, parsedOrder, tracking } from './sample-order.ts'

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
    ['an open order without tracking', {}, { step: 'send' }],
    ['an open order whose last update failed', { ...failed, ...ours }, { step: 'send' }],
    ['an order that was released again and still shows our number', { ...reReleased, ...succeeded, ...ours }, { step: 'send' }],
    ['an order that was released again and shows another number', { ...reReleased, ...another }, { step: 'send' }],
    ['a shipped order without any number', shipped, { step: 'send' }],
    ['an order under review', { state: 'REQUIRE_REVIEW' }, { step: 'send' }],
    ['our number on a shipped order', { ...shipped, ...ours }, { outcome: { result: 'confirmed', remoteId: '1Z999AA1' } }],
    ['our number on a shipped order that is being changed', { ...shipped, ...ours, ...inProgress }, { outcome: { result: 'confirmed' } }],
    ['our number in other letters', { ...shipped, tracking_information: [tracking('1z 999-aa1')] }, { outcome: { result: 'confirmed' } }],
    ['our number whose update succeeded', { ...ours, ...succeeded }, { outcome: { result: 'confirmed' } }],
    ['our number on a refunded order', { state: 'REFUNDED', ...ours }, { outcome: { result: 'confirmed' } }],
    ['our number still in progress', { ...ours, ...inProgress }, { outcome: { result: 'accepted' } }],
    ['our number without any word on its progress', ours, { outcome: { result: 'accepted' } }],
    ['an update in progress that shows no number', inProgress, { outcome: { result: 'unknown', code: 'wish-tracking-in-progress' } }],
    ['an update in progress that shows another number', { ...another, ...inProgress }, { outcome: { result: 'unknown' } }],
    ['another number on a shipped order', { ...shipped, ...another }, { outcome: { result: 'rejected', code: 'wish-one-tracking' } }],
    ['our number that was replaced', { ...shipped, ...oursReplaced }, { outcome: { result: 'rejected', code: 'wish-one-tracking' } }],
    ['a refunded order', { state: 'REFUNDED' }, { outcome: { result: 'rejected', code: 'wish-order-refunded' } }],
    ['a declined order', { state: 'DECLINED' }, { outcome: { result: 'rejected', code: 'wish-order-declined' } }],
    ['a refund in progress', { processing_source: 'REFUND', processing_status: 'IN_PROGRESS' }, { step: 'busy' }],
    ['an address change in progress', { processing_source: 'MODIFY_SHIPPING', processing_status: 'IN_PROGRESS' }, { step: 'busy' }],
  ])('for %s', (_, changes, expected) => {
    expect(nextStep(parsedOrder(changes), '1Z999AA1')).toMatchObject(expected)
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
  ])('%s', (_, changes, expected) => {
    expect(outcomeOfTracking(parsedOrder(changes), '1Z999AA1')).toMatchObject(expected)
  })

  test('without a readable order is accepted, for code 0 was said', () => {
    expect(outcomeOfTracking(undefined, '1Z999AA1')).toEqual({ result: 'accepted', remoteId: '1Z999AA1' })
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
  ])('%s', (_, changes, expected) => {
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
])('the tracking number "%s" is sent as %s', (given, sent) => {
  expect(wishTrackingNumber(given)).toBe(sent)
})
