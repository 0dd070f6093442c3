import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface Document {
  /** From the root of the repository. */
  readonly file: string
  readonly text: string
}

export interface Block {
  readonly file: string
  /** Of the first line inside the fence, from 1. */
  readonly line: number
  /** What stands behind the opening fence, such as `yaml` or `csv products.csv`. */
  readonly info: string
  readonly text: string
}

const hidden = /^(node_modules|coverage|data|\.git)$/

/** Every file below a folder of the repository with this ending, hidden and generated folders left out. */
export function filesBelow(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return hidden.test(entry.name) ? [] : filesBelow(file, ending)
    return ending.test(entry.name) ? [file] : []
  })
}

/** Every page of the product. */
export const documents: readonly Document[] = filesBelow('.', /\.md$/).map(readDocument)

export function readDocument(file: string): Document {
  return { file, text: readFileSync(file, 'utf8') }
}

/** The fenced blocks of a page. */
export function blocksOf({ file, text }: Document): readonly Block[] {
  return [...text.matchAll(/^( *)```([^\n`]+)\n([\s\S]*?)^ *```$/gm)].map((match) => {
    const [whole, indent = '', info = '', content = ''] = match
    const line = text.slice(0, match.index + whole.indexOf('\n') + 1).split('\n').length
    return { file, line, info: info.trim(), text: content.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }
  })
}

/** The cells of the rows of the table whose first column has this title. */
export function tableOf({ file, text }: Document, firstColumn: string): readonly (readonly string[])[] {
  const lines = text.split('\n')
  const head = lines.findIndex((line) => line.startsWith(`| ${firstColumn} |`))
  if (head < 0) throw new Error(`${file} has no table whose first column is "${firstColumn}"`)
  const rows: string[][] = []
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break
    rows.push(
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  }
  return rows
}
