import { describe, expect, test } from 'vitest'
import { virtualTime } from '../../bench/virtual-run.ts'
import { addMs, type Instant, msBetween, parseInstant } from '../../core/value/instant.ts'

const start = parseInstant('2026-11-24T00:00:00Z') as Instant
const end = addMs(start, 3_600_000)

describe('virtual time', () => {
  test('lets everything happen in the order of its times, and what is due at once in the order of asking', async () => {
    const time = virtualTime(start)
    const happened: string[] = []
    const note = (name: string) => () => happened.push(`${name} ${msBetween(start, time.now())}`)
    time.at(addMs(start, 20), note('third'))
    time.at(addMs(start, 10), note('first'))
    time.at(addMs(start, 10), note('second'))

    await time.run(end)

    expect(happened).toEqual(['first 10', 'second 10', 'third 20'])
  })

  test('passes for sleepers side by side, not one after the other', async () => {
    const time = virtualTime(start)
    const woken: number[] = []
    const sleeper = async (ms: number) => {
      await time.sleep(ms)
      woken.push(msBetween(start, time.now()))
    }
    void Promise.all([sleeper(30), sleeper(10), sleeper(20)])

    await time.run(end)

    expect(woken).toEqual([10, 20, 30])
  })

  test('stands still while tracked work goes on, however long that takes', async () => {
    const time = virtualTime(start)
    const seen: number[] = []
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    time.at(addMs(start, 10), () => {
      void time.track(() => turns(50)).then(() => seen.push(msBetween(start, time.now())))
    })
    time.at(addMs(start, 11), () => seen.push(-1))

    await time.run(end)

    expect(seen).toEqual([10, -1])
  })

  test('leaves what comes after the end alone', async () => {
    const time = virtualTime(start)
    let happened = false
    time.at(addMs(end, 1), () => {
      happened = true
    })

    await time.run(end)

    expect(happened).toBe(false)
  })

  test('wakes a sleeper whose signal aborts, with its reason', async () => {
    const time = virtualTime(start)
    const controller = new AbortController()
    const sleeping = time.sleep(1_000, controller.signal)
    const reason = new Error('stopped')

    controller.abort(reason)

    await expect(sleeping).rejects.toBe(reason)
  })
})
