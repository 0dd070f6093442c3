import { describe, expect, test } from 'vitest'
import { instantFromMs } from '../../../core/value/instant.ts'
import { failure, goodAccess, http, orderRecord, type Scripted, scriptedGoodcang, success } from './scripted.ts'

const ordinary = 'order/get_order_list'
const drafts = 'order/get_draft_order_list'
const from = instantFromMs(Date.parse('2026-11-20T00:00:00Z'))
const none = success({ count: '0', data: [] })
const noData = failure({ message: '没有数据', Error: { errCode: '400', errMessage: '没有数据' } })

const records = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => orderRecord({ order_code: `G${first + index}`, reference_no: `Q-${first + index}` }))

/** Reads until the window is done. */
async function readAll({ adapter, call }: ReturnType<typeof scriptedGoodcang>, since?: string) {
  const references: string[] = []
  let cursor = since
  for (let turn = 0; turn < 50; turn += 1) {
    const page = await adapter.listChangedOutbounds(cursor, from, call)
    references.push(...page.outbounds.map((outbound) => outbound.reference))
    expect(page.nextCursor).not.toBe(cursor)
    cursor = page.nextCursor
    if (!page.hasMore) return { references, cursor }
  }
  throw new Error('the window does not end')
}

describe('reading changed orders', () => {
  test('asks the ordinary list and then both draft lists for one window in Beijing time', async () => {
    const world = scriptedGoodcang({ [ordinary]: [none], [drafts]: [none] })

    await readAll(world)

    const window = { page: 1, pageSize: 100, modify_date_from: '2026-11-20 07:50:00', modify_date_to: '2026-11-24 16:00:00' }
    expect(world.asked.map(({ path, body }) => ({ path, body }))).toEqual([
      { path: ordinary, body: window },
      { path: drafts, body: { ...window, order_status: 'C' } },
      { path: drafts, body: { ...window, order_status: 'H' } },
    ])
  })

  test('keeps the upper bound of a window while time goes on, and begins the next before the newest change that it has seen', async () => {
    const changed = success({ count: 1, data: [orderRecord({ date_modify: '2026-11-24 15:40:00' })] })
    const world = scriptedGoodcang({ [ordinary]: [changed], [drafts]: [none] })
    const first = await world.adapter.listChangedOutbounds(undefined, from, world.call)
    world.call.advance(300_000)

    const { cursor } = await readAll(world, first.nextCursor)
    await world.adapter.listChangedOutbounds(cursor, from, world.call)

    expect(world.asked.map(({ body }) => body['modify_date_to'])).toEqual([
      '2026-11-24 16:00:00',
      '2026-11-24 16:00:00',
      '2026-11-24 16:00:00',
      '2026-11-24 16:05:00',
    ])
    expect(world.asked[3]?.body['modify_date_from']).toBe('2026-11-24 15:30:00')
  })

  test('begins where it did as long as a list shows no change, however far our clock goes on', async () => {
    const world = scriptedGoodcang({ [ordinary]: [none], [drafts]: [none] })
    const { cursor } = await readAll(world)
    world.call.advance(86_400_000)

    await readAll(world, cursor)

    expect(new Set(world.asked.map(({ body }) => body['modify_date_from']))).toEqual(new Set(['2026-11-20 07:50:00']))
  })

  test('takes the newest change of all pages, and never goes back', async () => {
    const at = (time: string) => ({ date_modify: `2026-11-24 ${time}` })
    const page = (time: string) => success({ count: '250', data: records(100).map((record) => ({ ...record, ...at(time) })) })
    const older = success({ count: 1, data: [orderRecord(at('09:00:00'))] })
    const world = scriptedGoodcang({
      [ordinary]: [page('15:00:00'), page('12:00:00'), page('13:00:00'), page('14:00:00'), older],
      [drafts]: [none],
    })
    const first = await readAll(world)
    const second = await readAll(world, first.cursor)

    await readAll(world, second.cursor)

    const ofOrdinary = world.asked.filter(({ path }) => path === ordinary).map(({ body }) => body['modify_date_from'])
    expect(ofOrdinary.slice(4)).toEqual(['2026-11-24 14:50:00', '2026-11-24 14:50:00'])
  })

  test('does not run ahead after a change that is dated in the future', async () => {
    const odd = success({ count: 1, data: [orderRecord({ date_modify: '2099-01-01 00:00:00' })] })
    const world = scriptedGoodcang({ [ordinary]: [odd, none], [drafts]: [none] })
    const { cursor } = await readAll(world)

    await world.adapter.listChangedOutbounds(cursor, from, world.call)

    expect(world.asked.at(-1)?.body['modify_date_from']).toBe('2026-11-24 15:50:00')
  })

  test('reads the pages after the first backwards, down to the first again', async () => {
    const page = (body: unknown) => success({ count: '250', data: records(100, body as number) })
    const world = scriptedGoodcang({ [ordinary]: [page(1), page(201), page(101), page(1)], [drafts]: [none] })

    const { references } = await readAll(world)

    expect(world.asked.slice(0, 4).map(({ body }) => body['page'])).toEqual([1, 3, 2, 1])
    expect(new Set(references).size).toBe(300)
  })

  test('does not page when everything fits on the first', async () => {
    const world = scriptedGoodcang({ [ordinary]: [success({ count: 100, data: records(100) })], [drafts]: [none] })

    await readAll(world)

    expect(world.asked.filter(({ path }) => path === ordinary)).toHaveLength(1)
  })

  test('leaves out orders without a reference, which somebody entered by hand', async () => {
    const world = scriptedGoodcang({
      [ordinary]: [success({ count: 2, data: [orderRecord({ reference_no: '' }), orderRecord()] })],
      [drafts]: [none],
    })

    expect((await readAll(world)).references).toEqual(['Q0123456789AB-1'])
  })

  test('sets an unreadable record aside and keeps the rest of the page', async () => {
    const bad = orderRecord({ order_code: 'G13', items: 'none' })
    const { adapter, call } = scriptedGoodcang({ [ordinary]: [success({ count: 2, data: [bad, orderRecord()] })] })

    const page = await adapter.listChangedOutbounds(undefined, from, call)

    expect(page.outbounds).toHaveLength(1)
    expect(page.rejected).toEqual([{ platformOrderId: 'G13', reason: expect.stringContaining('items'), payload: bad }])
  })

  test.each([
    ['null', success({ count: 0, data: null })],
    ['empty text', success({ count: '', data: '' })],
    ['nothing', success()],
  ])('takes %s for an empty list', async (_what, answer) => {
    const world = scriptedGoodcang({ [ordinary]: [answer], [drafts]: [answer] })

    expect((await readAll(world)).references).toEqual([])
  })

  test('reads a window again whose emptiness came as a refusal', async () => {
    const world = scriptedGoodcang({ [ordinary]: [noData, none], [drafts]: [none] })
    const { cursor } = await readAll(world)
    world.call.advance(300_000)

    await readAll(world, cursor)

    const lowerBounds = world.asked.map(({ path, body }) => [path, body['modify_date_from']])
    expect(lowerBounds[3]).toEqual([ordinary, '2026-11-20 07:50:00'])
    expect(lowerBounds[4]).toEqual([drafts, '2026-11-20 07:50:00'])
  })

  test.each([
    ['a refusal', failure({ message: 'busy' }), { kind: 'transient', code: 'wms-read-refused' }],
    ['data that is no list', success({ count: 1, data: { order_code: 'G1' } }), { kind: 'transient', code: 'wms-answer-garbled' }],
    ['a count that is no number', success({ count: 'many', data: [] }), { kind: 'transient', code: 'wms-answer-garbled' }],
    ['a full page without a count', success({ data: records(100) }), { kind: 'transient', code: 'wms-answer-garbled' }],
    ['HTTP 429', http(429), { kind: 'rate-limit' }],
    ['HTTP 401', http(401), { kind: 'auth' }],
  ])('throws on %s, so that the cursor stays', async (_what, answer, error) => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [ordinary]: [answer as Scripted] })

    await expect(adapter.listChangedOutbounds(undefined, from, call)).rejects.toMatchObject(error)
  })

  test('throws auth when the list is refused because everything is', async () => {
    const { adapter, call } = scriptedGoodcang({ [ordinary]: [failure()], 'base_data/get_warehouse': [failure()] })

    await expect(adapter.listChangedOutbounds(undefined, from, call)).rejects.toMatchObject({ kind: 'auth' })
  })

  test.each(['not json', '{}', '{"read":{"ordinary":"yesterday","C":"","H":""}}'])(
    'begins again and says so on the cursor %s',
    async (cursor) => {
      const { adapter, call, asked } = scriptedGoodcang({ [ordinary]: [none] })

      await adapter.listChangedOutbounds(cursor, from, call)

      expect(asked[0]?.body).toMatchObject({ page: 1, modify_date_from: '2026-11-20 07:50:00' })
      expect(call.lines).toEqual([expect.objectContaining({ level: 'warn', fields: { from } })])
    },
  )
})

