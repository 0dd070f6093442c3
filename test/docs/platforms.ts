import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Register, type RegisterEntry, registerKinds } from '../connectors/register.ts'

const root = join(import.meta.dirname, '../..')
const citation = new RegExp(`\\[([a-z]+-(?:${registerKinds.join('|')})-\\d+)\\]`, 'g')

export interface CitingTest {
  readonly title: string
  /** From the root of the repository. */
  readonly file: string
  readonly ids: readonly string[]
}

/** Every test whose title cites a register entry, as vitest itself collects them: rows of tables are tests of their own. */
export async function citingTests(): Promise<readonly CitingTest[]> {
  const files = await citingFiles()
  if (files.length === 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'quayside-list-'))
  const list = join(folder, 'tests.json')
  try {
    await promisify(execFile)('node_modules/.bin/vitest', ['list', '--no-static-parse', `--json=${list}`, ...files], { cwd: root })
    const tests = JSON.parse(await readFile(list, 'utf8')) as { name: string; file: string }[]
    return (
      tests
        .map(({ name, file }) => ({ title: name.split(' > ').at(-1) ?? name, file: relative(root, file), ids: idsIn(name) }))
        .filter(({ ids }) => ids.length > 0)
        // Vitest lists files in the order in which it would run them, which varies.
        .toSorted((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)))
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function citingFiles(): Promise<readonly string[]> {
  const names = await readdir(join(root, 'test'), { recursive: true })
  const tests = names.filter((name) => name.endsWith('.test.ts')).map((name) => join('test', name))
  // A table's title is put together as it runs: its file names the kind of entry somewhere.
  const words = new RegExp(`-(?:${registerKinds.join('|')})-[\\d%$]`)
  const cites = await Promise.all(tests.map(async (name) => words.test(await readFile(join(root, name), 'utf8'))))
  return tests.filter((_name, index) => cites[index]).toSorted()
}

function idsIn(title: string): readonly string[] {
  return [...title.matchAll(citation)].flatMap(([, id]) => id ?? [])
}

const headings: Readonly<Record<(typeof registerKinds)[number], string>> = {
  trap: 'Traps that integrators met',
  field: 'Fields',
  state: 'States',
  error: 'Answers to calls',
  limit: 'Limits',
  auth: 'Access',
  read: 'Reading',
  write: 'Writing',
}

/** docs/platforms.md. */
export function renderPlatforms(registers: Readonly<Record<string, Register>>, tests: readonly CitingTest[]): string {
  const parts = Object.entries(registers).map(([platform, register]) => renderPlatform(platform, register, tests))
  const counts = Object.entries(registers).map(([platform, register]) => {
    const left = register.filter((entry) => entry.notHandled !== undefined).length
    return `| [${platform}](#${platform}) | ${register.length} | ${register.length - left} | ${left} |`
  })
  return [
    '# What the platforms do, and the test that shows we cope',
    '',
    'Generated from the tests (`npx vitest run test/docs/platforms.test.ts -u`). Every trap, field, state and answer that the platforms document or integrators reported has an id; the tests that prove it cite the id in their titles. What is not handled says why.',
    '',
    '| platform | entries | proven by tests | not handled |',
    '| --- | ---: | ---: | ---: |',
    ...counts,
    '',
    ...parts,
  ].join('\n')
}

function renderPlatform(platform: string, register: Register, tests: readonly CitingTest[]): string {
  const sections = registerKinds.flatMap((kind) => {
    const entries = register.filter((entry) => kindOf(entry) === kind)
    if (entries.length === 0) return []
    return [
      `### ${headings[kind]}`,
      '',
      '| id | what | shown by |',
      '| --- | --- | --- |',
      ...entries.map((entry) => row(entry, tests)),
      '',
    ]
  })
  return [`## ${platform}`, '', ...sections].join('\n')
}

export function kindOf({ id }: RegisterEntry): string | undefined {
  return id.split('-')[1]
}

const mostTests = 3

function row(entry: RegisterEntry, tests: readonly CitingTest[]): string {
  const source = entry.source === undefined ? '' : ` (${cell(entry.source)})`
  return `| ${entry.id} | ${cell(entry.says)}${source} | ${entry.notHandled === undefined ? shownBy(entry.id, tests) : `Not handled: ${cell(entry.notHandled)}`} |`
}

function shownBy(id: string, tests: readonly CitingTest[]): string {
  const citing = tests.filter(({ ids }) => ids.includes(id))
  const shown = citing.slice(0, mostTests).map(({ title, file }) => `[${cell(withoutIds(title))}](../${file})`)
  const more = citing.length > mostTests ? [`and ${citing.length - mostTests} more`] : []
  return [...shown, ...more].join('; ')
}

function withoutIds(title: string): string {
  return title.replaceAll(citation, '').replaceAll(/\s+/g, ' ').trim()
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('[', '\\[').replaceAll(']', '\\]')
}
