import { describe, expect, it } from 'vitest'
import { money } from '../../../core/value/money.ts'
import {
  cancelEffect,
  confirmEffect,
  createEffect,
  fulfillmentOrder,
  hold,
  order,
  orderLine,
  orderNo,
  packed,
} from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { explain, traceOf } from './explaining.ts'

describe('what an order is', () => {
  it('names platform, id, shop and quantities', () => {
    expect(explain().headline).toBe('shopify order 1 of shop brand: 1 line, 2 units')
  })

  it('shows the number that the buyer sees beside the id', () => {
    expect(explain({ order: order({ displayNumber: '#1001' }) }).headline).toContain('shopify order #1001 (1)')
  })

  it('says its state in one sentence, with why it waits', () => {
    const holds = [hold(), hold({ reason: 'high-value', subject: 'r' }), hold({ reason: 'cool-off', releasedAt: at('09:00') })]

    expect(explain({ holds }).summary).toBe(
      'It is to be shipped and no warehouse has it yet. It waits. No warehouse has everything that is needed. And 1 more reason, see below.',
    )
    expect(explain({ holds }, { lang: 'zh' }).summary).toBe(
      '需要发货，但还没有交给任何仓库。正在等待。没有一个仓库备齐所需的货。另有 1 个原因，见下文。',
    )
  })
})

describe('what the platform says', () => {
  it('is its own words, ours, times and amount', () => {
    const totals = {
      items: money(2000, 'USD'),
      shipping: money(0, 'USD'),
      tax: money(0, 'USD'),
      discount: money(0, 'USD'),
      grand: money(2000, 'USD'),
    }

    expect(explain({ order: order({ totals }) }).platformSaid.slice(0, 2)).toEqual([
      'PAID / UNFULFILLED: to be shipped, paid',
      'bought 2026-11-24 07:00:00Z, changed there 2026-11-24 07:00:00Z, 20.00 USD',
    ])
  })

  it('warns of a ship-by that is over, and only while the order is to be shipped', () => {
    const shipBy = at('09:00')

    expect(explain({ order: order({ shipBy }) }).platformSaid).toContain('to be shipped by 2026-11-24 09:00:00Z, overdue (3 hours ago)')
    expect(explain({ order: order({ shipBy, state: 'completed' }) }).platformSaid.join()).not.toContain('09:00')
  })

  it('gives each line with its goods and what is not to be shipped any more', () => {
    const lines = [orderLine({ cancelledQuantity: 1, shippedQuantity: 1 }), orderLine({ platformLineId: 'L2', resolved: [] })]

    expect(explain({ order: order({ lines }) }).platformSaid.slice(-2)).toEqual([
      '2 × CH-MUG "A mug" → 2 × MUG (1 cancelled, 1 shipped as the platform counts)',
      '2 × CH-MUG "A mug"',
    ])
  })

  it('tells why an order is not ours, and what a person has changed', () => {
    expect(
      explain({ order: order({ state: 'ignored', ignoredReason: 'fulfilled by Amazon', fulfilledBy: 'platform' }) }).platformSaid,
    ).toEqual(expect.arrayContaining(['shipped by the platform itself', 'not ours to ship: fulfilled by Amazon']))
    const edits = { warehouse: 'NJ', shipTo: { country: 'US' }, closed: { as: 'shipped', reason: 'sent by hand' } } as const
    expect(explain({ order: order({ edits }) }).platformSaid).toEqual(
      expect.arrayContaining([
        'closed by hand: sent by hand',
        'chosen by hand: warehouse NJ',
        expect.stringContaining('corrected by hand'),
      ]),
    )
  })

  it('begins with a newer reading that could not be understood', () => {
    expect(explain({}, { unreadable: 'lines.0: expected number' }).platformSaid[0]).toContain('lines.0: expected number')
  })
})

