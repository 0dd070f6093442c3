import type { Zone } from '../../core/model/catalog.ts'
import { normalPostcode } from '../../core/rules/conditions/postcodes.ts'
import { isCountry } from '../../core/value/country.ts'
import { type Problem, sortProblems } from '../problems.ts'
import { type CellReader, cellReader } from './cells.ts'
import { type Parsed, readTable, writeTable } from './table.ts'

const columns = ['origin', 'country', 'zip_from', 'zip_to', 'zone', 'remote'] as const
type Column = (typeof columns)[number]

interface Row {
  readonly zone: Zone
  readonly line: number
}

/**
 * Reads zones.csv: how far postcodes are from a warehouse (`origin` is its code). A range of shorter codes stands for all
 * that begin so; an empty `zip_to` is `zip_from`; without both the row is for the whole country. The longest code that
 * fits an address counts, so ranges of one length may not overlap.
 */
export function parseZones(text: string, fileName: string): Parsed<Zone> {
  const table = readTable(text, fileName, columns)
  const problems = [...table.problems]
  const rows: Row[] = []
  for (const row of table.rows) {
    const zone = zoneFrom(cellReader(row, { file: fileName, problems }))
    if (zone) rows.push({ zone, line: row.line })
  }
  problems.push(...overlaps(rows, fileName))
  return { rows: rows.map(({ zone }) => zone), rowCount: table.rows.length, problems: [...sortProblems(problems)] }
}

/** zones.csv as `parseZones` reads it, in the order given. */
export function formatZones(zones: readonly Zone[]): string {
  return writeTable(
    columns,
    zones.map((row) => ({
      origin: row.origin,
      country: row.country,
      zip_from: row.zipFrom,
      zip_to: row.zipTo,
      zone: String(row.zone),
      remote: row.remote ? 'yes' : 'no',
    })),
  )
}

function zoneFrom(cells: CellReader<Column>): Zone | undefined {
  const origin = cells.requiredCode('origin')
  const country = cells.text('country')
  if (!isCountry(country)) cells.problem('country', 'expected a country code of two capital letters, such as US')
  const zipFrom = postcode(cells, 'zip_from', country)
  const zipTo = cells.text('zip_to') === '' ? zipFrom : postcode(cells, 'zip_to', country)
  if (cells.isGood() && zipFrom.length !== zipTo.length) cells.problem('zip_to', `must have as many signs as zip_from (${zipFrom.length})`)
  else if (cells.isGood() && zipFrom > zipTo) cells.problem('zip_to', 'must not come before zip_from')
  const zone = cells.count('zone')
  if (cells.text('zone') === '') cells.problem('zone', 'must not be empty')
  const remote = flag(cells)
  return cells.isGood() && zone !== undefined ? { origin, country, zipFrom, zipTo, zone, remote } : undefined
}

function postcode(cells: CellReader<Column>, column: 'zip_from' | 'zip_to', country: string): string {
  const code = normalPostcode(cells.text(column))
  if (!/^[A-Z0-9]*$/.test(code)) cells.problem(column, 'expected a postcode or its beginning: letters and digits')
  else if (country === 'US' && !/^(\d{3}|\d{5})?$/.test(code))
    cells.problem(column, 'a ZIP code has 5 digits and its beginning 3; format the column as text, so that no zero is lost')
  return code
}

function flag(cells: CellReader<Column>): boolean {
  const word = cells.text('remote').toLowerCase()
  if (!['', 'yes', 'no', 'true', 'false', '1', '0'].includes(word)) cells.problem('remote', 'expected yes or no')
  return ['yes', 'true', '1'].includes(word)
}

/** Which of two such rows counts could not be told. */
function overlaps(rows: readonly Row[], file: string): Problem[] {
  const problems: Problem[] = []
  const tables = Map.groupBy(rows, ({ zone }) => JSON.stringify([zone.origin, zone.country, zone.zipFrom.length]))
  for (const table of tables.values()) {
    let widest: Row | undefined
    for (const row of table.toSorted((a, b) => (a.zone.zipFrom < b.zone.zipFrom ? -1 : 1))) {
      if (widest && row.zone.zipFrom <= widest.zone.zipTo) problems.push(overlap(widest, row, file))
      if (!widest || row.zone.zipTo > widest.zone.zipTo) widest = row
    }
  }
  return problems
}

function overlap(one: Row, other: Row, file: string): Problem {
  const [first, second] = one.line < other.line ? [one, other] : [other, one]
  const both = `${describeRange(first.zone)} and ${describeRange(second.zone)}`
  const message = `lines ${first.line} and ${second.line} overlap for ${first.zone.country} from ${first.zone.origin} (${both}); correct one of them`
  return { file, line: second.line, column: 3, message }
}

function describeRange({ zipFrom, zipTo, country }: Zone): string {
  if (zipFrom === '') return `all of ${country}`
  return zipFrom === zipTo ? zipFrom : `${zipFrom}-${zipTo}`
}
