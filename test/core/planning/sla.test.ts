import { describe, expect, it } from 'vitest'
import type { Order } from '../../../core/model/order.ts'
import { lastHandOver } from '../../../core/planning/cutoff.ts'
import { slaHorizon, slaState } from '../../../core/planning/sla.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { at } from '../../fakes/order-snapshots.ts'

/** Five in the afternoon there is ten at night in London. */
const newJersey = { timezone: 'America/New_York', cutoff: '17:00' }
const always = { timezone: 'America/New_York' }
const order = (changes: Partial<Pick<Order, 'state' | 'shipBy'>> = {}) => ({ state: 'open' as const, shipBy: at('23:00'), ...changes })

describe('the last moment to hand an order over', () => {
  it.each([
    ['is the cut-off of its day', '2026-11-24T23:00:00.000Z', '2026-11-24T22:00:00.000Z'],
    ['is the cut-off itself when that is the ship-by', '2026-11-24T22:00:00.000Z', '2026-11-24T22:00:00.000Z'],
    ['is the cut-off of the day before when the ship-by comes first', '2026-11-24T21:59:00.000Z', '2026-11-23T22:00:00.000Z'],
    ['is right when the clocks have gone back', '2026-11-01T21:30:00.000Z', '2026-10-31T21:00:00.000Z'],
  ])('%s', (_case, shipBy, last) => {
    expect(lastHandOver(newJersey, shipBy as Instant)).toBe(last)
  })

  it('is the ship-by where the warehouse has no cut-off', () => {
    expect(lastHandOver(always, at('21:00'))).toBe(at('21:00'))
  })
})

describe('work days and holidays', () => {
  const closed = { ...newJersey, workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: ['2026-11-26'] }
  const instant = (text: string) => text as Instant

  it('move the last hand-over before them', () => {
    expect(lastHandOver(closed, instant('2026-11-26T23:00:00.000Z'))).toBe('2026-11-25T22:00:00.000Z')
    expect(lastHandOver(closed, instant('2026-11-30T05:00:00.000Z'))).toBe('2026-11-27T22:00:00.000Z')
    expect(lastHandOver({ ...always, workdays: closed.workdays }, instant('2026-11-29T12:00:00.000Z'))).toBe('2026-11-28T05:00:00.000Z')
  })

  it('make an order at risk days before its ship-by', () => {
    const due = order({ shipBy: instant('2026-11-26T23:00:00.000Z') })

    expect(slaState(due, [closed], instant('2026-11-25T17:59:00.000Z'))).toBe('on-time')
    expect(slaState(due, [closed], instant('2026-11-25T18:01:00.000Z'))).toBe('at-risk')
  })

  it.each(['2026-11-24T08:00:00.000Z', '2026-11-25T18:01:00.000Z', '2026-11-25T23:00:00.000Z', '2026-11-27T21:00:00.000Z'])(
    'are looked ahead over: no order that is at risk at %s lies beyond the horizon',
    (now) => {
      const horizon = slaHorizon([closed, always], instant(now))
      const later = Array.from({ length: 24 * 10 }, (_, hours) => addMs(horizon, hours * 3_600_000))

      expect(later.filter((shipBy) => slaState(order({ shipBy }), [closed, always], instant(now)) !== 'on-time')).toEqual([])
    },
  )
})

describe('an order', () => {
  it.each([
    ['with time left is on time', order(), '18:00', 'on-time'],
    ['four hours before the last cut-off is at risk', order(), '18:01', 'at-risk'],
    ['after the last cut-off is at risk', order(), '22:30', 'at-risk'],
    ['after its ship-by is late', order(), '23:01', 'breached'],
    ['that the warehouse has is at risk only shortly before its ship-by', order({ state: 'in-fulfillment' }), '18:59', 'on-time'],
    ['that the warehouse has and does not ship is at risk', order({ state: 'in-fulfillment' }), '19:01', 'at-risk'],
    ['of which a part has left is watched', order({ state: 'partially-shipped' }), '18:01', 'at-risk'],
    ['that has shipped is not watched', order({ state: 'shipped' }), '23:01', 'none'],
    ['that waits for payment is not watched', order({ state: 'awaiting-payment' }), '23:01', 'none'],
  ] as const)('%s', (_case, about, now, state) => {
    expect(slaState(about, [newJersey], at(now))).toBe(state)
  })

  it('without a ship-by is not watched', () => {
    expect(slaState({ state: 'open' }, [newJersey], at('23:00'))).toBe('none')
  })

  it('that several warehouses may ship goes by the earliest cut-off', () => {
    const london = { timezone: 'Europe/London', cutoff: '12:00' }

    expect(slaState(order(), [newJersey, london, always], at('08:01'))).toBe('at-risk')
    expect(slaState(order(), [], at('18:59'))).toBe('on-time')
  })
})
