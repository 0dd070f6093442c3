/** Letters added, dropped, changed, or swapped with their neighbor (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      let cost = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + change)
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (isSwap) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}

/**
 * The known word that is spelled most like `word`, when it is close enough to be a slip; undefined otherwise. Capitals,
 * underscores and hyphens do not count: `ship_to.postcode` is `shipTo.postcode`.
 */
export function closest(word: string, known: Iterable<string>): string | undefined {
  const allowed = word.length <= 3 ? 1 : word.length <= 7 ? 2 : 3
  let best: string | undefined
  let bestDistance = allowed + 1
  for (const candidate of known) {
    const distance = editDistance(bare(word), bare(candidate))
    if (distance < bestDistance && distance < Math.max(word.length, candidate.length)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `, did you mean "platform"?` or, without a close word, the known words when they are few, or nothing. */
export function suggestion(word: string, known: Iterable<string>): string {
  const words = [...known]
  const best = closest(word, words)
  if (best !== undefined) return `, did you mean "${best}"?`
  return words.length > 0 && words.length <= 20 ? ` (known: ${words.join(', ')})` : ''
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '')
}
