import type { ParsedFile } from './documents.ts'
import type { Path } from './positions.ts'

/** A block in a file as written, before its schema has accepted it. Cross checks read it so that all mistakes show at once. */
export interface Entry {
  readonly source: ParsedFile
  readonly path: Path
  readonly value: Readonly<Record<string, unknown>>
}

/** The blocks of a list such as `shops:`, whatever else is wrong with the file. */
export function listEntries(source: ParsedFile | undefined, base: Path, value: unknown, key: string): readonly Entry[] {
  if (!source || !isBlock(value)) return []
  const list = value[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, index) => (isBlock(item) ? [{ source, path: [...base, key, index], value: item }] : []))
}

export function textIn(entry: Entry, key: string): string | undefined {
  const value = entry.value[key]
  return typeof value === 'string' ? value : undefined
}

export function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
