import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> }
/** The npm scripts that are commands of the product, with the program that each starts. */
const programs = Object.entries(scripts).flatMap(([name, line]) => {
  const program = /node scripts\/run\.mjs (\S+)/.exec(line)?.[1]
  return program === undefined ? [] : [{ name, program }]
})

describe.concurrent('every command', { timeout: 90_000 }, () => {
  it.for(programs)('npm run $name answers --help with 0, on standard output, and does nothing', async ({ name, program }, { expect }) => {
    const environment = { PATH: process.env['PATH'], QUAYSIDE_CONFIG: '/nowhere' }

    const { stdout, stderr } = await run(process.execPath, ['scripts/run.mjs', program, '--help'], { cwd: root, env: environment })

    expect(stdout).toContain(`Usage: npm run ${name}`)
    expect(stderr).toBe('')
  })

  it('says with 2 what it needs when it is started by an older Node', async () => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`

    const outcome = run(process.execPath, ['--import', pretend, 'scripts/run.mjs', 'sync'], { cwd: root })

    await expect(outcome).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Quayside needs Node 24 or newer, this is 20.20.2'),
    })
  })

  it('imports nothing by name that an older Node does not have, so that it can say so', () => {
    const entry = readFileSync(join(root, 'scripts/run.mjs'), 'utf8')

    expect(entry).not.toMatch(/^import \{/m)
  })
})
