import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WishQuery } from '../../../../connectors/wish/client.ts'
import { type Step, step, type Walk, type WalkKey, walk, walkQuery } from '../../../../connectors/wish/operations/cursor.ts'
import { type Instant, instantFromMs } from '../../../../core/value/instant.ts'

interface Row {
  readonly id: string
  readonly updated_at: Instant
  readonly released_at: Instant
  readonly state: string
  readonly type?: string
}

const base = Date.parse('2026-11-24T08:00:00Z')

const at = (offsetMs: number): Instant => instantFromMs(base + offsetMs)

/** The list operation as documented: inclusive bounds, ascending order, equal times by id. */
function list(rows: readonly Row[], query: WishQuery): readonly Row[] {
  const [key] = String(query['sort_by']).split('.') as [WalkKey]
  const within = (row: Row, name: WalkKey) =>
    (query[`${name}_min`] === undefined || row[name] >= String(query[`${name}_min`])) &&
    (query[`${name}_max`] === undefined || row[name] <= String(query[`${name}_max`]))
  return rows
    .filter((row) => within(row, 'updated_at') && within(row, 'released_at'))
    .filter((row) => query['states'] === undefined || query['states'].includes(row.state))
    .filter((row) => query['order_type'] === undefined || row.type === query['order_type'])
    .sort((a, b) => (a[key] + a.id < b[key] + b.id ? -1 : 1))
    .slice(0, Number(query['limit']))
}

function readAll(rows: readonly Row[], pageSize: number, key: WalkKey = 'updated_at') {
  const found = new Map<string, number>()
  const incomplete: Instant[] = []
  let place: Walk | undefined = { from: at(0), seen: [] }
  let pages = 0
  while (place !== undefined) {
    pages += 1
    if (pages > 5_000) throw new Error('the walk does not end')
    const options = { key, pageSize }
    const page = list(rows, walkQuery(place, options))
    const taken: Step<Row> = step(place, page, options)
    for (const { id } of taken.fresh) found.set(id, (found.get(id) ?? 0) + 1)
    if (taken.incompleteAt !== undefined) incomplete.push(taken.incompleteAt)
    // Through text and back, as the cursor goes.
    place = taken.next && walk.parse(JSON.parse(JSON.stringify(taken.next)))
  }
  return { found, incomplete, pages }
}

const states = ['APPROVED', 'SHIPPED', 'REFUNDED', 'REQUIRE_REVIEW', 'DECLINED']

function id(index: number): string {
  return String(index).padStart(24, '0')
}

function row(index: number, shape: { updated: number; released?: number; state?: string; type?: string }): Row {
  return {
    id: id(index),
    updated_at: at(shape.updated),
    released_at: at(shape.released ?? 0),
    state: shape.state ?? 'APPROVED',
    ...(shape.type === undefined ? {} : { type: shape.type }),
  }
}

describe('walking through changed orders', () => {
  test('asks for the oldest first and from the last time on [wish-read-01]', () => {
    expect(walkQuery({ from: at(0), seen: [] }, { key: 'updated_at', pageSize: 500 })).toMatchObject({
      limit: '500',
      sort_by: 'updated_at.asc',
      updated_at_min: '2026-11-24T08:00:00.000Z',
    })
  })

  test('meets each order once when a seam falls between equal times [wish-read-02]', () => {
    const rows = [0, 1, 1, 1, 2, 3].map((offset, index) => row(index, { updated: offset }))

    const { found } = readAll(rows, 4)

    expect([...found.entries()].sort()).toEqual(rows.map(({ id }) => [id, 1]).sort())
  })

  test('ends with the page that is not full, in as few pages as possible', () => {
    const rows = Array.from({ length: 10 }, (_, index) => row(index, { updated: index }))

    expect(readAll(rows, 500).pages).toBe(1)
  })

  test('goes along the release time when a page has one update time [wish-read-03]', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(index, { updated: 5, released: index % 10, state: 'QUARANTINED' }))

    const { found, incomplete } = readAll([...rows, row(99, { updated: 6 })], 10)

    expect(found.size).toBe(41)
    expect(incomplete).toEqual([])
  })

  test('asks state by state when both times are shared [wish-read-03]', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(index, { updated: 5, state: states[index % 5] ?? '' }))

    const { found, incomplete } = readAll(rows, 10)

    expect(found.size).toBe(40)
    expect(incomplete).toEqual([])
  })

  test('asks order type by order type when the state is shared too, and says that some may be missing [wish-read-03]', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(index, { updated: 5, type: index % 2 ? 'WISH_EXPRESS' : 'WISH_PLUS' }))

    const { found, incomplete } = readAll([...rows, row(99, { updated: 9 })], 25)

    expect(found.size).toBe(41)
    expect(incomplete).toEqual([at(5)])
  })

  test('says that orders may be missing when nothing tells them apart, and goes on behind them', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(index, { updated: 5 }))

    const { found, incomplete } = readAll([...rows, row(99, { updated: 9 })], 10)

    expect(found.has(id(99))).toBe(true)
    expect(incomplete).toEqual([at(5)])
  })

  test.each(['updated_at', 'released_at'] as const)('finds every order along %s, whatever times coincide', (key) => {
    const anyRow = fc.record({
      updated: fc.integer({ min: 0, max: 6 }),
      released: fc.integer({ min: 0, max: 40 }),
      state: fc.constantFrom(...states),
    })
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), fc.integer({ min: 2, max: 9 }), (shapes, pageSize) => {
        // Two milliseconds apart: a question for one moment takes in the next millisecond.
        const rows = shapes.map((shape, index) => row(index, { ...shape, updated: shape.updated * 2, released: shape.released * 2 }))
        const most = Math.max(
          0,
          ...Object.values(Object.groupBy(rows, (each) => `${each.updated_at} ${each.released_at} ${each.state}`)).map(
            (group) => group?.length ?? 0,
          ),
        )

        const { found, incomplete } = readAll(rows, Math.max(pageSize, most + 1), key)

        expect(found.size).toBe(rows.length)
        expect(incomplete).toEqual([])
      }),
    )
  })
})
