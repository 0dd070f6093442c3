import type { Problem } from '../problems.ts'
import type { TableRow } from './table.ts'

/** Reads the cells of one row; each mistake becomes a problem at its cell, and the row is then left out. */
export interface CellReader<Column extends string> {
  readonly isGood: () => boolean
  problem(column: Column, message: string): void
  /** Trimmed text; empty when absent. */
  text(column: Column): string
  /** A code of goods; never a number that a spreadsheet has shortened. */
  code(column: Column): string
  /** A code that must be there. */
  requiredCode(column: Column): string
  /** A whole number of 1 or more; undefined when absent. */
  count(column: Column): number | undefined
  /** A day such as 2026-11-24; undefined when absent. */
  day(column: Column): string | undefined
}

export interface RowPlace {
  readonly file: string
  readonly problems: Problem[]
}

export function cellReader<Column extends string>(row: TableRow<Column>, { file, problems }: RowPlace): CellReader<Column> {
  const before = problems.length
  const problem = (column: Column, message: string): void => {
    problems.push({ file, line: row.line, column: row.header.indexOf(column) + 1, message: `${column}: ${message}` })
  }
  const code = (column: Column): string => {
    const cell = row.cells[column]
    if (/^\d(\.\d+)?E\+\d+$/i.test(cell))
      problem(column, 'a spreadsheet has shortened this code; format the column as text and enter it again')
    return cell
  }
  return {
    isGood: () => problems.length === before,
    problem,
    text: (column) => row.cells[column],
    code,
    requiredCode(column) {
      if (row.cells[column] === '') problem(column, 'must not be empty')
      return code(column)
    },
    count(column) {
      const cell = row.cells[column]
      if (cell === '') return undefined
      const value = /^\d{1,9}$/.test(cell) ? Number(cell) : 0
      if (value < 1) problem(column, 'expected a whole number of 1 or more')
      return value
    },
    day(column) {
      const cell = row.cells[column]
      if (cell === '') return undefined
      const ms = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(cell) : Number.NaN
      // Some engines take 30 February for 2 March.
      if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(cell)) problem(column, 'expected a day such as 2026-11-24')
      return cell
    },
  }
}

/** Tells rows apart by key; the second of a pair is reported with the line of the first. */
export interface KeyWatch {
  /** False, and reported, when the key was there before. */
  isNew(parts: readonly string[], line: number): boolean
}

export function keyWatch(file: string, what: string, problems: Problem[]): KeyWatch {
  const lines = new Map<string, number>()
  return {
    isNew(parts, line) {
      const key = JSON.stringify(parts)
      const earlier = lines.get(key)
      if (earlier === undefined) {
        lines.set(key, line)
        return true
      }
      problems.push({ file, line, column: 1, message: `lines ${earlier} and ${line} have the same ${what}; keep one of them` })
      return false
    },
  }
}
