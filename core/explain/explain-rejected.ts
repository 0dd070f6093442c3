import type { Instant } from '../value/instant.ts'
import { dictionaries } from './dictionaries.ts'
import { moment } from './moments.ts'
import { readAgainCommand } from './remedy.ts'
import type { Language } from './words.ts'

export interface RejectedRow {
  readonly account: string
  readonly platformOrderId?: string
  readonly reason: string
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
}

export interface RejectedExplanation {
  readonly language: Language
  readonly account: string
  readonly platformOrderId: string | null
  readonly headline: string
  readonly summary: string
  readonly facts: readonly string[]
  readonly next: { readonly text: string; readonly commands: readonly string[] }
}

/** Why a record of a platform is no order here. Its payload is not shown: it may hold personal data. */
export function explainRejected(
  row: RejectedRow,
  { lang, commandTail = '' }: { readonly lang: Language; readonly commandTail?: string },
): RejectedExplanation {
  const { rejected } = dictionaries[lang]
  const id = row.platformOrderId
  const readAgain = id === undefined ? [] : [readAgainCommand(row.account, id, commandTail)]
  return {
    language: lang,
    account: row.account,
    platformOrderId: id ?? null,
    headline: rejected.headline(id ?? '?', row.account),
    summary: rejected.summary,
    facts: [rejected.reason(row.reason), rejected.seen(moment(row.firstSeenAt), moment(row.lastSeenAt))],
    next: { text: rejected.next, commands: [...readAgain, `npm run orders -- rejected --pii${commandTail}`] },
  }
}
