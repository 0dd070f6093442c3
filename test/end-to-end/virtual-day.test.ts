import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../core/audit/audit.ts'
import { isOpen } from '../../core/model/reconcile-holds.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { requestsOf } from './harness.ts'
import { shopOf } from './sandboxes.ts'
import { dayMs, hourMs, minuteMs, openLife, scheduleBuyers, scheduleWarehouse, type VirtualLife } from './virtual-life.ts'

const orderCount = 240

describe('a day under a virtual clock, with the limits that the platforms publish', { timeout: 120_000 }, () => {
  let life: VirtualLife
  let audited: AuditResult
  let dossiers: readonly Dossier[]

  beforeAll(async () => {
    const shops = Object.values(shopOf)
    life = await openLife({ start: '2026-11-24T00:00:00.000Z' as Instant, shops, idleEveryMs: 5 * minuteMs })
    // The last can be shipped and told before the day ends.
    scheduleBuyers(life, { seed: 7, count: orderCount, shoppingMs: 20 * hourMs, shops })
    scheduleWarehouse(life, dayMs)
    await life.time.run(addMs(life.start, dayMs))
    audited = await life.audit()
    dossiers = await life.dossiers()
  }, 120_000)
  afterAll(() => life.close())

  it('asks nobody faster than allowed: no request is refused for its rate', () => {
    const requests = requestsOf(life.sandboxes)

    expect(requests.length).toBeGreaterThan(1_000)
    expect(requests.filter(({ status }) => status === 429)).toEqual([])
  })

  it('meets no problem in any lane', () => {
    expect(life.dispatcher.problems).toEqual([])
    expect([...life.dispatcher.passes.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(4 * 24 * 12)
  })

  it('ends with every order known, done or waiting for a stated reason, and nothing twice', () => {
    const unfinished = dossiers.filter(
      ({ order, holds }) => !['completed', 'cancelled', 'ignored', 'awaiting-payment'].includes(order.state) && !holds.some(isOpen),
    )

    expect(audited).toEqual({ lost: 0, duplicates: 0, violations: [] })
    expect(dossiers.length).toBeGreaterThan(orderCount * 0.9)
    expect(unfinished.map(({ order }) => `${order.shop}/${order.platformOrderId} ${order.state}`)).toEqual([])
  })

  it('completes most of them', () => {
    const completed = dossiers.filter(({ order }) => order.state === 'completed')

    expect(completed.length).toBeGreaterThan(orderCount * 0.7)
  })
})
