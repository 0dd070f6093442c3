import { type BundleProblem, bundleProblems, mostBundleDepth } from '../../core/mapping/bundles.ts'
import type { Bundle, BundleComponent } from '../../core/model/catalog.ts'
import { asSku, type Sku } from '../../core/value/ids.ts'
import { type Problem, sortProblems } from '../problems.ts'
import { type CellReader, cellReader, keyWatch } from './cells.ts'
import { type Parsed, readTable, writeTable } from './table.ts'

const columns = ['bundle_sku', 'component_sku', 'quantity', 'value_share'] as const
type Column = (typeof columns)[number]

interface Row extends BundleComponent {
  readonly bundle: Sku
  readonly line: number
}

/**
 * Reads bundles.csv, one component a row; rows of one bundle need not stand together. `stored` are the bundles that are
 * there already: together with them nothing may go in a circle or be nested more than three deep.
 */
export function parseBundles(text: string, fileName: string, stored: readonly Bundle[] = []): Parsed<Bundle> {
  const table = readTable(text, fileName, columns)
  const problems = [...table.problems]
  const watch = keyWatch(fileName, 'bundle_sku and component_sku', problems)
  const rows: Row[] = []
  for (const row of table.rows) {
    const component = componentFrom(cellReader(row, { file: fileName, problems }))
    if (component && watch.isNew([component.bundle, component.sku], row.line)) rows.push({ ...component, line: row.line })
  }
  const byBundle = Map.groupBy(rows, (row) => row.bundle)
  const bundles = [...byBundle].map(([sku, parts]): Bundle => ({ sku, components: parts.map(({ bundle: _, line: __, ...part }) => part) }))
  // Of a bundle with a bad row not everything is known.
  if (problems.length === 0) problems.push(...shareProblems(byBundle, fileName), ...nestingProblems(bundles, stored, rows, fileName))
  return { rows: bundles, rowCount: table.rows.length, problems: [...sortProblems(problems)] }
}

/** bundles.csv as `parseBundles` reads it: one row for each component. */
export function formatBundles(bundles: readonly Bundle[]): string {
  return writeTable(
    columns,
    bundles.flatMap(({ sku, components }) =>
      components.map((component) => ({
        bundle_sku: sku,
        component_sku: component.sku,
        quantity: String(component.quantity),
        value_share: component.valueShare === undefined ? '' : String(component.valueShare),
      })),
    ),
  )
}

function componentFrom(cells: CellReader<Column>): Omit<Row, 'line'> | undefined {
  const bundle = asSku(cells.requiredCode('bundle_sku'))
  const sku = asSku(cells.requiredCode('component_sku'))
  const quantity = cells.count('quantity') ?? 1
  const valueShare = cells.count('value_share')
  if (valueShare !== undefined && valueShare > 100) cells.problem('value_share', 'expected percent, at most 100')
  return cells.isGood() ? { bundle, sku, quantity, ...(valueShare !== undefined && { valueShare }) } : undefined
}

function shareProblems(byBundle: ReadonlyMap<Sku, readonly Row[]>, file: string): Problem[] {
  return [...byBundle].flatMap(([sku, rows]) => {
    const shares = rows.flatMap((row) => row.valueShare ?? [])
    const sum = shares.reduce((total, share) => total + share, 0)
    if (shares.length === 0 || (shares.length === rows.length && sum === 100)) return []
    const what = shares.length < rows.length ? `only ${shares.length} of ${rows.length} components have one` : `they are ${sum} together`
    const message = `value_share: the shares of ${sku} must be 100 together, or all be empty; ${what}`
    return [{ file, line: rows[0]?.line ?? 1, column: 4, message }]
  })
}

/** Each told at the last of the file's rows that take part. */
function nestingProblems(bundles: readonly Bundle[], stored: readonly Bundle[], rows: readonly Row[], file: string): Problem[] {
  const all = new Map([...stored, ...bundles].map((bundle) => [bundle.sku, bundle]))
  const lines = new Map(rows.flatMap((row) => [[JSON.stringify([row.bundle, row.sku]), row.line] as const]))
  const firstLines = new Map(rows.toReversed().map((row) => [row.bundle, row.line]))
  const lineOf = ({ chain }: BundleProblem): number => {
    const links = chain.flatMap((sku, index) => lines.get(JSON.stringify([sku, chain[index + 1]])) ?? [])
    return Math.max(...links, firstLines.get(chain.at(-1) ?? asSku('')) ?? 0, 1)
  }
  const told = new Map<string, Problem>()
  for (const problem of bundleProblems(all)) {
    const line = lineOf(problem)
    const key = `${line} ${problem.kind}`
    if (!told.has(key)) told.set(key, { file, line, column: 2, message: `component_sku: ${describe(problem)}` })
  }
  return [...told.values()]
}

function describe({ kind, chain }: BundleProblem): string {
  const names = chain.join(' → ')
  if (kind === 'circle') return `the bundle ${chain[0]} would contain itself: ${names}`
  return `bundles hold bundles ${mostBundleDepth} deep at most; ${names} is ${chain.length} deep`
}
