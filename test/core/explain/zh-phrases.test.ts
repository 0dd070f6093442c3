import { describe, expect, it } from 'vitest'
import { inChinese } from '../../../core/explain/zh-phrases.ts'
import { withListedCodes } from '../../../core/mapping/catalog-index.ts'
import { holdReasons } from '../../../core/model/hold.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { progressHolds } from '../../../core/planning/progress-holds.ts'
import { asSku } from '../../../core/value/ids.ts'
import { money } from '../../../core/value/money.ts'
import { cancelEffect, confirmEffect, createEffect, dossier, fulfillmentOrder, order, packed } from '../../fakes/dossiers.ts'
import { at, homeAddress } from '../../fakes/order-snapshots.ts'
import { mapping } from '../../fakes/test-operations.ts'
import { ground, inputOf, line, plan, type Situation, saver, service, warehouse } from '../planning/planning-world.ts'

const chinese = /\p{Script=Han}/u
/** Words of closed lists and words of the operator's own: nothing to be translated. */
const isName = (text: string): boolean => text === 'elsewhere' || holdReasons.some((reason) => reason === text) || /^[A-Z]{2,3}$/.test(text)

const measured = { lengthMm: 300, widthMm: 200, heightMm: 100 }
const stocked = { NJ: { A: 9 } }
const both = [warehouse('NJ', [ground, saver]), warehouse('CA', [ground])]
const rule = (stage: string, then: string): string => `${stage}: [{ name: Mine, then: [${then}] }]`
const deliverBy = (day: string): NonNullable<Situation['order']> => ({ deliverBy: `2026-11-${day}T00:00:00.000Z` as ReturnType<typeof at> })

