import { describe, expect, it } from 'vitest'
import { formatProblem, formatZones, parseZones } from '../../../config/index.ts'

const read = (...rows: readonly string[]) => parseZones(['origin,country,zip_from,zip_to,zone,remote', ...rows].join('\n'), 'zones.csv')
const mistakes = (...rows: readonly string[]) => read(...rows).problems.map(formatProblem)

describe('zones.csv', () => {
  it('has ranges, single codes and whole countries, in one writing', () => {
    const { rows, problems } = read('NJ,US,100,104,2,', 'NJ,US,00601,,8,yes', 'NJ,CA,,,9,no', 'NJ,GB,bt1,BT9,30,TRUE')

    expect(problems).toEqual([])
    expect(rows).toEqual([
      { origin: 'NJ', country: 'US', zipFrom: '100', zipTo: '104', zone: 2, remote: false },
      { origin: 'NJ', country: 'US', zipFrom: '00601', zipTo: '00601', zone: 8, remote: true },
      { origin: 'NJ', country: 'CA', zipFrom: '', zipTo: '', zone: 9, remote: false },
      { origin: 'NJ', country: 'GB', zipFrom: 'BT1', zipTo: 'BT9', zone: 30, remote: true },
    ])
    expect(parseZones(formatZones(rows), 'again.csv')).toMatchObject({ rows, problems: [] })
  })

  it.each([
    [',US,100,104,2,', 'zones.csv:2:1  origin: must not be empty'],
    ['NJ,USA,100,104,2,', 'zones.csv:2:2  country: expected a country code of two capital letters, such as US'],
    ['NJ,US,601,988,8,maybe', 'zones.csv:2:6  remote: expected yes or no'],
    [
      'NJ,US,1000,1049,2,',
      'zones.csv:2:3  zip_from: a ZIP code has 5 digits and its beginning 3; format the column as text, so that no zero is lost',
    ],
    ['NJ,DE,10?,,2,', 'zones.csv:2:3  zip_from: expected a postcode or its beginning: letters and digits'],
    ['NJ,US,100,10499,2,', 'zones.csv:2:4  zip_to: must have as many signs as zip_from (3)'],
    ['NJ,US,,104,2,', 'zones.csv:2:4  zip_to: must have as many signs as zip_from (0)'],
    ['NJ,US,104,100,2,', 'zones.csv:2:4  zip_to: must not come before zip_from'],
    ['NJ,US,100,104,,', 'zones.csv:2:5  zone: must not be empty'],
    ['NJ,US,100,104,0,', 'zones.csv:2:5  zone: expected a whole number of 1 or more'],
  ])('tells the cell of a mistake: %s', (row, said) => {
    expect(mistakes(row)).toContain(said)
  })

  it('tells rows that overlap, by both their lines', () => {
    expect(mistakes('NJ,US,100,119,2,', 'NJ,US,105,,3,', 'NJ,US,110,130,4,', 'CA,US,105,,8,', 'NJ,US,10501,,7,')).toEqual([
      'zones.csv:3:3  lines 2 and 3 overlap for US from NJ (100-119 and 105); correct one of them',
      'zones.csv:4:3  lines 2 and 4 overlap for US from NJ (100-119 and 110-130); correct one of them',
    ])
    expect(mistakes('NJ,CA,,,2,', 'NJ,CA,,,3,')).toEqual([
      'zones.csv:3:3  lines 2 and 3 overlap for CA from NJ (all of CA and all of CA); correct one of them',
    ])
  })
})
