import { formatProblem, parseZones } from '../../../config/index.ts'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import type { Catalog, Product } from '../../../core/model/catalog.ts'
import { cargoClasses } from '../../../core/model/catalog.ts'
import type { Address, Order, OrderLine } from '../../../core/model/order.ts'
import type { ShippingService, Warehouse } from '../../../core/model/warehouse.ts'
import type { Plan, PlannedPart, PlanningInput } from '../../../core/planning/plan.ts'
import { planOrder } from '../../../core/planning/plan-order.ts'
import { stockView } from '../../../core/planning/stock-view.ts'
import { asChannelSku, asSku, asWmsSku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { money } from '../../../core/value/money.ts'
import { order, orderLine } from '../../fakes/dossiers.ts'
import { homeAddress } from '../../fakes/order-snapshots.ts'
import { rulesOf } from '../rules/rules-world.ts'

/** Eight in the morning in London, three at night in New Jersey. */
const now = '2026-11-24T08:00:00.000Z' as Instant

export function service(code: string, changes: Partial<ShippingService> = {}): ShippingService {
  return { code, wmsCode: code.toUpperCase(), carrier: 'fedex', countries: ['US'], ...changes }
}

export const ground = service('ground', { days: [1, 3], price: { base: money(610, 'USD') } })
export const saver = service('saver', { days: [3, 6], price: { base: money(520, 'USD') } })

export function warehouse(code: string, services: readonly ShippingService[] = [ground], changes: Partial<Warehouse> = {}): Warehouse {
  return { code, account: 'gc', wmsCode: `W-${code}`, country: 'US', timezone: 'America/New_York', services, ...changes }
}

/** Free units by warehouse and SKU; a SKU that a warehouse does not name has no code there. */
export type Shelves = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface Situation {
  readonly warehouses?: readonly Warehouse[]
  readonly shelves: Shelves
  /** SKU units in one warehouse unit, by SKU; one when not named. */
  readonly unitFactors?: Readonly<Record<string, number>>
  /** Grams by SKU; 100 when not named. */
  readonly weights?: Readonly<Record<string, number>>
  /** What else is known of a product, by SKU. */
  readonly products?: Readonly<Record<string, { readonly [K in keyof Product]?: Product[K] | undefined }>>
  /** Rows of a zones.csv without its header. */
  readonly zones?: readonly string[]
  /** Units of USD for one unit of another currency. */
  readonly rates?: Readonly<Record<string, string>>
  readonly order?: Partial<Order>
  readonly mappings?: Catalog['mappings']
  readonly bundles?: Catalog['bundles']
  /** A rules.yaml. */
  readonly rules?: string
  readonly more?: Partial<PlanningInput>
}

/** One line of an order: so many units of a listing that stands for these SKUs. */
export function line(platformLineId: string, quantity: number, channelSku: string): OrderLine {
  return orderLine({ platformLineId, quantity, channelSku: asChannelSku(channelSku), resolved: [] })
}

export function inputOf(situation: Situation): PlanningInput {
  const { shelves, unitFactors = {}, weights = {}, products = {}, rates = {} } = situation
  const warehouses = situation.warehouses ?? Object.keys(shelves).map((code) => warehouse(code))
  const skus = [...new Set(Object.values(shelves).flatMap((shelf) => Object.keys(shelf)))]
  const codes = Object.entries(shelves).flatMap(([code, shelf]) =>
    Object.keys(shelf).map((sku) => ({
      warehouse: code,
      sku: asSku(sku),
      wmsSku: asWmsSku(`${code}-${sku}`),
      unitFactor: unitFactors[sku] ?? 1,
    })),
  )
  const levels = Object.entries(shelves).flatMap(([code, shelf]) =>
    Object.entries(shelf).map(([sku, available]) => ({
      warehouse: code,
      wmsSku: asWmsSku(`${code}-${sku}`),
      available,
      reserved: 0,
      pendingPutaway: 0,
      inTransit: 0,
      defective: 0,
      asOf: now,
    })),
  )
  const placed = order({ lines: [line('L1', 1, 'A')], ...situation.order })
  return {
    order: placed,
    units: new Map(placed.lines.map((each) => [each.platformLineId, each.quantity - each.cancelledQuantity])),
    catalog: indexCatalog({
      revision: 1,
      products: skus.map((sku) => ({
        sku: asSku(sku),
        name: sku,
        weightGrams: weights[sku] ?? 100,
        cargoClass: cargoClasses[0],
        ...(products[sku] as Partial<Product>),
      })),
      mappings: situation.mappings ?? [],
      bundles: situation.bundles ?? [],
      warehouseSkus: codes,
      fx: [],
      zones: zonesOf(situation.zones),
    }),
    stock: stockView(levels, [], new Set(Object.keys(shelves))),
    warehouses,
    rules: rulesOf(situation.rules ?? '', { warehouses }),
    fx: { rate: (from, to) => (to === 'USD' ? rates[from] : undefined) },
    checkFields: () => [],
    now,
    ...situation.more,
  }
}

/** Fails when a row has a mistake. */
function zonesOf(rows: readonly string[] = []): Catalog['zones'] {
  const read = parseZones(['origin,country,zip_from,zip_to,zone,remote', ...rows].join('\n'), 'zones.csv')
  if (read.problems.length > 0) throw new Error(read.problems.map(formatProblem).join('\n'))
  return read.rows
}

/** The usual address with another postcode or country. */
export function shippedTo(change: Partial<Address>): Pick<Order, 'personal'> {
  return { personal: { shipTo: { ...homeAddress, ...change }, buyer: {}, notes: {} } }
}

export function plan(situation: Situation): Plan {
  return planOrder(inputOf(situation))
}

/** `NJ by ground: 2 A` for each part. */
export function partsOf(planned: Pick<Plan, 'parts'>): readonly string[] {
  return planned.parts.map(describePart)
}

function describePart({ warehouse: from, service: by, lines }: PlannedPart): string {
  return `${from.code} by ${by.code}: ${lines.map((each) => `${each.quantity} ${each.sku}`).join(', ')}`
}

/** `reason subject` for each hold. */
export function holdsOf(planned: Pick<Plan, 'holds'>): readonly string[] {
  return planned.holds.map((hold) => `${hold.reason} ${hold.subject}`.trim())
}
