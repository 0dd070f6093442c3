import type { MappingTarget, SkuMapping } from '../../core/model/catalog.ts'
import { platforms } from '../../core/model/order.ts'
import { asChannelSku, asSku } from '../../core/value/ids.ts'
import { suggestion } from '../../core/value/spelling.ts'
import { type Problem, sortProblems } from '../problems.ts'
import { type CellReader, cellReader, keyWatch } from './cells.ts'
import { type Parsed, readTable, writeTable } from './table.ts'

const columns = ['platform', 'shop', 'channel_sku', 'item_id', 'variant_id', 'sku', 'quantity'] as const
const optionalColumns = ['alternative', 'valid_from', 'valid_to'] as const
type Column = (typeof columns)[number] | (typeof optionalColumns)[number]

interface Row {
  readonly identity: Omit<SkuMapping, 'targets' | 'alternatives'>
  readonly target: MappingTarget
  /** 0 for what the listing stands for, from 1 for what may ship instead. */
  readonly alternative: number
  readonly line: number
}

/**
 * Reads sku-mappings.csv. Rows equal in their first five cells and in `valid_from` make one mapping: those without
 * `alternative` are its targets (several make a bundle), those with the same number are what may ship instead. Mappings
 * come in the order of their first rows. An empty platform or shop stands for every one; an empty quantity is 1. When one
 * row has a mistake, the rest of its mapping still comes back: nothing is to be stored while there are problems.
 */
export function parseSkuMappings(text: string, fileName: string): Parsed<SkuMapping> {
  const table = readTable(text, fileName, columns, optionalColumns)
  const problems = [...table.problems]
  const watch = keyWatch(fileName, 'first five cells and sku', problems)
  const rows: Row[] = []
  for (const row of table.rows) {
    const read = rowFrom(cellReader(row, { file: fileName, problems }), row.line)
    if (read && watch.isNew([keyOf(read), String(read.alternative), read.target.sku], row.line)) rows.push(read)
  }
  const mappings = [...Map.groupBy(rows, keyOf).values()].flatMap((parts) => mappingFrom(parts, fileName, problems))
  return { rows: mappings, rowCount: table.rows.length, problems: [...sortProblems(problems)] }
}

/** sku-mappings.csv as `parseSkuMappings` reads it: one row for each target. */
export function formatSkuMappings(mappings: readonly SkuMapping[]): string {
  return writeTable(
    columns,
    mappings.flatMap((mapping) =>
      [mapping.targets, ...(mapping.alternatives ?? [])].flatMap((targets, alternative) =>
        targets.map((target) => ({
          platform: mapping.platform,
          shop: mapping.shop,
          channel_sku: mapping.channelSku,
          item_id: mapping.itemId,
          variant_id: mapping.variantId,
          sku: target.sku,
          quantity: String(target.quantity),
          alternative: alternative === 0 ? '' : String(alternative),
          valid_from: mapping.validFrom ?? '',
          valid_to: mapping.validTo ?? '',
        })),
      ),
    ),
    optionalColumns,
  )
}

function keyOf({ identity }: Row): string {
  const { platform, shop, channelSku, itemId, variantId, validFrom } = identity
  return JSON.stringify([platform, shop, channelSku, itemId, variantId, validFrom])
}

function mappingFrom(rows: readonly Row[], file: string, problems: Problem[]): readonly SkuMapping[] {
  const [first] = rows
  if (!first) return []
  const { validTo } = first.identity
  const other = rows.find((row) => row.identity.validTo !== validTo)
  if (other) {
    const message = `valid_to: lines ${first.line} and ${other.line} belong to one mapping and must end on the same day`
    problems.push({ file, line: other.line, column: 1, message })
  }
  const byAlternative = [...Map.groupBy(rows, (row) => row.alternative)].toSorted(([a], [b]) => a - b)
  const [[number, targets] = [1, []], ...alternatives] = byAlternative
  if (number !== 0) {
    const message = 'alternative: a row of the same listing without a number must say what it stands for at first'
    problems.push({ file, line: first.line, column: 1, message })
    return []
  }
  return [
    {
      ...first.identity,
      targets: targets.map((row) => row.target),
      ...(alternatives.length > 0 && { alternatives: alternatives.map(([, each]) => each.map((row) => row.target)) }),
    },
  ]
}

function rowFrom(cells: CellReader<Column>, line: number): Row | undefined {
  const platform = cells.text('platform')
  if (platform !== '' && !platforms.some((known) => known === platform)) {
    cells.problem('platform', `unknown platform "${platform}"${suggestion(platform, platforms)}`)
  }
  const channelSku = cells.code('channel_sku')
  const itemId = cells.code('item_id')
  if (channelSku === '' && itemId === '') cells.problem('channel_sku', 'must not be empty unless item_id is given')
  const target = { sku: asSku(cells.requiredCode('sku')), quantity: cells.count('quantity') ?? 1 }
  const alternative = cells.text('alternative') === '0' ? 0 : (cells.count('alternative') ?? 0)
  const validFrom = cells.day('valid_from')
  const validTo = cells.day('valid_to')
  if (cells.isGood() && validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    cells.problem('valid_to', 'must not come before valid_from')
  const identity = {
    platform,
    shop: cells.text('shop'),
    channelSku: channelSku === '' ? ('' as const) : asChannelSku(channelSku),
    itemId,
    variantId: cells.code('variant_id'),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
  }
  return cells.isGood() ? { identity, target, alternative, line } : undefined
}