describe('what was decided', () => {
  const trace = traceOf(
    { stage: 'mapping', result: 'every line is mapped', details: ['CH-MUG: 1 × MUG'] },
    {
      stage: 'review',
      result: '1 rules hold it',
      rules: [
        {
          rule: 'High value',
          ruleZh: '高额订单',
          result: 'matched',
          compared: [{ asked: 'amounts.totalUsd gte 300', found: '350.00 USD', verdict: true }],
        },
        { rule: 'Many', result: 'not-matched', compared: [{ asked: 'quantity gte 20', found: '2', verdict: false }] },
      ],
    },
    { nonsense: true },
    { stage: 'a-stage-of-tomorrow', result: 'something' },
  )

  it('is each step with the rules tried, the values compared and the result', () => {
    expect(explain({}, { trace }).decided.steps).toEqual([
      { stage: 'mapping', title: 'mapping', result: 'every line is mapped', details: ['CH-MUG: 1 × MUG'] },
      {
        stage: 'review',
        title: 'review',
        result: '1 rules hold it',
        details: [
          'rule "High value": matches',
          '  amounts.totalUsd gte 300? yes: 350.00 USD',
          'rule "Many": does not match',
          '  quantity gte 20? no: 2',
        ],
      },
      { stage: 'a-stage-of-tomorrow', title: 'a-stage-of-tomorrow', result: 'something', details: [] },
    ])
  })

  it('calls rules by their Chinese names in Chinese', () => {
    expect(explain({}, { trace, lang: 'zh' }).decided.steps[1]?.details[0]).toBe('规则“高额订单”：符合')
  })

  it('names the configuration, and says when another is in force now', () => {
    expect(explain({}, { trace, version: '0123456789abcdef' }).decided).toMatchObject({
      text: '2026-11-24 08:00:00Z (4 hours ago), configuration 0123456789ab',
      isOutdated: false,
    })
    expect(explain({}, { trace, version: 'other' }).decided.isOutdated).toBe(true)
  })

  it.each([undefined, { at: at('08:00'), trace: 'damaged' }])('is nothing without a trace that can be read: %s', (missing) => {
    expect(explain({}, { trace: missing }).decided).toMatchObject({
      at: null,
      steps: [],
      text: expect.stringContaining('nothing was decided'),
    })
  })
})

describe('what was sent and what came back', () => {
  it('follows each fulfillment order from its push to its parcels, then the reports to the platform', () => {
    const payload = {
      reference: `${orderNo}-1`,
      warehouseCode: 'USEA',
      serviceCode: 'FEDEX_GROUND',
      shipTo: { country: 'US' },
      lines: [{ wmsSku: 'GC-MUG', quantity: 2 }],
    }
    const steps = explain({
      fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', wmsStatus: 'D', wmsOrderNo: 'G1', packages: [packed(1)] })],
      effects: [
        confirmEffect(1, {
          state: 'unknown',
          attempt: 2,
          errorCode: 'no-answer',
          errorMessage: 'did not answer',
          nextAttemptAt: at('12:02'),
        }),
        createEffect(1, { payload, attempt: 1, armedAt: at('08:01'), settledAt: at('08:02'), remoteId: 'G1' }),
        cancelEffect(1, { state: 'rejected' }),
      ],
    }).outside

    expect(steps.map((step) => step.text)).toEqual([
      `push ${orderNo}-1 at gc: confirmed`,
      `fulfillment order ${orderNo}-1, NJ by ground: shipped (D)`,
      `stop ${orderNo}-1 at gc: refused`,
      `report package ${orderNo}:1 at brand: outcome not known`,
    ])
    expect(steps[0]?.details.slice(0, 2)).toEqual([
      'sent: warehouse USEA, service FEDEX_GROUND, to US: 2 × GC-MUG',
      '1 try, last sent 2026-11-24 08:01:00Z, settled 2026-11-24 08:02:00Z, their number G1',
    ])
    expect(steps[1]?.details).toEqual(['number at the warehouse G1', 'package 9401, fedex, shipped 2026-11-24 10:00:00Z'])
    expect(steps[3]?.details).toEqual([
      'sent: 9401, carrier ?',
      '2 tries',
      'answer: did not answer [no-answer]',
      'next step 2026-11-24 12:02:00Z (in 2 minutes)',
    ])
  })

  it('tells what a warehouse complains about', () => {
    const [step] = explain({
      fulfillmentOrders: [
        fulfillmentOrder(1, { status: 'wms-exception', problem: 'no box fits', parked: true, cancelRequestedAt: at('09:00') }),
      ],
    }).outside

    expect(step?.details).toEqual(['kept there as a draft', 'problem: no box fits', 'to be stopped since 2026-11-24 09:00:00Z'])
  })

  it('still tells the course of a write whose content was purged', () => {
    const [step] = explain({ effects: [createEffect(1, { payload: null, attempt: 1 })] }).outside

    expect(step?.details[0]).toBe('1 try')
  })
})

