import { describe, expect, it } from 'vitest'
import { type ErrorKind, SyncError } from '../../../core/errors.ts'
import { laneAccounts, lanes } from '../../../core/lanes/index.ts'
import { runPass } from '../../../core/lanes/run-pass.ts'
import { laneNames } from '../../../core/model/lane.ts'
import { addMs } from '../../../core/value/instant.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'

const rowOf = (world: TestWorld, account = 'brand') => world.storage.read((stores) => stores.lanes.load('poll', account))

/** The next poll of the shop fails like this. */
function failing(world: TestWorld, error: unknown): void {
  world.connector.next.page.push(() => Promise.reject(error))
}

const trouble = (kind: ErrorKind, retryAfterMs?: number) =>
  new SyncError(kind, `trouble of kind ${kind}`, { code: `code-${kind}`, ...(retryAfterMs !== undefined && { retryAfterMs }) })

describe('a pass that succeeds', () => {
  it('is remembered with its time and without a problem', async () => {
    const world = await testWorld()
    const now = world.clock.now()

    expect(await world.pass('poll')).toMatchObject({ report: { counts: { pages: 1 } } })
    expect(await rowOf(world)).toEqual({ lane: 'poll', account: 'brand', failures: 0, lastStartedAt: now, lastSucceededAt: now })
  })

  it('forgets the problem of an earlier one', async () => {
    const world = await testWorld()
    failing(world, trouble('transient'))
    await world.pass('poll')
    world.clock.advance(5_000)

    await world.run('poll')

    const row = await rowOf(world)
    expect(row).toMatchObject({ failures: 0 })
    expect(row).not.toHaveProperty('problem')
    expect(row).not.toHaveProperty('pausedUntil')
  })
})

describe('a pass that fails', () => {
  it.each([
    ['auth', undefined, 900_000],
    ['config', undefined, 900_000],
    ['rate-limit', undefined, 1_000],
    ['rate-limit', 42_000, 42_000],
    ['transient', undefined, 5_000],
    ['transient', 42_000, 42_000],
    ['conflict', undefined, 5_000],
    ['invalid-data', undefined, 5_000],
    ['rejected', undefined, 5_000],
    ['unknown-outcome', undefined, 5_000],
  ] as const)('of kind %s with a wish for %s ms pauses the account for %i ms', async (kind, retryAfterMs, pauseMs) => {
    const world = await testWorld()
    failing(world, trouble(kind, retryAfterMs))
    const now = world.clock.now()

    const result = await world.pass('poll')

    const problem = { kind, code: `code-${kind}`, message: `trouble of kind ${kind}`, since: now }
    expect(result).toEqual({ problem, pausedUntil: addMs(now, pauseMs) })
    expect(await rowOf(world)).toMatchObject({ problem, failures: 1, pausedUntil: addMs(now, pauseMs), lastStartedAt: now })
    expect(world.lines).toContainEqual(
      expect.objectContaining({
        // A limit that is used up is no failure: the work goes on when there is a token.
        level: kind === 'rate-limit' ? 'info' : 'error',
        fields: expect.objectContaining({ lane: 'poll', account: 'brand', ...problem }),
      }),
    )
  })

  it.each([
    ['an Error', new TypeError('x is undefined'), 'x is undefined', 'string'],
    ['anything thrown', 'a word', 'a word', 'undefined'],
  ])('because of a bug is told as one, with where it happened: %s', async (_case, error, message, stack) => {
    const world = await testWorld()
    failing(world, error)

    expect(await world.pass('poll')).toMatchObject({ problem: { kind: 'bug', code: 'unexpected-error', message } })
    expect(typeof world.lines.find((line) => line.level === 'error')?.fields['stack']).toBe(stack)
  })

  it('again and again waits longer each time and says since when', async () => {
    const world = await testWorld()
    const since = world.clock.now()
    const pauses: number[] = []
    for (let failure = 0; failure < 9; failure += 1) {
      failing(world, trouble('transient'))
      const result = await world.pass('poll')
      if (!('problem' in result)) throw new Error('the pass was to fail')
      expect(result.problem.since).toBe(since)
      pauses.push(Date.parse(result.pausedUntil) - Date.parse(world.clock.now()))
      world.clock.advance(600_000)
    }

    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000])
  })

  it('does not pause another account or another lane', async () => {
    const world = await testWorld()
    failing(world, trouble('auth'))
    await world.pass('poll')

    expect(await world.pass('sweep')).toHaveProperty('report')
    expect(await world.pass('stock')).toHaveProperty('report')
    expect(await rowOf(world, 'other')).toBeUndefined()
  })

  it('for a shop that is not configured is a problem of the configuration', async () => {
    const world = await testWorld()

    expect(await world.pass('poll', 'nobody')).toMatchObject({ problem: { kind: 'config', code: 'not-configured' } })
  })
})

describe('a paused account', () => {
  it('is left alone until its time', async () => {
    const world = await testWorld()
    failing(world, trouble('rate-limit', 60_000))
    await world.pass('poll')
    const until = addMs(world.clock.now(), 60_000)
    world.clock.advance(59_999)

    expect(await world.pass('poll')).toEqual({ paused: until })
    expect(world.connector.calls).toHaveLength(1)

    world.clock.advance(1)
    expect(await world.pass('poll')).toHaveProperty('report')
  })

  it('is asked all the same when a person wants it', async () => {
    const world = await testWorld()
    failing(world, trouble('auth'))
    await world.pass('poll')

    expect(await world.pass('poll', 'brand', { evenIfPaused: true })).toHaveProperty('report')
  })
})

describe('a pass that is told to stop', () => {
  it('is no failure of the account', async () => {
    const world = await testWorld()
    const stopping = new AbortController()
    world.connector.next.page.push(() => {
      stopping.abort()
      return Promise.reject(new Error('aborted'))
    })

    await expect(runPass(world, 'poll', 'brand', stopping.signal)).rejects.toThrow('aborted')
    expect(await rowOf(world)).toBeUndefined()
  })
})

describe('the lanes', () => {
  it('are all there, each with the kind of account that it works for', () => {
    expect(Object.keys(lanes).sort()).toEqual([...laneNames].sort())
    expect(Object.keys(laneAccounts).sort()).toEqual([...laneNames].sort())
  })
})
