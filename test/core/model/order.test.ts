import { describe, expect, it } from 'vitest'
import { effectiveShipTo, openQuantity, reasonNotToShip } from '../../../core/model/order.ts'
import { order } from '../../fakes/dossiers.ts'
import { homeAddress, snapshotLine } from '../../fakes/order-snapshots.ts'

describe('the address that counts', () => {
  it('is the edit before the platform’s own', () => {
    const edited = { ...homeAddress, line1: '2 Other Street' }

    expect(effectiveShipTo(order())).toEqual(homeAddress)
    expect(effectiveShipTo(order({ edits: { shipTo: edited } }))).toEqual(edited)
    expect(effectiveShipTo(order({ personal: { buyer: {}, notes: {} } }))).toBeUndefined()
  })
})

describe('the reason not to ship', () => {
  it('is a person’s before the platform’s', () => {
    const closed = { as: 'given-up', reason: 'given up by ada' } as const

    expect(reasonNotToShip(order())).toBeUndefined()
    expect(reasonNotToShip(order({ ignoredReason: 'digital' }))).toBe('digital')
    expect(reasonNotToShip(order({ ignoredReason: 'digital', edits: { closed } }))).toBe('given up by ada')
  })
})

describe('the open quantity of a line', () => {
  it.each([
    [5, 0, 0, 5],
    [5, 2, 1, 2],
    [5, 5, 0, 0],
    [5, 3, 5, 0],
  ])('of %i ordered, %i cancelled and %i shipped is %i', (quantity, cancelledQuantity, shippedQuantity, open) => {
    expect(openQuantity(snapshotLine({ quantity, cancelledQuantity, shippedQuantity }))).toBe(open)
  })
})
