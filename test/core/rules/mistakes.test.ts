import { describe, expect, it } from 'vitest'
import { mistakesIn } from './rules-world.ts'

const twelve = `
review:
  - name: field
    when: { field: amount.total, op: gte, value: 300 }
    then: [{ hold: { reason: high-value } }]
  - name: operator
    when: { field: shop, op: not_in, value: [brand] }
    then: [{ hold: {} }]
  - name: value
    when: { any: [{ field: shop, op: eq, value: brand }, { field: amounts.total, op: gte, value: 299.9 }] }
    then: [{ hold: { reason: high-value } }]
  - name: list
    when: { field: shipTo.country, op: in-list, value: eu }
    then: [{ hold: {} }]
  - name: pattern
    when: { not: { field: buyerNote, op: matches, value: "(a+)+$" } }
    then: [{ hold: {} }]
  - name: reason
    then: [{ hold: { reason: out-of-stock } }]
  - name: duration
    then: [{ hold: { reason: cool-off, release: { at: "paidAt + 30min" } } }]
  - name: action
    then: [{ fixed: { warehouse: CA } }]
  - name: empty
    then: []
allocate:
  - name: warehouse
    then: [{ fixed: { warehouse: NY } }]
courier:
  - name: service
    when: { field: warehouse, op: eq, value: NJ }
    then: [{ fixed: { service: grund } }]
push:
  - name: Every order
    then: [{ now: {} }]
  - name: Never reached
    when: { field: shop, op: eq, value: brand }
    then: [{ delay: 2h }]
`

describe('a rules file', () => {
  it('gets every mistake told at once, each with its place', () => {
    expect(mistakesIn(twelve)).toEqual([
      'review.0.when.field: unknown field "amount.total", did you mean "amounts.total"?',
      'review.1.when.op: unknown operator "not_in", did you mean "not-in"?',
      'review.2.when.any.1.value: expected an amount such as 300 or "299.90", got the number 299.9: a fraction stands in quotes, or it would not be exact',
      'review.3.when.value: unknown list "eu"',
      'review.4.when.not.value: the pattern "(a+)+$" repeats a group that itself repeats or chooses, which can run for ages',
      'review.5.then.0.hold.reason: unknown hold reason for a rule "out-of-stock" (known: review-rule, cool-off, high-value, duplicate-suspected, risk-flagged)',
      'review.6.then.0.hold.release.at: "30min" is no duration; write it as 30m, 2h or 1d',
      'review.7.then.0.fixed: unknown action "fixed" in review; it belongs to allocate or courier',
      'review.8.then: the list of actions must not be empty',
      'allocate.0.then.0.fixed.warehouse: unknown warehouse "NY", did you mean "NJ"?',
      'courier.0.then.0.fixed.service: unknown service "grund", did you mean "ground"?',
      'push.1: this rule never applies: the rule "Every order" above it matches every order',
    ])
  })
})

const asked = (condition: string) => mistakesIn(`review: [{ name: asked, when: ${condition}, then: [{ hold: {} }] }]`).map(withoutRule)
const withoutRule = (mistake: string) => mistake.replace(/^review\.0\./, '')

