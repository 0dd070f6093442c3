/** A count of units: a whole number, zero or more, at most a million million. */
export function isQuantity(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= 1e12
}

/** Sums by key, in first-seen order; keys whose sum is zero stay. */
export function sumByKey<K extends string>(rows: Iterable<readonly [K, number]>): Map<K, number> {
  const sums = new Map<K, number>()
  for (const [key, quantity] of rows) sums.set(key, (sums.get(key) ?? 0) + quantity)
  return sums
}

/** How many times `quantity` pieces it takes to fill packs of `factor` pieces without a rest. */
export function wholePacks(factor: number, quantity: number): number {
  return factor / greatestCommonDivisor(factor, quantity)
}

export function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
