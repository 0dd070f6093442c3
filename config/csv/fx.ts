import type { FxRate } from '../../core/model/catalog.ts'
import { isCurrency } from '../../core/value/money.ts'
import { sortProblems } from '../problems.ts'
import { type CellReader, cellReader, keyWatch } from './cells.ts'
import { type Parsed, readTable, writeTable } from './table.ts'

const columns = ['date', 'from', 'to', 'rate'] as const
type Column = (typeof columns)[number]

/** Reads fx.csv: what one unit of `from` was worth in `to` on a day. */
export function parseFx(text: string, fileName: string): Parsed<FxRate> {
  const table = readTable(text, fileName, columns)
  const problems = [...table.problems]
  const watch = keyWatch(fileName, 'date, from and to', problems)
  const rows: FxRate[] = []
  for (const row of table.rows) {
    const cells = cellReader(row, { file: fileName, problems })
    const rate = { date: day(cells), from: currency(cells, 'from'), to: currency(cells, 'to'), rate: decimal(cells) }
    if (rate.from !== '' && rate.from === rate.to) cells.problem('to', `a rate is between two currencies; both are ${rate.to}`)
    if (cells.isGood() && watch.isNew([rate.date, rate.from, rate.to], row.line)) rows.push(rate)
  }
  return { rows, rowCount: table.rows.length, problems: [...sortProblems(problems)] }
}

/** fx.csv as `parseFx` reads it, in the order given. */
export function formatFx(rates: readonly FxRate[]): string {
  return writeTable(columns, rates)
}

function day(cells: CellReader<Column>): string {
  const day = cells.day('date')
  if (day === undefined) cells.problem('date', 'expected a day such as 2026-11-24')
  return day ?? ''
}

function currency(cells: CellReader<Column>, column: 'from' | 'to'): string {
  const cell = cells.text(column)
  if (!/^[A-Z]{3}$/.test(cell) || !isCurrency(cell)) cells.problem(column, 'expected a currency of three capital letters, such as EUR')
  return cell
}

function decimal(cells: CellReader<Column>): string {
  const cell = cells.text('rate')
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(cell) || !/[1-9]/.test(cell))
    cells.problem('rate', 'expected a number above zero with a decimal point, such as 1.0842')
  return cell
}
