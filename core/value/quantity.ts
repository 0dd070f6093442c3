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
