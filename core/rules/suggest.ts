import { editDistance } from '../value/spelling.ts'

/** `, did you mean "not-in"?`, or the known words when they are few, or nothing. */
export function suggestion(word: string, known: Iterable<string>): string {
  const words = [...known]
  const best = words.find((candidate) => bare(candidate) === bare(word)) ?? closest(word, words)
  if (best !== undefined) return `, did you mean "${best}"?`
  return words.length > 0 && words.length <= 12 ? ` (known: ${words.join(', ')})` : ''
}

/** The same word in another spelling: `ship_to.postcode`, `shipTo.Postcode`. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '')
}

function closest(word: string, known: readonly string[]): string | undefined {
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
