import { describe, expect, it } from 'vitest'
import { createRecordAudit, type RecordFinding } from '../../../core/audit/check-records.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import {
  confirmEffect,
  createEffect,
  dossier,
  fulfillmentLine,
  fulfillmentOrder,
  hold,
  order,
  orderLine,
  orderNo,
  packed,
} from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

function auditOf(...parts: readonly Partial<Dossier>[]) {
  const audit = createRecordAudit(at('12:00'))
  for (const part of parts) audit.look(dossier(part))
  return audit.result()
}

function findings(...parts: readonly Partial<Dossier>[]): readonly RecordFinding[] {
  return auditOf(...parts).findings
}

/** At the warehouse, with both mugs. */
const taken: Partial<Dossier> = {
  order: order({ state: 'in-fulfillment' }),
  fulfillmentOrders: [fulfillmentOrder(1)],
  effects: [createEffect(1)],
}
const twice = [fulfillmentOrder(1), fulfillmentOrder(2)]

describe('an order of its own right', () => {
  it.each([
    ['is due for a decision', { order: order({ planDueAt: at('12:01') }) }],
    ['is at a warehouse', taken],
    ['waits with a hold', { holds: [hold()] }],
    [
      'is done',
      { order: order({ state: 'completed' }), fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })] },
    ],
    ['waits for its payment', { order: order({ state: 'awaiting-payment', platformState: 'awaiting-payment' }) }],
  ])('gives no finding when it %s', (_name, parts: Partial<Dossier>) => {
    expect(findings(parts)).toEqual([])
  })
})

describe('findings in our own rows', () => {
  it('I2: an order that is stored twice', () => {
    expect(findings(taken, taken)).toEqual([{ invariant: 'I2', subject: 'brand/1', message: 'stored twice' }])
    expect(auditOf(taken, taken).orders).toBe(2)
  })

  it('I5: more units taken than were ordered', () => {
    expect(findings({ ...taken, fulfillmentOrders: twice })).toEqual([
      { invariant: 'I5', subject: orderNo, message: 'line L1: 2 ordered, 0 cancelled, but 4 are taken or to be planned' },
    ])
  })

  it('I6: orders of one parcel that stand differently', () => {
    const merged = ['Q000000000001-1', 'Q000000000002-1']
    const inParcel = (status: 'shipped' | 'accepted') => ({
      order: order({ state: 'completed', platformOrderId: status }),
      fulfillmentOrders: [fulfillmentOrder(1, { status, merged, packages: [packed(1)] })],
    })
    const invariants = (...parts: readonly Partial<Dossier>[]) => findings(...parts).map(({ invariant }) => invariant)

    expect(invariants(inParcel('shipped'), inParcel('accepted'))).toEqual(['I6'])
    expect(invariants(inParcel('shipped'))).toEqual([])
  })

  it('I5: more units shipped than were ordered', () => {
    const shipped = twice.map((item, index) => ({ ...item, status: 'shipped' as const, packages: [packed(index + 1)] }))

    expect(findings({ order: order({ state: 'completed' }), fulfillmentOrders: shipped }).map(({ invariant }) => invariant)).toEqual(['I5'])
  })

  it.each([
    ['is being decided', { order: order({ planDueAt: at('12:00') }) }],
    ['is shown by a hold', { holds: [hold({ reason: 'cancel-pending' })] }],
    [
      'is being stopped at the warehouse',
      { fulfillmentOrders: [fulfillmentOrder(1), fulfillmentOrder(2, { cancelRequestedAt: at('11:00') })] },
    ],
    ['was settled by a person', { holds: [hold({ reason: 'intercept-failed', releasedAt: at('11:00'), releasedBy: 'ann' })] }],
  ])('I5: nothing while the difference %s', (_name, parts: Partial<Dossier>) => {
    expect(findings({ ...taken, fulfillmentOrders: twice, ...parts })).toEqual([])
  })

  it('I5: nothing when the platform cancels what has left already', () => {
    const cancelled = order({ state: 'completed', lines: [orderLine({ cancelledQuantity: 2 })] })

    expect(findings({ order: cancelled, fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', packages: [packed(1)] })] })).toEqual(
      [],
    )
  })

  it('I5: units for a line that the order does not have', () => {
    const lines = [fulfillmentLine({ orderLines: [{ platformLineId: 'GONE', quantity: 1 }] })]

    expect(findings({ ...taken, fulfillmentOrders: [fulfillmentOrder(1), fulfillmentOrder(2, { lines })] })).toEqual([
      { invariant: 'I5', subject: orderNo, message: '1 units are taken for line GONE, which the order does not have' },
    ])
  })

  it('I11: an order that stands still', () => {
    expect(findings({})).toEqual([
      { invariant: 'I11', subject: 'brand/1', message: 'stands still in state open without a next step or a hold' },
    ])
  })

  it('I11: an outcome that nobody asks for and no hold shows', () => {
    const lost = withoutNext(confirmEffect(1, { state: 'unknown' }))

    expect(findings({ ...taken, effects: [lost] }).map(({ subject }) => subject)).toEqual([lost.key])
    expect(findings({ ...taken, effects: [lost], holds: [hold({ reason: 'writeback-unknown' })] })).toEqual([])
  })

  it('I11: a write for a shop that is not configured any more', () => {
    const report = confirmEffect(1, { state: 'planned' })
    const audit = createRecordAudit(at('12:00'), (account) => account !== report.account)
    audit.look(dossier({ ...taken, effects: [createEffect(1), report] }))

    expect(audit.result().findings).toEqual([
      { invariant: 'I11', subject: report.key, message: expect.stringContaining(`${report.account} is not configured any more`) },
    ])
  })

  it('I14: a call of a process that has ended, when a later one has worked', () => {
    const orphan = withoutNext(createEffect(1, { state: 'inflight', epoch: 3, armedAt: at('11:00') }))
    const other = { ...taken, order: order({ platformOrderId: '2', state: 'in-fulfillment' }), effects: [createEffect(1, { epoch: 4 })] }

    expect(findings({ ...taken, effects: [orphan] })).toEqual([])
    expect(findings({ ...taken, effects: [orphan] }, other)).toEqual([
      { invariant: 'I14', subject: orphan.key, message: expect.stringContaining(`under way since ${at('11:00')}`) },
    ])
  })
})

describe('open outcomes', () => {
  it('are listed with their age since they were last sent', () => {
    const open = createEffect(1, { state: 'unknown', armedAt: at('11:59'), nextAttemptAt: at('12:02'), errorMessage: 'cut off' })
    const due = createEffect(1, { state: 'planned' })

    expect(auditOf({ ...taken, effects: [open, due, createEffect(1)] }).open).toEqual([
      { key: open.key, account: 'gc', orderNo, state: 'unknown', ageSeconds: 60, nextAttemptAt: at('12:02'), message: 'cut off' },
    ])
  })
})

function withoutNext<Row extends { readonly nextAttemptAt?: unknown }>(effect: Row): Omit<Row, 'nextAttemptAt'> {
  const { nextAttemptAt: _, ...rest } = effect
  return rest
}
