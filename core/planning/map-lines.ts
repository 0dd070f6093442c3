import type { CatalogIndex } from '../mapping/catalog-index.ts'
import { type LineResolution, mappingSubject, resolveLine } from '../mapping/resolve-line.ts'
import type { Order, OrderLine } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import type { RuleTrial } from '../rules/rule.ts'
import { applyStrategies } from '../rules/stages/mapping.ts'
import { ruleHold, systemHold } from './holds.ts'
import type { PlanningInput, TraceStep } from './plan.ts'
import { factsOf } from './shipment.ts'

type MappingInput = Pick<PlanningInput, 'catalog' | 'rules' | 'now' | 'fx'>

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
 * without rules the product whose SKU the listing carries.
 */
export function resolveLines(order: Order, input: MappingInput): readonly LineResolution[] {
  return order.lines.map((line) => resolveOne(line, order, input).resolution)
}

/** Lines with their SKUs; those that have units to ship and no mapping hold the order. */
export function mapLines(order: Order, input: MappingInput & Pick<PlanningInput, 'units'>): MappedLines {
  const holds: WantedHold[] = []
  const details: string[] = []
  const trials: RuleTrial[] = []
  const lines = order.lines.map((line) => {
    const isToShip = (input.units.get(line.platformLineId) ?? 0) > 0
    const { resolution, hold, trials: tried } = resolveOne(line, order, input)
    trials.push(...tried)
    if ('unmapped' in resolution) {
      if (isToShip) holds.push(hold ?? unmappedHold(resolution.unmapped, order, line))
      details.push(`${resolution.unmapped}: no mapping`)
      return { ...line, resolved: [] }
    }
    const items = resolution.resolved.map((item) => `${item.quantity} × ${item.sku}`).join(' + ')
    details.push(`${mappingSubject(line)}: ${items} (${resolution.by})`)
    return { ...line, resolved: resolution.resolved }
  })
  const distinct = holds.filter((hold, index) => holds.findIndex((other) => other.subject === hold.subject) === index)
  const result = distinct.length === 0 ? 'every line is mapped' : `${distinct.length} not mapped`
  return { lines, holds: distinct, trace: [{ stage: 'mapping', result, details, ...(trials.length > 0 && { rules: trials }) }] }
}

function resolveOne(line: OrderLine, order: Order, input: MappingInput): Resolution {
  const { catalog, rules } = input
  if (!rules.mapping) return { resolution: resolveLine(line, order, catalog), trials: [] }
  const imported = resolveLine(line, order, withoutProducts(catalog))
  if ('resolved' in imported) return { resolution: imported, trials: [] }
  const choice = rules.mapping(factsOf(input, order), line)
  const { trials } = choice
  if (choice.hold) return { resolution: imported, trials, hold: ruleHold(choice.hold) }
  if (!choice.action) return { resolution: resolveLine(line, order, catalog), trials }
  return { resolution: applyStrategies(choice.action, line.channelSku, catalog.products) ?? imported, trials }
}

/** The catalog with its mappings alone, so that the strategies are asked before the products. */
function withoutProducts(catalog: CatalogIndex): CatalogIndex {
  return { ...catalog, products: new Map() }
}

function unmappedHold(subject: string, order: Order, line: OrderLine): WantedHold {
  const where = [`channel SKU "${line.channelSku}"`, line.itemId && `item ${line.itemId}`, line.variantId && `variant ${line.variantId}`]
  const detail = `no SKU is known for ${where.filter(Boolean).join(', ')} of shop ${order.shop}: add a row to sku-mappings.csv and import it`
  return systemHold('unmapped-sku', subject, detail)
}
