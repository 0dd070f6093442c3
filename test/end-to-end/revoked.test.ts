import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncResult } from '../../daemon/commands/sync.ts'
import { type House, openHouse } from './harness.ts'
import type { Finished } from './processes.ts'
import { type PlatformName, platformNames, shopOf } from './sandboxes.ts'

describe.each(platformNames)('a shop of %s whose access is revoked', (revoked) => {
  let house: House
  let finished: Finished
  let placed: Readonly<Record<PlatformName, string>>
  beforeAll(async () => {
    house = await openHouse()
    await house.json('sync', '--json')
    house.marketplaces[revoked].revoke(shopOf[revoked])
    placed = Object.fromEntries(platformNames.map((platform) => [platform, house.place(platform)])) as typeof placed
    await house.run('sync')
    house.advance()
    finished = await house.run('sync')
  })
  afterAll(() => house.close())

  it('ends sync with 3 and a message that names shop, account and what to do', () => {
    const failed = finished.stdout.split('\n').filter((line) => line.startsWith('FAILED'))

    expect(finished.code).toBe(3)
    expect(failed.length).toBeGreaterThan(0)
    for (const line of failed) {
      expect(line).toContain(shopOf[revoked])
      expect(line).toMatch(/\(auth\): /)
      expect(line).toMatch(/npm run connect|shops\.yaml|clientSecret|install/)
    }
  })

  it('does not keep the orders of the other shops from being completed', async () => {
    const others = platformNames.filter((platform) => platform !== revoked)
    const documents = await house.documents()

    expect(documents.map((document) => document.platformOrderId).sort()).toEqual(others.map((platform) => placed[platform]).sort())
    expect(documents.map((document) => document.state)).toEqual(others.map(() => 'completed'))
  })

  it('is taken up again when the access is restored, and nothing was lost', async () => {
    house.marketplaces[revoked].restore(shopOf[revoked])

    const result = await house.json<SyncResult>('sync', '--json')
    house.advance()
    await house.json('sync', '--json')

    expect(result.failures).toEqual([])
    expect((await house.document(placed[revoked])).state).toBe('completed')
    expect(await house.audit()).toMatchObject({ lost: 0, violations: [] })
  })
})