const situations: Readonly<Record<string, Situation>> = {
  'an order that goes': { shelves: stocked, warehouses: [warehouse('NJ', [ground, saver])] },
  'a listing that is not mapped': { shelves: stocked, order: { lines: [{ ...line('L1', 1, 'X'), itemId: 'i', variantId: 'v' }] } },
  'a mapping for a time': {
    shelves: stocked,
    mappings: [{ ...mapping('X', { A: 1 }), validFrom: '2026-11-01', validTo: '2026-12-01' }],
    order: { lines: [line('L1', 1, 'X')] },
  },
  'a mapping that does not count any more': {
    shelves: stocked,
    mappings: [{ ...mapping('X', { A: 1 }), validTo: '2026-01-01' }],
    order: { lines: [line('L1', 1, 'X')] },
  },
  'a bundle of the same SKU': {
    shelves: stocked,
    bundles: [{ sku: asSku('SET'), components: [{ sku: asSku('A'), quantity: 2 }] }],
    order: { lines: [line('L1', 1, 'SET')] },
  },
  'goods that ship instead': {
    shelves: { NJ: { A: 9, B: 0 } },
    mappings: [{ ...mapping('X', { B: 1 }), alternatives: [[{ sku: asSku('A'), quantity: 1 }]] }],
    order: { lines: [line('L1', 1, 'X')] },
  },
  'a warehouse code by the stock list': {
    shelves: stocked,
    more: {
      catalog: withListedCodes(inputOf({ shelves: { NJ: {}, CA: { A: 1 } } }).catalog, { lists: () => true }),
      stock: { free: () => 9, lists: () => true },
    },
  },
  'a warehouse without a code': { shelves: { NJ: { B: 1 }, CA: { A: 1 } }, warehouses: [warehouse('NJ')] },
  'packs that do not fit': { shelves: stocked, unitFactors: { A: 6 } },
  'a country that is not served': {
    shelves: stocked,
    order: { personal: { shipTo: { ...homeAddress, country: 'NO' }, buyer: {}, notes: {} } },
  },
  'a service that was chosen and does not go': {
    shelves: stocked,
    order: { edits: { service: 'ground' }, personal: { shipTo: { ...homeAddress, country: 'NO' }, buyer: {}, notes: {} } },
  },
  'a weight that is too much': { shelves: stocked, warehouses: [warehouse('NJ', [service('ground', { maxWeightGrams: 10 })])] },
  'no stock in two warehouses': { shelves: { NJ: { A: 0 }, CA: { A: 0 } } },
  'stock that was never read': { shelves: stocked, warehouses: [warehouse('OH')] },
  'a listing that has only a title': { shelves: stocked, order: { lines: [{ ...line('L1', 1, ''), title: 'Engraving' }] } },
  'no warehouse at all': { shelves: stocked, warehouses: [] },
  'a warehouse that was chosen and is gone': { shelves: stocked, order: { edits: { warehouse: 'OH' } } },
  'an address that lacks something': { shelves: stocked, order: { personal: { shipTo: { country: 'US' }, buyer: {}, notes: {} } } },
  'a postcode that is none': {
    shelves: stocked,
    order: { personal: { shipTo: { ...homeAddress, postcode: 'X1' }, buyer: {}, notes: {} } },
  },
  'no address': { shelves: stocked, order: { personal: { buyer: {}, notes: {} } } },
  'a field that is not taken': { shelves: stocked, more: { checkFields: () => [{ field: 'x', reason: 'too-long', message: 'too long' }] } },
  'a rule that holds': { shelves: stocked, rules: rule('review', '{ hold: {} }') },
  'a rule that holds on a condition': {
    shelves: stocked,
    rules: 'review: [{ name: Mine, when: { field: ageSincePaidMin, op: lt, value: 30 }, then: [{ hold: { release: when-condition } }] }]',
    order: { paidAt: at('07:50') },
  },
  'a rule that takes no order': { shelves: stocked, rules: rule('intake', '{ ignore: { reason: elsewhere } }') },
  'a rule that only records': { shelves: stocked, rules: rule('intake', '{ recordOnly: {} }') },
  'a rule that takes the order': { shelves: stocked, rules: rule('intake', '{ take: {} }') },
  'a rule that adds a tag': { shelves: stocked, rules: rule('enrich', '{ addTag: gift }') },
  'a rule that sets the level': { shelves: stocked, rules: rule('enrich', '{ setLevel: expedited }') },
  'a rule that chooses the warehouse': { shelves: stocked, warehouses: both, rules: rule('allocate', '{ candidates: [NJ] }') },
  'a rule that leaves no service': {
    shelves: stocked,
    warehouses: both,
    rules: rule('courier', '{ candidates: { services: [saver] } }'),
    order: { edits: { warehouse: 'CA' } },
  },
  'a rule that wants speed': { shelves: stocked, warehouses: both, rules: rule('courier', '{ candidates: { rank: speed } }') },
  'a promise that can be kept': {
    shelves: stocked,
    rules: rule('courier', '{ candidates: { rank: cost-within-promise } }'),
    order: deliverBy('30'),
  },
  'a promise that cannot be kept': {
    shelves: stocked,
    rules: rule('courier', '{ candidates: { rank: cost-within-promise } }'),
    order: deliverBy('25'),
  },
  'an order that is split': {
    shelves: { NJ: { A: 1, B: 0 }, CA: { A: 0, B: 1 } },
    rules: rule('split', '{ byWarehouse: { maxParts: 2 } }'),
    order: { lines: [line('L1', 1, 'A'), line('L2', 1, 'B')], partialShipmentAllowed: true },
  },
  'an order that may not be split': {
    shelves: { NJ: { A: 1, B: 0 }, CA: { A: 0, B: 1 } },
    rules: rule('split', '{ byWarehouse: { maxParts: 2 } }'),
    order: { lines: [line('L1', 1, 'A'), line('L2', 1, 'B')], partialShipmentAllowed: false },
  },
  'an order that cannot be split': { shelves: { NJ: { A: 0 }, CA: { A: 0 } }, rules: rule('split', '{ byWarehouse: { maxParts: 2 } }') },
  'a rule that does not split': { shelves: { NJ: { A: 0 } }, rules: rule('split', '{ none: {} }') },
  ...Object.fromEntries(
    [
      { maxSidesMm: [9, 9, 9] as const },
      { maxSidesMm: [300, 200, 100] as const, maxGirthMm: 1 },
      { maxGirthMm: 1 },
      { maxValue: money(1, 'USD') },
      { maxValue: money(1, 'EUR') },
      { cargoClasses: ['liquid'] as const },
    ].map((limits) => [
      `a service that takes less: ${JSON.stringify(limits)}`,
      { shelves: stocked, products: { A: measured }, warehouses: [warehouse('NJ', [service('small', limits), saver, ground])] },
    ]),
  ),
  'a size that is not known': { shelves: stocked, warehouses: [warehouse('NJ', [service('small', { maxSidesMm: [9, 9, 9] })])] },
  'more volume than a parcel has': {
    shelves: stocked,
    products: { A: measured },
    warehouses: [warehouse('NJ', [service('small', { maxSidesMm: [300, 200, 100] })])],
    order: { lines: [line('L1', 2, 'A')] },
  },
  'zones, near and remote': { shelves: { NJ: { A: 9 }, CA: { A: 0 } }, zones: ['NJ,US,,,2,yes', 'CA,US,,,8,'], warehouses: both },
  'prices that cannot be compared': {
    shelves: { NJ: { A: 9 }, DE: { A: 9 } },
    warehouses: [
      warehouse('NJ', [ground, service('eu', { price: { base: money(1, 'EUR') } })]),
      warehouse('DE', [service('eu', { price: { base: money(1, 'EUR') } })], { country: 'DE' }),
    ],
  },
  'prices that nobody knows': {
    shelves: { NJ: { A: 9 }, CA: { A: 9 } },
    warehouses: [warehouse('NJ', [service('free')]), warehouse('CA')],
  },
  'an order that is divided': {
    shelves: stocked,
    rules: rule('split', '{ byLimit: { maxQuantity: 1 } }'),
    order: { lines: [line('L1', 2, 'A')] },
  },
  'an order that may not be divided': {
    shelves: stocked,
    rules: rule('split', '{ byLimit: { maxQuantity: 1 } }'),
    order: { lines: [line('L1', 2, 'A')], partialShipmentAllowed: false },
  },
  'too many parts': {
    shelves: stocked,
    rules: rule('split', '{ byLimit: { maxQuantity: 1, maxParts: 2 } }'),
    order: { lines: [line('L1', 3, 'A')] },
  },
  'a division by what is not known': {
    shelves: stocked,
    products: { A: { weightGrams: undefined } },
    rules: rule('split', '{ byLimit: { maxWeightGrams: 9 } }'),
  },
  'a part that goes ahead': {
    shelves: { NJ: { A: 1 } },
    rules: rule('split', '{ inStockFirst: {} }'),
    order: { lines: [line('L1', 2, 'A')] },
  },
  'nothing that could go ahead': { shelves: { NJ: { A: 0 } }, rules: rule('split', '{ inStockFirst: {} }') },
  'the rest of an order': { shelves: { NJ: { A: 0 } }, rules: rule('split', '{ inStockFirst: {} }'), more: { isBegun: true } },
  options: {
    shelves: stocked,
    rules: rule('options', '{ signature: {} }, { insurance: { amount: "5", currency: USD } }, { ageCheck: 18 }, { packaging: carton }'),
  },
  'no options': {
    shelves: stocked,
    rules: 'options: [{ name: Mine, when: { field: shop, op: eq, value: x }, then: [{ signature: {} }] }]',
  },
  'an insurance without a rate': { shelves: stocked, rules: rule('options', '{ insurance: { currency: JPY } }') },
  'a push that waits for a person': { shelves: stocked, rules: rule('push', '{ manual: {} }') },
  'a push that waits for a time': { shelves: stocked, rules: rule('push', '{ delay: 3h }') },
  'a push at once': { shelves: stocked, rules: rule('push', '{ now: {} }') },
}

