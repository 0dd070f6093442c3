import { SyncError } from '../errors.ts'

/** An amount in the smallest unit of its currency (cents, yen, fils), a safe integer, with its ISO 4217 code. */
export interface Money {
  readonly minorUnits: number
  readonly currency: string
}

/** How money looks outside: a decimal string, never a float. */
export interface MoneyDocument {
  readonly amount: string
  readonly currency: string
}

/**
 * Currencies without two decimal digits. Source: ISO 4217 list one, maintained by SIX
 * (https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 */
const exceptionalDigits: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

/** Whether the code is a currency that is known here. */
export function isCurrency(code: string): boolean {
  return knownCurrencies.has(code)
}

/** The runtime leaves out the units of account (CLF, UYI, UYW), which are ISO 4217 codes too. */
const knownCurrencies = new Set([...Intl.supportedValuesOf('currency'), ...Object.keys(exceptionalDigits)])

/** Decimal digits of a currency: 0 for JPY, 3 for KWD, 2 for most. */
export function currencyDigits(currency: string): number {
  return exceptionalDigits[currency] ?? 2
}

export function money(minorUnits: number, currency: string): Money {
  if (!Number.isSafeInteger(minorUnits)) {
    throw new SyncError('invalid-data', `the amount ${minorUnits} is not a whole number of minor units of ${currency}`, {
      code: 'amount-invalid',
    })
  }
  return { minorUnits: minorUnits === 0 ? 0 : minorUnits, currency }
}

/**
 * Reads decimal text such as `-12.3` exactly, never through a float. Extra digits are accepted when they
 * are zeros (`12.3400`). Throws `invalid-data` (`amount-invalid`, `currency-unknown`).
 */
export function parseMoney(amount: string, currency: string): Money {
  if (!isCurrency(currency)) {
    throw new SyncError('invalid-data', `"${currency}" is not a currency code known here (ISO 4217)`, {
      code: 'currency-unknown',
      context: { currency },
    })
  }
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(amount.trim())
  const digits = currencyDigits(currency)
  const fraction = match?.[3] ?? ''
  if (!match || /[1-9]/.test(fraction.slice(digits))) {
    const point = amount.includes(',') ? ' behind a point, not a comma' : ''
    throw new SyncError('invalid-data', `"${amount}" is not an amount of ${currency} (${digits} decimal digits${point})`, {
      code: 'amount-invalid',
      context: { amount, currency },
    })
  }
  const units = Number(`${match[2]}${fraction.slice(0, digits).padEnd(digits, '0')}`)
  return money(match[1] === '-' ? -units : units, currency)
}

/** The decimal text of an amount: `12.34`, `-0.05`, `1200` for JPY. */
export function formatAmount(value: Money): string {
  const digits = currencyDigits(value.currency)
  const sign = value.minorUnits < 0 ? '-' : ''
  const text = String(Math.abs(value.minorUnits)).padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

export function moneyDocument(value: Money): MoneyDocument {
  return { amount: formatAmount(value), currency: value.currency }
}

export function zero(currency: string): Money {
  return { minorUnits: 0, currency }
}

/** Throws a plain Error on mixed currencies: that is a bug of the caller, not bad data. */
export function addMoney(a: Money, b: Money): Money {
  sameCurrency(a, b)
  return money(a.minorUnits + b.minorUnits, a.currency)
}

export function subtractMoney(a: Money, b: Money): Money {
  sameCurrency(a, b)
  return money(a.minorUnits - b.minorUnits, a.currency)
}

export function multiplyMoney(value: Money, quantity: number): Money {
  return money(value.minorUnits * quantity, value.currency)
}

export function sumMoney(values: Iterable<Money>, currency: string): Money {
  let total = zero(currency)
  for (const value of values) total = addMoney(total, value)
  return total
}

/** Splits an amount by whole weights so that the parts add up exactly; the remainder goes to the first parts. */
export function allocateMoney(value: Money, weights: readonly number[]): readonly Money[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole <= 0) throw new Error('allocateMoney needs at least one positive weight')
  // The product may exceed what a number holds exactly.
  const parts = weights.map((weight) => Number((BigInt(value.minorUnits) * BigInt(weight)) / BigInt(whole)))
  let rest = value.minorUnits - parts.reduce((sum, part) => sum + part, 0)
  const step = Math.sign(rest)
  for (let index = 0; rest !== 0; index = (index + 1) % parts.length) {
    if (weights[index] === 0) continue
    parts[index] = (parts[index] ?? 0) + step
    rest -= step
  }
  return parts.map((part) => money(part, value.currency))
}

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new Error(`cannot combine ${a.currency} with ${b.currency}`)
}
