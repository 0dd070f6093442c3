import { z } from 'zod'
import { type RuleDocument, type RulesDocument, type StageKey, stageKeys } from '../../core/rules/document.ts'
import { country, text } from '../fields.ts'

/** Stages of the design that this version does not carry out; a rule there would silently do nothing. */
export const unsupportedStages = ['funds', 'inventory', 'returns', 'alert'] as const

const listKinds = ['zip', 'country', 'sku', 'text'] as const

const ruleName = z.union([text, z.strictObject({ en: text, zh: text })], {
  error: (issue) => (issue.input === undefined ? 'missing key "name"' : 'expected text, or both languages: { en: …, zh: … }'),
})

const rule = z.strictObject({
  name: ruleName,
  when: z.unknown().optional(),
  // biome-ignore lint/suspicious/noThenProperty: the key of the rules file, never awaited
  then: z.array(z.record(z.string(), z.unknown())).min(1),
})

const zip = z.string().refine(isZip, 'expected a postcode or a range such as "00601-00988" whose ends have the same length')

const list = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('zip'), values: z.array(zip) }),
    z.strictObject({ kind: z.literal('country'), values: z.array(country) }),
    z.strictObject({ kind: z.literal('sku'), values: z.array(text) }),
    z.strictObject({ kind: z.literal('text'), values: z.array(text) }),
  ],
  {
    error: (issue) => (issue.code === 'invalid_union' ? `expected one of ${listKinds.join(', ')}` : undefined),
  },
)

const stage = z.array(rule).optional()

/** rules.yaml. */
export const rulesFile = z.strictObject({
  intake: stage,
  enrich: stage,
  mapping: stage,
  review: stage,
  merge: stage,
  allocate: stage,
  split: stage,
  courier: stage,
  options: stage,
  push: stage,
  intercept: stage,
  writeback: stage,
  lists: z.record(z.string().regex(/^[A-Za-z0-9_.-]+$/, 'use letters, digits, "-", "_" or "."'), list).optional(),
})

export function rulesFrom(block: z.output<typeof rulesFile>): RulesDocument {
  const document: Partial<Record<StageKey, readonly RuleDocument[]>> = {}
  for (const key of stageKeys) {
    const rules = block[key]
    if (rules) document[key] = rules.map(ruleFrom)
  }
  return document
}

function ruleFrom(block: z.output<typeof rule>): RuleDocument {
  const { when, ...rest } = block
  return when === undefined ? rest : { ...rest, when }
}

function isZip(value: string): boolean {
  const match = /^([A-Z0-9][A-Z0-9 ]*)(?:-([A-Z0-9][A-Z0-9 ]*))?$/i.exec(value)
  if (!match) return false
  const [, from = '', to] = match
  // Brazil, Poland, Portugal and Japan write a hyphen inside one code: 100-0001 is no range.
  if (to === undefined || from.length !== to.length) return to === undefined || /^\d+-\d+$/.test(value)
  return from <= to
}
