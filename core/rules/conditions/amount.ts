import { currencyDigits, formatAmount, type Money } from '../../value/money.ts'

/** No currency has more decimal digits. */
const digits = 4

/**
 * Reads a whole number or decimal text into ten-thousandths, exactly; undefined when it is none. A number
 * with a fraction is none: it went through a float before we saw it.
 */
export function parseAmount(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const match = /^(-?)(\d{1,11})(?:\.(\d{1,4}))?$/.exec(String(value))
  if (!match || (typeof value === 'number' && !Number.isInteger(value))) return undefined
  const units = Number(`${match[2]}${(match[3] ?? '').padEnd(digits, '0')}`)
  return match[1] === '-' ? -units : units
}

/** Money in ten-thousandths of its currency, for comparing with `parseAmount`. */
export function scaledAmount(value: Money): number {
  return value.minorUnits * 10 ** (digits - currencyDigits(value.currency))
}

export function describeAmount(value: Money): string {
  return `${formatAmount(value)} ${value.currency}`
}
