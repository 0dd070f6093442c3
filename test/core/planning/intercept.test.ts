import { describe, expect, it } from 'vitest'
import { deriveState } from '../../../core/planning/derive-state.ts'
import { progressHolds } from '../../../core/planning/progress-holds.ts'
import { revise } from '../../../core/planning/revise.ts'
import { cancelEffect, createEffect, dossier, fulfillmentOrder, order, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

describe('an order that the platform cancels while the warehouse works on it', () => {
  const cancelled = order({ platformState: 'cancelled' })
  const working = dossier({
    order: cancelled,
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'processing' })],
    effects: [createEffect(1)],
  })

  it('is to be stopped there', () => {
    const { intercepted, effects } = revise(working, at('09:00'))

    expect(intercepted).toEqual(['Q000000000001-1'])
    expect(effects.map(({ kind, state }) => [kind, state])).toEqual([['wms-cancel', 'planned']])
  })

  it('goes on to shipped when it is too late, and a person is told to recall the parcel', () => {
    const asked = { cancelRequestedAt: at('09:00') }
    const tooLate = cancelEffect(1, {
      state: 'rejected',
      errorCode: 'not-cancellable',
      errorMessage: 'the warehouse had shipped it already (D)',
      settledAt: at('09:05'),
    })
    const left = dossier({
      order: cancelled,
      fulfillmentOrders: [fulfillmentOrder(1, { ...asked, status: 'shipped', packages: [packed(1)] })],
      effects: [createEffect(1), tooLate],
    })

    expect(progressHolds(left)).toMatchObject([{ reason: 'intercept-failed', detail: expect.stringContaining('recall the parcel') }])
    expect(deriveState(left)).toBe('shipped')
  })
})
