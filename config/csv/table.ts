import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { closest } from '../../core/value/spelling.ts'
import type { Problem } from '../problems.ts'

/** What a CSV file holds, and every mistake in it; nothing is to be stored while there are problems. */
export interface Parsed<Item> {
  readonly rows: Item[]
  /** Rows of the file; several may make one item. */
  readonly rowCount: number
  readonly problems: Problem[]
}

/** One row of a CSV file, by column name; cells are trimmed text, empty when nothing is there. */
export interface TableRow<Column extends string> {
  /** Of its first line in the file, from 1. */
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
  /** The columns as they stand in the file. */
  readonly header: readonly string[]
}

export interface Table<Column extends string> {
  readonly rows: readonly TableRow<Column>[]
  readonly problems: readonly Problem[]
}

/**
 * Reads CSV text whose first line names exactly these columns, in any order; optional ones may be missing. Separators
 * are commas, or semicolons or tabs when the first line has more of them; a byte order mark is skipped. Nothing is read
 * of a file with a bad header. In problems the column is the number of the cell.
 */
export function readTable<Column extends string, Optional extends string = never>(
  text: string,
  file: string,
  columns: readonly Column[],
  optional: readonly Optional[] = [],
): Table<Column | Optional> {
  const records = readRecords(text, file)
  if ('problem' in records) return { rows: [], problems: [records.problem] }
  const [header, ...body] = records.records
  if (!header)
    return { rows: [], problems: [{ file, line: 1, column: 1, message: `the file is empty; its first line must be ${columns.join(',')}` }] }
  const names = header.cells.map((name) => name.trim().toLowerCase())
  const problems = headerProblems(names, { columns, optional }, { file, line: header.line })
  if (problems.length > 0) return { rows: [], problems }

  const absent = optional.filter((column) => !names.includes(column)).map((column) => [column, ''])
  const rows: TableRow<Column | Optional>[] = []
  // A spreadsheet leaves rows of empty cells behind what was deleted.
  for (const { line, cells } of body.filter((record) => record.cells.some((cell) => cell.trim() !== ''))) {
    if (cells.length === names.length) {
      rows.push({
        line,
        header: names,
        cells: Object.fromEntries([...absent, ...names.map((name, index) => [name, restored(cells[index] ?? '')])]) as Record<
          Column | Optional,
          string
        >,
      })
    } else {
      const message = `the row has ${cells.length} cells, the first line has ${names.length}; put text that contains a separator in quotes`
      problems.push({ file, line, column: 1, message })
    }
  }
  return { rows, problems }
}

/**
 * CSV text with a header line; cells that a spreadsheet would run as a formula get a leading apostrophe. Optional columns
 * are written only when a row has something in them.
 */
export function writeTable<Column extends string, Optional extends string = never>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column | Optional, string>>[],
  optional: readonly Optional[] = [],
): string {
  const written = [...columns, ...optional.filter((column) => rows.some((row) => row[column] !== ''))]
  return stringify([written, ...rows.map((row) => written.map((column) => neutralized(row[column])))])
}

interface RawRecord {
  readonly line: number
  readonly cells: readonly string[]
}

function readRecords(text: string, file: string): { readonly records: readonly RawRecord[] } | { readonly problem: Problem } {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(text),
    })
    const entries = parsed as { record: string[]; info: { lines: number } }[]
    return { records: entries.map(({ record, info }) => ({ line: info.lines - lineBreaks(record), cells: record })) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    return {
      problem: {
        file,
        line,
        column: 1,
        message: 'the quotes of this row do not close, or stand inside a cell; double a quote that belongs to the text',
      },
    }
  }
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const count = (sign: string): number => header.split(sign).length
  return [';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}

/** The parser tells the last line of a record; a cell may span several. */
function lineBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)
}

function headerProblems(
  names: readonly string[],
  { columns, optional }: { readonly columns: readonly string[]; readonly optional: readonly string[] },
  at: { readonly file: string; readonly line: number },
): Problem[] {
  const problems: Problem[] = []
  const missing = columns.filter((column) => !names.includes(column))
  const unused = [...missing, ...optional.filter((column) => !names.includes(column))]
  for (const [index, name] of names.entries()) {
    const place = { ...at, column: index + 1 }
    if (!columns.includes(name) && !optional.includes(name)) {
      const meant = closest(name, unused)
      if (meant !== undefined && missing.includes(meant)) missing.splice(missing.indexOf(meant), 1)
      problems.push({ ...place, message: `unknown column "${name}"${meant === undefined ? '' : `, did you mean "${meant}"?`}` })
    } else if (names.indexOf(name) < index) {
      problems.push({ ...place, message: `the column "${name}" is there twice` })
    }
  }
  if (missing.length > 0) problems.push({ ...at, column: 1, message: `missing ${missing.map((name) => `column "${name}"`).join(', ')}` })
  return problems
}

/** Text that begins with one of these is a formula to a spreadsheet, also behind apostrophes that we or it put there. */
function neutralized(cell: string): string {
  return /^'*[=+\-@]/.test(cell) ? `'${cell}` : cell
}

function restored(cell: string): string {
  const text = cell.trim()
  return /^'+[=+\-@]/.test(text) ? text.slice(1) : text
}
