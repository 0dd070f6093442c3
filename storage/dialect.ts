/** The database engines that storage runs on. */
export type Engine = 'sqlite' | 'postgres'

/** Words of the table definitions that differ between the engines. */
export interface ColumnTypes {
  /** Compared byte by byte, so that both engines sort alike whatever the locale of the server. */
  readonly text: string
  readonly whole: string
  readonly real: string
  readonly bytes: string
  /** A row number that rises with each insert. */
  readonly serial: string
  /** What follows the closing parenthesis of a table. */
  readonly tableEnd: string
}

const columnTypesOf: Readonly<Record<Engine, ColumnTypes>> = {
  sqlite: {
    text: 'text',
    whole: 'integer',
    real: 'real',
    bytes: 'blob',
    serial: 'integer primary key autoincrement',
    tableEnd: 'strict',
  },
  postgres: {
    text: 'text collate "C"',
    whole: 'bigint',
    real: 'double precision',
    bytes: 'bytea',
    serial: 'bigint generated always as identity primary key',
    tableEnd: '',
  },
}

export function columnTypes(engine: Engine): ColumnTypes {
  return columnTypesOf[engine]
}
