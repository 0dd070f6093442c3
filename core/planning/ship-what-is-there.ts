import type { Warehouse } from '../model/warehouse.ts'
import type { Sku } from '../value/ids.ts'
import { sumByKey } from '../value/quantity.ts'
import type { LineUnits } from './demand.ts'
import { type Offer, offerOf } from './offer.ts'
import type { PlanningInput } from './plan.ts'
import { partOf, type Shipment } from './shipment.ts'
import { takeUnits, without } from './split-order.ts'
import { stockWithout } from './stock-view.ts'

export interface Ahead {
  readonly offers: readonly Offer[]
  /** `1 × B + 2 × C`, what nobody has. */
  readonly left: string
}

interface Policy {
  readonly warehouses: readonly Warehouse[]
  readonly service: string | undefined
}

/** What the warehouses have of a shipment, the one that has most of it first. Undefined when nothing can go, or when more than stock is missing. */
export function shipWhatIsThere(input: PlanningInput, shipment: Shipment, policy: Policy, maxParts: number): Ahead | undefined {
  let open = unitsIn(shipment)
  const offers: Offer[] = []
  while (offers.length < maxParts && open.size > 0) {
    const left = {
      ...input,
      stock: stockWithout(
        input.stock,
        offers.map((offer) => offer.part),
      ),
    }
    const best = mostOf(
      policy.warehouses.flatMap((warehouse) => takenBy(left, shipment, { warehouse, service: policy.service, open }) ?? []),
    )
    if (!best) break
    offers.push(best.offer)
    open = without(open, best.units)
  }
  if (offers.length === 0 || !lacksOnlyStock(input, shipment, policy, open)) return undefined
  return { offers, left: describeLeft(shipment, open) }
}

/** Whether every line could be shipped by some warehouse, had it enough: nothing else stands in the way. */
export function lacksOnlyStock(input: PlanningInput, shipment: Shipment, { warehouses, service }: Policy, open: LineUnits): boolean {
  return [...open].every(([line, units]) => {
    const alone = partOf(shipment, new Map([[line, units]]))
    return warehouses.some((warehouse) => !('stage' in offerOf(input, alone, warehouse, service)))
  })
}

/** All units of a shipment. */
export function unitsIn({ order }: Shipment): LineUnits {
  return new Map(order.lines.map((line) => [line.platformLineId, line.quantity]))
}

interface Taken {
  readonly offer: Offer
  readonly units: LineUnits
}

function takenBy(
  input: PlanningInput,
  shipment: Shipment,
  { warehouse, service, open }: { readonly warehouse: Warehouse; readonly service: string | undefined; readonly open: LineUnits },
): Taken | undefined {
  const units = takeUnits(input, warehouse, shipment, open)
  if (units.size === 0) return undefined
  const offer = offerOf(input, partOf(shipment, units), warehouse, service)
  return 'stage' in offer || offer.shortage ? undefined : { offer, units }
}

/** Of equal ones the first. */
function mostOf(all: readonly Taken[]): Taken | undefined {
  const count = ({ units }: Taken): number => [...units.values()].reduce((sum, each) => sum + each, 0)
  return all.reduce<Taken | undefined>((most, each) => (most && count(most) >= count(each) ? most : each), undefined)
}

/** `1 × B + 2 × C`. */
export function describeLeft({ order }: Shipment, open: LineUnits): string {
  const left = order.lines.flatMap(({ platformLineId, resolved }) => {
    const units = open.get(platformLineId) ?? 0
    return units === 0 ? [] : resolved.map(({ sku, quantity }): [Sku, number] => [sku, quantity * units])
  })
  return [...sumByKey(left)].map(([sku, units]) => `${units} × ${sku}`).join(' + ')
}
