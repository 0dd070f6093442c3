import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseBundles, parseProducts, parseSkuMappings, parseWarehouseSkus } from '../../config/index.ts'
import { applySnapshot } from '../../core/intake/apply-snapshot.ts'
import { availableUnits } from '../../core/mapping/available-units.ts'
import { indexCatalog, withListedCodes } from '../../core/mapping/catalog-index.ts'
import { type LineResolution, resolveLine } from '../../core/mapping/resolve-line.ts'
import { describeTargets, suggestMappings } from '../../core/mapping/suggest.ts'
import { type Need, warehouseLines } from '../../core/mapping/warehouse-lines.ts'
import type { Platform } from '../../core/model/order.ts'
import { mapLines, resolveLines } from '../../core/planning/map-lines.ts'
import { compileRules, type RulesDocument } from '../../core/rules/compile.ts'
import { asSku } from '../../core/value/ids.ts'
import type { Instant } from '../../core/value/instant.ts'
import { inputOf } from '../core/planning/planning-world.ts'
import { at, snapshot, snapshotLine } from '../fakes/order-snapshots.ts'
import { blocksOf, readDocument, tableOf } from './documents.ts'

const page = readDocument('docs/mapping.md')
const platformOf: Readonly<Record<string, string>> = { 'us-amazon': 'amazon', 'brand-us': 'shopify', 'de-ebay': 'ebay' }

function csv(file: string): string {
  const block = blocksOf(page).find((candidate) => candidate.info === `csv ${file}`)
  if (!block) throw new Error(`docs/mapping.md has no block ${file}`)
  return block.text
}

const products = parseProducts(csv('products.csv'), 'products.csv')
const mappings = parseSkuMappings(csv('sku-mappings.csv'), 'sku-mappings.csv')
const warehouseSkus = parseWarehouseSkus(csv('warehouse-skus.csv'), 'warehouse-skus.csv')
const bundles = parseBundles(csv('bundles.csv'), 'bundles.csv')
const timed = parseSkuMappings(csv('sku-mappings.csv with more columns'), 'sku-mappings.csv')
const stored = { revision: 1, products: products.rows, bundles: bundles.rows, fx: [], zones: [] }
const catalog = indexCatalog({ ...stored, mappings: mappings.rows, warehouseSkus: warehouseSkus.rows })

/** `2 × MUG + 1 × BOX` in parts. */
function parts(text: string): readonly { readonly code: string; readonly quantity: number }[] {
  return text.split(' + ').map((part) => {
    const [, quantity, code] = /^(\d+) × (\S+)$/.exec(part) ?? []
    if (!quantity || !code) throw new Error(`"${part}" in docs/mapping.md is not "NUMBER × CODE"`)
    return { code, quantity: Number(quantity) }
  })
}

function told(resolution: LineResolution | undefined): string {
  if (!resolution) return 'nothing'
  if ('unmapped' in resolution) return `hold \`unmapped-sku\` ${resolution.unmapped}`
  return resolution.resolved.map((item) => `${item.quantity} × ${item.sku}`).join(' + ')
}

function resolved(shop: string, channelSku: string, itemId: string, variantId: string): string {
  const line = snapshotLine({ channelSku, ...(itemId !== '' && { itemId }), ...(variantId !== '' && { variantId }) })
  return told(resolveLine(line, { shop, platform: platformOf[shop] ?? '', purchasedAt: at('08:00') }, catalog))
}

/** With the mapping rules of the page. */
function resolvedByRules(shop: string, channelSku: string): string {
  const rules = parse(blocksOf(page).find((block) => block.info === 'yaml')?.text ?? '') as RulesDocument
  const compiled = compileRules(rules, { lists: {}, version: 'page', warehouses: [] })
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  const now = at('08:00')
  const settings = { pollEveryMs: 1, overlapMs: 1, since: at('00:00'), limits: {}, settleMs: 1, settings: {} }
  const place = { id: shop, platform: platformOf[shop] as Platform, clientId: 'default', ...settings }
  const intake = applySnapshot(undefined, [], snapshot('1', { lines: [snapshotLine({ channelSku })] }), { shop: place, now })
  if (intake.result !== 'new') throw new Error('the order is not new')
  return told(resolveLines(intake.order, { catalog, rules: compiled.ruleSet, now })[0])
}

