import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { parse } from 'yaml'
import type { House } from './harness.ts'
import { it } from './house-test.ts'
import { lineOf } from './purchases.ts'

interface Diff {
  readonly compared: number
  readonly counts: Readonly<Record<string, number>>
  readonly changed: readonly { readonly platformOrderId: string; readonly changes: readonly string[] }[]
}

const written = async (house: House, name: string, content: string): Promise<string> => {
  const file = join(house.folder, name)
  await writeFile(file, content)
  return file
}
const large = (units: number) => `review:
  - name: Large
    when: { anyLine: { field: quantity, op: gte, value: ${units} } }
    then: [{ hold: {} }]
`

const all = 'review: [{ name: All, then: [{ hold: {} }] }]'
const highInDollars = 'review: [{ name: High, when: { field: amounts.totalUsd, op: gte, value: 300 }, then: [{ hold: {} }] }]'

describe('npm run rules', { timeout: 90_000 }, () => {
  it('tells what edited rules would have changed, and changes nothing', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const [few, many] = [house.place('shopify'), house.place('shopify', { lines: [lineOf('MUG-RED', 3)] })]
    await house.json('sync', '--json')
    const before = await house.dossiers()
    const edited = await written(house, 'edited.yaml', large(3))

    const diff = await house.json<Diff>('rules', 'diff', edited, '--json')
    const page = await house.run('rules', 'diff', edited, '--since', '1d')

    expect(diff).toMatchObject({ compared: 2, counts: { 'newly-held': 1, released: 0 } })
    expect(diff.changed).toMatchObject([{ platformOrderId: many, changes: ['newly-held'] }])
    expect(page).toMatchObject({ code: 0 })
    expect(page.stdout).toContain(`brand-us/${many}  newly held`)
    expect(page.stdout).not.toContain(`brand-us/${few} `)
    expect(await house.dossiers()).toEqual(before)
  })

  it('checks an edited copy, with the place of each mistake and exit code 2', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    house.place('shopify')
    await house.json('sync', '--json')

    const checked = await house.json<{ readonly rules: readonly unknown[] }>(
      'rules',
      'check',
      await written(house, 'good.yaml', large(5)),
      '--json',
    )
    const wrong = await house.run('rules', 'check', await written(house, 'wrong.yaml', large(5).replace('gte', 'gtee')))
    const missing = await house.run('rules', 'diff', join(house.folder, 'nowhere.yaml'))

    expect(checked.rules).toEqual([{ stage: 'review', rule: 'Large', tried: 1, matched: 0, undecided: 0, finding: 'never-matched' }])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/wrong\.yaml:3:45 {2}unknown operator "gtee", did you mean "gte"\?/)
    expect(missing).toMatchObject({ code: 2, stdout: '' })
  })

  it('explains an order by the rules as they stand, decided or not', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    await house.editYaml<object>('rules.yaml', (file) => Object.assign(file, parse(all)))
    const id = house.place('shopify')
    await house.json('sync', '--json')

    const explained = await house.run('rules', 'explain', id)

    expect(explained).toMatchObject({ code: 0 })
    expect(explained.stdout).toContain('rule "All"')
    expect(explained.stdout).toContain('holds it: review-rule')
    expect(explained.stdout).toContain('as it would be decided now')
  })
})

describe('rules that were edited while nothing ran', { timeout: 90_000 }, () => {
  it('decide again about the orders that wait, and about those that a rule left out', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const ignoreAll = 'intake: [{ name: Elsewhere, then: [{ ignore: { reason: shipped elsewhere } }] }]'
    await house.editYaml<object>('rules.yaml', (file) => Object.assign(file, parse(ignoreAll)))
    const id = house.place('shopify')
    await house.json('sync', '--json')
    const ignored = await house.document(id)

    await house.editYaml<Record<string, unknown>>('rules.yaml', (file) => Object.assign(file, { intake: [] }))
    await house.json('sync', '--json')

    expect(ignored).toMatchObject({ state: 'ignored', ignoredReason: 'shipped elsewhere', holds: [] })
    expect(await house.document(id)).toMatchObject({ state: 'in-fulfillment', ignoredReason: null })
  })
})

describe('rates of exchange', { timeout: 90_000 }, () => {
  it('release the orders that waited for them', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['de-ebay'] })
    await house.editYaml<object>('rules.yaml', (file) => Object.assign(file, parse(highInDollars)))
    const id = house.place('ebay')
    await house.json('sync', '--json')
    const waiting = await house.document(id)
    const rates = await written(house, 'fx.csv', `date,from,to,rate\n${house.since.slice(0, 10)},EUR,USD,1.0842\n2026-11-01,USD,JPY,150\n`)

    const imported = await house.json('import', 'fx', rates, '--yes', '--json')
    await house.json('sync', '--json')

    expect(waiting.holds).toMatchObject([{ reason: 'fx-missing' }])
    expect(imported).toEqual({ kind: 'fx', rows: 2, added: 2, changed: 0, same: 0, stored: true })
    expect(await house.document(id)).toMatchObject({ state: 'in-fulfillment', holds: [] })
    expect((await house.run('export', 'fx')).stdout).toContain('EUR,USD,1.0842')
  })
})

describe('a listing that no mapping names', { timeout: 90_000 }, () => {
  it('has suggestions in the list of holds and in the explanation', async ({ openHouse }) => {
    const house = await openHouse({ shops: ['brand-us'] })
    const id = house.place('shopify', { lines: [lineOf('MUG_RDE')] })
    await house.json('sync', '--json')

    const list = await house.run('holds', 'list', '--reason', 'unmapped-sku')
    const why = await house.run('why', id)

    expect(list.stdout).toMatch(/brand-us +MUG_RDE +perhaps 1 × MUG-RED/)
    expect(why.stdout).toContain('perhaps 1 × MUG-RED')
  })
})
