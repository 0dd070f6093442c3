import { describe, expect, it } from 'vitest'
import { findShipment, normalTrackingNumber } from '../../../core/effects/verify.ts'
import type { ReportedShipment } from '../../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { at } from '../../fakes/order-snapshots.ts'

const confirmation: ShipmentConfirmation = {
  platformOrderId: '1',
  packageOrdinal: 1,
  trackingNumber: '9400 1118-9956',
  carrierWord: 'USPS',
  carrierName: 'USPS',
  shippedAt: at('10:00'),
  originCountry: 'US',
  lines: [
    { platformLineId: 'L1', quantity: 2 },
    { platformLineId: 'L2', quantity: 1 },
  ],
  notifyBuyer: true,
}

function reported(changes: Partial<ReportedShipment> = {}): ReportedShipment {
  return { shipmentId: 'S1', trackingNumber: '940011189956', lines: confirmation.lines, ...changes }
}

describe('what a list of shipments says about a write-back', () => {
  it('is that it stands there, however the tracking number is written', () => {
    expect(findShipment(confirmation, [reported({ trackingNumber: '9400-1118 9956' })])).toEqual({ found: 'equal', remoteId: 'S1' })
  })

  it('is that it stands there when the platform does not name lines', () => {
    expect(findShipment(confirmation, [reported({ lines: [] })]).found).toBe('equal')
  })

  it('adds up what the platform shows in parts, in any order', () => {
    const parts = [
      reported({ lines: [{ platformLineId: 'L2', quantity: 1 }] }),
      reported({ lines: [{ platformLineId: 'L1', quantity: 1 }] }),
      reported({ lines: [{ platformLineId: 'L1', quantity: 1 }] }),
    ]

    expect(findShipment(confirmation, parts).found).toBe('equal')
  })

  it('is absence when only other parcels stand there', () => {
    const { trackingNumber: _, ...without } = reported()

    expect(findShipment(confirmation, [])).toEqual({ found: 'absent' })
    expect(findShipment(confirmation, [reported({ trackingNumber: '1Z999' }), without])).toEqual({ found: 'absent' })
  })

  it.each([
    ['other lines', [{ platformLineId: 'L1', quantity: 3 }]],
    ['too few units', [{ platformLineId: 'L1', quantity: 1 }]],
  ])('is a difference when it stands there with %s', (_case, lines) => {
    expect(findShipment(confirmation, [reported({ lines })]).found).toBe('different')
  })

  it('is that the platform still works on it, or could not do it', () => {
    expect(findShipment(confirmation, [reported({ progress: 'pending' })])).toEqual({ found: 'pending' })
    expect(findShipment(confirmation, [reported({ progress: 'failed' })])).toMatchObject({ found: 'failed', code: 'write-failed' })
  })

  it.each([
    ['pending', false, 'pending'],
    ['pending', true, 'pending'],
    ['failed', true, 'failed'],
    ['failed', false, 'absent'],
  ] as const)('of an update without a number that is %s, when it was taken on: %s, is %s [wish-write-03]', (progress, isTakenOn, found) => {
    const shipments: ReportedShipment[] = [reported({ trackingNumber: '1Z999' }), { shipmentId: 'update', lines: [], progress }]

    expect(findShipment(confirmation, shipments, isTakenOn).found).toBe(found)
  })
})

describe('a tracking number', () => {
  it('is compared by its letters and digits alone', () => {
    expect(normalTrackingNumber(' 1z-999 aa.1 ')).toBe('1Z999AA1')
    expect(normalTrackingNumber('')).toBe('')
  })
})
