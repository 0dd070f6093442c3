import { describe, expect, it } from 'vitest'
import { brokenAnswerOf } from '../../../sandbox/index.ts'
import { ordinary, warehouseWorld } from './warehouse-world.ts'

describe('limits and faults of the simulated warehouse', () => {
  it('answers 429 beyond three calls at once and one a second, without saying when to come again', async () => {
    const { send, passMs, ledger } = warehouseWorld({ limits: 'published' })
    const status = async () => (await send('base_data/get_warehouse', {})).status

    expect([await status(), await status(), await status(), await status()]).toEqual([200, 200, 200, 429])
    passMs(1_000)
    expect(await status()).toBe(200)
    expect(ledger().requests.filter(({ outcome }) => outcome === 'refused')).toMatchObject([{ status: 429 }])
    passMs(10_000)
    expect((await send('base_data/get_warehouse', {})).headers.get('retry-after')).toBeNull()
  })

  it('refuses a switch that it does not have', () => {
    expect(() => warehouseWorld({ switches: { 'cancel-lied': true } })).toThrow('cancel-lied')
  })

  it('never throttles in an open simulation', async () => {
    const { send } = warehouseWorld()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await send('base_data/get_warehouse', {})).status))

    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  it('has created the order although nobody answers, and refuses the second try', async () => {
    const { simulated, send, create, ask, ledger } = warehouseWorld()
    simulated.faults.set([{ kind: 'H16-never-answered', operations: ['order/create_order'], times: 1 }])

    const lost = await send('order/create_order', ordinary)

    expect(brokenAnswerOf(lost)).toBe('hang')
    expect(await create()).toMatchObject({ ask: 'Failure' })
    expect(ledger().outbounds).toHaveLength(1)
    expect(await ask('order/get_order_by_ref_code', { reference_no: 'Q1-1' })).toMatchObject({ ask: 'Success' })
  })

  it('has created nothing after a fault before execution, and logs the refusal with its reference', async () => {
    const { simulated, send, ledger } = warehouseWorld()
    simulated.faults.set([{ kind: 'H5-5xx-before' }])

    expect((await send('order/create_order', { reference_no: 'Q1-1' })).status).toBe(503)
    expect(ledger()).toMatchObject({ outbounds: [], requests: [{ outcome: 'refused', status: 503, subject: 'Q1-1' }] })
  })

  it('H20 does not show a new order for a while', async () => {
    const { simulated, create, ask, list, passMs } = warehouseWorld()
    simulated.faults.set([{ kind: 'H20-read-lags-write', operations: ['order/create_order'] }])
    await create()

    expect(await ask('order/get_order_by_ref_code', { reference_no: 'Q1-1' })).toMatchObject({ ask: 'Failure' })
    expect(await list()).toMatchObject({ count: 0 })
    passMs(2_000)
    expect(await ask('order/get_order_by_ref_code', { reference_no: 'Q1-1' })).toMatchObject({ ask: 'Success' })
  })

  it('G1, G2, G5 and G7 disturb the list', async () => {
    const { simulated, create, list, passMs } = warehouseWorld()
    for (const reference of ['Q1-1', 'Q2-1']) {
      await create({ reference_no: reference })
      passMs(60_000)
    }
    const rows = async () => (await list()).data as { reference_no: string; date_modify: string }[]
    const references = async () => (await rows()).map((row) => row.reference_no)

    simulated.faults.set([{ kind: 'G1-duplicate' }])
    expect(await references()).toEqual(['Q1-1', 'Q2-1', 'Q1-1'])
    simulated.faults.set([{ kind: 'G2-reordered' }])
    expect(await references()).toEqual(['Q2-1', 'Q1-1'])
    simulated.faults.set([{ kind: 'G5-page-shift', times: 1 }])
    expect((await rows())[0]?.date_modify).toBe('2026-11-25 04:00:00')
    expect((await rows())[0]?.date_modify).toBe('2026-11-25 04:02:00')
    simulated.faults.set([{ kind: 'G7-one-timestamp' }])
    expect(new Set((await rows()).map((row) => row.date_modify))).toHaveLength(1)
  })

  it('H17 answers a failure that is none', async () => {
    const { simulated, create, ledger } = warehouseWorld()
    simulated.faults.set([{ kind: 'H17-200-error-body', operations: ['order/create_order'] }])

    expect(await create()).toMatchObject({ ask: 'Failure' })
    expect(ledger().outbounds).toHaveLength(1)
  })
})
