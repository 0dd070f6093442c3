import { describe, expect, it } from 'vitest'
import type { LaneName } from '../../core/model/lane.ts'
import { createPasses } from '../../daemon/passes.ts'
import { snapshot } from '../fakes/order-snapshots.ts'
import { testWorld } from '../fakes/test-world.ts'

const { signal } = new AbortController()

async function passBench() {
  const world = await testWorld()
  const wakes: string[] = []
  const losses: unknown[] = []
  let isHeld = true
  const passes = createPasses({
    runtime: { world, accounts: (lane: LaneName) => (lane === 'poll' || lane === 'sweep' ? ['brand'] : ['gc']) },
    dispatcher: {
      wake: (lane, account) => void wakes.push(`${lane} ${account}`),
      wakeAt: () => undefined,
    },
    keeper: { held: async () => isHeld, lose: (reason) => void losses.push(reason) },
  })
  return {
    world,
    wakes,
    losses,
    run: (lane: LaneName, account = 'brand') => passes(lane, account, signal),
    loseLease: () => {
      isHeld = false
    },
    sweep: () => world.storage.read((stores) => stores.sweeps.latest('brand')),
    row: (lane: LaneName, account = 'brand') => world.storage.read((stores) => stores.lanes.load(lane, account)),
  }
}

describe('the passes of a daemon', () => {
  it('sweep a shop only after the first poll of this process, whatever an earlier one has polled', async () => {
    const bench = await passBench()
    await bench.world.run('poll')

    await bench.run('sweep')
    expect(await bench.sweep()).toBeUndefined()
    await bench.run('poll')
    expect(bench.wakes).toEqual(['sweep brand'])
    await bench.run('sweep')

    expect(await bench.sweep()).toMatchObject({ shop: 'brand' })
  })

  it('ask for no second sweep after the first poll when none was turned away', async () => {
    const bench = await passBench()

    await bench.run('poll')
    await bench.run('sweep')
    await bench.run('poll')

    expect(bench.wakes).toEqual([])
    expect(await bench.sweep()).toBeDefined()
  })

  it('give the lease up when a later process has taken over', async () => {
    const bench = await passBench()
    await bench.world.receive(snapshot('1'))
    await bench.world.write((stores) => stores.lanes.nextEpoch())

    await bench.run('push', 'gc')

    expect(bench.losses).toHaveLength(1)
    expect(bench.world.warehouse.outbounds.size).toBe(0)
  })

  it('do nothing without the lease', async () => {
    const bench = await passBench()
    bench.loseLease()

    await bench.run('poll')

    expect(await bench.row('poll')).toBeUndefined()
  })

  it('are over for an account that is no longer configured', async () => {
    const bench = await passBench()

    await bench.run('poll', 'gone')

    expect(await bench.row('poll', 'gone')).toBeUndefined()
  })
})