describe('a condition', () => {
  it.each([
    [
      'is no block',
      'shop',
      'when: expected a condition with all, any, not, anyLine, everyLine, noLine, sumLines or field, got the text "shop"',
    ],
    ['is empty', '{}', 'when: expected a condition with all, any, not, anyLine, everyLine, noLine, sumLines or field, got an empty block'],
    [
      'has a misspelled key',
      '{ anyline: { field: sku, op: eq, value: x } }',
      'when.anyline: unknown key "anyline", did you mean "anyLine"?',
    ],
    [
      'has two forms at once',
      '{ all: [{ field: shop, op: eq, value: x }], not: { field: shop, op: eq, value: x } }',
      'when: a condition has one of all and not; combine them with all or any',
    ],
    ['has a key too many', '{ field: shop, op: eq, value: x, values: y }', 'when.values: unknown key "values", did you mean "value"?'],
    [
      'lacks its operator',
      '{ field: shop, value: x }',
      'when.op: expected operator (one of eq, ne, in, not-in, gt, gte, lt, lte, between, contains, not-contains, starts-with, ends-with, matches, exists, in-list or zip-in), got nothing',
    ],
    ['lacks its value', '{ field: shop, op: eq }', 'when.value: missing key "value"'],
    ['has an empty list', '{ all: [] }', 'when.all: the list of conditions must not be empty'],
    [
      'names a field of a line outside of one',
      '{ field: sku, op: eq, value: x }',
      'when.field: "sku" belongs to a line: put it into anyLine, everyLine, noLine or sumLines',
    ],
    [
      'names a field before it is known',
      '{ field: warehouse, op: eq, value: NJ }',
      'when.field: "warehouse" is not known yet in review; it can be used from courier on',
    ],
    [
      'names a field that nothing answers yet',
      '{ field: buyer.isNew, op: eq, value: true }',
      'when.field: the field "buyer.isNew" is not supported yet: buyers are not remembered across orders',
    ],
    [
      'writes a field as another system would',
      '{ field: ship_to.postcode, op: eq, value: x }',
      'when.field: unknown field "ship_to.postcode", did you mean "shipTo.postcode"?',
    ],
    [
      'asks a text for more or less',
      '{ field: shop, op: gt, value: 3 }',
      'when.op: "gt" cannot be asked of shop; it takes eq, ne, in, not-in, contains, not-contains, starts-with, ends-with, matches, exists or in-list',
    ],
    [
      'asks a list for one value',
      '{ field: tags, op: eq, value: vip }',
      'when.op: "eq" cannot be asked of tags; it takes contains, not-contains, in, not-in, exists or in-list',
    ],
    [
      'gives a number where text stands',
      '{ field: shipTo.postcode, op: eq, value: 601 }',
      'when.value: expected text, got the number 601; put it in quotes',
    ],
    [
      'gives text where a number stands',
      '{ field: totalQuantity, op: eq, value: many }',
      'when.value: expected a whole number for "totalQuantity", got the text "many"',
    ],
    [
      'gives a word that the field never has',
      '{ field: platform, op: eq, value: shopfy }',
      'when.value: "shopfy" is no value of platform, did you mean "shopify"?',
    ],
    [
      'gives a name where a country code stands',
      '{ field: shipTo.country, op: in, value: [US, Germany] }',
      'when.value.1: expected a country code of two capital letters for shipTo.country, such as US, got "Germany"',
    ],
    [
      'has a range backwards',
      '{ field: weightGrams, op: between, value: [2000, 1000] }',
      'when.value: expected two numbers, the smaller one first, such as [1001, 2000]',
    ],
    [
      'has a flag that is none',
      '{ field: address.valid, op: eq, value: maybe }',
      'when.value: expected true or false, got the text "maybe"',
    ],
    [
      'has a pattern that is none',
      '{ field: shop, op: matches, value: "(" }',
      'when.value: the pattern "(" is not a regular expression: /(/u: Unterminated group',
    ],
    [
      'nests conditions on lines',
      '{ anyLine: { noLine: { field: sku, op: eq, value: x } } }',
      'when.anyLine.noLine: noLine cannot stand inside another condition on lines',
    ],
    [
      'adds up what cannot be',
      '{ sumLines: { field: unitPrice, op: gte, value: 5 } }',
      'when.sumLines.field: unitPrice cannot be added up; sumLines takes quantity, lineTotal or lineTotalUsd',
    ],
    [
      'has a postcode that is none',
      '{ field: shipTo.postcode, op: zip-in, value: ["00601", "9_9"] }',
      'when.value.1: "9_9" is no postcode and no range such as "00601-00988"',
    ],
  ])('that %s is refused', (_case, condition, mistake) => {
    expect(asked(condition)).toEqual([mistake])
  })

  it('is told when a list is of the wrong kind', () => {
    const lists = 'lists: { zips: { kind: zip, values: ["00601"] }, eu: { kind: country, values: [DE] } }'
    const found = (condition: string) =>
      mistakesIn(`review: [{ name: asked, when: ${condition}, then: [{ hold: {} }] }]\n${lists}`).map(withoutRule)

    expect(found('{ field: shipTo.postcode, op: in-list, value: zips }')).toEqual([
      'when.value: the list "zips" holds postcodes: use the operator zip-in',
    ])
    expect(found('{ field: shop, op: in-list, value: eu }')).toEqual([
      'when.value: the list "eu" is of kind country; shop needs one of kind text',
    ])
    expect(found('{ field: shipTo.postcode, op: zip-in, value: eu }')).toEqual([
      'when.value: the list "eu" is of kind country; zip-in needs one of kind zip',
    ])
  })
})

