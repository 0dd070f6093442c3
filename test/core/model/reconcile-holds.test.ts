import { describe, expect, it } from 'vitest'
import type { Hold } from '../../../core/model/hold.ts'
import { reconcileHolds, releasedHold, type WantedHold, withChanges } from '../../../core/model/reconcile-holds.ts'
import { hold, order } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const now = at('09:00')

function wanted(changes: Partial<WantedHold> = {}): WantedHold {
  return { reason: 'out-of-stock', source: 'system', subject: '', detail: 'there is none', release: { mode: 'when-condition' }, ...changes }
}

function reconcile(existing: readonly Hold[], ...wants: readonly WantedHold[]): readonly Hold[] {
  return reconcileHolds({ order: order(), existing, wanted: wants, governs: (item) => item.source === 'system', now })
}

const manual = { mode: 'manual' } as const
const releasedBy = (by: string, changes: Partial<Hold> = {}): Hold => releasedHold(hold(changes), by, at('08:30'))

describe('reconciling holds', () => {
  it('places what is missing', () => {
    expect(reconcile([], wanted())).toEqual([{ ...wanted(), orderNo: order().orderNo, clientId: 'default', placedAt: now }])
  })

  it('leaves alone what stands as it must', () => {
    expect(reconcile([hold()], wanted())).toEqual([])
  })

  it('updates a changed detail and keeps the day it was placed', () => {
    const changes = reconcile([hold({ placedAt: at('07:00') })], wanted({ detail: 'there is one, two are needed' }))

    expect(changes).toMatchObject([{ detail: 'there is one, two are needed', placedAt: at('07:00') }])
    expect(changes[0]).not.toHaveProperty('releasedAt')
  })

  it('releases what has no cause any more', () => {
    expect(reconcile([hold()])).toEqual([{ ...hold(), releasedAt: now, releasedBy: 'system' }])
  })

  it('tells holds apart by reason and subject', () => {
    const changes = reconcile([hold({ subject: 'MUG' })], wanted({ subject: 'BOX' }), wanted({ reason: 'no-route', subject: 'MUG' }))

    expect(changes.map((change) => [change.reason, change.subject, change.releasedBy])).toEqual([
      ['out-of-stock', 'BOX', undefined],
      ['no-route', 'MUG', undefined],
      ['out-of-stock', 'MUG', 'system'],
    ])
  })

  it('does not touch holds that others answer for', () => {
    expect(reconcile([hold({ source: 'platform' }), hold({ source: 'user', subject: 'x' })])).toEqual([])
  })

  it('places again what the product itself released', () => {
    expect(reconcile([releasedBy('system')], wanted())).toHaveLength(1)
  })
})

describe('a hold that a person released', () => {
  it.each([
    ['by a rule until somebody looks', wanted({ reason: 'high-value', source: 'rule', subject: 'High value', release: manual })],
    [
      'by a rule for a time',
      wanted({ reason: 'cool-off', source: 'rule', subject: 'Cool-off', release: { mode: 'at-time', at: at('10:00') } }),
    ],
    ['by the product, which can go on without', wanted({ reason: 'address-invalid' })],
    ['by the platform', wanted({ reason: 'risk-flagged', source: 'platform' })],
    ['for a person to decide', wanted({ reason: 'push-rejected', subject: 'Q1-1', release: manual })],
  ])('is not placed again when it was placed %s', (_case, want) => {
    expect(reconcile([releasedBy('ada', want)], want)).toEqual([])
  })

  it('comes back while its cause lasts when it is a fact that nobody can decide', () => {
    const [again] = reconcile([releasedBy('ada')], wanted({ isFact: true }))

    expect(again).toMatchObject({ reason: 'out-of-stock', placedAt: now })
    expect(again).not.toHaveProperty('isFact')
  })

  it('is placed for another subject all the same', () => {
    expect(reconcile([releasedBy('ada', { release: manual, subject: 'Q1-1' })], wanted({ release: manual, subject: 'Q1-2' }))).toHaveLength(
      1,
    )
  })

  it('is placed again when the same thing happened once more since', () => {
    const released = [releasedBy('ada', { reason: 'push-rejected', release: manual })]
    const before = wanted({ reason: 'push-rejected', release: manual, causedAt: at('08:29') })
    const since = wanted({ reason: 'push-rejected', release: manual, causedAt: at('08:31') })

    expect(reconcile(released, before)).toEqual([])
    const [again] = reconcile(released, since)
    expect(again).toMatchObject({ reason: 'push-rejected', placedAt: now })
    expect(again).not.toHaveProperty('causedAt')
  })
})

describe('the holds once the changes are saved', () => {
  it('have each open one replaced by its change, and keep the released ones', () => {
    const past = releasedBy('system', { subject: 'MUG' })
    const open = hold({ subject: 'MUG' })
    const other = hold({ subject: 'BOX' })
    const released = { ...open, releasedAt: now, releasedBy: 'system' }

    expect(withChanges([past, open, other], [released])).toEqual([past, other, released])
  })
})
