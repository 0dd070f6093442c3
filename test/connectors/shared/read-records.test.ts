import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readOne, readRecords } from '../../../connectors/shared/read-records.ts'
import { SyncError } from '../../../core/errors.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'

const shape = z.object({ id: z.string(), updatedAt: z.string(), lines: z.array(z.object({ quantity: z.number() })) })
const idOf = (payload: unknown) => z.object({ id: z.string() }).safeParse(payload).data?.id
const read = (payload: unknown) => shape.parse(payload) as unknown as OrderSnapshot
const order = (id: string, minute: number) => ({ id, updatedAt: `2026-11-24T08:0${minute}:00.000Z`, lines: [{ quantity: 1 }] })
const failing = (error: unknown) => () => {
  throw error
}

describe('reading records one by one', () => {
  test('sets a bad record aside with its id, the place and the payload, and keeps its neighbors', async () => {
    const bad = { ...order('2', 0), lines: [{ quantity: 'two' }] }

    const result = await readRecords([order('1', 1), bad, order('3', 2)], { idOf, read })

    expect(result.orders).toEqual([order('1', 1), order('3', 2)])
    expect(result.rejected).toEqual([{ platformOrderId: '2', reason: expect.stringContaining('lines.0.quantity: '), payload: bad }])
  })

  test('gives the oldest change first, whatever the order in which the platform lists', async () => {
    const { orders } = await readRecords([order('1', 3), order('2', 1), order('3', 2)], { idOf, read })

    expect(orders.map((one) => idOf(one))).toEqual(['2', '3', '1'])
  })

  test('keeps a record of any form, without id when it has none', async () => {
    const { rejected } = await readRecords([null], { idOf, read })

    expect(rejected).toEqual([{ reason: expect.stringContaining('record: '), payload: null }])
  })

  test('sets aside what the mapping calls invalid data', async () => {
    const { rejected } = await readRecords([{ id: '1' }], {
      idOf,
      read: failing(new SyncError('invalid-data', 'the amount is not one', { code: 'x' })),
    })

    expect(rejected[0]?.reason).toBe('the amount is not one')
  })

  test.each([new TypeError('a bug'), new SyncError('auth', 'revoked', { code: 'revoked' })])('does not swallow %s', async (error) => {
    await expect(readRecords([{ id: '1' }], { idOf, read: failing(error) })).rejects.toBe(error)
  })
})

describe('reading one order', () => {
  test('says which order cannot be read, and where', async () => {
    const reading = readOne('Wish', '77', () => read({ ...order('77', 1), lines: 'none' }))

    await expect(reading).rejects.toMatchObject({
      kind: 'invalid-data',
      code: 'wish-order-unreadable',
      message: expect.stringMatching(/Wish order 77 .*lines: /),
    })
  })

  test('does not swallow a bug', async () => {
    const bug = new TypeError('a bug')

    await expect(readOne('Wish', '77', failing(bug))).rejects.toBe(bug)
  })
})