describe('an action', () => {
  const done = (stage: string, then: string) =>
    mistakesIn(`${stage}: [{ name: done, then: ${then} }]`).map((mistake) => mistake.replace(`${stage}.0.then`, 'then'))

  it.each([
    ['review', '[{ notify: {} }]', 'then.0.notify: notify is not supported yet: nothing would carry the message; use hold'],
    ['review', '[{ hold: {}, approve: {} }]', 'then.0: one action a block: put each into a block of its own'],
    ['review', '[{ hold: {} }, { approve: {} }]', 'then: a rule either holds or approves'],
    ['review', '[{}]', 'then.0: expected an action: a block with its name as key'],
    ['review', '[{ hold: { release: later } }]', 'then.0.hold.release: unknown release "later" (known: manual, when-condition)'],
    [
      'review',
      '[{ hold: { release: { at: "payedAt + 1h" } } }]',
      'then.0.hold.release.at: unknown moment "payedAt", did you mean "paidAt"?',
    ],
    [
      'review',
      '[{ hold: { release: { at: tomorrow at noon } } }]',
      'then.0.hold.release.at: "tomorrow at noon" is no moment; write it as "paidAt + 30m"',
    ],
    ['review', '[{ approve: { reason: x } }]', 'then.0.approve: it takes no particulars: write {}, got a block'],
    ['intake', '[{ skip: {} }]', 'then.0.skip: unknown action "skip" in intake (known: take, ignore, recordOnly)'],
    ['intake', '[{ take: {} }, { ignore: {} }]', 'then.1: one action a rule in this stage; the first match decides alone'],
    [
      'enrich',
      '[{ normalizeAddress: {} }]',
      'then.0.normalizeAddress: normalizeAddress is not supported yet: an address is sent as the platform gave it or as a person corrected it',
    ],
    [
      'enrich',
      '[{ setField: { field: shipTo.city, value: x } }]',
      'then.0.setField.field: expected deliverBy, shipBy or promisedService, which steer the choice of the service; got the text "shipTo.city"',
    ],
    ['enrich', '[{ setLevel: fast }]', 'then.0.setLevel: unknown level "fast" (known: economy, standard, expedited, overnight)'],
    ['mapping', '[{ regex: { pattern: "^(.+)-X$", sku: "$2" } }]', 'then.0.regex.sku: the pattern has no group for $2'],
    ['mapping', '[{ splitPattern: { plus: "*" } }]', 'then.0.splitPattern: plus and times must differ'],
    [
      'allocate',
      '[{ delegateToWms: {} }]',
      'then.0.delegateToWms: delegateToWms is not supported yet: the warehouse is always chosen here',
    ],
    [
      'allocate',
      '[{ candidates: [CA], score: [{ by: age }] }]',
      'then.0.score.0.by: a score by age is not supported yet: the age of stock is not read yet; score by zone, cost, days or cover',
    ],
    ['allocate', '[{ candidates: [CA], tie: NJ }]', 'then.0.tie: "NJ" is not one of the candidates'],
    ['allocate', '[{ candidates: [CA], exclude: [CA] }]', 'then.0: no warehouse is left: every candidate is excluded'],
    [
      'allocate',
      '[{ fixed: { warehouse: CA, service: saver } }]',
      'then.0.fixed.service: unknown service of warehouse CA "saver" (known: ground)',
    ],
    ['allocate', '[{ fixed: { warehouse: CA }, tie: CA }]', 'then.0.tie: tie says nothing beside fixed'],
    ['split', '[{ inStockFirst: { maxParts: 6 } }]', 'then.0.inStockFirst.maxParts: expected a whole number from 1 to 5, got the number 6'],
    [
      'split',
      '[{ byLimit: { maxParts: 3 } }]',
      'then.0.byLimit: expected maxWeightGrams, maxQuantity or maxValue: what a part may have at most',
    ],
    [
      'split',
      '[{ byLimit: { maxWeight: 3 } }]',
      'then.0.byLimit.maxWeight: unknown key "maxWeight" (known: maxWeightGrams, maxQuantity, maxValue, maxParts)',
    ],
    [
      'split',
      '[{ byLimit: { maxWeightGrams: "2kg" } }]',
      'then.0.byLimit.maxWeightGrams: expected a whole number from 1 to 1000000000, got the text "2kg"',
    ],
    [
      'split',
      '[{ byLimit: { maxValue: { amount: 45.5, currency: USD } } }]',
      'then.0.byLimit.maxValue.amount: expected an amount in quotes, such as "45.00", got the number 45.5; put it in quotes',
    ],
    [
      'split',
      '[{ byLimit: { maxValue: { amount: "45.005", currency: USD } } }]',
      'then.0.byLimit.maxValue.amount: "45.005" is no amount; write it as "45.00"',
    ],
    [
      'split',
      '[{ byLimit: { maxValue: { amount: "45", currency: Euro } } }]',
      'then.0.byLimit.maxValue.currency: "Euro" is no currency; write three capital letters, such as EUR',
    ],
    [
      'split',
      '[{ byCargo: { apart: [with-batery] } }]',
      'then.0.byCargo.apart.0: unknown cargo class "with-batery", did you mean "with-battery"?',
    ],
    ['split', '[{ by-warehouse: {} }]', 'then.0.by-warehouse: unknown action "by-warehouse" in split, did you mean "byWarehouse"?'],
    ['split', '[{ byWarehouse: { maxParts: 1 } }]', 'then.0.byWarehouse.maxParts: expected a whole number from 2 to 5, got the number 1'],
    ['courier', '[{ fixed: { service: ground }, candidates: {} }]', 'then.0: expected either fixed or candidates'],
    [
      'courier',
      '[{ candidates: { features: [ground] } }]',
      'then.0.candidates.features: no service says which features it has: give services "features" in warehouses.yaml, or name the services',
    ],
    [
      'courier',
      '[{ candidates: { rank: price } }]',
      'then.0.candidates.rank: unknown rank "price" (known: cost, speed, cost-within-promise)',
    ],
    ['options', '[{ signature: adult }]', 'then.0.signature: it takes no particulars: write {}, got the text "adult"'],
    ['options', '[{ taxIds: {} }]', 'then.0.taxIds: taxIds is not supported yet: the tax ids of the order are always sent'],
    ['options', '[{ ageCheck: "18" }]', 'then.0.ageCheck: expected a whole number from 1 to 99, got the text "18"'],
    ['options', '[{ insurance: {} }]', 'then.0.insurance.currency: expected a currency such as USD, got nothing'],
    [
      'options',
      '[{ insurance: { amount: "5.000", currency: USD } }]',
      'then.0.insurance.amount: "5.000" is no amount; write it as "45.00"',
    ],
    [
      'options',
      '[{ ribbon: true }]',
      'then.0.ribbon: unknown action "ribbon" in options (known: signature, insurance, ageCheck, packaging)',
    ],
    ['push', '[{ delay: 2 }]', 'then.0.delay: expected a duration such as 2h, got the number 2; add its unit'],
    ['push', '[{ delay: soon }]', 'then.0.delay: "soon" is no duration; write it as 30m, 2h or 1d'],
    ['push', '[{ beforeCutoff: 2d }]', 'then.0.beforeCutoff: expected less than a day before the cut-off'],
    ['push', '[{ batchAt: "15:00" }]', 'then.0.batchAt: batchAt is not supported yet: use beforeCutoff'],
    [
      'intercept',
      '[{ ignore: {} }]',
      'then.0.ignore: ignore is not supported yet: an order that is cancelled is always stopped at the warehouse',
    ],
    [
      'writeback',
      '[{ policy: on-label }]',
      'then.0.policy: the policy on-label is not supported yet: a shipment is reported when the warehouse has dispatched it',
    ],
    ['writeback', '[{ policy: on-dispach }]', 'then.0.policy: unknown policy "on-dispach", did you mean "on-dispatch"?'],
  ])('of %s, %s, is refused', (stage, then, mistake) => {
    expect(done(stage, then)).toEqual([mistake])
  })

  it.each([
    ['merge', '[{ never: {} }]'],
    ['intercept', '[{ intercept: {} }]'],
    ['writeback', '[{ policy: on-dispatch }]'],
    ['split', '[{ none: {} }]'],
    ['review', '[{ approve: true }]'],
  ])('of %s that says what is done anyway, %s, is accepted', (stage, then) => {
    expect(done(stage, then)).toEqual([])
  })
})

