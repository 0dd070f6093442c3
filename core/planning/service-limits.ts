import type { ShippingService } from '../model/warehouse.ts'
import { describeAmount } from '../rules/conditions/amount.ts'
import { convertMoney } from '../rules/fx.ts'
import type { Measures } from './measure-goods.ts'
import { type Missing, unknownClass, unknownRate } from './missing.ts'
import type { PlanningInput } from './plan.ts'

/**
 * Why a service does not take the goods; undefined when it does. What is limited and not known is no guess: it is a
 * reason. Only weights may be left out of the catalog: nearly every service limits them, and the warehouse weighs what
 * it sends.
 */
export function limitProblem(service: ShippingService, measures: Measures, input: Pick<PlanningInput, 'fx' | 'now'>): string | undefined {
  return (
    cargoProblem(service, measures) ??
    weightProblem(service, measures) ??
    sizeProblem(service, measures) ??
    girthProblem(service, measures) ??
    worthProblem(service, measures, input)
  )
}

function cargoProblem({ cargoClasses }: ShippingService, { cargo }: Measures): string | undefined {
  if (!cargoClasses) return undefined
  const refused = cargo.find(({ cargoClass }) => cargoClass === undefined || !cargoClasses.includes(cargoClass))
  if (!refused) return undefined
  const { sku, cargoClass } = refused
  return cargoClass === undefined ? unknown(unknownClass(sku)) : `it takes no ${cargoClass} goods, and SKU ${sku} is such`
}

function weightProblem({ maxWeightGrams: most }: ShippingService, { grams }: Measures): string | undefined {
  if (most === undefined || 'missing' in grams) return undefined
  return grams.value > most ? `${grams.value} g are more than its ${most} g` : undefined
}

/** Goods with more volume than its largest parcel have no way to fit into one. */
function sizeProblem({ maxSidesMm: most }: ShippingService, { sidesMm, volumeMm3 }: Measures): string | undefined {
  if (!most) return undefined
  if ('missing' in sidesMm) return unknown(sidesMm)
  if (sidesMm.value.some((side, index) => side > (most[index] ?? 0))) {
    return `${sidesMm.value.join(' × ')} mm are more than its ${most.join(' × ')} mm`
  }
  const largest = most[0] * most[1] * most[2]
  return 'value' in volumeMm3 && volumeMm3.value > largest
    ? `the goods have more volume than a parcel of ${most.join(' × ')} mm`
    : undefined
}

function girthProblem({ maxGirthMm: most }: ShippingService, { girthMm }: Measures): string | undefined {
  if (most === undefined) return undefined
  if ('missing' in girthMm) return unknown(girthMm)
  return girthMm.value > most ? `length and girth of ${girthMm.value} mm are more than its ${most} mm` : undefined
}

function worthProblem({ maxValue: most }: ShippingService, { worth }: Measures, { fx, now }: Pick<PlanningInput, 'fx' | 'now'>) {
  if (!most) return undefined
  if ('missing' in worth) return unknown(worth)
  const converted = convertMoney(worth.value, most.currency, now, fx)
  if (!converted) return unknown(unknownRate(worth.value.currency, most.currency))
  return converted.minorUnits > most.minorUnits
    ? `goods of ${describeAmount(worth.value)} are more than its ${describeAmount(most)}`
    : undefined
}

function unknown({ missing, remedy }: Missing): string {
  return `${missing} is not known, and it is limited (${remedy})`
}
