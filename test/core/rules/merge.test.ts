import { describe, expect, it } from 'vitest'
import { orderLine } from '../../fakes/dossiers.ts'
import { facts, mistakesIn, rulesOf } from './rules-world.ts'

const choice = <Action>(chosen: { readonly action: Action; readonly rule: string | undefined } | undefined) => [
  chosen?.rule,
  chosen?.action,
]

describe('a merge rule', () => {
  const rules = rulesOf(`merge:
    - { name: Gifts go alone, when: { field: tags, op: contains, value: gift }, then: [{ never: {} }] }
    - { name: Light, when: { field: weightGrams, op: lt, value: 1500 }, then: [{ auto: { window: 60m, maxWeightGrams: 2000 } }] }`)

  it('knows the goods, because they are mapped by then', () => {
    const light = { kind: 'auto', windowMs: 3_600_000, maxOrders: 5, maxWeightGrams: 2_000, maxQuantity: undefined }

    expect(choice(rules.merge?.(facts()))).toEqual(['Light', light])
    expect(choice(rules.merge?.(facts({ tags: ['gift'] })))).toEqual(['Gifts go alone', { kind: 'never' }])
    expect(choice(rules.merge?.(facts({ lines: [orderLine({ quantity: 9 })] })))).toEqual([undefined, undefined])
  })
})

describe('a mistake in a merge rule', () => {
  it.each([
    ['[{ auto: {} }]', 'then.0.auto.window: expected how long orders are gathered, such as 60m, got nothing'],
    ['[{ auto: true }]', 'then.0.auto: expected a block with window, maxOrders, maxWeightGrams or maxQuantity, got the value true'],
    ['[{ auto: { window: soon } }]', 'then.0.auto.window: "soon" is no duration; write it as 30m, 2h or 1d'],
    ['[{ auto: { window: 4d } }]', 'then.0.auto.window: expected at most 3d: every order of the rule waits that long'],
    ['[{ auto: { window: 1h, maxOrders: 1 } }]', 'then.0.auto.maxOrders: expected a whole number from 2 to 20, got the number 1'],
    [
      '[{ auto: { window: 1h, maxWeightGrams: 1.5 } }]',
      'then.0.auto.maxWeightGrams: expected a whole number from 1 to 1000000000, got the number 1.5',
    ],
    [
      '[{ auto: { window: 1h, maxQuantity: 1 } }]',
      'then.0.auto.maxQuantity: expected a whole number from 2 to 1000000000, got the number 1',
    ],
    ['[{ auto: { window: 1h, max_orders: 5 } }]', 'then.0.auto.max_orders: unknown key "max_orders", did you mean "maxOrders"?'],
    [
      '[{ propose: {} }]',
      'then.0.propose: propose is not supported yet: there is no place where a person would be asked; use auto, and hold in review what a person must see',
    ],
  ])('%s is told where it stands', (then, mistake) => {
    expect(mistakesIn(`merge: [{ name: mine, then: ${then} }]`)).toEqual([`merge.0.${mistake}`])
  })
})
