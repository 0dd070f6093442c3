import { describe, expect, it } from 'vitest'
import { checkConfig, formatProblem } from '../../config/index.ts'
import type { WmsAdapterDefinition } from '../../core/ports/wms-adapter.ts'
import { goodFiles, parts, writeFolder } from './configuration.ts'

const [plain] = parts.adapters
const effect = { key: 'enforced', readBack: 'by-key', readBackLagMs: 0 } as const
const capabilities: WmsAdapterDefinition['capabilities'] = {
  create: effect,
  cancel: effect,
  referenceFreedOnCancel: true,
  partialShipment: true,
  options: { signature: true, insurance: ['USD'], ageCheck: [16, 18] },
}
const adapters = plain
  ? [
      { ...plain, capabilities },
      { ...plain, adapter: 'bare' },
    ]
  : []
const [nj = ''] = goodFiles['warehouses.yaml']?.match(/ {2}- code: NJ[\s\S]*/) ?? []
const warehouses = `accounts:
  - { id: gc, adapter: goodcang, settings: { appKey: k, appToken: "\${env:SECRET}" } }
  - { id: own, adapter: bare, settings: { appKey: k, appToken: "\${env:SECRET}" } }
warehouses:
${nj}${nj.replace('code: NJ', 'code: DE').replace('account: gc', 'account: own').replace('code: ground', 'code: paket')}`

const mistakesOf = async (then: string, when?: string) => {
  const rule = `{ name: asked, ${when === undefined ? '' : `when: ${when}, `}then: [${then}] }`
  const folder = await writeFolder({ 'rules.yaml': `options:\n  - ${rule}\n`, 'warehouses.yaml': warehouses })
  const loaded = await checkConfig(folder, { ...parts, adapters })
  return 'config' in loaded ? [] : loaded.problems.map((problem) => formatProblem(problem).replace(/^.*\.yaml:\d+:\d+ {2}/, ''))
}
const advice = 'name the warehouses that can in the condition of the rule, or remove it'

describe('an option that a rule asks for', () => {
  it('is refused with the warehouse and the adapter that do not carry it', async () => {
    expect(await mistakesOf('{ signature: {} }')).toEqual([`signature is not carried by the adapter bare of warehouse DE; ${advice}`])
  })

  it.each([
    '{ field: warehouse, op: eq, value: NJ }',
    '{ all: [{ field: shop, op: eq, value: brand }, { field: warehouse, op: in, value: [NJ] }] }',
    '{ field: service, op: eq, value: ground }',
  ])('is accepted where the rule is only for warehouses that carry it: %s', async (when) => {
    expect(await mistakesOf('{ signature: {} }, { insurance: { currency: USD } }, { ageCheck: 18 }', when)).toEqual([])
  })

  it.each([
    ['{ packaging: carton }', `packaging is not carried by the adapter goodcang of warehouse NJ; ${advice}`],
    ['{ ageCheck: 21 }', `ageCheck 21 is not carried (it carries 16, 18) by the adapter goodcang of warehouse NJ; ${advice}`],
    [
      '{ insurance: { amount: "50", currency: EUR } }',
      `insurance EUR is not carried (it carries USD) by the adapter goodcang of warehouse NJ; ${advice}`,
    ],
  ])('is refused with a value that is not carried: %s', async (then, mistake) => {
    expect(await mistakesOf(then, '{ field: warehouse, op: eq, value: NJ }')).toEqual([mistake])
  })
})
