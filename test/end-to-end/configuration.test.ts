import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from './harness.ts'

describe('a configuration with three mistakes in two files', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ withCatalog: false })
    const shops = join(house.folder, 'config/shops.yaml')
    const text = await readFile(shops, 'utf8')
    await writeFile(shops, text.replace('platform: shopify', 'platfrom: shopify').replace('settle: 200ms', 'settle: soon'))
    await writeFile(
      join(house.folder, 'config/quayside.yaml'),
      `${await readFile(join(house.folder, 'config/quayside.yaml'), 'utf8')}colour: blue\n`,
    )
  })
  afterAll(() => house.close())

  it.each(['config-check', 'sync', 'start', 'orders list', 'migrate'])(
    'stops npm run %s with a position each, exit 2, and no database',
    async (command) => {
      const [name = '', ...commandArguments] = command.split(' ')

      const finished = await house.run(name, ...commandArguments)

      const positions = finished.stderr.split('\n').filter((line) => /^\S*(shops|quayside)\.yaml:\d+:\d+ {2}\S/.test(line))
      expect(finished).toMatchObject({ code: 2, stdout: '' })
      expect(positions).toHaveLength(3)
      expect(positions.filter((line) => line.includes('shops.yaml'))).toHaveLength(2)
      expect(finished.stderr).toContain('did you mean "platform"?')
      expect(finished.stderr).toContain('3 problems in the configuration; nothing was started')
      expect(existsSync(house.databaseFile)).toBe(false)
    },
  )
})