describe('a rule', () => {
  it('must have a name of its own, across all stages, because holds are told apart by it', () => {
    const mistakes = mistakesIn(
      'review: [{ name: { en: Same, zh: 一样 }, then: [{ hold: {} }] }]\npush: [{ name: Same, then: [{ now: {} }] }]',
    )

    expect(mistakes).toEqual(['push.0.name: the name "Same" is already used by a rule above'])
  })

  const inCourier = (...whens: readonly string[]) =>
    mistakesIn(
      `courier:\n${whens.map((when, index) => `  - { name: r${index}, ${when}then: [{ fixed: { service: ground } }] }`).join('\n')}`,
    )
  const shop = '{ field: shop, op: eq, value: a }'
  const country = '{ field: shipTo.country, op: eq, value: US }'
  const never = (index: number, above: number) => [
    `courier.${index}: this rule never applies: the rule "r${above}" above it matches whenever this one does`,
  ]

  it('that an earlier one always forestalls is refused', () => {
    expect(inCourier(`when: ${shop}, `, `when: ${shop}, `)).toEqual(never(1, 0))
    expect(inCourier(`when: ${shop}, `, `when: { all: [${country}, ${shop}] }, `)).toEqual(never(1, 0))
    expect(inCourier(`when: { any: [${country}, ${shop}] }, `, `when: ${country}, `)).toEqual(never(1, 0))
    expect(inCourier(`when: { any: [${country}, ${shop}] }, `, `when: { any: [${shop}, ${country}] }, `)).toEqual(never(1, 0))
  })

  it('that an earlier one forestalls only at times is accepted', () => {
    expect(inCourier(`when: ${shop}, `, `when: ${country}, `, '')).toEqual([])
    expect(inCourier(`when: { all: [${shop}, ${country}] }, `, `when: ${shop}, `)).toEqual([])
  })

  it('below one that holds is reached, below one that always approves it is not', () => {
    const below = (then: string) => mistakesIn(`review: [{ name: above, then: ${then} }, { name: below, then: [{ hold: {} }] }]`)

    expect(below('[{ hold: {} }]')).toEqual([])
    expect(below('[{ approve: {} }]')).toEqual(['review.1: this rule never applies: the rule "above" above it matches every order'])
  })
})
