import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listedOrders, parseCursor, parsePage } from '../../../connectors/shared/cursor.ts'
import type { ListedOrder } from '../../../core/ports/connector.ts'
import { type Instant, parseInstant } from '../../../core/value/instant.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { plainShop as shop } from '../ebay/ebay-world.ts'

const schema = z.object({ offset: z.number() })

describe('a stored cursor', () => {
  test('comes back as it was stored, and is nothing at the beginning', () => {
    const call = fakeCallContext()

    expect(parseCursor(schema, '{"offset":3}', { shop, call })).toEqual({ offset: 3 })
    expect(parseCursor(schema, undefined, { shop, call })).toBeUndefined()
    expect(call.lines).toEqual([])
  })

  test.each(['', 'not json', '{"page":7}'])('that cannot be read (%j) starts over, with a warning', (cursor) => {
    const call = fakeCallContext()

    expect(parseCursor(schema, cursor, { shop, call })).toBeUndefined()
    expect(call.lines).toMatchObject([{ level: 'warn' }])
  })
})

describe('a page token of ours', () => {
  test('is read without a word when it is none', () => {
    expect(parsePage(schema, undefined)).toBeUndefined()
    expect(parsePage(schema, '{"offset":3}')).toEqual({ offset: 3 })
  })
})

describe('the rows of a listing', () => {
  const instant = (text: string) => parseInstant(text) as Instant
  const window = { from: instant('2026-11-24T08:00:00Z'), to: instant('2026-11-24T09:00:00Z') }

  test.each([
    ['2026-11-24T07:59:59Z', false],
    ['2026-11-24T08:00:00Z', true],
    ['2026-11-24T09:00:00Z', false],
  ])('from 08:00 to 09:00 hold %s: %s', (createdAt, expected) => {
    const listed: ListedOrder = { platformOrderId: '1', createdAt: instant(createdAt), status: 'open' }

    expect(listedOrders([listed], (record) => record, { window, shop, call: fakeCallContext() })).toEqual(expected ? [listed] : [])
  })

  test('lose none without a word', () => {
    const call = fakeCallContext()

    expect(listedOrders(['unreadable'], () => undefined, { window, shop, call })).toEqual([])
    expect(call.lines).toMatchObject([{ level: 'warn' }])
  })
})
