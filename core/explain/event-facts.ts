import type { Words } from './words.ts'

/** Data of an event as it was stored: free of personal data. */
export type EventData = Readonly<Record<string, unknown>>

/** What the words of an event may use, read once; a missing part is empty text. */
export interface EventFacts {
  /** One stored value as text. */
  text(key: string): string
  /** The parts that changed, in words. */
  readonly changed: string
  /** Old and new, or only the new when they are equal. */
  readonly fromTo: string
  readonly stateFrom: string
  readonly stateTo: string
  /** The warehouse's status in our words, with its own word. */
  readonly status: string
  readonly packages: number
  /** Reason and subject of a hold. */
  readonly held: string
  readonly user: string
  readonly fields: string
  /** Kind and subject of an outside write. */
  readonly effect: string
  readonly attempt: number
  /** What the other side said, after a colon. */
  readonly said: string
}

export function factsOf(data: EventData, words: Words): EventFacts {
  const text = (key: string): string => textOf(data[key])
  const key = text('key')
  return {
    text,
    changed: listOf(data['changed'])
      .map((part) => nameIn(words.changes, part))
      .join(words.listMark),
    fromTo: text('from') === text('to') ? text('to') : `${text('from')} → ${text('to')}`,
    stateFrom: stateName(text('from'), words),
    stateTo: stateName(text('to'), words),
    status: [nameIn(words.fulfillmentStatuses, text('status')), text('wmsStatus') && `(${text('wmsStatus')})`].filter(Boolean).join(' '),
    packages: listOf(data['packages']).length,
    held: [text('reason'), text('subject') && `(${text('subject')})`].filter(Boolean).join(' '),
    user: text('user') || '?',
    fields: listOf(data['fields']).join(words.listMark),
    effect: `${nameIn(words.effectKinds, text('kind'))} ${key.slice(key.indexOf(':') + 1)}`,
    attempt: Number(data['attempt'] ?? 1),
    said: text('message') === '' ? '' : `${words.colon}${words.said(text('message'))}`,
  }
}

/** The word for a member of a closed list; what an older version stored and nobody knows now stays as it is. */
export function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key
}

function stateName(state: string, { states }: Words): string {
  return Object.entries(states).find(([name]) => name === state)?.[1].name ?? state
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
