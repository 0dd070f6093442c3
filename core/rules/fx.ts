import type { Instant } from '../value/instant.ts'
import { currencyDigits, type Money } from '../value/money.ts'

/** Dated rates of exchange. */
export interface FxRates {
  /** Units of `to` for one unit of `from` on the day of the instant, as decimal text; undefined when none is known. */
  rate(from: string, to: string, at: Instant): string | undefined
}

/** The amount in another currency, rounded half away from zero; undefined when no rate is known. Exact: no float is involved. */
export function convertMoney(value: Money, to: string, at: Instant, fx: FxRates | undefined): Money | undefined {
  if (value.currency === to) return value
  const match = /^(\d+)(?:\.(\d+))?$/.exec(fx?.rate(value.currency, to, at) ?? '')
  if (!match) return undefined
  const fraction = match[2] ?? ''
  const shift = fraction.length + currencyDigits(value.currency) - currencyDigits(to)
  const product = BigInt(value.minorUnits) * BigInt(`${match[1]}${fraction}`)
  const minorUnits = Number(shift > 0 ? divideHalfUp(product, 10n ** BigInt(shift)) : product * 10n ** BigInt(-shift))
  return Number.isSafeInteger(minorUnits) ? { minorUnits, currency: to } : undefined
}

function divideHalfUp(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n
  return value < 0n ? -((-value + half) / divisor) : (value + half) / divisor
}
