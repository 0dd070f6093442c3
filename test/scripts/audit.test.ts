import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditReport } from '../../daemon/audit.ts'
import type { ResyncResult } from '../../daemon/commands/resync.ts'
import { type House, openHouse } from '../end-to-end/harness.ts'

type Document = AuditReport & { readonly holds: boolean; readonly unexplained: number; readonly notSwept: readonly string[] }

describe('npm run audit', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ shops: ['brand-us', 'wish-1'] })
    house.place('shopify')
    house.place('shopify')
    house.place('wish')
    await house.json('sync', '--json')
  })
  afterAll(() => house.close())

  it('compares with the platforms first when that never happened, and explains everything', async () => {
    const { code, stdout, stderr } = await house.run('audit')

    expect(stdout).toContain('brand-us: the platform listed 2 orders')
    expect(stdout).toMatch(/wish-1: the platform listed 1 orders .*, 1 were here, 0 were not/)
    expect(stdout).toContain('3 orders checked')
    expect(stdout).toContain('everything is explained')
    expect(stderr).toContain('comparing with the platforms of 2 shops')
    expect(code).toBe(0)
  })

  it('takes the last finished comparison after that, for one shop alone when asked', async () => {
    const { code, stdout, stderr } = await house.run('audit', '--shop', 'wish-1', '--json')
    const report = JSON.parse(stdout) as Document

    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(report).toMatchObject({ holds: true, unexplained: 0, notSwept: [], orders: 1, findings: [], open: [] })
    expect(report.shops.map(({ shop, completeness }) => [shop, completeness?.hours.map(({ known, missing }) => known + missing)])).toEqual([
      ['wish-1', [1]],
    ])
  })

  it('gives a reason for what polling has missed', async () => {
    const missed = house.place('wish')
    const { code, stdout } = await house.run('audit', '--sweep')

    expect(stdout).toContain(`1 explained: missed by polling, found and stored by the sweep (${missed})`)
    expect(code).toBe(0)
  })

  it('ends with 1 for an order that the platform has and nobody can read', async () => {
    const unreadable = house.place('wish')
    house.change('wish', unreadable, { type: 'corrupt', how: 'without-quantity' })
    const { code, stdout } = await house.run('audit', '--sweep', '--json')
    const report = JSON.parse(stdout) as Document

    expect(report.shops.flatMap((shop) => shop.completeness?.gaps ?? [])).toContainEqual(
      expect.objectContaining({ platformOrderId: unreadable, isExplained: false, reason: expect.stringContaining('quantity') }),
    )
    expect(report).toMatchObject({ holds: false, unexplained: 1 })
    expect(code).toBe(1)
  })

  it('takes it as explained once it was set aside with its payload', async () => {
    await house.json('sync', '--lanes', 'poll', '--json')
    const { code, stdout } = await house.run('audit')

    expect(stdout).toContain('set aside with its payload')
    expect(stdout).toContain('set aside        wish-1: 1 (npm run orders -- rejected)')
    expect(code).toBe(0)
    expect((await house.run('status')).stdout).toMatch(/wish-1 .* missed by polling, 0 unexplained/)
  })

  it('does not keep a resync from reading the other orders', async () => {
    const { code, stdout } = await house.run('resync', '--shop', 'wish-1', '--since', house.since, '--json')
    const { read, unreadable } = JSON.parse(stdout) as ResyncResult

    expect(read).toBeGreaterThan(0)
    expect(unreadable).toEqual([expect.objectContaining({ reason: expect.stringContaining('quantity') })])
    expect(code).toBe(3)
  })

  it('ends with 3 when a shop could not be compared, and names it', async () => {
    house.marketplaces.wish.revoke('wish-1')
    const { code, stdout } = await house.run('audit', '--sweep')
    house.marketplaces.wish.restore('wish-1')

    expect(stdout).toContain('the last sweep failed: ')
    expect(stdout).toContain('everything is explained; not compared with the platform: wish-1')
    expect(code).toBe(3)
  })

  it('ends with 1 when somebody has changed the history', async () => {
    const [dossier] = await house.dossiers()
    const database = new Database(house.databaseFile)
    database.prepare('update order_events set at = ? where order_no = ?').run('2020-01-01T00:00:00.000Z', dossier?.order.orderNo ?? '')
    database.close()
    const { code, stdout } = await house.run('audit')

    expect(stdout).toContain(`VIOLATION I18 database: the event log of order ${dossier?.order.orderNo} was changed outside`)
    expect(code).toBe(1)
  })

  it('refuses a shop that is not configured with 2', async () => {
    expect(await house.run('audit', '--shop', 'nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('shop nowhere is not configured'),
    })
  })
})
