import { describe, expect, it } from 'vitest'
import type { Address } from '../../../core/model/order.ts'
import { addressProblem } from '../../../core/planning/address.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'

const problem = (changes: Partial<Address>) => addressProblem({ ...homeAddress, ...changes })

describe('an address', () => {
  it.each<[string, Partial<Address>]>([
    ['is complete', {}],
    ['names a company in place of a person', { name: '', company: 'Example Inc' }],
    ['has its street in the second line', { line1: '', line2: '1 Canary Street' }],
    ['has a ZIP+4 code', { postcode: '08601-1234' }],
    ['is in a country without postcodes', { country: 'HK', postcode: '', city: '' }],
    ['is in a city that is its country', { country: 'SG', city: '', postcode: '018956' }],
  ])('that %s can be shipped to', (_case, changes) => {
    expect(problem(changes)).toBeUndefined()
  })

  it.each<[Partial<Address>, string]>([
    [{ name: '' }, 'the address lacks a name'],
    [{ line1: '' }, 'the address lacks a street line'],
    [{ city: '', postcode: '' }, 'the address lacks a city and a postcode'],
    [{ postcode: '8601' }, 'the postcode is not a US ZIP code'],
    [{ country: 'DE', postcode: '' }, 'the address lacks a postcode'],
  ])('with %j cannot', (changes, said) => {
    expect(problem(changes)).toBe(said)
  })

  it('is not repeated in the words about it', () => {
    expect(problem({ name: '', postcode: '99' })).not.toContain('Canary')
  })
})
