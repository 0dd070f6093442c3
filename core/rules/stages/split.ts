import { onlyOne, readAction } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'

export type SplitAction = { readonly mode: 'none' } | { readonly mode: 'by-warehouse'; readonly maxParts: number }

const usualParts = 2
const mostParts = 5

export const splitReader: StageReader<SplitAction> = {
  stage: 'split',
  endsAtFirstMatch: () => true,
  readThen(place) {
    const only = onlyOne(place)
    const read = only && readAction(only, 'split')
    if (!read) return undefined
    const { action, at } = read
    if (action === 'none') return at.isBare() ? { mode: 'none' } : undefined
    if (!at.block(['maxParts'])) return undefined
    const parts = at.at('maxParts')
    const maxParts = parts.value === undefined ? usualParts : parts.wholeNumber(2, mostParts)
    return maxParts === undefined ? undefined : { mode: 'by-warehouse', maxParts }
  },
}
