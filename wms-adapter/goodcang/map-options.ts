import type { FieldProblem, OptionCapabilities, OutboundOptions } from '../../core/ports/wms-adapter.ts'
import { notAllowed } from './field-limits.ts'

/** Fields of order/create_order for options. Source: order/create_order (read 2026-11-24). */
export interface OptionFields {
  /** 1 asks for a signature; absent is 0. */
  readonly is_signature?: 1
  /** 1 insures the parcel for `insurance_value`. */
  readonly is_insurance?: 1
  /** At most three digits after the point. */
  readonly insurance_value?: number
  /** 16 or 18, for services that check the age; without it they check for 16. */
  readonly age_detection?: 16 | 18
  /** A kind of packaging that the warehouse sells; only for accounts with that service. */
  readonly customer_package_requirement?: 1 | 2 | 3 | 4
}

/** Goodcang's numbers for packaging: carton, courier bag, bubble bag, recyclable bag. */
const packagingNumbers: Readonly<Record<string, 1 | 2 | 3 | 4>> = { carton: 1, 'courier-bag': 2, 'bubble-bag': 3, 'eco-bag': 4 }
const ages = [16, 18] as const

/**
 * The currency of `insurance_value` is not documented. All other amounts of the call are in US dollars, so only these
 * are sent.
 */
export const optionCapabilities: OptionCapabilities = {
  signature: true,
  insurance: ['USD'],
  ageCheck: ages,
  packaging: Object.keys(packagingNumbers),
}

export function optionFields({ signature, insurance, ageCheck, packaging }: OutboundOptions = {}): OptionFields {
  const age = ages.find((each) => each === ageCheck)
  const number = packaging === undefined ? undefined : packagingNumbers[packaging]
  return {
    ...(signature && { is_signature: 1 }),
    ...(insurance && { is_insurance: 1, insurance_value: Number(insurance.amount) }),
    ...(age && { age_detection: age }),
    ...(number && { customer_package_requirement: number }),
  }
}

/** What `optionFields` would leave out or the field would not hold. */
export function checkOptions({ insurance, ageCheck, packaging }: OutboundOptions = {}): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (insurance && insurance.currency !== 'USD') problems.push(notAllowed('options.insurance', 'must be in USD for Goodcang'))
  if (insurance && insurance.amount.length > longestInsurance)
    problems.push(notAllowed('options.insurance', `must have at most ${longestInsurance} signs for Goodcang`))
  if (ageCheck !== undefined && !ages.some((age) => age === ageCheck))
    problems.push(notAllowed('options.ageCheck', `must be ${ages.join(' or ')} for Goodcang`))
  if (packaging !== undefined && !packagingNumbers[packaging])
    problems.push(notAllowed('options.packaging', `must be one of ${Object.keys(packagingNumbers).join(', ')} for Goodcang`))
  return problems
}

/** Source: the field table of order/create_order, insurance_value (read 2026-11-24). */
const longestInsurance = 7