describe('reading stock', () => {
  const inventory = 'inventory/get_product_inventory'
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ product_sku: `S${index}`, warehouse_code: 'USEA', sellable: '5' }))

  test('asks for the named warehouses, 200 at a time, until the count is reached', async () => {
    const { adapter, call, asked } = scriptedGoodcang({
      [inventory]: [success({ count: '201', data: rows(200) }), success({ count: '201', data: rows(1) })],
    })

    const first = await adapter.listInventory(['USEA', 'USWE'], undefined, call)
    const second = await adapter.listInventory(['USEA', 'USWE'], first.nextPage, call)

    expect([first.levels.length, second.levels.length, second.nextPage]).toEqual([200, 1, undefined])
    expect(asked.map(({ body }) => body)).toEqual([
      { pageSize: 200, page: 1, warehouse_code_arr: ['USEA', 'USWE'] },
      { pageSize: 200, page: 2, warehouse_code_arr: ['USEA', 'USWE'] },
    ])
  })

  test('sets an unreadable row aside', async () => {
    const { adapter, call } = scriptedGoodcang({ [inventory]: [success({ count: 2, data: [{ product_sku: 'A' }, ...rows(1)] })] })

    const page = await adapter.listInventory([], undefined, call)

    expect([page.levels.length, page.rejected.length]).toEqual([1, 1])
  })

  test.each([
    ['an empty page before the end', success({ count: 300, data: [] })],
    ['a refusal', noData],
    ['a full page without a count', success({ data: rows(200) })],
  ])('throws on %s, which must not look sold out', async (_what, answer) => {
    const { adapter, call } = scriptedGoodcang({ ...goodAccess, [inventory]: [answer] })

    await expect(adapter.listInventory(['USEA'], undefined, call)).rejects.toMatchObject({ kind: 'transient' })
  })
})
