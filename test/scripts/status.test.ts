import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Alarm } from '../../daemon/alarms.ts'
import type { Status } from '../../daemon/status.ts'
import { type House, openHouse } from '../end-to-end/harness.ts'
import { lineOf } from '../end-to-end/purchases.ts'

type Document = Status & { readonly alarms: readonly Alarm[] }

describe('npm run status', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ shops: ['brand-us', 'us-amazon'] })
  })
  afterAll(() => house.close())

  it('says that nothing has worked yet', async () => {
    const { code, stdout } = await house.run('status')

    expect(code).toBe(0)
    expect(stdout).toContain('!! quayside: nothing has ever worked here: start it with "npm start"')
    expect(stdout).toMatch(/brand-us \(shopify\) +poll not yet/)
  })

  it('shows orders, holds by cause, lanes, limits and alarms', async () => {
    house.place('shopify')
    house.place('shopify', { lines: [lineOf('NOBODY-KNOWS')] })
    house.marketplaces.amazon.revoke('us-amazon')
    await house.run('sync')
    house.marketplaces.amazon.restore('us-amazon')
    const status = await house.json<Document>('status', '--json')
    const { stdout } = await house.run('status')

    expect(status.orders).toEqual({ 'in-fulfillment': 1, open: 1 })
    expect(status.holds).toMatchObject([{ reason: 'unmapped-sku', count: 1, subjects: [{ subject: 'NOBODY-KNOWS', count: 1 }] }])
    expect(status.limits).toContainEqual(expect.objectContaining({ account: 'brand-us', operation: 'graphql' }))
    expect(status.alarms[0]).toMatchObject({ level: 'alarm', about: 'us-amazon' })
    expect(stdout).toMatch(/alarms \(\d\)\n {2}!! us-amazon: poll stopped \(auth, .*npm run connect -- --shop us-amazon/)
    expect(stdout).toMatch(/1 {2}unmapped-sku .*NOBODY-KNOWS 1/)
    expect(stdout).toContain('in-fulfillment 1 · open 1')
  })

  it('draws anew until it is told to end, and ends well', async () => {
    const watching = house.start('status', ['--watch'])
    await watching.said('Ctrl-C ends this.')
    const finished = await watching.end('SIGINT')

    expect(finished).toMatchObject({ code: 0, stderr: '' })
  })

  it('does not print JSON again and again', async () => {
    expect(await house.run('status', '--watch', '--json')).toMatchObject({ code: 2, stdout: '' })
  })
})
