import { describe, expect, it } from 'vitest'
import { gatheredUntil, groupOf, type Mergeable, obstacleOf } from '../../../core/planning/merge-group.ts'
import type { AutoMerge } from '../../../core/rules/stages/merge.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { testWarehouse } from '../../fakes/test-operations.ts'

const hour: AutoMerge = { kind: 'auto', windowMs: 3_600_000, maxOrders: 5, maxWeightGrams: 2_000, maxQuantity: undefined }
const paid = (time: string, changes: Partial<Mergeable> = {}): Mergeable => ({
  orderNo: time,
  paidAt: at(time),
  shipBy: undefined,
  grams: 500,
  pieces: 1,
  ...changes,
})
const groupAround = (self: Mergeable, others: readonly Mergeable[], rule = hour) => groupOf(self, others, rule).map((each) => each.orderNo)

describe('a group', () => {
  it('holds everything paid within the window of its first order, to the minute', () => {
    expect(groupAround(paid('09:00'), [paid('08:00'), paid('08:30'), paid('09:01')])).toEqual(['08:00', '08:30', '09:00'])
  })

  it('counts the window of who came too late from the next payment', () => {
    expect(groupAround(paid('09:01'), [paid('08:00'), paid('10:01'), paid('10:02')])).toEqual(['09:01', '10:01'])
  })

  it('takes 1.9 of 2 kilograms, and passes over what is too heavy for what fits', () => {
    const [heavy, light] = [paid('08:10', { grams: 1_700 }), paid('08:20', { grams: 1_400 })]

    expect(groupAround(paid('08:00'), [heavy, light])).toEqual(['08:00', '08:20'])
    expect(groupAround(heavy, [paid('08:00'), light])).toEqual(['08:10'])
  })

  it('takes so many orders and pieces as the rule says', () => {
    const others = ['08:10', '08:20', '08:30'].map((time) => paid(time, { pieces: 2 }))

    expect(groupAround(paid('08:00'), others, { ...hour, maxOrders: 2 })).toEqual(['08:00', '08:10'])
    expect(groupAround(paid('08:00'), others, { ...hour, maxQuantity: 5 })).toEqual(['08:00', '08:10', '08:20'])
  })

  it('is the same whichever of its orders asks', () => {
    const all = ['08:00', '08:20', '08:40', '09:10', '09:50'].map((time) => paid(time, { grams: 700 }))

    for (const self of all) {
      const others = all.filter((each) => each !== self)
      const group = groupAround(self, others)
      for (const member of all.filter((each) => group.includes(each.orderNo)))
        expect(
          groupAround(
            member,
            all.filter((each) => each !== member),
          ),
        ).toEqual(group)
    }
  })
})

describe('a group is gathered', () => {
  const context = { warehouses: [testWarehouse], now: at('08:30') }

  it('until the window of its first order has passed, and not beyond now', () => {
    expect(gatheredUntil([paid('08:00'), paid('08:20')], hour, context)).toBe(at('09:00'))
    expect(gatheredUntil([paid('07:00')], hour, context)).toBe(at('08:30'))
  })

  it('not at all when one of its orders would be at risk of leaving late by then', () => {
    expect(gatheredUntil([paid('08:00'), paid('08:20', { shipBy: at('12:59') })], hour, context)).toBe(at('08:30'))
    expect(gatheredUntil([paid('08:00'), paid('08:20', { shipBy: at('13:00') })], hour, context)).toBe(at('09:00'))
  })
})

describe('an order can never travel with others', () => {
  it.each([
    ['when a weight is asked for and not known', { grams: undefined }, 'the weight of its goods is not known'],
    ['when it is too heavy alone', { grams: 2_001 }, 'it is heavier than the rule allows'],
    ['when it has too many pieces alone', { pieces: 9 }, 'it has more pieces than the rule allows'],
  ])('%s', (_when, changes, reason) => {
    expect(obstacleOf(paid('08:00', changes), { ...hour, maxQuantity: 8 })).toBe(reason)
  })

  it('unless nobody asks', () => {
    expect(obstacleOf(paid('08:00', { grams: undefined }), { ...hour, maxWeightGrams: undefined })).toBeUndefined()
    expect(obstacleOf(paid('08:00', { grams: 2_000 }), hour)).toBeUndefined()
  })
})
