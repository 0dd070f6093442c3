import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Explanation, RejectedExplanation } from '../../core/explain/index.ts'
import { type House, openHouse } from '../end-to-end/harness.ts'
import { americanAddress, lineOf } from '../end-to-end/purchases.ts'

describe('npm run why', () => {
  let house: House
  let plain: string
  let unmapped: string
  let unreadable: string
  beforeAll(async () => {
    house = await openHouse({ shops: ['brand-us', 'wish-1'] })
    plain = house.place('shopify')
    unmapped = house.place('shopify', { lines: [lineOf('NOBODY-KNOWS')] })
    unreadable = house.place('wish')
    house.change('wish', unreadable, { type: 'corrupt', how: 'without-quantity' })
    await house.json('sync', '--json')
  })
  afterAll(() => house.close())

  it('explains an order that is on its way: decisions, what was sent, what comes next', async () => {
    const { code, stdout } = await house.run('why', plain)

    expect(code).toBe(0)
    expect(stdout).toContain('A warehouse has it and has not shipped it yet.')
    expect(stdout).toMatch(/mapping: .*\n\s+.*MUG-RED/)
    expect(stdout).toMatch(/push Q\w+-1 at gc: confirmed/)
    expect(stdout).toMatch(/By itself: the warehouse ships/)
    expect(stdout).not.toContain(americanAddress.name)
    expect(stdout).not.toContain(americanAddress.line1)
  })

  it('gives the one thing to do, with the configuration that was named', async () => {
    const folder = `${house.folder}/config`
    const { stdout } = await house.run('why', `brand-us/${unmapped}`, '--config', folder)

    expect(stdout).toContain('unmapped-sku about NOBODY-KNOWS')
    expect(stdout).toContain(`To do: Add the missing row to the CSV file and import it`)
    expect(stdout).toContain(`npm run import -- sku-mappings FILE.csv --yes --config ${folder}`)
  })

  it('speaks Chinese', async () => {
    const { stdout } = await house.run('why', unmapped, '--lang', 'zh')

    expect(stdout).toContain('需要您处理：')
    expect(stdout).toContain('在等什么')
  })

  it('prints one JSON document', async () => {
    const explanation = await house.json<Explanation>('why', unmapped, '--json')

    expect(explanation).toMatchObject({ platformOrderId: unmapped, state: 'open', next: { kind: 'person' } })
    expect(explanation.holds.map(({ reason, subject }) => [reason, subject])).toEqual([['unmapped-sku', 'NOBODY-KNOWS']])
  })

  it('says why a record could not be read, by its id', async () => {
    const { code, stdout } = await house.run('why', unreadable)
    const document = await house.json<{ rejected: readonly RejectedExplanation[] }>('why', `wish-1/${unreadable}`, '--json')

    expect(code).toBe(0)
    expect(stdout).toMatch(/set aside[\s\S]*why: .*quantity/)
    expect(stdout).toContain(`npm run resync -- --shop wish-1 --order ${unreadable}`)
    expect(document.rejected.map(({ platformOrderId }) => platformOrderId)).toEqual([unreadable])
  })

  it.each([
    [['no-such-order'], 'no order no-such-order is known'],
    [['x', '--lang', 'fr'], '"fr" is not a language that is spoken here; there are en, zh'],
    [[], 'missing required argument'],
  ])('refuses %j with 2', async (commandArguments, message) => {
    const { code, stderr } = await house.run('why', ...commandArguments)

    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
