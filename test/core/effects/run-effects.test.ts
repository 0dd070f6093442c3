import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import { addMs } from '../../../core/value/instant.ts'
import { effectBench, plannedEffect, settleMs } from './effect-bench.ts'

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
const revoked = new SyncError('auth', 'the grant is revoked: connect again', { code: 'grant-revoked' })

describe('sending an effect', () => {
  it('commits the intent before the call and the outcome after it', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    const seen: string[] = []
    bench.on.call = async () => {
      const { state, attempt, epoch } = await bench.load('a')
      seen.push(`${state}, attempt ${attempt}, epoch ${epoch}`)
      return { result: 'confirmed', remoteId: 'R1' }
    }

    const report = await bench.pass()

    expect(seen).toEqual([`inflight, attempt 1, epoch ${bench.world.epoch}`])
    expect(await bench.load('a')).toMatchObject({ state: 'confirmed', remoteId: 'R1' })
    expect(bench.log).toEqual(['guard a', 'call a', 'settled confirmed a'])
    expect(report.counts).toEqual({ confirmed: 1 })
  })

  it.each(['push.before-intent', 'push.after-intent', 'push.answered'] as const)(
    'never calls twice when the process ends at %s',
    async (point) => {
      const bench = await effectBench()
      await bench.plan('a')
      bench.world.atFailpoint.set(point, () => {
        throw new Error('the process ends here')
      })

      await expect(bench.pass()).rejects.toThrow('the process ends here')
      bench.world.atFailpoint.clear()
      for (let pass = 0; pass < 3; pass += 1) {
        bench.world.clock.advance(settleMs)
        await bench.pass()
      }

      const calls = bench.log.filter((entry) => entry === 'call a').length
      expect(calls).toBe(point === 'push.after-intent' ? 0 : 1)
      expect((await bench.load('a')).state).toBe('confirmed')
    },
  )

  it('does not arm twice when two passes meet', async () => {
    const bench = await effectBench()
    await bench.plan('a', 'b')

    await Promise.all([bench.pass(), bench.pass()])

    expect(bench.log.filter((entry) => entry.startsWith('call'))).toEqual(['call a', 'call b'])
  })

  it('sends at most a batch at once and says that more is due', async () => {
    const bench = await effectBench()
    await bench.plan(...Array.from({ length: 101 }, (_, index) => `e${String(index).padStart(3, '0')}`))

    const first = await bench.pass()
    const second = await bench.pass()

    expect([first.counts, first.more]).toEqual([{ confirmed: 100 }, true])
    expect([second.counts, second.more]).toEqual([{ confirmed: 1 }, false])
  })

  it('tells when the next effect falls due', async () => {
    const bench = await effectBench()
    const dueAt = addMs(bench.world.clock.now(), 60_000)
    await bench.save({ ...plannedEffect('later', bench.world), nextAttemptAt: dueAt })

    expect(await bench.pass()).toEqual({ counts: {}, more: false, nextDueAt: dueAt })
    expect(bench.log).toEqual([])
  })

  it('says nothing of a next time when nothing is left', async () => {
    const bench = await effectBench()

    expect(await bench.pass()).toEqual({ counts: {}, more: false })
  })

  it('runs again at once when an effect is due again', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.call = () => {
      throw new SyncError('rate-limit', 'too many', { code: 'throttled', retryAfterMs: 0 })
    }

    expect(await bench.pass()).toMatchObject({ counts: { planned: 1 }, more: true })
  })
})

