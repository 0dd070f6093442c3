import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Document, documents, filesBelow, readDocument } from './documents.ts'

/** The anchors that a page's headings get. */
function anchorsOf({ text }: Document): ReadonlySet<string> {
  const headings = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm)].map((match) => match[1] ?? '')
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

function brokenLinksOf(page: Document): readonly string[] {
  const prose = page.text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
  const local = targets.filter((target) => !/^[a-z]+:/.test(target))
  return local.filter((target) => {
    const [file = '', anchor] = target.split('#')
    const resolved = file === '' ? page.file : path.posix.join(path.posix.dirname(page.file), file)
    if (!existsSync(resolved)) return true
    return anchor !== undefined && !anchorsOf(readDocument(resolved)).has(anchor)
  })
}

describe('the pages', () => {
  it.each(documents)('$file links to what is there', (page) => {
    expect(brokenLinksOf(page)).toEqual([])
  })

  it('of docs are all reached from the README or from a page that it names', () => {
    const named = documents.map(({ text }) => text).join('\n')
    const unnamed = filesBelow('docs', /\.md$/).filter((file) => !named.includes(path.posix.basename(file)) && !/README\.md$/.test(file))

    expect(unnamed).toEqual([])
  })

  it('of decisions are numbered without a gap, and listed', () => {
    const files = filesBelow('docs/adr', /^\d{4}-.+\.md$/).map((file) => path.posix.basename(file))
    const list = readDocument('docs/adr/README.md').text

    expect(files.sort().map((file) => file.slice(0, 4))).toEqual(files.map((_file, index) => String(index + 1).padStart(4, '0')))
    for (const file of files) expect(list).toContain(`(${file})`)
  })
})
