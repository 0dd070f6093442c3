import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectors } from '../../connectors/index.ts'

const root = 'connectors'

/** What every platform shows; the folders of a connector hold the rest. */
const topFiles = [
  'README.md',
  'client.ts',
  'index.ts',
  'map-error.ts',
  'map-order.ts',
  'map-shipment.ts',
  'mapping',
  'operations',
  'rate-limits.ts',
  'schema.ts',
  'settings.ts',
]

/** Where each method of the contract stands, and where reading stands. */
const operationFiles: Readonly<Record<string, readonly string[]>> = {
  'check-connection.ts': ['checkConnection'],
  'cursor.ts': [],
  'fetch-orders.ts': ['fetchOrderChanges', 'fetchOrder'],
  'list-orders.ts': ['listOrders'],
  'offer-stock.ts': ['offerStock'],
  'shipments.ts': ['confirmShipment', 'readShipments'],
}
const mappingFiles = ['address.ts', 'holds.ts', 'totals.ts']

/** What one platform alone needs, with the reason. A name that a second platform needs belongs to the lists above. */
const ownFolders: Readonly<Record<string, readonly string[]>> = { amazon: ['v0'] }
const ownOperations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shopify: { 'documents.ts': 'GraphQL documents', 'read.ts': 'lists within an order are read on' },
}
const ownMappings: Readonly<Record<string, readonly string[]>> = {
  ebay: ['words.ts'],
  shopify: ['words.ts', 'work.ts'],
  wish: ['history.ts'],
}

const sizeOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n').length
const filesIn = (...folder: readonly string[]) => readdirSync(join(root, ...folder)).toSorted()

describe.each(connectors)('the folder of $platform', ({ platform, consent }) => {
  test('shows the files that every platform shows, and no others', () => {
    expect(filesIn(platform)).toEqual([...topFiles, ...(ownFolders[platform] ?? [])].toSorted())
  })

  test('has its operations in files of the same names', () => {
    const own = Object.keys(ownOperations[platform] ?? {})
    const wanted = [...Object.keys(operationFiles), ...(consent ? ['consent.ts'] : []), ...own]

    expect(filesIn(platform, 'operations')).toEqual(wanted.toSorted())
  })

  test('maps address, holds and totals where the others do', () => {
    expect(filesIn(platform, 'mapping')).toEqual([...mappingFiles, ...(ownMappings[platform] ?? [])].toSorted())
  })

  test.each(Object.entries(operationFiles))('has in %s what it is named after', (file, names) => {
    const source = readFileSync(join(root, platform, 'operations', file), 'utf8')

    for (const name of names) expect(source).toContain(`export async function ${name}(`)
  })

  test('does nothing in index.ts but define', () => {
    const source = readFileSync(join(root, platform, 'index.ts'), 'utf8')

    expect(source).not.toMatch(/\b(function|await|async|if|for)\b/)
    expect(sizeOf(join(root, platform, 'index.ts'))).toBeLessThanOrEqual(40)
  })

  test('keeps every file within 250 lines', () => {
    const large = globSync(`${root}/${platform}/**/*.ts`).filter((path) => sizeOf(path) > 250)

    expect(large).toEqual([])
  })

  test('keeps its eight files within 900 lines, and the whole within 1,800', () => {
    const linesOf = (...patterns: readonly string[]) =>
      globSync(patterns.map((pattern) => `${root}/${platform}/${pattern}`)).reduce((sum, path) => sum + sizeOf(path), 0)

    expect(linesOf('*.ts')).toBeLessThanOrEqual(900)
    expect(linesOf('*.ts', 'mapping/*.ts', 'operations/*.ts')).toBeLessThanOrEqual(1_800)
  })
})

describe('the tests of the connectors', () => {
  test('stand where the sources stand', () => {
    const own = ['contract.test.ts', 'in-core.test.ts']
    const tests = globSync(`test/${root}/*/**/*.test.ts`).filter((path) => !own.includes(basename(path)))
    const sourceless = tests.filter((path) => {
      const source = path.replace(/^test\//, '').replace(/\.test\.ts$/, '')
      return !existsSync(`${source}.ts`) && !existsSync(source)
    })

    expect(sourceless).toEqual([])
  })

  test('find every file of the shared folder in use', () => {
    const sources = filesIn('shared').map((file) => basename(file, '.ts'))
    const imported = globSync(`${root}/*/**/*.ts`)
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n')
    const unused = sources.filter((name) => !imported.includes(`shared/${name}.ts'`) && !imported.includes(`./${name}.ts'`))

    expect(unused).toEqual([])
  })
})