describe('the last look before the call', () => {
  it('may complete the effect with what is known only now', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.guard = (effect) => ({ decision: 'go', effect: { ...effect, payload: { complete: true } } })
    let sent: unknown
    bench.on.call = (effect) => {
      sent = effect.payload
      return { result: 'confirmed' }
    }

    await bench.pass()

    expect(sent).toEqual({ complete: true })
    expect((await bench.load('a')).payload).toEqual({ complete: true })
  })

  it('may withdraw it: nothing is sent and the order learns of it', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.guard = () => ({ decision: 'withdraw', code: 'not-wanted', message: 'no longer wanted' as const })

    await bench.pass()

    expect(bench.log).toEqual(['guard a', 'settled withdrawn a'])
    expect(await bench.load('a')).toMatchObject({ state: 'withdrawn', attempt: 0 })
  })

  it('may make it wait, quietly', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    const until = addMs(bench.world.clock.now(), 1_000)
    bench.on.guard = () => ({ decision: 'wait', until })

    const report = await bench.pass()

    expect(report).toEqual({ counts: { planned: 1 }, more: false, nextDueAt: until })
    expect(bench.log).toEqual(['guard a'])
  })

  it('may make it wait for something that the order must show', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    const until = addMs(bench.world.clock.now(), 60_000)
    bench.on.guard = (effect) => ({ decision: 'wait', until, effect: { ...effect, errorCode: 'carrier-unmapped' } })

    await bench.pass()

    expect(bench.log).toEqual(['guard a', 'settled planned a'])
    expect(await bench.load('a')).toMatchObject({ state: 'planned', errorCode: 'carrier-unmapped', nextAttemptAt: until })
  })

  it('that fails undoes the intent: nothing is sent', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.guard = () => {
      throw new Error('the guard has a bug')
    }

    await expect(bench.pass()).rejects.toThrow('the guard has a bug')
    expect(await bench.load('a')).toMatchObject({ state: 'planned', attempt: 0 })
    expect(bench.log).toEqual(['guard a'])
  })
})

describe('an open outcome', () => {
  it('is read back before anything is sent again, and not before the settle time', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.call = () => {
      throw noAnswer
    }
    await bench.pass()
    bench.world.clock.advance(settleMs - 1)
    await bench.pass()
    bench.world.clock.advance(1)
    await bench.pass()

    expect(bench.log).toEqual(['guard a', 'call a', 'settled unknown a', 'probe a', 'settled confirmed a'])
  })

  it('is sent again under the same key after two reads missed it, a settle time apart', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    const answers = [() => Promise.reject(noAnswer), async () => ({ result: 'confirmed' }) as const]
    bench.on.call = () => answers.shift()?.() ?? Promise.reject(noAnswer)
    bench.on.probe = () => ({ found: 'absent' })

    for (let pass = 0; pass < 4; pass += 1) {
      await bench.pass()
      bench.world.clock.advance(settleMs)
    }

    expect(bench.log.filter((entry) => !entry.startsWith('settled'))).toEqual([
      'guard a',
      'call a',
      'probe a',
      'probe a',
      'guard a',
      'call a',
    ])
    expect(await bench.load('a')).toMatchObject({ attempt: 2 })
  })

  it('is never sent again when the target cannot be read back', async () => {
    const bench = await effectBench({ capabilities: { key: 'none', readBack: 'none', readBackLagMs: 0 } })
    await bench.plan('a')
    bench.on.call = () => Promise.reject(noAnswer)
    bench.on.probe = () => ({ found: 'absent' })

    for (let pass = 0; pass < 5; pass += 1) {
      await bench.pass()
      bench.world.clock.advance(86_400_000)
    }

    expect(bench.log).toEqual(['guard a', 'call a', 'settled unknown a'])
  })

  it('stays open while reads fail, and the order learns of each', async () => {
    const bench = await effectBench()
    await bench.save({ ...plannedEffect('a', bench.world), state: 'unknown' })
    bench.on.probe = () => Promise.reject(noAnswer)

    await bench.pass()

    expect(await bench.load('a')).toMatchObject({
      state: 'unknown',
      probes: 1,
      nextAttemptAt: addMs(bench.world.clock.now(), 2 * settleMs),
    })
    expect(bench.log).toEqual(['probe a', 'settled unknown a'])
  })

  it('is settled once when two passes read it at the same time', async () => {
    const bench = await effectBench()
    await bench.save({ ...plannedEffect('a', bench.world), state: 'unknown' })
    bench.on.probe = () => ({ found: 'absent' })

    await Promise.all([bench.pass(), bench.pass()])

    expect(await bench.load('a')).toMatchObject({ probes: 1, absences: 1 })
  })
})

