import { mappingSubject, resolveLine } from '../mapping/resolve-line.ts'
import type { Need } from '../mapping/warehouse-lines.ts'
import { type Address, effectiveShipTo, type Order, type OrderLine } from '../model/order.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import { addressProblem } from './address.ts'
import { allocate } from './allocate.ts'
import type { Plan, PlannedPart, PlanningInput, TraceStep } from './plan.ts'

/** Hold reasons that planning places and takes away again. */
export const planningReasons: ReadonlySet<string> = new Set([
  'review-rule',
  'cool-off',
  'high-value',
  'unmapped-sku',
  'unit-factor-mismatch',
  'address-invalid',
  'country-not-served',
  'no-route',
  'out-of-stock',
  'field-too-long',
])

/**
 * Where an order goes, as a pure function of the order, the catalog, the stock, the rules and the moment:
 * mapping, review, address, then a warehouse that has everything with its cheapest fitting service. Every
 * obstacle that can be told at once is told at once.
 */
export function planOrder(input: PlanningInput): Plan {
  const mapped = mapLines(input)
  const review = reviewHolds(input, mapped.lines)
  const shipTo = effectiveShipTo(input.order)
  const address = checkAddress(shipTo)
  const trace = [...mapped.trace, ...review.trace, ...address.trace]
  const holds = [...mapped.holds, ...review.holds, ...address.holds]
  if (!shipTo || mapped.holds.length > 0 || address.holds.length > 0) return { lines: mapped.lines, holds, parts: [], trace }

  const allocation = allocate(input, mapped.needs, shipTo)
  trace.push(allocation.trace)
  if ('hold' in allocation) return { lines: mapped.lines, holds: [...holds, allocation.hold], parts: [], trace }

  const fields = checkFields(input, allocation.part, shipTo)
  trace.push(...fields.trace)
  const allHolds = [...holds, ...fields.holds]
  return { lines: mapped.lines, holds: allHolds, parts: allHolds.length === 0 ? [allocation.part] : [], trace }
}

interface Step {
  readonly holds: readonly WantedHold[]
  readonly trace: readonly TraceStep[]
}

function mapLines(input: PlanningInput): Step & { readonly lines: readonly OrderLine[]; readonly needs: readonly Need[] } {
  const { order, units, catalog } = input
  const holds: WantedHold[] = []
  const details: string[] = []
  const needs: Need[] = []
  const lines = order.lines.map((line) => {
    const lineQuantity = units.get(line.platformLineId) ?? 0
    const resolution = resolveLine(line, order, catalog)
    if ('unmapped' in resolution) {
      if (lineQuantity > 0) holds.push(unmappedHold(resolution.unmapped, order, line))
      details.push(`${resolution.unmapped}: no mapping`)
      return { ...line, resolved: [] }
    }
    details.push(
      `${mappingSubject(line)}: ${resolution.resolved.map((item) => `${item.quantity} × ${item.sku}`).join(' + ')} (${resolution.by})`,
    )
    if (lineQuantity > 0) {
      for (const { sku, quantity } of resolution.resolved)
        needs.push({ platformLineId: line.platformLineId, sku, quantity: quantity * lineQuantity, lineQuantity })
    }
    return { ...line, resolved: resolution.resolved }
  })
  const distinct = holds.filter((hold, index) => holds.findIndex((other) => other.subject === hold.subject) === index)
  const result = distinct.length === 0 ? 'every line is mapped' : `${distinct.length} not mapped`
  return { lines, needs, holds: distinct, trace: [{ stage: 'mapping', result, details }] }
}

function unmappedHold(subject: string, order: Order, line: OrderLine): WantedHold {
  const where = [`channel SKU "${line.channelSku}"`, line.itemId && `item ${line.itemId}`, line.variantId && `variant ${line.variantId}`]
  const detail = `no SKU is known for ${where.filter(Boolean).join(', ')} of shop ${order.shop}: add a row to sku-mappings.csv and import it`
  return { reason: 'unmapped-sku', source: 'system', subject, detail, release: { mode: 'when-condition' } }
}

function reviewHolds({ order, catalog, rules, now }: PlanningInput, lines: readonly OrderLine[]): Step {
  const matched = rules.review({ order: { ...order, lines }, products: catalog.products, now })
  const holds = matched.map(
    (hold): WantedHold => ({ reason: hold.reason, source: 'rule', subject: hold.rule, detail: hold.detail, release: hold.release }),
  )
  const details = matched.map((hold) => `${hold.rule}: ${hold.detail}`)
  return {
    holds,
    trace: [{ stage: 'review', result: matched.length === 0 ? 'no rule holds it' : `${matched.length} rules hold it`, details }],
  }
}

function checkAddress(shipTo: Address | undefined): Step {
  // A missing address is the platform's to give: the connector has placed `pii-missing` where one is due.
  if (!shipTo) return { holds: [], trace: [{ stage: 'address', result: 'no address yet' }] }
  const problem = addressProblem(shipTo)
  if (problem === undefined) return { holds: [], trace: [{ stage: 'address', result: `complete, to ${shipTo.country}` }] }
  const detail = `${problem}: correct it on the platform or with "npm run orders -- edit"`
  const hold: WantedHold = { reason: 'address-invalid', source: 'system', subject: '', detail, release: { mode: 'when-condition' } }
  return { holds: [hold], trace: [{ stage: 'address', result: problem }] }
}

function checkFields(input: PlanningInput, part: PlannedPart, shipTo: Address): Step {
  const problems = input.checkFields(part, shipTo)
  if (problems.length === 0) return { holds: [], trace: [] }
  const detail = `warehouse ${part.warehouse.code} does not take it: ${problems.map((problem) => problem.message).join('; ')}`
  const reason = problems.some((problem) => problem.reason === 'too-long') ? 'field-too-long' : 'address-invalid'
  const subject = problems.map((problem) => problem.field).join(', ')
  return {
    holds: [{ reason, source: 'system', subject, detail, release: { mode: 'when-condition' } }],
    trace: [{ stage: 'fields', result: detail }],
  }
}
