import { describe, expect, it } from 'vitest'
import { destinationOf, likenessOf } from '../../../core/model/likeness.ts'
import { order, orderLine } from '../../fakes/dossiers.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'

const to = (changes: object) => order({ personal: { shipTo: { ...homeAddress, ...changes }, buyer: {}, notes: {} } })
const nowhere = (id?: string) => order({ personal: { buyer: id === undefined ? {} : { id }, notes: {} } })

describe('two orders of a shop', () => {
  it.each([
    ['the same street typed otherwise', to({ line1: '1, CANARY street' })],
    ['another phone', to({ phone: '1' })],
    ['another payment', order({ paymentState: 'pending', platformOrderId: '2' })],
  ])('are alike with %s', (_case, other) => {
    expect(likenessOf(other)).toEqual(likenessOf(order()))
  })

  it.each([
    ['another name', to({ name: 'Bo Example' })],
    ['another house', to({ line1: '2 Canary Street' })],
    ['another quantity', order({ lines: [orderLine({ quantity: 3 })] })],
    ['a further line', order({ lines: [orderLine(), orderLine({ platformLineId: 'L2' })] })],
    ['another shop', order({ shop: 'other' })],
    ['an address that a person corrected', order({ edits: { shipTo: { ...homeAddress, line1: '9 Elsewhere' } } })],
  ])('are not alike with %s', (_case, other) => {
    expect(likenessOf(other)).not.toEqual(likenessOf(order()))
  })

  it('go by the buyer where no address is known, and by nothing where nobody is', () => {
    expect(likenessOf(nowhere('B1'))).toEqual(likenessOf(nowhere('B1')))
    expect(likenessOf(nowhere('B1'))).not.toEqual(likenessOf(nowhere('B2')))
    expect(likenessOf(nowhere())).toBeUndefined()
  })
})

describe('the way of two orders', () => {
  const bought = (groupId: string, changes: object = {}) => ({ ...to(changes), groupId })

  it('is one when they were bought together for one address, and only then [wish-trap-25]', () => {
    const first = destinationOf(bought('T1'))

    expect(first).toBeDefined()
    expect(destinationOf(bought('T1', { line1: '1, CANARY street' }))).toEqual(first)
    expect(destinationOf(bought('T1', { line1: '2 Canary Street' }))).not.toEqual(first)
    expect(destinationOf(bought('T2'))).not.toEqual(first)
  })
})
