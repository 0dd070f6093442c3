import { describe, expect, it } from 'vitest'
import { recoverEffects } from '../../../core/effects/recover.ts'
import { testShop } from '../../fakes/test-operations.ts'
import { effectBench, plannedEffect, settleMs } from './effect-bench.ts'

describe('a new start', () => {
  it('declares unknown what an earlier process armed and did not settle, and it is read back, not sent', async () => {
    const bench = await effectBench()
    await bench.plan('a', 'b')
    bench.world.atFailpoint.set('push.answered', () => {
      throw new Error('the process ends here')
    })
    await expect(bench.pass()).rejects.toThrow('the process ends here')
    bench.world.atFailpoint.clear()

    expect(await bench.world.restart()).toBe(2)

    expect(await bench.load('a')).toMatchObject({ state: 'unknown', errorCode: 'process-died' })
    bench.world.clock.advance(settleMs)
    await bench.pass()
    expect(bench.log.filter((entry) => !entry.startsWith('settled'))).toEqual([
      'guard a',
      'guard b',
      'call a',
      'call b',
      'probe a',
      'probe b',
    ])
  })

  it('leaves what its own process has under way', async () => {
    const bench = await effectBench()
    await bench.save({ ...plannedEffect('a', bench.world), state: 'inflight', epoch: bench.world.epoch })

    expect(await recoverEffects(bench.world)).toBe(0)
    expect((await bench.load('a')).state).toBe('inflight')
  })

  it.each([
    ['the settle time of its account', 'brand', 30_000],
    ['two minutes when the account is not configured any more', 'closed-shop', 120_000],
  ])('asks after %s', async (_case, account, waitMs) => {
    const bench = await effectBench({ operations: { shops: [{ ...testShop, settleMs: 30_000 }] } })
    await bench.save({ ...plannedEffect('a', bench.world), account, state: 'inflight', epoch: 0 })

    await recoverEffects(bench.world)

    const { nextAttemptAt } = await bench.load('a')
    expect(Date.parse(nextAttemptAt ?? '') - Date.parse(bench.world.clock.now())).toBe(waitMs)
  })

  it('finds nothing to do after a clean stop', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    await bench.pass()

    expect(await bench.world.restart()).toBe(0)
  })
})
