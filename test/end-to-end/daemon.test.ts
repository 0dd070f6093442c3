import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { ShopBlock } from './configuration.ts'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { eventually, type RunningProcess } from './processes.ts'
import { lineOf } from './purchases.ts'
import { shopOf } from './sandboxes.ts'

describe('npm start', { timeout: 90_000 }, () => {
  const daemonOf = async (house: House): Promise<RunningProcess> => {
    const daemon = house.start('start')
    await daemon.said('Quayside runs')
    return daemon
  }
  const reaches = (house: House, id: string, state: string): Promise<void> =>
    eventually(`order ${id} is ${state}`, async () =>
      (await house.documents()).some((document) => document.platformOrderId === id && document.state === state),
    )

  it('picks up an order placed later, completes it, and ends with 0 when it is told to end', async ({ openHouse }) => {
    const house = await openHouse({ pollEvery: '500ms' })
    const daemon = await daemonOf(house)
    const id = house.place('shopify')
    await reaches(house, id, 'in-fulfillment')
    house.advance()

    // Tracking comes by its cadence; a sync from another terminal asks the daemon for it at once.
    const sync = await house.run('sync', '--lanes', 'track,confirm')
    await reaches(house, id, 'completed')
    const { code, signal, stderr } = await daemon.end('SIGTERM')

    expect(sync.code).toBe(0)
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    expect(stderr).toContain('Quayside has stopped')
    expect(await house.audit()).toMatchObject({ violations: [] })
  })

  it('stops in order when npm is told to end, and leaves its database to the next one', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '1h' })
    const npm = house.startThroughNpm()
    await npm.said('Quayside runs')

    const { stderr } = await npm.end('SIGTERM')

    expect(stderr).toContain('Quayside has stopped')
    const next = await daemonOf(house)
    expect((await next.end('SIGTERM')).code).toBe(0)
  })

  it('answers a resync from another terminal', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '1h' })
    const daemon = await daemonOf(house)
    // It follows the first poll, and would find the order too.
    await eventually('the first sweep is over', async () => {
      const lanes = await house.read((storage) => storage.read((stores) => stores.lanes.all()))
      return lanes.some((row) => row.lane === 'sweep' && row.lastSucceededAt !== undefined)
    })
    const id = house.place('shopify')

    const tried = await house.json('resync', '--shop', 'brand-us', '--order', id, '--dry-run', '--json')
    const found = await house.json('resync', '--shop', 'brand-us', '--order', id, '--json')
    await reaches(house, id, 'in-fulfillment')
    const again = await house.json('resync', '--shop', 'brand-us', '--since', house.since, '--json')
    const { orderNo } = await house.document(id)
    const byNumber = await house.json('resync', '--shop', 'brand-us', '--order', orderNo, '--json')
    const backwards = await house.run('resync', '--shop', 'brand-us', '--since', house.since, '--until', '2020-01-01')
    const missing = await house.run('resync', '--shop', 'brand-us', '--order', 'gid://shopify/Order/1', '--json')

    expect(tried).toMatchObject({ read: 1, new: [id], dryRun: true })
    expect(found).toMatchObject({ read: 1, new: [id], dryRun: false })
    expect(again).toMatchObject({ read: 1, new: [], changed: [], unchanged: 1 })
    expect(byNumber).toMatchObject({ read: 1, unchanged: 1, missing: [] })
    expect(backwards).toMatchObject({ code: 2, stderr: '--until must be later than --since\n' })
    expect(missing).toMatchObject({ code: 1 })
    expect((await daemon.end('SIGINT')).code).toBe(0)
  })

  it('refuses to work on a database that another daemon works on', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '1h' })
    const first = await daemonOf(house)

    const second = await house.run('start')

    expect(second.code).toBe(2)
    expect(second.stderr).toContain(`another Quayside works on ${house.databaseFile} already`)
    await first.end('SIGKILL')
    const third = await daemonOf(house)
    expect((await third.end('SIGTERM')).code).toBe(0)
  })

  it('uses nothing of a configuration that was saved with a mistake, and says where it is', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms' })
    const daemon = await daemonOf(house)
    const file = join(house.folder, 'config/shops.yaml')
    const whole = await readFile(file, 'utf8')
    await writeFile(file, `${whole}  - broken: [\n`)
    await daemon.said('the changed configuration has mistakes and is not used')

    const id = house.place('shopify')
    await reaches(house, id, 'in-fulfillment')

    expect(daemon.output()).toMatch(/shops\.yaml:\d+:\d+ {2}/)
    await writeFile(file, whole)
    await daemon.said('the configuration is whole again')
    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })

  it('takes a changed configuration into force while it runs', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms' })
    await house.editYaml<{ writeStop: boolean }>('quayside.yaml', (yaml) => {
      yaml.writeStop = true
    })
    const daemon = await daemonOf(house)
    const id = house.place('shopify')
    await eventually('the order is planned', async () => (await house.documents())[0]?.fulfillmentOrders[0]?.status === 'planned')
    const writesWhileStopped = house.writes().length

    await house.editYaml<{ writeStop: boolean }>('quayside.yaml', (yaml) => {
      yaml.writeStop = false
    })
    await daemon.said('the changed configuration is in force')
    await reaches(house, id, 'in-fulfillment')

    expect(writesWhileStopped).toBe(0)
    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })

  it('works for a shop that was added while it runs', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us', 'wish-1'], pollEvery: '500ms' })
    const left: ShopBlock[] = []
    await house.editYaml<{ shops: ShopBlock[] }>('shops.yaml', (yaml) => {
      left.push(...yaml.shops.filter((shop) => shop.id === shopOf.wish))
      yaml.shops = yaml.shops.filter((shop) => shop.id !== shopOf.wish)
    })
    const daemon = await daemonOf(house)
    const id = house.place('wish')

    await house.editYaml<{ shops: ShopBlock[] }>('shops.yaml', (yaml) => {
      yaml.shops.push(...left)
    })
    await reaches(house, id, 'in-fulfillment')

    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })

  it('tries a shop again at once when the configuration has changed after its access was refused', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms' })
    house.marketplaces.shopify.revoke('brand-us')
    const daemon = await daemonOf(house)
    await daemon.said('a lane could not do its work')
    const id = house.place('shopify')
    house.marketplaces.shopify.restore('brand-us')

    await house.editYaml<{ shops: ShopBlock[] }>('shops.yaml', (yaml) => {
      for (const shop of yaml.shops) shop.poll.overlap = '2m'
    })
    await reaches(house, id, 'in-fulfillment')

    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })

  it('decides again about held orders when another terminal imports what they wait for', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], pollEvery: '500ms' })
    const daemon = await daemonOf(house)
    const id = house.place('shopify', { lines: [lineOf('LANTERN-NEW')] })
    await eventually('the order waits', async () => (await house.documents())[0]?.holds[0]?.reason === 'unmapped-sku')
    const file = join(house.folder, 'mappings.csv')
    await writeFile(file, 'platform,shop,channel_sku,item_id,variant_id,sku,quantity\n,,LANTERN-NEW,,,LAMP-01,1\n')

    await house.json('import', 'sku-mappings', file, '--yes', '--json')
    await reaches(house, id, 'in-fulfillment')

    expect((await daemon.end('SIGTERM')).code).toBe(0)
  })
})
