import { describe, expect, it } from 'vitest'
import { dictionaries } from '../../../core/explain/dictionaries.ts'
import { factsOf } from '../../../core/explain/event-facts.ts'
import { type ExplainContext, renderExplanation } from '../../../core/explain/index.ts'
import { inChinese } from '../../../core/explain/zh-phrases.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { money } from '../../../core/value/money.ts'
import { cancelEffect, confirmEffect, createEffect, fulfillmentOrder, hold, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { explain, laneRow, now, traceOf } from './explaining.ts'

const chinese = /\p{Script=Han}/u
/** Commands, quantities with goods, and answers of others are the same in every language. */
const isCommon = (line: string): boolean => /^(! )?(npm run|\d+ × )/.test(line)

const zero = money(0, 'USD')
const totals = { items: zero, shipping: zero, tax: zero, discount: zero, grand: money(100, 'USD') }
const outbound = { warehouseCode: 'W', serviceCode: 'S', shipTo: { country: 'US' }, lines: [{ wmsSku: 'G', quantity: 1 }] }

/** Orders that together make every sentence. */
const cases: readonly (readonly [string, Partial<Dossier>, Partial<ExplainContext>])[] = [
  [
    'a long way',
    {
      order: order({
        totals,
        displayNumber: '#1',
        shipBy: at('09:00'),
        promisedService: 'NextDay',
        fulfilledBy: 'platform',
        edits: { shipTo: { country: 'US' }, warehouse: 'NJ', service: 'ground', closed: { as: 'shipped', reason: 'by ann' } },
        lines: [orderLine({ cancelledQuantity: 1, shippedQuantity: 1 })],
      }),
      fulfillmentOrders: [
        fulfillmentOrder(1, {
          wmsStatus: 'W',
          wmsOrderNo: 'G1',
          parked: true,
          problem: 'no box fits',
          cancelRequestedAt: at('09:00'),
          packages: [packed(1)],
        }),
      ],
      effects: [
        createEffect(1, { payload: outbound, attempt: 2, armedAt: at('08:01'), settledAt: at('08:02'), remoteId: 'G1' }),
        cancelEffect(1, { state: 'rejected', errorMessage: 'the warehouse had shipped it already (D)' }),
        confirmEffect(1, { state: 'confirmed', verifiedAt: at('11:00') }),
      ],
      holds: [
        hold({
          reason: 'intercept-failed',
          subject: 'R',
          release: { mode: 'manual' },
          detail: 'the order was changed, but the warehouse did not stop R (x): recall the parcel or settle it with the buyer',
        }),
        hold({
          reason: 'cool-off',
          source: 'rule',
          release: { mode: 'at-time', at: at('13:00') },
          detail: 'the rule "x" keeps it until 2026-11-24T13:00:00.000Z; it then goes on by itself',
        }),
      ],
    },
    {
      unreadable: 'lines.0: expected number',
      version: 'another',
      trace: traceOf({
        stage: 'review',
        result: 'no rule holds it',
        rules: [{ rule: 'Big', result: 'fx-missing', compared: [{ asked: 'a gte 1', found: '2', verdict: 'unknown' }] }],
      }),
      events: [{ type: 'assigned', at: at('08:00'), data: { user: 'ann', reason: 'closer', warehouse: 'NJ', service: 'ground' } }],
    },
  ],
  [
    'a wait for a time',
    { holds: [hold({ reason: 'cool-off', release: { mode: 'at-time', at: at('13:00') }, detail: 'it goes on by itself at 13:00' })] },
    {},
  ],
  ['a decision', { order: order({ planDueAt: at('12:05'), shipBy: at('20:00') }) }, { lanes: [laneRow({ lastStartedAt: at('09:00') })] }],
  ['a push', { effects: [createEffect(1, { state: 'planned', nextAttemptAt: at('12:01') })] }, { writeStop: true }],
  [
    'a question',
    { effects: [createEffect(1, { state: 'unknown', nextAttemptAt: at('12:01') })] },
    { lanes: [laneRow({ problem: { kind: 'auth', code: 'x', message: 'x', since: at('11:00') } })] },
  ],
  ['a check', { effects: [confirmEffect(1, { state: 'confirmed', nextAttemptAt: at('12:01') })] }, {}],
  ['a call', { effects: [withoutNext(createEffect(1, { state: 'inflight' }))] }, {}],
  ['work at a warehouse', { order: order({ state: 'in-fulfillment' }), fulfillmentOrders: [fulfillmentOrder(1)] }, {}],
  ['a payment', { order: order({ state: 'awaiting-payment', platformState: 'awaiting-payment' }) }, {}],
  ['nothing done', { order: order({ state: 'completed' }) }, {}],
  ['nothing cancelled', { order: order({ state: 'cancelled' }) }, {}],
  ['nothing ours', { order: order({ state: 'ignored', ignoredReason: 'recorded only' }) }, {}],
  ['nothing closed', { order: order({ state: 'ignored', edits: { closed: { as: 'given-up', reason: '由 ann' } } }) }, {}],
  ['a standstill', { order: order({ lines: [orderLine({ channelSku: '' as never })] }) }, {}],
]

describe.each(cases)('an explanation of %s', (_name, parts, context) => {
  const linesIn = (lang: 'en' | 'zh'): readonly string[] =>
    renderExplanation(explain(parts, { ...context, lang }), now)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')

  it('is Chinese in every line', () => {
    expect(linesIn('zh').filter((line) => !isCommon(line) && !chinese.test(line))).toEqual([])
  })

  it('has as many lines in English', () => {
    expect(linesIn('en')).toHaveLength(linesIn('zh').length)
  })
})

describe.each(['en', 'zh'] as const)('events in %s', (lang) => {
  const words = dictionaries[lang]
  const say = (type: keyof typeof words.events, data: Readonly<Record<string, unknown>>): string => words.events[type](factsOf(data, words))

  it('tell the details that were stored', () => {
    expect(say('changed-on-platform', { changed: ['status', 'address'], from: 'A', to: 'B' })).toMatch(
      /\(status, address\): A → B|（状态，地址）：A → B/,
    )
    expect(say('warehouse', { reference: 'R', status: 'shipped', wmsStatus: 'D', packages: [1, 2] })).toMatch(/\(D\).*2/)
    expect(say('assigned', { user: 'ann', reason: 'why', service: 'ground' })).not.toMatch(/warehouse|仓库/)
    expect(say('assigned', { user: 'ann', reason: 'why', warehouse: 'NJ' })).not.toMatch(/service|物流/)
    expect(say('edited', { user: 'ann', reason: 'why', fields: ['city', 'postcode'] })).toMatch(/ann.*city.*postcode.*why/)
    expect(say('effect-confirmed', { key: 'wms-create:R', kind: 'wms-create', attempt: 3 })).toMatch(/R.*3/)
    expect(say('hold-placed', { reason: 'out-of-stock', subject: 'X' })).toContain('out-of-stock (X)')
  })
})

describe('sentences that were stored in English', () => {
  it.each([
    ['carrier "x" has no word for wish: add it to carriers.yaml', 'carriers.yaml'],
    [
      'the platform opened the order again, and Q1-1 (9400) was sent for it: see whether the parcel left and is still to be delivered. If so, enter its number on the platform; then release the hold, and what has not left is shipped',
      'Q1-1 (9400)',
    ],
    [
      'Q1 and Q2, in the same parcel, waits for its payment, and the warehouse may have the request for the parcel: all go when that is paid, and the others without it when it is cancelled',
      'Q1、Q2',
    ],
    ['warehouse NJ is not in warehouses.yaml any more: put it back until its parcels are reported', 'NJ'],
    ['service saver of warehouse NJ is not in warehouses.yaml any more: put it back until its parcels are reported', 'saver'],
    ['wish takes one tracking number per order', 'wish'],
    ['ebay does not let a reported tracking number be changed: enter the new one there', 'ebay'],
    ['the order is cancelled on ebay, which takes no shipment for it', 'ebay'],
    [
      'ebay shows these units as shipped by somebody else already, and a parcel of ours has left as well: recall it or settle it with the buyer',
      'ebay',
    ],
    ['bought 2026-01-01, before shop s was taken over (since 2026-02-01): recorded, not pushed', '2026-02-01'],
    ['the warehouse says "Z", a state that is not known here', 'Z'],
    ['a read after the write does not show it', ''],
    ['sent 5 times and never seen by a read', '5'],
    ['the platform shows 940 with other lines or quantities', '940'],
    ['the platform reports that it could not apply the tracking number', ''],
    ['the platform gave no address: read the order again, or give one with "npm run orders -- edit"', 'npm run orders'],
    ['A*2: 2 × A (split-pattern A*2+B)', 'split-pattern A*2+B'],
    ['X: 1 × A (mapping of SKU X for platform wish)', '平台 wish'],
    ['X: 1 × A (mapping of SKU X for shop brand)', '店铺 brand'],
  ])('are said in Chinese: %s', (english, kept) => {
    expect(inChinese(english)).toMatch(chinese)
    expect(inChinese(english)).toContain(kept)
  })
})

function withoutNext<Row extends { readonly nextAttemptAt?: unknown }>(effect: Row): Omit<Row, 'nextAttemptAt'> {
  const { nextAttemptAt: _, ...rest } = effect
  return rest
}
