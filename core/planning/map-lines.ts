import { takeApart } from '../mapping/bundles.ts'
import {
  type LineResolution,
  mappingSubject,
  otherPeriod,
  type ResolvedLine,
  resolveByMapping,
  resolveLine,
  revisionOf,
} from '../mapping/resolve-line.ts'
import type { Order, OrderLine, ResolvedItem } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { RuleTrial } from '../rules/rule.ts'
import { applyStrategies } from '../rules/stages/mapping.ts'
import { ruleHold, systemHold } from './holds.ts'
import type { PlanningInput, TraceStep } from './plan.ts'
import { factsOf } from './shipment.ts'
import { type Substitutes, substitutes } from './substitutes.ts'

export type MappingInput = Pick<PlanningInput, 'catalog' | 'rules' | 'now' | 'fx'>

interface Resolution {
  readonly resolution: LineResolution
  readonly trials: readonly RuleTrial[]
  readonly hold?: WantedHold
}

export interface MappedLines {
  readonly lines: readonly OrderLine[]
  readonly holds: readonly WantedHold[]
  readonly trace: readonly TraceStep[]
}

/**
 * What the order's lines stand for: the imported mappings first, then the strategies of the mapping rules,
 * without rules the product or bundle whose SKU the listing carries.
 */
export function resolveLines(order: Order, input: MappingInput): readonly LineResolution[] {
  return order.lines.map((line) => resolveOne(line, order, input).resolution)
}

/**
 * Lines with their SKUs; those that have units to ship and no mapping hold the order. A line without units to ship
 * keeps what it was planned with.
 */
export function mapLines(order: Order, input: MappingInput & Pick<PlanningInput, 'units' | 'stock' | 'warehouses'>): MappedLines {
  const holds: WantedHold[] = []
  const details: string[] = []
  const trials: RuleTrial[] = []
  const stock = substitutes(order, input)
  const lines = order.lines.map((line) => {
    const units = input.units.get(line.platformLineId) ?? 0
    if (units === 0 && line.resolved.length > 0) return line
    const { resolution, hold, trials: tried } = resolveOne(line, order, input)
    trials.push(...tried)
    if ('unmapped' in resolution) {
      if (units > 0) holds.push(hold ?? unmappedHold(resolution.unmapped, order, line, input))
      details.push(`${resolution.unmapped}: no mapping`)
      return withoutMapping(line)
    }
    const { resolved, detail } = chooseGoods(resolution, units, stock)
    details.push(`${mappingSubject(line)}: ${detail}`)
    return { ...line, resolved, mappingRevision: revisionOf(resolution) }
  })
  const distinct = holds.filter((hold, index) => holds.findIndex((other) => other.subject === hold.subject) === index)
  const result = distinct.length === 0 ? 'every line is mapped' : `${distinct.length} not mapped`
  return { lines, holds: distinct, trace: [{ stage: 'mapping', result, details, ...(trials.length > 0 && { rules: trials }) }] }
}

function resolveOne(line: OrderLine, order: Order, input: MappingInput): Resolution {
  const { catalog, rules } = input
  if (!rules.mapping) return { resolution: resolveLine(line, order, catalog), trials: [] }
  const imported = resolveByMapping(line, order, catalog)
  if (imported) return { resolution: imported, trials: [] }
  const unmapped = { unmapped: mappingSubject(line) }
  const choice = rules.mapping(factsOf(input, order), line)
  const { trials } = choice
  if (choice.hold) return { resolution: unmapped, trials, hold: ruleHold(choice.hold) }
  if (!choice.action) return { resolution: resolveLine(line, order, catalog), trials }
  const read = applyStrategies(choice.action, line.channelSku, catalog)
  return { resolution: read ? { ...read, resolved: takeApart(read.resolved, catalog) } : unmapped, trials }
}

function chooseGoods(resolution: ResolvedLine, units: number, stock: Substitutes) {
  const { resolved: first, alternatives = [], by } = resolution
  const resolved = units > 0 ? stock.choose([first, ...alternatives], units) : first
  const because = `${by}, revision ${revisionOf(resolution)}`
  const instead = resolved === first ? '' : `; instead of ${describeItems(first)}, which no warehouse has`
  return { resolved, detail: `${describeItems(resolved)} (${because}${instead})` }
}

function describeItems(items: readonly ResolvedItem[]): string {
  return items.map((item) => `${item.quantity} × ${item.sku}`).join(' + ')
}

function withoutMapping({ mappingRevision: _, ...line }: OrderLine): OrderLine {
  return { ...line, resolved: [] }
}

function unmappedHold(subject: string, order: Order, line: OrderLine, { catalog }: MappingInput): WantedHold {
  if (line.channelSku === '' && line.itemId === undefined) {
    const detail = `"${line.title}" of shop ${order.shop} has no SKU and no item that a row of sku-mappings.csv could name: add a mapping rule for its title to rules.yaml, such as regex: { pattern: ".*", sku: SKU }`
    return systemHold('unmapped-sku', subject, detail)
  }
  const where = [`channel SKU "${line.channelSku}"`, line.itemId && `item ${line.itemId}`, line.variantId && `variant ${line.variantId}`]
  const period = otherPeriod(line, order, catalog)
  const bought = period === undefined ? '' : `its mapping counts ${period}, and it was bought on ${order.purchasedAt.slice(0, 10)}; `
  const detail = `no SKU is known for ${where.filter(Boolean).join(', ')} of shop ${order.shop}: ${bought}add a row to sku-mappings.csv and import it`
  return systemHold('unmapped-sku', subject, detail)
}
