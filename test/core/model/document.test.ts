import { describe, expect, it } from 'vitest'
import { orderDocument } from '../../../core/model/document.ts'
import { asSku } from '../../../core/value/ids.ts'
import { money } from '../../../core/value/money.ts'
import { confirmEffect, createEffect, dossier, fulfillmentOrder, hold, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const usd = (units: number) => money(units, 'USD')
const totals = { items: usd(2_468), shipping: usd(500), tax: usd(0), discount: usd(100), grand: usd(2_868) }

describe('the order document', () => {
  it('masks what is about a person, unless it is asked for', () => {
    const { shipTo: masked } = orderDocument(dossier(), false)
    const { shipTo: shown } = orderDocument(dossier(), true)

    expect(masked).toEqual({
      name: 'A***',
      company: '',
      phone: '+***',
      email: '',
      line1: '1***',
      line2: '',
      line3: '',
      city: 'Trenton',
      state: 'NJ',
      postcode: '0***',
      country: 'US',
    })
    expect(shown).toMatchObject({ name: 'Ada Example', phone: '+1 609 555 0100', line1: '1 Canary Street', postcode: '08601' })
  })

  it('masks a name of signs that take two places without breaking them', () => {
    const shipTo = { name: '😀 王', country: 'CN' }

    expect(orderDocument(dossier({ order: order({ edits: { shipTo } }) }), false).shipTo.name).toBe('😀***')
  })

  it('masks the identity number of a buyer unless asked [wish-field-24]', () => {
    const parts = dossier({ order: order({ taxIds: { voec: '2021440', identityNumber: '12345678909' } }) })

    expect(orderDocument(parts, false).taxIds).toEqual({ ioss: null, vat: null, voec: '2021440', identityNumber: '1***' })
    expect(orderDocument(parts, true).taxIds.identityNumber).toBe('12345678909')
  })

  it('has every field of an order without anything, as null or empty', () => {
    const bare = order({ personal: { buyer: {}, notes: {} }, lines: [orderLine({ unitPrice: undefined as never, resolved: [] })] })

    const document = orderDocument(dossier({ order: bare }), false)

    expect(document).toMatchObject({ ignoredReason: null, shipBy: null, promisedService: null, taxIds: { ioss: null, vat: null } })
    expect(document.totals).toEqual({ items: null, shipping: null, tax: null, discount: null, grand: null })
    expect(document.shipTo).toMatchObject({ name: '', country: '' })
    expect(document.lines).toMatchObject([{ unitPrice: null, resolved: [] }])
    expect([document.holds, document.fulfillmentOrders, document.writebacks]).toEqual([[], [], []])
  })

  it('writes money as decimal text, and tells what a line was mapped to', () => {
    const full = order({ totals, shipBy: at('20:00'), promisedService: 'Standard', taxIds: { ioss: 'IM1', vat: 'DE1' } })

    const document = orderDocument(dossier({ order: full }), false)

    expect(document.totals.grand).toEqual({ amount: '28.68', currency: 'USD' })
    expect(document).toMatchObject({ shipBy: at('20:00'), promisedService: 'Standard', taxIds: { ioss: 'IM1', vat: 'DE1' } })
    expect(document.lines).toMatchObject([
      {
        channelSku: 'CH-MUG',
        quantity: 2,
        unitPrice: { amount: '12.34', currency: 'USD' },
        resolved: [{ sku: asSku('MUG'), quantity: 1 }],
      },
    ])
  })

  it('counts as shipped what left a warehouse or what the platform says, whichever is more', () => {
    const shippedByUs = dossier({ fulfillmentOrders: [fulfillmentOrder(1, { packages: [packed(1), packed(2, { orderLines: [] })] })] })
    const shippedElsewhere = dossier({ order: order({ lines: [orderLine({ shippedQuantity: 1 })] }) })

    expect(orderDocument(shippedByUs, false).lines[0]?.shippedQuantity).toBe(2)
    expect(orderDocument(shippedElsewhere, false).lines[0]?.shippedQuantity).toBe(1)
  })

  it('lists open holds only', () => {
    const holds = [hold({ releasedAt: at('09:00'), releasedBy: 'system' }), hold({ reason: 'no-route', detail: 'no way' })]

    expect(orderDocument(dossier({ holds }), false).holds).toEqual([{ reason: 'no-route', detail: 'no way', since: at('08:00') }])
  })

  it('shows fulfillment orders with their packages, by our word for the carrier, else the warehouse’s', () => {
    const { carrier: _, ...unknown } = packed(2, { carrierRaw: 'PIGEON' })
    const { carrier: __, ...nameless } = packed(3)
    const fulfillmentOrders = [fulfillmentOrder(1, { wmsOrderNo: 'W1', packages: [packed(1), unknown, nameless] }), fulfillmentOrder(2)]

    const document = orderDocument(dossier({ fulfillmentOrders }), false)

    expect(document.fulfillmentOrders[0]).toMatchObject({ warehouse: 'NJ', service: 'ground', status: 'accepted', wmsOrderNo: 'W1' })
    expect(document.fulfillmentOrders[0]?.packages).toEqual([
      { trackingNumber: '9401', carrier: 'fedex', shippedAt: at('10:00') },
      { trackingNumber: '9402', carrier: 'PIGEON', shippedAt: at('10:00') },
      { trackingNumber: '9403', carrier: null, shippedAt: at('10:00') },
    ])
    expect(document.fulfillmentOrders[1]?.wmsOrderNo).toBeNull()
  })

  it('shows write-backs alone, and when they were confirmed', () => {
    const effects = [createEffect(1), confirmEffect(1, { state: 'confirmed', settledAt: at('11:00') }), confirmEffect(2)]

    expect(orderDocument(dossier({ effects }), false).writebacks).toEqual([
      { trackingNumber: '9401', state: 'confirmed', confirmedAt: at('11:00') },
      { trackingNumber: '9402', state: 'planned', confirmedAt: null },
    ])
    const undated = dossier({ effects: [confirmEffect(1, { state: 'confirmed' })] })
    expect(orderDocument(undated, false).writebacks[0]?.confirmedAt).toBeNull()
  })
})
