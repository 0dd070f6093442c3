import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = process.cwd()
const command = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
const run = promisify(execFile)

interface Cruise {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[]
  }
}

async function cruise(folder: string): Promise<Cruise> {
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '.']
  const { stdout } = await run(process.execPath, [command, ...options], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(stdout) as Cruise
}

/** Each breaks one arrow: a file of a small house, what it imports, and the rule that has to notice it. */
const broken = [
  ['core/lanes/reads-a-file.ts', 'node:fs', 'core-does-no-input-or-output'],
  ['core/lanes/waits.ts', 'node:timers/promises', 'core-does-no-input-or-output'],
  ['core/lanes/calls.ts', 'axios', 'core-does-no-input-or-output'],
  ['core/lanes/stores.ts', '../../storage/index.ts', 'core-imports-only-itself'],
  ['core/model/one.ts', './two.ts', 'no-cycle'],
  ['core/model/lost.ts', './nowhere.ts', 'nothing-unresolved'],
  ['connectors/amazon/stores.ts', '../../storage/index.ts', 'connectors-imports-only-core'],
  ['connectors/amazon/map-order.ts', '../ebay/index.ts', 'connectors-do-not-know-each-other'],
  ['connectors/shared/knows.ts', '../ebay/index.ts', 'shared-knows-no-connector'],
  ['connectors/ebay/reads.ts', 'ebay-api', 'ebay-sdk-only-in-its-place'],
  ['connectors/ebay/queues.ts', 'p-queue', 'queue-only-in-its-place'],
  ['wms-adapter/goodcang/borrows.ts', '../tryton/index.ts', 'adapters-do-not-know-each-other'],
  ['wms-adapter/goodcang/sells.ts', '../../connectors/ebay/index.ts', 'wms-adapter-imports-only-core'],
  ['config/lists.ts', '../connectors/ebay/index.ts', 'config-imports-only-core'],
  ['daemon/queries.ts', 'knex', 'sql-only-in-its-place'],
  ['daemon/simulates.ts', '../sandbox/index.ts', 'daemon-imports-only-core-connectors-wms-adapter-storage-config-console'],
  ['sandbox/borrows.ts', '../connectors/ebay/index.ts', 'sandbox-imports-only-core'],
  ['sandbox/decides.ts', '../core/lanes/index.ts', 'sandbox-knows-only-words'],
  ['scripts/queries.ts', '../storage/index.ts', 'scripts-imports-only-core-daemon-config-sandbox'],
  ['scripts/sync.ts', '../sandbox/index.ts', 'only-demo-bench-and-tests-start-the-sandbox'],
  ['scripts/fakes.ts', '../test/fakes.ts', 'scripts-imports-only-core-daemon-config-sandbox'],
  ['sandbox/tests.ts', 'fast-check', 'the-product-runs-without-development-packages'],
  ['helpers/odd.ts', '../core/lanes/index.ts', 'every-folder-is-a-room'],
] as const

/** Must not be reported: arrows that point the right way. */
const right = [
  ['core/lanes/hashes.ts', 'node:crypto'],
  ['connectors/ebay/client.ts', 'ebay-api'],
  ['scripts/demo/plays.ts', '../../sandbox/index.ts'],
  ['test/fakes.ts', '../storage/index.ts'],
] as const

const houses = ['core/lanes', 'storage', 'connectors/ebay', 'wms-adapter/tryton', 'sandbox'].map((room) => `${room}/index.ts`)

describe('the arrows between the rooms', () => {
  it('hold in the whole tree, and the whole tree was seen', async () => {
    const { modules, summary } = await cruise(root)

    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
    expect(modules.filter(({ source }) => source.startsWith('core/')).length).toBeGreaterThan(50)
    expect(modules.length).toBeGreaterThan(100)
  })

  describe('when broken on purpose', () => {
    let folder: string
    let violations: Cruise['summary']['violations']

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'quayside-arrows-'))
      for (const file of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'])
        await cp(path.join(root, file), path.join(folder, file))
      await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
      for (const file of houses) await write(file, 'export {}\n')
      await write('core/model/two.ts', `import './one.ts'\n`)
      for (const [file, imported] of [...broken, ...right]) await write(file, `import '${imported}'\n`)
      violations = (await cruise(folder)).summary.violations
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    async function write(file: string, text: string): Promise<void> {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), text)
    }

    it.each(broken)('%s, which imports %s, is noticed', (file, _imported, rule) => {
      expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule)
    })

    it.each(right)('%s, which imports %s, is allowed', (file) => {
      expect(violations.filter(({ from }) => from === file)).toEqual([])
    })
  })
})
