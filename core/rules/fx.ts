import type { FxRate } from '../model/catalog.ts'
import type { Instant } from '../value/instant.ts'
import { currencyDigits, type Money } from '../value/money.ts'

/** Dated rates of exchange. */
export interface FxRates {
  /** Units of `to` for one unit of `from` on the day of the instant, as decimal text; undefined when none is known. */
  rate(from: string, to: string, at: Instant): string | undefined
}

/** A rate holds until the next one of its pair, at most so many days: banks close, and some publish once a month. */
const holdsForDays = 31
const dayMs = 86_400_000

/** Rates ready for look-ups: the latest of the pair that is not after the day and not too old for it. Built once per revision. */
export function indexRates(rates: readonly FxRate[]): FxRates {
  const byPair = new Map<string, FxRate[]>()
  for (const rate of rates) byPair.set(pairOf(rate), [...(byPair.get(pairOf(rate)) ?? []), rate])
  for (const list of byPair.values()) list.sort((a, b) => (a.date < b.date ? 1 : -1))
  return {
    rate(from, to, at) {
      const day = at.slice(0, 10)
      const found = byPair.get(pairOf({ from, to }))?.find((rate) => rate.date <= day)
      return found && Date.parse(day) - Date.parse(found.date) <= holdsForDays * dayMs ? found.rate : undefined
    },
  }
}

function pairOf({ from, to }: Pick<FxRate, 'from' | 'to'>): string {
  return `${from} ${to}`
}

/**
 * The amount in another currency, rounded half away from zero; undefined when no rate is known. A rate of the
 * opposite direction divides. Exact: no float is involved.
 */
export function convertMoney(value: Money, to: string, at: Instant, fx: FxRates | undefined): Money | undefined {
  if (value.currency === to) return value
  const factor = fractionOf(fx?.rate(value.currency, to, at)) ?? inverted(fractionOf(fx?.rate(to, value.currency, at)))
  if (!factor) return undefined
  const numerator = BigInt(value.minorUnits) * factor.numerator * 10n ** BigInt(currencyDigits(to))
  const minorUnits = Number(divideHalfUp(numerator, factor.denominator * 10n ** BigInt(currencyDigits(value.currency))))
  return Number.isSafeInteger(minorUnits) ? { minorUnits, currency: to } : undefined
}

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Decimal text above zero as a fraction; undefined when it is none. */
function fractionOf(rate: string | undefined): Fraction | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(rate ?? '')
  if (!match) return undefined
  const decimals = match[2] ?? ''
  const numerator = BigInt(`${match[1]}${decimals}`)
  return numerator === 0n ? undefined : { numerator, denominator: 10n ** BigInt(decimals.length) }
}

function inverted(fraction: Fraction | undefined): Fraction | undefined {
  return fraction && { numerator: fraction.denominator, denominator: fraction.numerator }
}

function divideHalfUp(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n
  return value < 0n ? -((-value + half) / divisor) : (value + half) / divisor
}