describe('trouble with one effect', () => {
  it('does not stop its neighbours', async () => {
    const bench = await effectBench()
    await bench.plan('a', 'b', 'c')
    bench.on.call = (effect) => {
      if (effect.key === 'b') throw new TypeError('a bug that only b meets')
      return { result: 'confirmed' }
    }

    const report = await bench.pass()

    expect(report.counts).toEqual({ confirmed: 2, unknown: 1 })
    expect((await bench.load('b')).errorMessage).toBe('a bug that only b meets')
  })

  it('ends the pass only after the whole batch has settled', async () => {
    const bench = await effectBench()
    await bench.plan('a', 'b')
    let letGo: () => void = () => undefined
    const neighbourFailed = new Promise<void>((resolve) => {
      letGo = resolve
    })
    bench.on.call = async (effect) => {
      if (effect.key === 'b') await neighbourFailed
      return { result: 'confirmed' }
    }
    bench.on.settled = (effect) => {
      if (effect.key !== 'a') return
      setImmediate(letGo)
      throw new Error('the order of a cannot be settled')
    }

    await expect(bench.pass()).rejects.toThrow('the order of a cannot be settled')

    expect((await bench.load('b')).state).toBe('confirmed')
  })

  it.each([revoked, new SyncError('config', 'the shop is gone', { code: 'not-configured' })])(
    'of kind $kind stops the account after the batch has settled, and nothing counts as sent',
    async (error) => {
      const bench = await effectBench()
      await bench.plan('a', 'b')
      bench.on.call = () => Promise.reject(error)

      await expect(bench.pass()).rejects.toBe(error)

      expect(await bench.load('a')).toMatchObject({ state: 'planned', errorCode: error.code })
      expect(await bench.load('b')).toMatchObject({ state: 'planned', errorCode: error.code })
    },
  )

  it('stops the account when a read is refused', async () => {
    const bench = await effectBench()
    await bench.save({ ...plannedEffect('a', bench.world), state: 'unknown' })
    bench.on.probe = () => Promise.reject(revoked)

    await expect(bench.pass()).rejects.toBe(revoked)
    expect(await bench.load('a')).toMatchObject({ state: 'unknown', probes: 1 })
  })

  it('that could not be settled is read back later instead of staying open for ever', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.settled = () => {
      throw new SyncError('transient', 'the disk is full', { code: 'write-not-committed' })
    }
    await expect(bench.pass()).rejects.toMatchObject({ code: 'write-not-committed' })
    expect((await bench.load('a')).state).toBe('inflight')
    bench.on.settled = () => undefined

    for (let pass = 0; pass < 3; pass += 1) {
      bench.world.clock.advance(settleMs)
      await bench.pass()
    }

    expect(bench.log.filter((entry) => entry.startsWith('call') || entry.startsWith('probe'))).toEqual(['call a', 'probe a'])
    expect((await bench.load('a')).state).toBe('confirmed')
  })
})

describe('an answer that comes late', () => {
  it('settles what a later start has declared unknown', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.call = async (effect) => {
      await bench.save({ ...effect, state: 'unknown', nextAttemptAt: addMs(bench.world.clock.now(), settleMs) })
      return { result: 'confirmed', remoteId: 'R1' }
    }

    await bench.pass()

    expect(await bench.load('a')).toMatchObject({ state: 'confirmed', remoteId: 'R1' })
  })

  it('says nothing about a try that another process has begun since', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.call = async (effect) => {
      await bench.save({ ...effect, attempt: 2, epoch: bench.world.epoch + 1 })
      throw new SyncError('transient', 'no connection', { code: 'not-connected', notSent: true })
    }

    await bench.pass()

    expect(await bench.load('a')).toMatchObject({ state: 'inflight', attempt: 2, epoch: bench.world.epoch + 1 })
  })

  it('does not take back what a reading has proven meanwhile', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    bench.on.call = async (effect) => {
      await bench.save({ ...effect, state: 'confirmed' })
      return { result: 'rejected', code: 'reference-exists', message: 'it is there already' }
    }

    await bench.pass()

    expect((await bench.load('a')).state).toBe('confirmed')
  })
})

describe('with the write stop on', () => {
  it('sends nothing and still reads back what is open', async () => {
    const bench = await effectBench({ operations: { writeStop: true } })
    await bench.plan('a')
    await bench.save({ ...plannedEffect('b', bench.world), state: 'unknown' })

    const report = await bench.pass()

    expect(bench.log).toEqual(['probe b', 'settled confirmed b'])
    expect((await bench.load('a')).state).toBe('planned')
    expect(report.more).toBe(false)
  })

  it('comes to an end however much is planned, and open outcomes do not wait behind it', async () => {
    const bench = await effectBench({ operations: { writeStop: true } })
    await bench.plan(...Array.from({ length: 120 }, (_, index) => `e${index}`))
    bench.world.clock.advance(1)
    await bench.save({ ...plannedEffect('open', bench.world), state: 'unknown' })

    const report = await bench.pass()

    expect(report.more).toBe(false)
    expect(bench.log).toEqual(['probe open', 'settled confirmed open'])
  })
})
