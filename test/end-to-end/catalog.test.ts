import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { lineOf } from './purchases.ts'

const header = 'platform,shop,channel_sku,item_id,variant_id,sku,quantity'

describe('npm run import', { timeout: 90_000 }, () => {
  const fileOf = async (house: House, name: string, ...rows: readonly string[]): Promise<string> => {
    const file = join(house.folder, name)
    await writeFile(file, `${[header, ...rows].join('\n')}\n`)
    return file
  }
  const exported = async (house: House): Promise<readonly string[]> => {
    const { stdout } = await house.run('export', 'sku-mappings')
    return stdout.split(/\r?\n/).slice(1).filter(Boolean)
  }

  it('shows a preview and stores nothing until it is confirmed', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], withCatalog: false })
    const file = await fileOf(house, 'mappings.csv', ',,MUG-RED,,,MUG-RED,1')

    const preview = await house.run('import', 'sku-mappings', file)
    const before = await exported(house)
    const confirmed = await house.run('import', 'sku-mappings', file, '--yes')

    expect(preview).toMatchObject({ code: 0 })
    expect(preview.stdout).toContain(
      'sku-mappings: 1 row, 1 mapping can be read; nothing is stored yet.\n1 would be added, 0 changed, 0 as before.',
    )
    expect(before).toEqual([])
    expect(confirmed).toMatchObject({ code: 0, stdout: 'sku-mappings: 1 row, 1 mapping: 1 added, 0 changed, 0 as before\n' })
    expect(await exported(house)).toHaveLength(1)
  })

  it('stores the same file once, however often it is imported', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], withCatalog: false })
    const file = await fileOf(house, 'mappings.csv', ',,MUG,,,MUG-RED,1', ',,SET,,,MUG-RED,1', ',,SET,,,TEA-50,2')

    await house.json('import', 'sku-mappings', file, '--yes', '--json')
    const again = await house.json('import', 'sku-mappings', file, '--yes', '--json')

    expect(again).toEqual({ kind: 'sku-mappings', rows: 3, added: 0, changed: 0, same: 2, stored: true })
    expect(await exported(house)).toHaveLength(3)
  })

  it('names the line of every row that it cannot read, stores nothing and ends with 2', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], withCatalog: false })
    const file = await fileOf(house, 'mappings.csv', ',,GOOD,,,MUG-RED,1', ',,BAD,,,MUG-RED,none', ',,,,,MUG-RED,1')

    const finished = await house.run('import', 'sku-mappings', file, '--yes')

    expect(finished).toMatchObject({ code: 2, stdout: '' })
    expect(finished.stderr).toMatch(/mappings\.csv:3:\d+ {2}/)
    expect(finished.stderr).toMatch(/mappings\.csv:4:\d+ {2}/)
    expect(finished.stderr).toContain('nothing was stored')
    expect(await exported(house)).toEqual([])
  })

  it('says that a file with nothing but its first line has nothing to store', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'], withCatalog: false })

    const finished = await house.run('import', 'sku-mappings', await fileOf(house, 'mappings.csv'))

    expect(finished.code).toBe(0)
    expect(finished.stdout).toMatch(/mappings\.csv has no rows below its first line: nothing to store\n$/)
  })

  it('releases every order that waited for the mapping', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const ids = [house.place('shopify', { lines: [lineOf('LANTERN-NEW')] }), house.place('shopify', { lines: [lineOf('LANTERN-NEW', 2)] })]
    await house.json('sync', '--json')
    const held = await house.run('holds', 'list')
    const file = await fileOf(house, 'mappings.csv', 'shopify,brand-us,LANTERN-NEW,,,LAMP-01,1')

    await house.json('import', 'sku-mappings', file, '--yes', '--json')
    await house.json('sync', '--json')

    expect(held.stdout).toMatch(/^2 +unmapped-sku +.*LANTERN-NEW/m)
    for (const id of ids) expect(await house.document(id)).toMatchObject({ state: 'in-fulfillment', holds: [] })
    expect((await house.run('holds', 'list')).stdout).toBe('nothing waits\n')
    expect(await house.audit()).toMatchObject({ violations: [] })
  })
})