describe('what an order waits for', () => {
  it('is each open hold with since when, why, how it ends and what to run', () => {
    const holds = [
      hold({ reason: 'unmapped-sku', subject: 'X', detail: 'no SKU is known' }),
      hold({ reason: 'high-value', releasedAt: at('09:00') }),
    ]

    expect(explain({ holds }).holds).toEqual([
      {
        reason: 'unmapped-sku',
        source: 'system',
        subject: 'X',
        since: at('08:00'),
        why: expect.stringContaining('not known which of your goods'),
        detail: 'no SKU is known',
        ends: expect.stringContaining('import it'),
        suggestions: [],
        commands: ['npm run import -- sku-mappings FILE.csv --yes'],
      },
    ])
  })

  it('ends at its time when it has one', () => {
    const [explained] = explain({ holds: [hold({ reason: 'cool-off', release: { mode: 'at-time', at: at('13:00') } })] }).holds

    expect(explained?.ends).toBe('by itself at 2026-11-24 13:00:00Z (in 60 minutes)')
  })
})

describe('the history', () => {
  it('tells events in words, and what nobody knows as it stands', () => {
    const events = [
      { type: 'imported', at: at('07:00'), data: { platformStatus: 'PAID', lines: 1 } },
      { type: 'state', at: at('08:00'), data: { from: 'open', to: 'in-fulfillment' } },
      { type: 'effect-unknown', at: at('08:01'), data: { key: 'wms-create:R-1', kind: 'wms-create', attempt: 1, message: 'cut off' } },
      { type: 'from-tomorrow', at: at('08:02'), data: {} },
    ]

    expect(explain({}, { events }).history.map(({ text }) => text)).toEqual([
      'first read from the platform: PAID, 1 line',
      'state: open → in fulfillment',
      'push R-1: outcome not known: cut off',
      'from-tomorrow',
    ])
  })
})

describe('personal data', () => {
  it('is nowhere in an explanation', () => {
    const secret = {
      name: 'PERSON',
      company: 'FIRM',
      phone: '555',
      email: 'x@y.z',
      line1: 'ROADWAY',
      line2: 'DOOR',
      city: 'TOWN',
      state: 'PROVINCE',
      postcode: 'ZIP',
      country: 'US',
    }
    const explanation = explain({
      order: order({
        personal: {
          shipTo: secret,
          buyer: { id: 'BUYERID', name: 'PERSON', email: 'x@y.z' },
          notes: { buyer: 'NOTE', gift: 'GIFT', seller: 'MEMO' },
        },
        edits: { shipTo: secret },
        taxIds: { vat: 'VATNUMBER' },
        lines: [orderLine({ customization: 'ENGRAVED' })],
      }),
      fulfillmentOrders: [fulfillmentOrder(1, { packages: [packed(1)] })],
      effects: [
        createEffect(1, {
          payload: { warehouseCode: 'W', serviceCode: 'S', shipTo: secret, lines: [], note: 'NOTE', taxIds: { vat: 'VATNUMBER' } },
        }),
      ],
      holds: [hold({ reason: 'address-invalid' })],
    })

    expect(JSON.stringify(explanation)).not.toMatch(
      /PERSON|FIRM|555|x@y|ROADWAY|DOOR|TOWN|PROVINCE|ZIP|BUYERID|NOTE|GIFT|MEMO|VATNUMBER|ENGRAVED/,
    )
  })
})
