import { describe, expect, it } from 'vitest'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { effectOf, openHoldsOf, settle, shipped } from '../journey.ts'

const confirms = (world: TestWorld) => world.connector.calls.filter((call) => call.startsWith('confirm'))

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

    await settle(world, 'confirm', 4)

    expect(await openHoldsOf(world)).toEqual([`writeback-rejected ${(await effectOf(world, 'confirm-shipment')).key}`])
    expect(confirms(world)).toHaveLength(1)
  })

  it('is waited for while it is worked on', async () => {
    const world = await accepted('pending')

    await settle(world, 'confirm', 4)

    expect(await effectOf(world, 'confirm-shipment')).toMatchObject({ state: 'accepted', absences: 0 })
    expect(confirms(world)).toHaveLength(1)
  })
})
