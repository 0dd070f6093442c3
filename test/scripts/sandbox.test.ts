import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MarketplaceLedger } from '../../core/audit/ledger.ts'
import { loadChecked } from '../../daemon/load.ts'
import { type RunningProcess, runCommand, startCommand } from '../end-to-end/processes.ts'

/** Away from the demo's own ports and from other runs of this test. */
const portBase = 20_000 + (process.pid % 200) * 200

describe('npm run sandbox', () => {
  let place: string
  let folder: string
  let sandbox: RunningProcess
  beforeAll(async () => {
    place = await mkdtemp(path.join(tmpdir(), 'quayside-sandbox-'))
    folder = path.join(place, 'config')
    sandbox = startCommand('sandbox', ['--orders', '20', '--seed', '7', '--port-base', String(portBase), '--config-out', folder], {})
    await sandbox.said('Ctrl-C ends it')
  })
  afterAll(async () => {
    await sandbox.end('SIGKILL')
    await rm(place, { recursive: true, force: true })
  })

  it('serves every platform and the warehouse on ports that are known beforehand', async () => {
    const ledgers = await Promise.all(
      ['1/brand-us', '1/brand-jp', '2/us-amazon', '3/de-ebay', '4/wish-1'].map(async (each) => {
        const [offset, account] = each.split('/')
        const response = await fetch(`http://127.0.0.1:${portBase + Number(offset)}/_sandbox/ledger?account=${account}`)
        return (await response.json()) as MarketplaceLedger
      }),
    )
    const warehouse = await fetch(`http://127.0.0.1:${portBase + 100}/_sandbox/ledger?account=gc`)

    expect(ledgers.reduce((sum, ledger) => sum + ledger.orders.length, 0)).toBe(20)
    expect(warehouse.status).toBe(200)
  })

  it('writes a configuration that is ready, with the published limits in force', async () => {
    const loaded = await loadChecked(folder)

    expect('problems' in loaded ? loaded.problems : []).toEqual([])
    expect(loaded).toMatchObject({ config: { shops: expect.arrayContaining([expect.objectContaining({ id: 'us-amazon', limits: {} })]) } })
  })

  it('tells commands that work', async () => {
    const commands = [...sandbox.output().matchAll(/npm run import -- (\S+) (\S+) --yes --config (\S+)/g)]
    const codes = await Promise.all(
      commands.map(
        async ([, kind = '', file = '', config = '']) => (await runCommand('import', [kind, file, '--config', config], {})).code,
      ),
    )

    expect(codes).toEqual([0, 0, 0])
    expect(await runCommand('connect', ['--shop', 'brand-us', '--config', folder], {})).toMatchObject({ code: 0 })
  })

  it.each([
    [['--port-base', String(portBase)], `port ${portBase + 1} is in use`],
    [['--limits', 'none'], '--limits is published or open, not "none"'],
    [['--orders', '-1'], '--orders must be a whole number from 0'],
  ])('refuses %j with 2', async (commandArguments, message) => {
    const { code, stderr } = await runCommand('sandbox', commandArguments, {})

    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('overwrites no configuration', async () => {
    await writeFile(path.join(place, 'mine'), '')

    expect(await runCommand('sandbox', ['--config-out', place], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not empty'),
    })
  })

  it('ends when told to', async () => {
    expect(await sandbox.end('SIGINT')).toMatchObject({ code: 0, stderr: '' })
  })
})
