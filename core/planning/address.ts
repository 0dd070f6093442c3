import type { Address } from '../model/order.ts'

/** Countries and regions whose addresses have no postcode. Source: Universal Postal Union, addressing systems. */
const withoutPostcode: ReadonlySet<string> = new Set([
  'AE',
  'AG',
  'AO',
  'AW',
  'BF',
  'BI',
  'BJ',
  'BO',
  'BS',
  'BW',
  'BZ',
  'CD',
  'CF',
  'CG',
  'CI',
  'CK',
  'CM',
  'DJ',
  'DM',
  'ER',
  'FJ',
  'GA',
  'GD',
  'GH',
  'GM',
  'GQ',
  'GY',
  'HK',
  'KI',
  'KM',
  'KP',
  'LY',
  'ML',
  'MO',
  'MR',
  'MW',
  'NR',
  'NU',
  'QA',
  'RW',
  'SB',
  'SC',
  'SL',
  'SR',
  'ST',
  'SY',
  'TD',
  'TG',
  'TK',
  'TL',
  'TO',
  'TV',
  'UG',
  'VU',
  'YE',
  'ZW',
])
/** City states: the country is the city. */
const withoutCity: ReadonlySet<string> = new Set(['SG', 'HK', 'MO', 'MC', 'VA', 'GI'])

/** What keeps a parcel from arriving there, in words without the address itself; undefined when nothing does. */
export function addressProblem(address: Address): string | undefined {
  const missing: string[] = []
  if (!address.name && !address.company) missing.push('a name')
  if (!address.line1 && !address.line2) missing.push('a street line')
  if (!address.city && !withoutCity.has(address.country)) missing.push('a city')
  if (!address.postcode && !withoutPostcode.has(address.country)) missing.push('a postcode')
  if (missing.length > 0) return `the address lacks ${missing.join(' and ')}`
  if (address.country === 'US' && !/^\d{5}(-?\d{4})?$/.test(address.postcode ?? '')) return 'the postcode is not a US ZIP code'
  return undefined
}