describe('what planning says', () => {
  it.each(Object.entries(situations))('of %s is said in Chinese', (_name, situation) => {
    const { holds, rest, trace } = plan(situation)
    const texts = [
      ...[...holds, ...(rest ? [rest] : [])].map(({ detail }) => detail),
      ...trace.flatMap(({ result, details = [] }) => [result, ...details]),
    ]

    expect(texts.length).toBeGreaterThan(0)
    expect(texts.filter((text) => !isName(text) && !chinese.test(inChinese(text)))).toEqual([])
  })
})

describe('what is said of merging', () => {
  it.each([
    'travels alone',
    'travels alone: its buyer or its street is not known',
    'travels alone: the weight of its goods is not known',
    'travels alone: its platform records its shipment by itself',
    'travels alone: it is heavier than the rule allows',
    'travels alone: it has more pieces than the rule allows',
    'travels alone: it ships in parts',
    'travels alone: a part of it is on its way',
    'travels alone: it must not go yet',
    'travels alone: there is no address',
    'travels alone: no other order of its buyer is there',
    'travels alone: it cannot go together with the others',
    'the rule "Same buyer" lets it travel with other orders of its buyer',
    'waits until 2026-11-24T09:00:00.000Z for other orders of its buyer, by the rule "Same buyer"',
    'so far with Q000000000001, Q000000000002',
    'in one parcel with Q000000000001',
    'with Q000000000001: no single warehouse has everything for all of them',
    'with Q000000000001: its units cannot be taken from the warehouse one order at a time',
  ])('%s: in Chinese', (text) => {
    const said = inChinese(text)

    expect(said).toMatch(chinese)
    expect(said.replace(/Same buyer|Q\d+|[\d:.TZ-]+/g, '')).not.toMatch(/[a-z]/)
  })
})

