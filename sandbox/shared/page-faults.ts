import type { FaultKind } from '../faults.ts'

/** Applies G1 (the first record comes twice) and G2 (the records come backwards) to the records of one page. */
export function disturbPage<T>(records: readonly T[], drawn: readonly FaultKind[]): readonly T[] {
  let page = [...records]
  const first = page[0]
  if (drawn.includes('G1-duplicate') && first !== undefined) page = [...page, first]
  if (drawn.includes('G2-reordered')) page.reverse()
  return page
}
