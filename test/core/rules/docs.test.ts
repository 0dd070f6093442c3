import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { stageActions } from '../../../core/rules/actions.ts'
import { fields } from '../../../core/rules/conditions/fields.ts'
import { operators } from '../../../core/rules/conditions/question.ts'
import { stageKeys } from '../../../core/rules/document.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { homeAddress, snapshotLine } from '../../fakes/order-snapshots.ts'
import { bought, mergingWorld, mugs, referencesOf, waitUntil } from '../lanes/merging.ts'
import { ground, partsOf, plan, saver, service, shippedTo, warehouse } from '../planning/planning-world.ts'
import { compileYaml } from './rules-world.ts'

const page = await readFile('docs/rules.md', 'utf8')
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const example = await readFile('config/example/rules.yaml', 'utf8')
/** As in config/example/warehouses.yaml. */
const onGround = { ...ground, features: ['ground'] }
const warehouses = [
  warehouse('NJ', [onGround, saver]),
  warehouse('CA', [onGround, saver]),
  warehouse('DE', [service('paket', { countries: ['DE'] }), service('euro', { countries: ['FR'] })]),
]
const problemsIn = (yaml: string) => {
  const compiled = compileYaml(yaml, { warehouses })
  return 'problems' in compiled ? compiled.problems : []
}
/** The example of a stage under its own heading. */
const exampleOf = (stage: string) => blocks.findLast((block) => block.startsWith(`${stage}:`)) ?? ''

describe('docs/rules.md', () => {
  it.each(blocks.map((block, index) => [block.split('\n')[0], block, index] as const))('has no mistake in %s', (_first, block) => {
    expect(problemsIn(block)).toEqual([])
  })

  it('shows an example of every stage that does something', () => {
    const shown = new Set(blocks.flatMap((block) => Object.keys(parse(block) as object)))

    for (const stage of stageKeys) expect(shown, stage).toContain(stage)
  })

  it('names every field, every operator and every action', () => {
    const words = [...fields.keys(), ...operators, ...Object.values(stageActions).flatMap((actions) => actions.known)]

    for (const word of words) expect(page, word).toMatch(new RegExp(`[\`\\s{]${word.replaceAll('.', '\\.')}[\`:]`))
  })

  it('says the truth about three orders of one buyer, and about one that is read later', async () => {
    const world = await mergingWorld(exampleOf('merge'))
    const box = snapshotLine({ platformLineId: 'L2', channelSku: 'CH-BOX', quantity: 1 })
    await world.receive(bought('1', '08:00'), bought('2', '08:10'), bought('3', '08:20', { lines: [...mugs(2), box] }))
    waitUntil(world, '09:00')
    await world.run('plan')
    await world.run('push')
    await world.receive(bought('4', '08:30'), bought('5', '08:40', { tags: ['gift'] }))
    waitUntil(world, '09:30')
    await world.run('plan')
    await world.run('push')

    const [first, second, third, fourth, gift] = await referencesOf(world, '1', '2', '3', '4', '5')
    expect([second, third]).toEqual([first, first])
    expect(new Set([first, fourth, gift]).size).toBe(3)
    expect(world.warehouse.created.map((request) => request.reference)).toEqual([first, gift, fourth])
  })

  it('says the truth about the islands', () => {
    const from = (postcode: string, stock: number) =>
      plan({
        shelves: { NJ: { A: 9 }, CA: { A: stock } },
        warehouses: [warehouse('NJ', [saver]), warehouse('CA', [ground])],
        rules: exampleOf('allocate'),
        order: { personal: { shipTo: { ...homeAddress, postcode }, buyer: {}, notes: {} } },
      })

    expect(partsOf(from('00601', 9))).toEqual(['CA by ground: 1 A'])
    expect(from('00601', 0).holds).toMatchObject([{ reason: 'out-of-stock' }])
    expect(partsOf(from('10001', 9))).toEqual(['NJ by saver: 1 A'])
  })

  it('says the truth about zones', () => {
    const from = (...zones: readonly string[]) =>
      plan({
        shelves: { NJ: { A: 9 }, CA: { A: 9 } },
        warehouses: [warehouse('NJ', [ground]), warehouse('CA', [saver])],
        rules: exampleOf('allocate'),
        zones,
        order: shippedTo({ postcode: '10001' }),
      })

    expect(partsOf(from('CA,US,100,,8,', 'NJ,US,100,,2,'))).toEqual(['NJ by ground: 1 A'])
    expect(partsOf(from('CA,US,100,,8,', 'NJ,US,100,,8,'))).toEqual(['CA by saver: 1 A'])
  })

  it('says the truth about Ground and Saver', () => {
    const by = (order: { readonly deliverBy?: Instant }) =>
      partsOf(plan({ shelves: { NJ: { A: 9 } }, warehouses, rules: exampleOf('courier'), order }))

    expect(by({ deliverBy: '2026-11-28T08:00:00.000Z' as Instant })).toEqual(['NJ by ground: 1 A'])
    expect(by({})).toEqual(['NJ by saver: 1 A'])
  })
})

describe('config/example/rules.yaml', () => {
  it('has no mistake, neither as it is nor with its suggestions used', () => {
    const used = example.replace(/^# (?=[a-z ]+:| {2})/gm, '')

    expect(problemsIn(example)).toEqual([])
    expect(Object.keys(parse(used) as object).length).toBeGreaterThan(Object.keys(parse(example) as object).length)
    expect(problemsIn(used)).toEqual([])
  })
})