const lost = { errorMessage: 'cut off' }
const outside: Readonly<Record<string, Partial<Dossier>>> = {
  'a request to stop': { fulfillmentOrders: [fulfillmentOrder(1, { cancelRequestedAt: at('09:00') })] },
  'a request to stop for the sake of another order': {
    fulfillmentOrders: [fulfillmentOrder(1, { cancelRequestedAt: at('09:00'), cancelRequestedFor: 'Q2' })],
  },
  'a parcel that was not stopped': {
    order: order({ platformState: 'cancelled' }),
    fulfillmentOrders: [fulfillmentOrder(1, { cancelRequestedAt: at('09:00') })],
    effects: [cancelEffect(1, { state: 'rejected', errorMessage: 'the warehouse had shipped it already (D)' })],
  },
  'a parcel that came to life again': {
    fulfillmentOrders: [fulfillmentOrder(1, { cancelRequestedAt: at('09:00') })],
    effects: [cancelEffect(1, { state: 'confirmed' })],
  },
  'a refused push that left, and so did its successor': {
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] }), fulfillmentOrder(2, { plannedAt: at('10:00') })],
    effects: [createEffect(1, { state: 'rejected', armedAt: at('09:00'), settledAt: at('09:00') })],
  },
  'a parcel without a tracking number': {
    fulfillmentOrders: [
      fulfillmentOrder(1, {
        status: 'wms-exception',
        problem:
          'it says since 2026-11-24T08:00:00.000Z that the parcel has left, without a tracking number: ask it for the number, or declare the order shipped with "npm run orders -- mark-shipped"',
      }),
    ],
  },
  'an order that the warehouse does not know any more': {
    fulfillmentOrders: [
      fulfillmentOrder(1, { status: 'wms-exception', problem: 'it has no order G1 any more: ask it what became of that' }),
    ],
  },
  'a push that was refused again and again': {
    effects: [
      createEffect(1, {
        state: 'unknown',
        probes: 9,
        errorMessage: 'sent 5 times and never seen by a read; the last answer: 参考号已存在',
      }),
    ],
  },
  'an order that the warehouse cancelled': {
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })],
    effects: [createEffect(1)],
  },
  'parcels that hold too little': {
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1, { orderLines: [] })] })],
    effects: [createEffect(1)],
  },
  'a problem at the warehouse': { fulfillmentOrders: [fulfillmentOrder(1, { status: 'wms-exception' })] },
  'a draft': { fulfillmentOrders: [fulfillmentOrder(1, { parked: true })] },
  'a stop that is not known': { effects: [cancelEffect(1, { ...lost, state: 'unknown', probes: 9 })] },
  'a push that is refused': {
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'cancelled' })],
    effects: [createEffect(1, { ...lost, state: 'rejected' })],
  },
  'a push that is not known': { effects: [createEffect(1, { ...lost, state: 'unknown', probes: 9 })] },
  'a reference that is taken': {
    effects: [createEffect(1, { state: 'unknown', probes: 9, errorCode: 'conflict', errorMessage: 'it differs in lines' })],
  },
  'a report that is refused': { effects: [confirmEffect(1, { ...lost, state: 'rejected' })] },
  'a report that is not known': { effects: [confirmEffect(1, { state: 'unknown', probes: 9 })] },
  'a carrier without a word': {
    effects: [
      confirmEffect(1, {
        state: 'planned',
        errorCode: 'carrier-unmapped',
        errorMessage: 'carrier "x" has no word for wish: add it to carriers.yaml',
      }),
    ],
  },
}

describe('what the course of an order says', () => {
  it.each(Object.entries(outside))('of %s is said in Chinese', (_name, parts) => {
    const details = progressHolds(dossier(parts)).map(({ detail }) => detail)

    expect(details.length).toBeGreaterThan(0)
    expect(details.filter((detail) => !chinese.test(inChinese(detail)))).toEqual([])
    expect(details.map(inChinese).filter((detail) => / (the|it|is|was|had|has) /.test(detail))).toEqual([])
  })

  it('keeps names, times and what others have said', () => {
    expect(inChinese('the warehouse refused Q1-1: SKU 不存在 (E12). Correct the cause, then release the hold')).toBe(
      '仓库拒绝了 Q1-1：SKU 不存在 (E12)。请更正原因后放行',
    )
    expect(inChinese('something from a platform: with a colon')).toBe('something from a platform: with a colon')
  })
})
