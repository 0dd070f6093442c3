import { onlyOne, readAction } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'

/** `ignore` leaves the order to somebody else; `record-only` keeps it and ships it only when a person says so. */
export type IntakeAction = { readonly kind: 'take' | 'record-only' } | { readonly kind: 'ignore'; readonly reason: string | undefined }

export const intakeReader: StageReader<IntakeAction> = {
  stage: 'intake',
  endsAtFirstMatch: () => true,
  readThen(place) {
    const only = onlyOne(place)
    const read = only && readAction(only, 'intake')
    if (!read) return undefined
    const { action, at } = read
    if (action !== 'ignore') return at.isBare() ? { kind: action === 'take' ? 'take' : 'record-only' } : undefined
    if (!at.block(['reason'])) return undefined
    const reason = at.at('reason')
    if (reason.value === undefined) return { kind: 'ignore', reason: undefined }
    const text = reason.text('the reason as text')
    return text === undefined ? undefined : { kind: 'ignore', reason: text }
  },
}
