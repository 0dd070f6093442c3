import { describe, expect, it } from 'vitest'
import { confirmEffect, createEffect, fulfillmentOrder, hold, order, orderNo, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { explain, laneRow } from './explaining.ts'

const pushed = { fulfillmentOrders: [fulfillmentOrder(1)], effects: [createEffect(1)].map(withoutNext) }

describe('the next step', () => {
  it('is for a person when a hold only ends by hand, with the command to run', () => {
    const { next } = explain({ holds: [hold({ reason: 'high-value', source: 'rule', subject: 'Big', release: { mode: 'manual' } })] })

    expect(next).toMatchObject({ kind: 'person', at: null })
    expect(next.commands[0]).toBe(`npm run holds -- release --order ${orderNo} --reason high-value --subject Big`)
  })

  it('is for a person as soon as one of several holds is', () => {
    const { next } = explain({ holds: [hold({ reason: 'out-of-stock' }), hold({ reason: 'unmapped-sku', subject: 'X' })] })

    expect(next.kind).toBe('person')
    expect(next.commands).toEqual(['npm run import -- sku-mappings FILE.csv --yes'])
  })

  it.each(['en', 'zh'] as const)(
    'is to answer the buyer who asks to cancel, not to wait for a warehouse that knows nothing (%s)',
    (lang) => {
      const asked = hold({ reason: 'cancel-pending', source: 'platform', release: { mode: 'when-condition' } })
      const { summary, holds, next } = explain({ holds: [asked] }, { lang })

      expect(next.kind).toBe('person')
      expect(`${summary} ${holds[0]?.why} ${holds[0]?.ends} ${next.text}`).not.toMatch(/warehouse was asked|of the warehouse|截单|仓库答复/)
    },
  )

  it('comes by itself when the last of the times has come', () => {
    const { next } = explain({
      holds: [
        hold({ reason: 'cool-off', subject: 'late', release: { mode: 'at-time', at: at('14:30') } }),
        hold({ reason: 'cool-off', subject: 'soon', release: { mode: 'at-time', at: at('12:30') } }),
      ],
    })

    expect(next).toMatchObject({ kind: 'by-itself', at: at('14:30') })
    expect(next.text).toContain('in 2 hours')
  })

  it('comes by itself when stock comes in', () => {
    const { next } = explain({ holds: [hold({ reason: 'out-of-stock' })] })

    expect(next).toMatchObject({ kind: 'by-itself', at: null, commands: [] })
  })

  it('is a decision when the order is due for one', () => {
    const { next } = explain({ order: order({ planDueAt: at('12:05') }) })

    expect(next).toMatchObject({ kind: 'by-itself', at: at('12:05') })
    expect(next.text).toBe('2026-11-24 12:05:00Z (in 5 minutes): it is decided where and how it ships')
  })

  it.each([
    ['en', 'the platform allows no label before that time'],
    ['zh', '平台在此之前不允许打印面单'],
  ] as const)('says that the platform allows no label yet (%s)', (lang, text) => {
    const { next } = explain({ order: order({ planDueAt: at('14:00'), releaseNotBefore: at('14:00') }) }, { lang })

    expect(next.text).toContain(text)
  })

  it('of an order without lines is that the platform shows them', () => {
    const { next } = explain({ order: order({ lines: [] }) })

    expect(next).toMatchObject({ kind: 'by-itself', text: 'the platform shows what was ordered; the next poll sees it' })
  })

  it('of a done order with an open hold is what ends the hold, and nothing says that it is done', () => {
    const open = hold({ reason: 'writeback-rejected', subject: 'confirm-shipment:Q:1:2', release: { mode: 'manual' } })
    const { next, summary } = explain({ order: order({ state: 'completed' }), holds: [open] })

    expect(next.kind).toBe('person')
    expect(summary).toMatch(/^Everything has left; one thing is still to be settled\. /)
  })

  it('is to send what is planned', () => {
    const effects = [createEffect(1, { state: 'planned', nextAttemptAt: at('12:00') })]

    expect(explain({ effects }).next.text).toBe(`2026-11-24 12:00:00Z (in 0 seconds): it is sent: push ${orderNo}-1 (gc)`)
  })

  it.each(['unknown', 'accepted'] as const)('is to ask what became of a write that is %s', (state) => {
    const effects = [createEffect(1, { state, nextAttemptAt: at('12:01') })]

    expect(explain({ effects }).next).toMatchObject({ kind: 'by-itself', at: at('12:01') })
    expect(explain({ effects }).next.text).toContain(`asked what became of it: push ${orderNo}-1`)
  })

  it('is to verify what was reported, even when the order is done', () => {
    const effects = [confirmEffect(1, { state: 'confirmed', nextAttemptAt: at('12:15') })]

    expect(explain({ order: order({ state: 'completed' }), effects }).next.text).toContain(`stands there: report package ${orderNo}:1`)
  })

  it('is the answer of a call that is under way', () => {
    const effects = [createEffect(1, { state: 'inflight' })].map(withoutNext)

    expect(explain({ effects }).next.text).toBe(`a call is under way: push ${orderNo}-1 (gc)`)
  })

  it('is the work of the warehouse that has the order', () => {
    expect(explain({ ...pushed, order: order({ state: 'in-fulfillment' }) }).next).toMatchObject({
      kind: 'by-itself',
      text: 'the warehouse ships; its news is read every 5 minutes',
    })
  })

  it.each([
    ['en', 'the warehouse says that it has left and has given no tracking number yet', 'has left, no tracking number yet (D)'],
    ['zh', '仓库称已发出，但还没有给出运单号', '已发出，尚无运单号（D）'],
  ] as const)('is the tracking number when the warehouse says that the parcel has left without one (%s)', (lang, said, status) => {
    const left = fulfillmentOrder(1, { status: 'processing', wmsStatus: 'D', unnumberedSince: at('09:00') })
    const { next, summary, outside } = explain(
      { ...pushed, fulfillmentOrders: [left], order: order({ state: 'in-fulfillment' }) },
      { lang },
    )

    expect(next).toMatchObject({ kind: 'by-itself', text: expect.stringContaining(said) })
    expect(summary).not.toMatch(/not shipped it yet|仓库尚未发货/)
    const step = outside.find(({ about }) => about === 'fulfillment-order')
    expect(step?.text.replace(' (D)', lang === 'zh' ? '（D）' : ' (D)')).toContain(status)
    expect(step?.details.join()).toContain('2026-11-24 09:00:00Z')
  })

  it('is the payment of the buyer', () => {
    const unpaid = order({ state: 'awaiting-payment', platformState: 'awaiting-payment', paymentState: 'pending' })

    expect(explain({ order: unpaid }).next).toMatchObject({
      kind: 'by-itself',
      text: 'the platform reports the payment; the next poll sees it',
    })
  })

  it.each(['completed', 'cancelled'] as const)('is none for a %s order', (state) => {
    expect(explain({ order: order({ state }) }).next).toMatchObject({ kind: 'nothing', commands: [] })
  })

  it('is none for an ignored order, with the way to read it again', () => {
    const ignored = order({ state: 'ignored', ignoredReason: 'fulfilled by Amazon' })

    expect(explain({ order: ignored }, { commandTail: ' --config x' }).next).toMatchObject({
      kind: 'nothing',
      commands: ['npm run resync -- --shop brand --order 1 --config x'],
    })
  })

  it.each([
    ['ignored', 'given-up'],
    ['completed', 'shipped'],
  ] as const)('is none for an order that a person has closed: %s', (state, as) => {
    expect(explain({ order: order({ state, edits: { closed: { as, reason: 'by ann' } } }) }).next).toMatchObject({
      kind: 'nothing',
      text: 'Nothing: a person has closed it.',
      commands: [],
    })
  })

  it('says so when an order stands still without a reason', () => {
    const stuck = {
      order: order({ state: 'shipped' }),
      fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })],
    }

    expect(explain(stuck).next).toMatchObject({ kind: 'person', commands: ['npm run audit'] })
  })
})