function resembles(shop: string, channelSku: string): string {
  const known = { ...stored, mappings: mappings.rows }
  const found = suggestMappings(snapshotLine({ channelSku }), { shop, platform: platformOf[shop] ?? '' }, known)
  return found.map((each) => `${describeTargets(each)} (${each.because} ${each.known})`).join(', ') || 'nothing'
}

/** What can be sold of a listing that stands for `goods`, in NJ with these free units. */
function available(free: string, goods: string): string {
  const shelf = new Map(parts(free).map(({ code, quantity }) => [code, quantity]))
  const one = parts(goods).map(({ code, quantity }) => ({ sku: asSku(code), quantity }))
  return String(availableUnits(one, 'NJ', { catalog, free: (_warehouse, wmsSku) => shelf.get(wmsSku) }))
}

/** What an order of one CUP or SHIRT bought on a day becomes, in one warehouse that names goods as we do. */
function boughtOn(day: string, channelSku: string, inStock: string): string {
  const shelf = new Map(parts(inStock).map(({ code, quantity }) => [code, quantity]))
  const stock = { free: (_warehouse: string, wmsSku: string) => shelf.get(wmsSku) ?? 0, lists: () => true }
  const order = {
    ...inputOf({ shelves: {} }).order,
    purchasedAt: `${day}T23:00:00.000Z` as Instant,
    lines: [{ ...snapshotLine({ channelSku, platformLineId: 'L1' }), resolved: [] }],
  }
  const input = inputOf({ shelves: { NJ: {} } })
  const codes = withListedCodes(indexCatalog({ ...stored, mappings: timed.rows, warehouseSkus: [] }), stock)
  const { lines } = mapLines(order, { ...input, catalog: codes, stock, units: new Map([['L1', 1]]) })
  return lines.flatMap((line) => line.resolved.map((item) => `${item.quantity} × ${item.sku}`)).join(' + ')
}

function taken(warehouse: string, needed: string): string {
  const needs = parts(needed).map(({ code, quantity }, index): Need => {
    return { platformLineId: String(index), sku: asSku(code), quantity, lineQuantity: quantity }
  })
  const outcome = warehouseLines(warehouse, needs, catalog)
  if ('problem' in outcome) return `\`${outcome.problem}\` ${outcome.sku}`
  return outcome.lines.map((line) => `${line.quantity} × ${line.wmsSku}`).join(' + ')
}

describe('docs/mapping.md', () => {
  it('shows CSV files without a mistake', () => {
    const files = [products, bundles, mappings, timed, warehouseSkus]

    expect(files.flatMap((file) => file.problems)).toEqual([])
    expect(files.map((file) => file.rows.length)).toEqual([5, 2, 8, 3, 3])
  })

  it.each(tableOf(page, 'shop'))('is right about shop %s, channel SKU "%s", item "%s", variant "%s": %s', (...cells) => {
    const [shop = '', channelSku = '', item = '', variant = '', becomes] = cells
    expect(platformOf[shop]).toBeDefined()
    expect(resolved(shop, channelSku, item, variant)).toBe(becomes)
  })

  it.each(tableOf(page, 'listing of shop'))('is right about rules for shop %s and "%s": %s', (shop, channelSku, becomes) => {
    expect(platformOf[shop ?? '']).toBeDefined()
    expect(resolvedByRules(shop ?? '', channelSku ?? '')).toBe(becomes)
  })

  it.each(tableOf(page, 'warehouse with free'))('is right that of %s with %s for one, so many can be sold: %s', (free, goods, units) => {
    expect(available(free ?? '', goods ?? '')).toBe(units)
  })

  it.each(tableOf(page, 'bought on'))('is right about %s, channel SKU "%s" and a stock of %s: %s', (day, channelSku, inStock, becomes) => {
    expect(boughtOn(day ?? '', channelSku ?? '', inStock ?? '')).toBe(becomes)
  })

  it.each(tableOf(page, 'unmapped in'))('is right about what in shop %s "%s" resembles: %s', (shop, listing, resemblance) => {
    expect(platformOf[shop ?? '']).toBeDefined()
    expect(resembles(shop ?? '', listing ?? '')).toBe(resemblance)
  })

  it.each(tableOf(page, 'warehouse'))('is right about warehouse %s and %s: %s', (warehouse, needed, takes) => {
    expect(taken(warehouse ?? '', needed ?? '')).toBe(takes)
  })
})
