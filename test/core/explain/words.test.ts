import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { dictionaries } from '../../../core/explain/dictionaries.ts'
import { factsOf } from '../../../core/explain/event-facts.ts'
import { eventTypes, isEventType } from '../../../core/explain/event-types.ts'
import { remedies } from '../../../core/explain/remedy.ts'
import { languages } from '../../../core/explain/words.ts'
import { effectKinds, effectStates } from '../../../core/model/effect.ts'
import { fulfillmentOrderStatuses } from '../../../core/model/fulfillment-order.ts'
import { holdReasons } from '../../../core/model/hold.ts'
import { laneNames } from '../../../core/model/lane.ts'
import { orderStates, paymentStates } from '../../../core/model/order.ts'

const chinese = /\p{Script=Han}/u

function isIn(lang: 'en' | 'zh', text: string): boolean {
  return text.trim() !== '' && (lang === 'zh' ? chinese.test(text) : !chinese.test(text))
}

describe.each(languages)('the words of %s', (lang) => {
  const words = dictionaries[lang]

  it.each(holdReasons)('say why an order with the hold %s waits and what ends it', (reason) => {
    expect(isIn(lang, words.holds[reason].why)).toBe(true)
    expect(isIn(lang, words.holds[reason].ends)).toBe(true)
  })

  it.each(orderStates)('say what the state %s means', (state) => {
    expect(isIn(lang, words.states[state].name)).toBe(true)
    expect(isIn(lang, words.states[state].sentence)).toBe(true)
  })

  it.each(eventTypes)('tell the event %s', (type) => {
    const text = words.events[type](factsOf({}, words))

    expect(isIn(lang, text)).toBe(true)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })

  it.each([
    ['state of an effect', effectStates, words.effectStates],
    ['kind of effect', effectKinds, words.effectKinds],
    ['status of a fulfillment order', fulfillmentOrderStatuses, words.fulfillmentStatuses],
    ['state of payment', paymentStates, words.paymentStates],
    ['lane', laneNames, words.lanes],
  ])('name every %s', (_name, list, names) => {
    const missing = list.filter((key) => !isIn(lang, (names as Readonly<Record<string, string>>)[key] ?? ''))

    expect(missing).toEqual([])
  })
})

describe('the closed lists of the explanation', () => {
  it('have a remedy for every hold reason', () => {
    expect(holdReasons.filter((reason) => !Object.hasOwn(remedies, reason))).toEqual([])
  })

  it('know every event that the product writes', async () => {
    const types = await writtenEventTypes(['core', 'daemon', 'scripts', 'console'])

    expect(types.length).toBeGreaterThan(10)
    expect(types.filter((type) => !isEventType(type))).toEqual([])
  })

  it('know an event for every state of an effect', () => {
    expect(effectStates.filter((state) => !isEventType(`effect-${state}`))).toEqual([])
  })
})

/** Literal types of objects that also carry a moment and data, as an event does. */
async function writtenEventTypes(folders: readonly string[]): Promise<readonly string[]> {
  const types = new Set<string>()
  for (const folder of folders) {
    for (const file of await sourceFiles(folder)) {
      const text = await readFile(file, 'utf8')
      for (const [, type = ''] of text.matchAll(/type: '([a-z-]+)',\s*at\b/g)) types.add(type)
    }
  }
  return [...types]
}

async function sourceFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  return entries.filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name))
}
