import type { SkuMapping } from '../../core/model/catalog.ts'
import { platforms } from '../../core/model/order.ts'
import { asChannelSku, asSku, type Sku } from '../../core/value/ids.ts'
import { type Problem, sortProblems } from '../problems.ts'
import { suggestion } from '../suggest.ts'
import { type CellReader, cellReader, keyWatch } from './cells.ts'
import { readTable, writeTable } from './table.ts'

const columns = ['platform', 'shop', 'channel_sku', 'item_id', 'variant_id', 'sku', 'quantity'] as const
type Column = (typeof columns)[number]

interface MappingRow extends Omit<SkuMapping, 'targets'> {
  readonly sku: Sku
  readonly quantity: number
}

/**
 * Reads sku-mappings.csv. Rows equal in their first five cells make one mapping with several targets (a bundle), in the
 * order of their first rows. An empty platform or shop stands for every one; an empty quantity is 1. When one row of a
 * bundle has a mistake, the rest of the bundle still comes back: nothing is to be stored while there are problems.
 */
export function parseSkuMappings(text: string, fileName: string): { readonly rows: SkuMapping[]; readonly problems: Problem[] } {
  const table = readTable(text, fileName, columns)
  const problems = [...table.problems]
  const watch = keyWatch(fileName, 'first five cells and sku', problems)
  const byKey = new Map<string, SkuMapping>()
  for (const row of table.rows) {
    const mapping = mappingFrom(cellReader(row, { file: fileName, columns, problems }))
    if (!mapping) continue
    const { sku, quantity, ...identity } = mapping
    const key = [identity.platform, identity.shop, identity.channelSku, identity.itemId, identity.variantId]
    if (!watch.isNew([...key, sku], row.line)) continue
    const targets = byKey.get(JSON.stringify(key))?.targets ?? []
    byKey.set(JSON.stringify(key), { ...identity, targets: [...targets, { sku, quantity }] })
  }
  return { rows: [...byKey.values()], problems: [...sortProblems(problems)] }
}

/** sku-mappings.csv as `parseSkuMappings` reads it: one row for each target. */
export function formatSkuMappings(mappings: readonly SkuMapping[]): string {
  return writeTable(
    columns,
    mappings.flatMap((mapping) =>
      mapping.targets.map((target) => ({
        platform: mapping.platform,
        shop: mapping.shop,
        channel_sku: mapping.channelSku,
        item_id: mapping.itemId,
        variant_id: mapping.variantId,
        sku: target.sku,
        quantity: String(target.quantity),
      })),
    ),
  )
}

function mappingFrom(cells: CellReader<Column>): MappingRow | undefined {
  const platform = cells.text('platform')
  if (platform !== '' && !platforms.some((known) => known === platform)) {
    cells.problem('platform', `unknown platform "${platform}"${suggestion(platform, platforms)}`)
  }
  const channelSku = cells.code('channel_sku')
  const itemId = cells.code('item_id')
  if (channelSku === '' && itemId === '') cells.problem('channel_sku', 'must not be empty unless item_id is given')
  const row = {
    platform,
    shop: cells.text('shop'),
    channelSku: channelSku === '' ? ('' as const) : asChannelSku(channelSku),
    itemId,
    variantId: cells.code('variant_id'),
    sku: asSku(cells.requiredCode('sku')),
    quantity: cells.count('quantity') ?? 1,
  }
  return cells.isGood() ? row : undefined
}
