import { describe, expect, it } from 'vitest'
import { settleMs } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, openHoldsOf, shipped } from '../journey.ts'

const confirms = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('confirm'))

async function settle(world: TestWorld, passes: number): Promise<void> {
  for (let pass = 0; pass < passes; pass += 1) {
    world.clock.advance(settleMs)
    await world.run('confirm')
  }
}

describe('an update that the platform shows without its number', () => {
  async function accepted(progress: 'pending' | 'failed') {
    const world = await testWorld()
    await shipped(world)
    world.connector.next.confirm.push(() => ({ result: 'accepted' }))
    await world.run('confirm')
    world.connector.shipments.set('1', [{ shipmentId: '1-update', lines: [], progress }])
    return world
  }

  it('is a refusal when it failed after the platform had taken it on, and nothing is sent again [wish-write-03]', async () => {
    const world = await accepted('failed')

    await settle(world, 4)

    expect(await openHoldsOf(world)).toEqual([`writeback-rejected ${(await effectOf(world, 'confirm-shipment')).key}`])
    expect(confirms(world)).toHaveLength(1)
  })

  it('is waited for while it is worked on', async () => {
    const world = await accepted('pending')

    await settle(world, 4)

    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'accepted', absences: 0 })
    expect(confirms(world)).toHaveLength(1)
  })
})
