import { describe, expect, test } from 'vitest'
import type { FaultKind } from '../../sandbox/faults.ts'
import { account, type ConnectorContractHarness, contractWorld, minuteMs } from './connector-world.ts'

const dayMs = 24 * 60 * minuteMs
const unanswered: readonly FaultKind[] = ['H5-5xx-before', 'H6-timeout-before', 'H7-reset-after', 'H8-truncated-json', 'H9-html-200']
const throttled: readonly FaultKind[] = ['H1-429-seconds', 'H2-429-date', 'H3-429-bare', 'H4-429-absurd']

/** Reading in trouble: the error says what comes next, and the same cursor goes on when the trouble is over. */
export function describeTrouble(harness: ConnectorContractHarness): void {
  describe('reading in trouble', () => {
    test.each(unanswered)('reports %s as transient and reads everything afterwards', async (kind) => {
      const world = contractWorld(harness)
      const id = world.place()
      world.advance(minuteMs)
      world.marketplace.faults.set([{ kind, operations: harness.operations.readOrders, times: 1 }])

      await expect(world.readAll()).rejects.toMatchObject({ kind: 'transient' })
      const reading = await world.readAll()

      expect([...reading.orders.keys()]).toEqual([id])
    })

    test.each(throttled)('reports %s as rate-limit with a wait that makes sense', async (kind) => {
      const world = contractWorld(harness)
      world.place()
      world.advance(minuteMs)
      world.marketplace.faults.set([{ kind, operations: harness.operations.readOrders, times: 1 }])

      const refusal = await world.readAll().catch((error: unknown) => error)

      expect(refusal).toMatchObject({ kind: 'rate-limit' })
      const wait = (refusal as { retryAfterMs?: number }).retryAfterMs
      if (wait !== undefined) expect(wait).toBeLessThanOrEqual(dayMs)
    })

    test('says which shop must be connected again when access is withdrawn, and goes on when it is back', async () => {
      const world = contractWorld(harness)
      const id = world.place()
      world.advance(minuteMs)
      world.marketplace.revoke(account)

      await expect(world.readAll()).rejects.toMatchObject({ kind: 'auth', message: expect.stringContaining(world.shop.id) })
      world.marketplace.restore(account)
      const reading = await world.readAll(undefined, world.restart())

      expect([...reading.orders.keys()]).toEqual([id])
    })

    test('lives through the end of an access token', async () => {
      const world = contractWorld(harness)
      await world.readAll()
      world.advance(2 * dayMs)
      const id = world.place()
      world.advance(minuteMs)

      const reading = await world.readAll()

      expect([...reading.orders.keys()]).toContain(id)
    })

    test('sends nothing once the signal has aborted', async () => {
      const world = contractWorld(harness)
      world.call.abort(new Error('shutting down'))

      await expect(world.connector.fetchOrderChanges(undefined, world.call)).rejects.toBeDefined()

      expect(world.transport.sent).toEqual([])
    })

    test.each(harness.corruptions ?? [])('sets a record aside that is corrupt (%s) and reads its neighbors', async (how) => {
      const world = contractWorld(harness)
      const [first, corrupt, last] = world.placeMany(3) as [string, string, string]
      world.change(corrupt, { type: 'corrupt', how })
      world.advance(minuteMs)

      const reading = await world.readAll()

      expect([...reading.orders.keys()].sort()).toEqual([first, last].sort())
      expect(reading.rejected).toHaveLength(1)
      expect(reading.rejected[0]?.reason).not.toBe('')
      expect(reading.rejected[0]?.payload).toBeDefined()
    })

    const { sameTokenForever, refuseToken, empty } = harness.pages ?? {}

    test.skipIf(!sameTokenForever)('does not follow a page token that never changes without end', async () => {
      const world = contractWorld(harness)
      world.place()
      world.advance(minuteMs)
      world.transport.tamper({ change: (response, request) => sameTokenForever?.(response, request) ?? response })

      await expect(world.readAll()).rejects.toMatchObject({ name: 'SyncError' })
    })

    test.skipIf(!refuseToken)('starts the window again when a page token is refused, and skips nothing', async () => {
      const world = contractWorld(harness)
      const placed = world.placeMany(harness.manyOrders ?? 30)
      world.advance(minuteMs)
      const first = await world.connector.fetchOrderChanges(undefined, world.call)
      let refusals = 1
      world.transport.tamper({
        answer: (request) => {
          const refusal = refusals > 0 ? refuseToken?.(request) : undefined
          if (refusal) refusals -= 1
          return refusal
        },
      })

      const rest = await world.readAll(first.nextCursor)

      expect(refusals).toBe(0)
      expect([...rest.orders.keys()].sort()).toEqual([...placed].sort())
    })

    test.skipIf(!empty)('takes an empty page for an empty page and goes on from there later', async () => {
      const world = contractWorld(harness)
      world.transport.tamper({ change: (response, request) => empty?.(response, request) ?? response })
      const first = await world.readAll()
      world.transport.tamper(undefined)
      const id = world.place()
      world.advance(minuteMs)

      const second = await world.readAll(first.cursor)

      expect([...second.orders.keys()]).toEqual([id])
    })

    test.skipIf(!harness.unknownStatus)('makes a hold of a status that nobody knows, never a default', async () => {
      const world = contractWorld(harness)
      const id = world.place()
      world.advance(minuteMs)
      world.transport.tamper({ change: (response, request) => harness.unknownStatus?.(response, request) ?? response })

      const reading = await world.readAll()

      const reasons = reading.orders.get(id)?.holds.map((hold) => hold.reason)
      expect(reasons ?? reading.rejected.map(() => 'unknown-value')).toContain('unknown-value')
    })
  })
}
