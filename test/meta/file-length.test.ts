import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const mostLines = 400
/** Not ours, not source, or payloads of others kept as they are. */
const leftOut = /^(node_modules|coverage|data|\.git|test\/fixtures|config\/local)(\/|$)/

it('no source file has more than 400 lines', () => {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|mjs|cjs)$/.test(file) && !leftOut.test(file))
  const lines = sources.map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))

  expect(lines.length).toBeGreaterThan(100)
  expect(lines.filter((entry) => entry.lines > mostLines)).toEqual([])
})
