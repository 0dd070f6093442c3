import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogKinds } from '../../daemon/catalog-files.ts'
import { documents, filesBelow, readDocument } from './documents.ts'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> }
const rooms = ['core', 'connectors', 'wms-adapter', 'storage', 'config', 'daemon', 'console', 'sandbox', 'scripts'].filter(existsSync)
const pages = documents.map(({ file }) => file)
const sources = [...rooms.flatMap((room) => filesBelow(room, /\.(ts|mjs|yaml)$/)), '.ci/run']

/** `npm run NAME`, `npm start` and `npm test`, with the line they stand on. */
function commandsIn(file: string): readonly { readonly name: string; readonly where: string }[] {
  return readDocument(file)
    .text.split('\n')
    .flatMap((line, index) => {
      const named = [...line.matchAll(/\bnpm (?:run (?:-s )?([a-z][a-z:-]*)|(start|test)\b)/g)]
      return named.map((match) => ({ name: match[1] ?? match[2] ?? '', where: `${file}:${index + 1}` }))
    })
}

describe('the commands', () => {
  it('that pages, messages and comments name exist', () => {
    const unknown = [...pages, ...sources].flatMap(commandsIn).filter(({ name }) => !(name in scripts))

    expect(unknown).toEqual([])
  })

  it.each(Object.entries(scripts).filter(([, line]) => line.startsWith('node scripts/run.mjs ')))(
    'npm run %s has its program',
    (_name, line) => {
      const program = /scripts\/run\.mjs (\S+)/.exec(line)?.[1]

      expect(existsSync(`scripts/${program}.ts`)).toBe(true)
    },
  )

  it('are all in the table of the README', () => {
    const table = commandsIn('README.md').map(({ name }) => name)
    const internal = ['format', 'test:kill']

    expect(Object.keys(scripts).filter((name) => !table.includes(name) && !internal.includes(name))).toEqual([])
  })

  it.each(catalogKinds)('of the README and docs/config.md know %s to be imported', (kind) => {
    expect(readDocument('README.md').text).toContain(`\`${kind}\``)
    expect(readDocument('docs/config.md').text).toContain(`\`${kind}.csv\``)
  })
})
