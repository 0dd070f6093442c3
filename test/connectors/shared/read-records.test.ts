import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readRecords } from '../../../connectors/shared/read-records.ts'
import { SyncError } from '../../../core/errors.ts'

const shape = z.object({ id: z.string(), lines: z.array(z.object({ quantity: z.number() })) })
const idOf = (payload: unknown) => z.object({ id: z.string() }).safeParse(payload).data?.id

describe('reading records one by one', () => {
  test('sets a bad record aside with its id, the place and the payload, and keeps its neighbors', () => {
    const good = { id: '1', lines: [{ quantity: 1 }] }
    const bad = { id: '2', lines: [{ quantity: 'two' }] }

    const result = readRecords([good, bad, good], idOf, (payload) => shape.parse(payload))

    expect(result.records).toEqual([good, good])
    expect(result.rejected).toEqual([{ platformOrderId: '2', reason: expect.stringContaining('lines.0.quantity: '), payload: bad }])
  })

  test('keeps a record of any form, without id when it has none', () => {
    const result = readRecords([null], idOf, (payload) => shape.parse(payload))

    expect(result.rejected).toEqual([{ reason: expect.stringContaining('record: '), payload: null }])
  })

  test('sets aside what the mapping calls invalid data', () => {
    const result = readRecords([{ id: '1' }], idOf, () => {
      throw new SyncError('invalid-data', 'the amount is not one', { code: 'amount-invalid' })
    })

    expect(result.rejected[0]?.reason).toBe('the amount is not one')
  })

  test.each([new TypeError('a bug'), new SyncError('auth', 'revoked', { code: 'revoked' })])('does not swallow %s', (error) => {
    const read = () =>
      readRecords([{ id: '1' }], idOf, () => {
        throw error
      })

    expect(read).toThrow(error)
  })
})
