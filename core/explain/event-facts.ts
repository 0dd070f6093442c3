import type { EventFacts, Words } from './words.ts'

type EventData = Readonly<Record<string, unknown>>

/** Reads the data of an event as it was stored: free of personal data. */
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
