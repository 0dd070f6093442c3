/** Tells whether a postcode is one of the codes or within one of the `from-to` ranges. Built once per list. */
export function postcodeMatcher(values: readonly string[]): (postcode: string) => boolean {
  const codes = new Set<string>()
  const ranges = new Map<string, Range[]>()
  for (const value of values) {
    const range = rangeIn(value)
    if (!range) codes.add(normalPostcode(value))
    else ranges.set(shapeOf(range), [...(ranges.get(shapeOf(range)) ?? []), range])
  }
  const sorted = [...ranges.values()].map(mergedRanges)
  return (postcode) => {
    const code = normalPostcode(postcode)
    return codes.has(code) || sorted.some((list) => isWithin(list, code))
  }
}

/** Whether the text is a postcode or a range as named lists have them. */
export function isPostcodeOrRange(value: string): boolean {
  return /^[A-Z0-9][A-Z0-9 -]*$/i.test(value) && (!value.includes('-') || rangeIn(value) !== undefined || !/^\d+-\d+$/.test(value))
}

interface Range {
  readonly from: string
  readonly to: string
  /** A range of whole numeric codes; other ranges compare as many signs as their ends have (`BT1-BT9`). */
  readonly isNumeric: boolean
}

/** Brazil, Poland, Portugal and Japan write a hyphen inside one code: 100-0001 is no range. */
function rangeIn(value: string): Range | undefined {
  const match = /^([A-Z0-9][A-Z0-9 ]*)-([A-Z0-9][A-Z0-9 ]*)$/i.exec(value)
  const from = normalPostcode(match?.[1] ?? '')
  const to = normalPostcode(match?.[2] ?? '')
  if (!match || from.length !== to.length || from > to) return undefined
  return { from, to, isNumeric: /^\d+$/.test(from) && /^\d+$/.test(to) }
}

/** Capitals without spaces and hyphens; of a ZIP+4 code the five digits that tell the place. */
export function normalPostcode(postcode: string): string {
  const bare = postcode.toUpperCase().replace(/[\s-]/g, '')
  return /^\d{5}-\d{4}$/.test(postcode.trim()) ? bare.slice(0, 5) : bare
}

function shapeOf(range: Range): string {
  return `${range.isNumeric} ${range.from.length}`
}

function mergedRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = []
  for (const range of [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1)
    if (!last || range.from > last.to) merged.push(range)
    else if (range.to > last.to) merged[merged.length - 1] = { ...last, to: range.to }
  }
  return merged
}

/** Binary search: a list of remote areas has thousands of ranges. */
function isWithin(ranges: readonly Range[], postcode: string): boolean {
  const length = ranges[0]?.from.length ?? 0
  if (ranges[0]?.isNumeric && postcode.length !== length) return false
  const code = postcode.slice(0, length)
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (!range) return false
    if (code < range.from) high = middle - 1
    else if (code > range.to) low = middle + 1
    else return true
  }
  return false
}
