import { describe, expect, it } from 'vitest'
import type { Zone } from '../../../core/model/catalog.ts'
import { indexZones } from '../../../core/planning/zones.ts'

const row = (zipFrom: string, zipTo: string, zone: number, more: Partial<Zone> = {}): Zone => ({
  origin: 'NJ',
  country: 'US',
  zipFrom,
  zipTo,
  zone,
  remote: false,
  ...more,
})
const tables = indexZones([
  row('', '', 9),
  row('100', '104', 2),
  row('105', '109', 3),
  row('10307', '10307', 2, { remote: true }),
  row('', '', 30, { country: 'GB' }),
  row('BT1', 'BT9', 31, { country: 'GB', remote: true }),
  row('100', '104', 8, { origin: 'CA' }),
])
const zoneOf = (postcode: string | undefined, country = 'US', origin = 'NJ') => {
  const found = tables.find(origin, { country, ...(postcode !== undefined && { postcode }) })
  return found && [found.zone, found.remote]
}

describe('the zone of an address', () => {
  it.each([
    ['10001', [2, false]],
    ['10001-1234', [2, false]],
    ['10499', [2, false]],
    ['10500', [3, false]],
    ['99999', [9, false]],
    ['', [9, false]],
  ])('%s is that of the range its code begins with: %s', (postcode, found) => {
    expect(zoneOf(postcode)).toEqual(found)
  })

  it('is that of the longest code that fits', () => {
    expect(zoneOf('10307')).toEqual([2, true])
  })

  it('goes by letters too, however they are written', () => {
    expect(zoneOf('bt7 1nn', 'GB')).toEqual([31, true])
    expect(zoneOf('SW1A 1AA', 'GB')).toEqual([30, false])
  })

  it('differs by warehouse, and is not known without a row', () => {
    expect(zoneOf('10001', 'US', 'CA')).toEqual([8, false])
    expect(zoneOf('90210', 'US', 'CA')).toBeUndefined()
    expect(zoneOf('10001', 'US', 'TX')).toBeUndefined()
    expect(zoneOf(undefined, 'DE')).toBeUndefined()
  })
})
