import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncResult } from '../../daemon/commands/sync.ts'
import { type House, openHouse } from './harness.ts'
import type { Finished } from './processes.ts'
import { type PlatformName, platformNames, shopOf } from './sandboxes.ts'

interface Scene {
  readonly house: House
  readonly placed: Readonly<Record<PlatformName, string>>
  /** The sync that wrote the other shops' shipments back. */
  readonly finished: Finished
  readonly others: readonly string[]
}

/** One order per shop, after one of the shops has lost its access. */
async function revoke(revoked: PlatformName): Promise<Scene> {
  const house = await openHouse()
  await house.json('sync', '--json')
  house.marketplaces[revoked].revoke(shopOf[revoked])
  const placed = Object.fromEntries(platformNames.map((platform) => [platform, house.place(platform)])) as Scene['placed']
  await house.run('sync')
  house.advance()
  const finished = await house.run('sync')
  const others = platformNames.filter((platform) => platform !== revoked).map((platform) => placed[platform])
  return { house, placed, finished, others }
}

describe('a shop whose access is revoked', { timeout: 90_000 }, () => {
  const scenes = new Map<PlatformName, Scene>()
  const sceneOf = (platform: PlatformName): Scene => {
    const scene = scenes.get(platform)
    if (!scene) throw new Error(`nothing was prepared for ${platform}`)
    return scene
  }
  beforeAll(async () => {
    await Promise.all(platformNames.map(async (platform) => scenes.set(platform, await revoke(platform))))
  })
  afterAll(async () => {
    for (const { house } of scenes.values()) await house.close()
  })

  it.each(platformNames)('of %s ends sync with 3 and a message that names shop, account and what to do', (platform) => {
    const { finished } = sceneOf(platform)
    const failed = finished.stdout.split('\n').filter((line) => line.startsWith('FAILED'))

    expect(finished.code).toBe(3)
    expect(failed.length).toBeGreaterThan(0)
    for (const line of failed) {
      expect(line).toMatch(new RegExp(`^FAILED +\\w+ of ${shopOf[platform]} \\(auth\\): .*${shopOf[platform]}`))
      expect(line).toMatch(/npm run connect|shops\.yaml|clientSecret|install/)
    }
  })

  it.each(platformNames)('of %s does not keep the orders of the other shops from being completed', async (platform) => {
    const { house, others } = sceneOf(platform)

    const documents = await house.documents()

    expect(documents.map((document) => document.platformOrderId).toSorted()).toEqual(others.toSorted())
    expect(documents.map((document) => document.state)).toEqual(others.map(() => 'completed'))
  })

  it.concurrent.for(platformNames)('of %s is taken up again when the access is restored, and nothing was lost', async (platform) => {
    const { house, placed } = sceneOf(platform)
    house.marketplaces[platform].restore(shopOf[platform])

    const result = await house.json<SyncResult>('sync', '--json')
    house.advance()
    await house.json('sync', '--json')

    expect(result.failures).toEqual([])
    expect((await house.document(placed[platform])).state).toBe('completed')
    expect(await house.audit()).toMatchObject({ lost: 0, violations: [] })
  })
})