describe('what stands in the way of the next step', () => {
  const effects = [createEffect(1, { state: 'planned', nextAttemptAt: at('12:00') })]

  it('is nothing while the lane works', () => {
    expect(explain({ effects }, { lanes: [laneRow()] }).next.notes).toEqual([])
  })

  it('is the switch that stops all writing', () => {
    expect(explain({ effects }, { writeStop: true }).next.notes.join()).toContain('writeStop')
  })

  it('is not that switch where nothing is written', () => {
    expect(explain({ order: order({ planDueAt: at('12:05') }) }, { writeStop: true }).next.notes).toEqual([])
  })

  it('is a lane that has stopped, with what it said', () => {
    const problem = { kind: 'auth', code: 'x', message: 'the key is refused', since: at('11:00') }

    expect(explain({ effects }, { lanes: [laneRow({ problem }), laneRow({ account: 'other', problem })] }).next.notes).toEqual([
      'sending to the warehouse of gc is stopped: the key is refused',
    ])
  })

  it('is that nothing runs', () => {
    expect(explain({ effects }, { lanes: [laneRow({ lastStartedAt: at('11:00') })] }).next.notes.join()).toContain('does not seem to run')
  })

  it('is not told to somebody who has to act anyway', () => {
    const holds = [hold({ reason: 'unmapped-sku', subject: 'X' })]

    expect(explain({ holds }, { lanes: [laneRow({ lastStartedAt: at('11:00') })] }).next.notes).toEqual([])
  })
})

function withoutNext<Row extends { readonly nextAttemptAt?: unknown }>(effect: Row): Omit<Row, 'nextAttemptAt'> {
  const { nextAttemptAt: _, ...rest } = effect
  return rest
}
