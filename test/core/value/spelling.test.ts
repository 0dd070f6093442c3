import { describe, expect, it } from 'vitest'
import { closest, suggestion } from '../../../core/value/spelling.ts'

describe('suggestions', () => {
  it.each([
    ['platfrom', 'platform'],
    ['wmscode', 'wmsCode'],
    ['settlle', 'settle'],
    ['carier', 'carrier'],
    ['wms_code', 'wmsCode'],
  ])('find %s near %s', (word, meant) => {
    expect(closest(word, ['platform', 'wmsCode', 'settle', 'carrier'])).toBe(meant)
  })

  it('stay away from words that only share a length', () => {
    expect(closest('id', ['no', 'platform'])).toBeUndefined()
    expect(closest('price', ['limits', 'settle'])).toBeUndefined()
  })

  it('list the known words when there are few and none is close', () => {
    expect(suggestion('temu', ['amazon', 'ebay'])).toBe(' (known: amazon, ebay)')
    expect(suggestion('temu', [])).toBe('')
  })
})
