import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PassProblem } from '../../../bench/virtual-run.ts'
import type { AuditResult } from '../../../core/audit/audit.ts'
import { isOpen } from '../../../core/model/reconcile-holds.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { requestsOf } from '../harness.ts'
import { type PlatformName, shopOf } from '../sandboxes.ts'
import { dayMs, hourMs, minuteMs, openLife, scheduleBuyers, scheduleWarehouse, type VirtualLife } from '../virtual-life.ts'

/** A Monday. */
const monday = '2026-11-16T00:00:00.000Z' as Instant
const orderCount = 280
/** The last orders come on Sunday evening; on the second Monday everything is shipped and told. */
const shoppingMs = 7 * dayMs - 3 * hourMs
const weekMs = 8 * dayMs

const newSecretAt = 1.5 * dayMs
/** The operator learns of it from the alarm, and saves the new secret hours later. */
const secretSavedAt = newSecretAt + 5 * hourMs
const badDayFrom = 3 * dayMs
const badDayTo = 4 * dayMs
const revokedFrom = 5 * dayMs
const revokedTo = 7 * dayMs

/**
 * A week of one shop in virtual time with the limits that its platform publishes: orders are placed, changed, paid
 * late, cancelled, refunded, split and shipped in parts; tokens expire, on Tuesday the app gets a new secret, on
 * Thursday the platform fails now and then, and over the week-end the seller's consent is gone.
 */
export function describeWeek(platform: PlatformName): void {
  describe(`a week of a shop on ${platform}`, { timeout: 240_000 }, () => {
    const shop = shopOf[platform]
    // An access token of Wish lives for a month: a new secret is not noticed before.
    const livesLongerThanAWeek = platform === 'wish'
    let life: VirtualLife
    let audited: AuditResult
    let dossiers: readonly Dossier[]

    beforeAll(async () => {
      life = await openLife({ start: monday, shops: [shop], idleEveryMs: 30 * minuteMs })
      scheduleBuyers(life, { seed: 23, count: orderCount, shoppingMs, shops: [shop] })
      scheduleWarehouse(life, weekMs)
      const trouble = scheduleTrouble(life, platform)
      await life.time.run(addMs(life.start, weekMs))
      await trouble()
      audited = await life.audit()
      dossiers = await life.dossiers()
    }, 240_000)
    afterAll(() => life.close())

    it('is never refused for its rate', () => {
      // Shopify answers with 200 and refuses the query.
      const throttled = requestsOf(life.sandboxes).filter(
        ({ status, outcome, isWrite }) => status === 429 || (status === 200 && outcome === 'refused' && !isWrite),
      )

      expect(requestsOf(life.sandboxes).length).toBeGreaterThan(2_000)
      expect(throttled).toEqual([])
    })

    it('meets problems only while the platform has some', () => {
      expect(life.dispatcher.problems.filter((problem) => !isExpected(problem))).toEqual([])
    })

    it('really has a bad day, and really loses its access', () => {
      const { requests } = life.sandboxes.marketplaces[platform].ledger(shop)
      const during = (from: number, to: number) => requests.filter(({ at }) => isBetween(at, from, to))
      const problems = (from: number, to: number) => life.dispatcher.problems.filter(({ at }) => isBetween(at, from, to))

      expect(during(badDayFrom, badDayTo).filter(({ status }) => status >= 500).length).toBeGreaterThan(20)
      expect(problems(newSecretAt, secretSavedAt + hourMs).length > 0).toBe(!livesLongerThanAWeek)
      expect(problems(revokedFrom, revokedTo).length).toBeGreaterThan(0)
      expect(during(revokedFrom, revokedTo).filter(({ outcome }) => outcome === 'executed')).toEqual([])
    })

    it('ends with a clean audit', () => {
      expect(audited).toEqual({ lost: 0, duplicates: 0, violations: [] })
    })

    it('ends with every order done or waiting for a stated reason', () => {
      const done = ['completed', 'cancelled', 'ignored', 'awaiting-payment']
      const unfinished = dossiers.filter(({ order, holds }) => !done.includes(order.state) && !holds.some(isOpen))

      expect(unfinished.map(({ order }) => `${order.platformOrderId} ${order.state}`)).toEqual([])
      expect(dossiers.length).toBeGreaterThan(orderCount * 0.9)
      expect(dossiers.filter(({ order }) => order.state === 'completed').length).toBeGreaterThan(orderCount * 0.7)
    })
  })

  /** Returns what tells whether the trouble itself went as planned. */
  function scheduleTrouble({ time, start, sandboxes, saveSettings }: VirtualLife, of: PlatformName): () => Promise<void> {
    const shop = shopOf[of]
    const marketplace = sandboxes.marketplaces[of]
    const saved: Promise<void>[] = []
    time.at(addMs(start, newSecretAt), () => {
      const settings = marketplace.rotateSecret(shop)
      time.at(addMs(start, secretSavedAt), () => saved.push(time.track(() => saveSettings(shop, settings))))
    })
    time.at(addMs(start, badDayFrom), () =>
      marketplace.faults.set([
        { kind: 'H5-5xx-before', probability: 0.1 },
        { kind: 'H5-5xx-after', probability: 0.05 },
      ]),
    )
    time.at(addMs(start, badDayTo), () => marketplace.faults.clear())
    time.at(addMs(start, revokedFrom), () => marketplace.revoke(shop))
    time.at(addMs(start, revokedTo), () => marketplace.restore(shop))
    return async () => void (await Promise.all(saved))
  }
}

function isBetween(at: Instant, from: number, to: number): boolean {
  return at >= addMs(monday, from) && at < addMs(monday, to)
}

/** Without the secret or the consent a shop has no access; on the bad day its calls fail; both may be noticed a little later. */
function isExpected({ at, kind }: PassProblem): boolean {
  const isNoticed = (from: number, to: number) => isBetween(at, from, to + hourMs)
  return kind === 'auth' ? isNoticed(newSecretAt, secretSavedAt) || isNoticed(revokedFrom, revokedTo) : isNoticed(badDayFrom, badDayTo)
}
