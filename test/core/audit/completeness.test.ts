import { describe, expect, it } from 'vitest'
import { completenessOf } from '../../../core/audit/completeness.ts'
import type { SweepRow } from '../../../core/ports/storage.ts'
import { at } from '../../fakes/order-snapshots.ts'

const gap = (platformOrderId: string, reason: string, explained = false): SweepRow['gaps'][number] => ({
  platformOrderId,
  createdAt: at('09:30'),
  reason,
  explained,
})

function sweep(gaps: SweepRow['gaps']): SweepRow {
  return {
    shop: 'brand',
    from: at('00:00'),
    to: at('12:00'),
    startedAt: at('12:00'),
    finishedAt: at('12:01'),
    listed: 10,
    held: 10 - gaps.length,
    gaps,
  }
}

const held = [
  { platformOrderId: 'A', purchasedAt: at('09:59') },
  { platformOrderId: 'B', purchasedAt: at('09:00') },
  { platformOrderId: 'C', purchasedAt: at('11:00') },
]

describe('completeness of a shop', () => {
  it('counts what is held by the hour of its purchase', () => {
    expect(completenessOf(sweep([]), held, new Map())).toEqual({
      listed: 10,
      heldThen: 10,
      gaps: [],
      hours: [
        { hour: at('09:00'), known: 2, missing: 0 },
        { hour: at('11:00'), known: 1, missing: 0 },
      ],
    })
  })

  it('shows an unexplained gap in its hour', () => {
    const { gaps, hours } = completenessOf(sweep([gap('X', 'cannot be read')]), held, new Map())

    expect(gaps).toEqual([{ platformOrderId: 'X', createdAt: at('09:30'), reason: 'cannot be read', isExplained: false }])
    expect(hours[0]).toEqual({ hour: at('09:00'), known: 2, missing: 1 })
  })

  it.each([
    ['the sweep itself', gap('X', 'not found by its id', true), 'not found by its id'],
    ['the order, which has come since', gap('A', 'cannot be read'), 'cannot be read; it has come since'],
    ['its record, which was set aside', gap('BAD', 'cannot be read'), 'set aside with its payload: no total'],
  ])('takes a gap as explained by %s', (_name, row, reason) => {
    const { gaps } = completenessOf(sweep([row]), held, new Map([['BAD', 'no total']]))

    expect(gaps).toEqual([expect.objectContaining({ reason, isExplained: true })])
  })

  it('does not count as missing what has come since', () => {
    expect(completenessOf(sweep([gap('A', 'cannot be read')]), held, new Map()).hours[0]).toMatchObject({ missing: 0 })
  })
})
