import { describe, expect, it } from 'vitest'
import { SyncError } from '../../core/errors.ts'
import { keepLease } from '../../daemon/lease-keeper.ts'
import type { Lease } from '../../storage/index.ts'
import { testWorld } from '../fakes/test-world.ts'

const gone = new Error('the session ended')
const away = new SyncError('transient', 'the database is away', { code: 'database-unavailable' })

function testLease() {
  const loss = new AbortController()
  const lease: Lease = { lost: loss.signal, release: async () => loss.abort(gone) }
  return { lease, lose: () => loss.abort(gone) }
}

/** A keeper that finds these answers one after the other when it asks for the lease; the last one again and again. */
async function keeperBench(answers: readonly (Lease | 'held' | 'away')[], isSuperseded = false) {
  const world = await testWorld()
  const first = testLease()
  const takenOver: AbortSignal[] = []
  let asked = 0
  const keeper = keepLease(first.lease, {
    runtime: {
      world,
      takeOver: async (lost) => void takenOver.push(lost),
      isSuperseded: async () => isSuperseded,
    },
    async takeLease() {
      const answer = answers[Math.min(asked++, answers.length - 1)]
      if (answer === 'away') throw away
      return answer === 'held' ? undefined : answer
    },
    anotherWorks: () => new SyncError('config', 'another Quayside works here', { code: 'daemon-running' }),
  })
  return { keeper, first, takenOver, asked: () => asked }
}

describe('the keeper of a lease', () => {
  it('lets work go on as long as the lease is held', async () => {
    const { keeper, asked } = await keeperBench(['held'])

    expect(await keeper.held()).toBe(true)
    expect(asked()).toBe(0)
  })

  it('begins a new epoch with the lease that it takes again, and only then lets work go on', async () => {
    const second = testLease()
    const { keeper, first, takenOver } = await keeperBench(['away', second.lease])

    first.lose()
    const held = keeper.held()

    expect(takenOver).toEqual([])
    expect(await held).toBe(true)
    expect(takenOver).toEqual([second.lease.lost])
    expect(keeper.superseded.aborted).toBe(false)
  })

  it('waits for the server to notice that its own session has ended', async () => {
    const second = testLease()
    const { keeper, first } = await keeperBench([...Array<'held'>(30).fill('held'), second.lease])

    first.lose()

    expect(await keeper.held()).toBe(true)
  })

  it('ends at once when a later process has begun its epoch', async () => {
    const { keeper, first, asked } = await keeperBench(['held'], true)

    first.lose()

    expect(await keeper.held()).toBe(false)
    expect(keeper.superseded.reason).toMatchObject({ code: 'daemon-running' })
    expect(asked()).toBe(1)
  })

  it('ends when somebody keeps the lease', async () => {
    const { keeper, first } = await keeperBench(['held'])

    first.lose()

    expect(await keeper.held()).toBe(false)
    expect(keeper.superseded.reason).toMatchObject({ code: 'daemon-running' })
  })

  it('gives up a lease that is not worth anything any more, and takes it anew', async () => {
    const second = testLease()
    const { keeper, first, takenOver } = await keeperBench([second.lease])

    keeper.lose('a later process has taken over')

    expect(await keeper.held()).toBe(true)
    expect(first.lease.lost.aborted).toBe(true)
    expect(takenOver).toHaveLength(1)
  })

  it('can be lost again', async () => {
    const [second, third] = [testLease(), testLease()]
    const { keeper, first, takenOver } = await keeperBench([second.lease, third.lease])
    first.lose()
    await keeper.held()

    second.lose()

    expect(await keeper.held()).toBe(true)
    expect(takenOver).toEqual([second.lease.lost, third.lease.lost])
  })

  it('takes no lease any more once it is told to stop', async () => {
    const second = testLease()
    const { keeper, first, takenOver } = await keeperBench([second.lease])

    first.lose()
    keeper.stop()

    expect(await keeper.held()).toBe(false)
    await keeper.release()
    expect(takenOver).toEqual([])
    expect(keeper.superseded.aborted).toBe(false)
  })
})
