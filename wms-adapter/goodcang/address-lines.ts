/** Two lines of a label; `second` is empty when one suffices. */
export interface TwoLines {
  readonly first: string
  readonly second: string
}

/**
 * Lays an address out over two lines of at most `longest` signs each. Text is only ever moved at a space:
 * nothing is cut, left out or reordered. Two parts that fit stay as they are; otherwise a break between two
 * parts is preferred to one inside a part. Undefined when it does not fit.
 */
export function splitOverTwoLines(parts: readonly (string | undefined)[], longest: number): TwoLines | undefined {
  const lines = parts.map(tidy).filter((part) => part !== '')
  const [first = '', ...others] = lines
  for (let kept = 1; kept <= Math.max(1, lines.length); kept += 1) {
    const upper = [first, ...others.slice(0, kept - 1)].join(' ')
    const lower = others.slice(kept - 1).join(' ')
    if (upper.length <= longest && lower.length <= longest) return { first: upper, second: lower }
  }
  return splitAtWord(lines.join(' '), longest)
}

/** Puts as many whole words on the first line as fit, the rest on the second. */
function splitAtWord(text: string, longest: number): TwoLines | undefined {
  const end = text.length <= longest ? text.length : text.lastIndexOf(' ', longest)
  if (end <= 0) return undefined
  const second = text.slice(end).trim()
  return second.length <= longest ? { first: text.slice(0, end), second } : undefined
}

/** Runs of white space, line breaks included, become one space. */
export function tidy(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}
