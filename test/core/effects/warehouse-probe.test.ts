import { describe, expect, it } from 'vitest'
import { findOutbound, isStopped } from '../../../core/effects/warehouse-probe.ts'
import type { OutboundRequest, OutboundSnapshot } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { cancelEffect } from '../../fakes/dossiers.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'
import { acceptedOutbound } from '../../fakes/scripted-warehouse.ts'

const request: OutboundRequest = {
  reference: 'Q1-1',
  platform: 'shopify',
  warehouseCode: 'USEA',
  serviceCode: 'FEDEX_GROUND',
  shipTo: homeAddress,
  lines: [
    { wmsSku: asWmsSku('GC-MUG'), quantity: 2 },
    { wmsSku: asWmsSku('GC-BOX'), quantity: 1 },
  ],
  taxIds: {},
}

const found = (change: Partial<OutboundSnapshot> = {}) => acceptedOutbound(request, change)

describe('what stands under our reference', () => {
  it('is what we sent, also when the warehouse splits or reorders lines', () => {
    const lines = [
      { wmsSku: asWmsSku('GC-BOX'), quantity: 1 },
      { wmsSku: asWmsSku('GC-MUG'), quantity: 1 },
      { wmsSku: asWmsSku('GC-MUG'), quantity: 1 },
    ]

    expect(findOutbound(request, found({ lines }))).toEqual({ found: 'equal', remoteId: 'W-Q1-1' })
  })

  it.each([
    ['another spelling of the postcode', { destination: { country: 'US', postcode: '086-01' } }],
    ['the postcode with the end that its carrier adds', { destination: { country: 'US', postcode: '08601-1234' } }],
    ['no postcode', { destination: { country: 'US' } }],
  ])('is what we sent when the warehouse shows %s', (_case, change) => {
    expect(findOutbound(request, found(change)).found).toBe('equal')
  })

  it('is what we sent when the warehouse does not show where it goes', () => {
    const { destination: _, ...without } = found()

    expect(findOutbound(request, without).found).toBe('equal')
  })

  it('is what we sent when the country has no postcodes', () => {
    const { postcode: _, ...shipTo } = homeAddress

    expect(findOutbound({ ...request, shipTo }, found({ destination: { country: 'US', postcode: '08601' } })).found).toBe('equal')
  })

  it.each([
    ['products or quantities', { lines: [{ wmsSku: asWmsSku('GC-MUG'), quantity: 3 }] }],
    ['country', { destination: { country: 'CA', postcode: '08601' } }],
    ['postcode', { destination: { country: 'US', postcode: '10001' } }],
  ])('is something else when it differs in %s', (difference, change) => {
    expect(findOutbound(request, found(change))).toEqual({ found: 'different', message: `it differs in ${difference}` })
  })

  it('names every difference', () => {
    const change = { lines: [], destination: { country: 'CA', postcode: 'K1A 0B1' } }

    expect(findOutbound(request, found(change))).toMatchObject({ message: 'it differs in products or quantities, country, postcode' })
  })

  it('is nothing when the warehouse has none', () => {
    expect(findOutbound(request, undefined)).toEqual({ found: 'absent' })
  })
})

describe('a request to stop', () => {
  const asked = cancelEffect(1, { state: 'unknown' })

  it('has done its work when the order is cancelled', () => {
    expect(isStopped(asked, found({ status: 'cancelled' }))).toEqual({ found: 'equal', remoteId: 'W-Q1-1' })
  })

  it.each(['unknown', 'accepted'] as const)('is not proven by an order that cannot be found: %s', (state) => {
    expect(isStopped({ ...asked, state }, undefined)).toEqual({ found: 'absent' })
  })

  it.each(['shipped', 'partially-shipped'] as const)('came too late when the order is %s', (status) => {
    expect(isStopped(asked, found({ status, wmsStatus: 'D' }))).toMatchObject({ found: 'failed', code: 'not-cancellable' })
  })

  it('has not arrived when the order goes on, unless the warehouse has taken it on a short while ago', () => {
    expect(isStopped(asked, found({ status: 'processing' }))).toEqual({ found: 'absent' })
    expect(isStopped({ ...asked, state: 'accepted' }, found({ status: 'processing' }))).toEqual({ found: 'pending' })
    expect(isStopped({ ...asked, state: 'accepted', probes: 5 }, found({ status: 'processing' }))).toEqual({ found: 'absent' })
  })
})
