import { describe, expect, it } from 'vitest'
import { isCountry } from '../../../core/value/country.ts'

describe('country codes', () => {
  it.each(['US', 'DE', 'XK', 'GB'])('%s is a country', (code) => {
    expect(isCountry(code)).toBe(true)
  })

  it.each(['ZZ', 'UK', 'EU', 'AC', 'IC', 'us', 'USA', '', 'XX'])('"%s" is none', (code) => {
    expect(isCountry(code)).toBe(false)
  })
})
