import { describe, expect, test } from 'vitest'
import { readOrder } from '../../../connectors/amazon/map-order.ts'
import { mapShipment } from '../../../connectors/amazon/map-shipment.ts'
import type { ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { instantOf } from './amazon-world.ts'
import { orderDocument } from './order-document.ts'

const confirmation: ShipmentConfirmation = {
  platformOrderId: '113-1234567-7654321',
  site: 'ATVPDKIKX0DER',
  packageOrdinal: 2,
  trackingNumber: '1Z999AA10123456784',
  carrierWord: 'UPS',
  carrierName: 'United Parcel Service',
  shippedAt: instantOf('2026-11-24T10:00:00Z'),
  originCountry: 'US',
  lines: [{ platformLineId: '00123456789012', quantity: 3 }],
  notifyBuyer: true,
}
const now = instantOf('2026-11-24T12:00:00Z')

describe('the body of confirmShipment', () => {
  test('holds reference and item id as texts, and the items as a list [amazon-trap-08] [amazon-trap-09] [amazon-write-04]', () => {
    expect(mapShipment(confirmation, 'ATVPDKIKX0DER', now)).toEqual({
      marketplaceId: 'ATVPDKIKX0DER',
      packageDetail: {
        packageReferenceId: '2',
        carrierCode: 'UPS',
        trackingNumber: '1Z999AA10123456784',
        shipDate: '2026-11-24T10:00:00.000Z',
        orderItems: [{ orderItemId: '00123456789012', quantity: 3 }],
      },
    })
  })

  test("holds a reference of our own, so that another program's package stays as it is [amazon-write-15]", () => {
    const { packageDetail } = mapShipment({ ...confirmation, packageReference: 7_002 }, 'X', now)

    expect(packageDetail.packageReferenceId).toBe('7002')
  })

  test('names the carrier when Amazon has no code for it [amazon-write-05]', () => {
    const { packageDetail } = mapShipment({ ...confirmation, carrierWord: 'other', carrierName: 'Swift Post' }, 'X', now)

    expect(packageDetail).toMatchObject({ carrierCode: 'Other', carrierName: 'Swift Post' })
  })

  test('never lies in the future [amazon-write-07]', () => {
    const { packageDetail } = mapShipment({ ...confirmation, shippedAt: instantOf('2026-11-25T00:00:00Z') }, 'X', now)

    expect(packageDetail.shipDate).toBe(now)
  })
})

describe('packages on an order', () => {
  test('are reported with reference, carrier, number, time and lines [amazon-field-34] [amazon-state-10]', () => {
    const packages = [
      {
        packageReferenceId: '1',
        carrier: 'UPS',
        trackingNumber: '1Z999AA10123456784',
        shipTime: '2026-11-24T10:00:00Z',
        packageStatus: { status: 'IN_TRANSIT' },
        packageItems: [{ orderItemId: '00123456789012', quantity: 3 }],
      },
      { packageReferenceId: '2', packageStatus: { status: 'CANCELLED' } },
    ]

    const { shipments } = readOrder(orderDocument({ packages }))

    expect(shipments).toEqual([
      {
        shipmentId: '1',
        trackingNumber: '1Z999AA10123456784',
        carrier: 'UPS',
        shippedAt: '2026-11-24T10:00:00.000Z',
        lines: [{ platformLineId: '00123456789012', quantity: 3 }],
      },
      { shipmentId: '2', lines: [], progress: 'failed' },
    ])
  })
})
