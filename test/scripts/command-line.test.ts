import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { root } from '../end-to-end/processes.ts'

describe('a command whose reader has seen enough', () => {
  it('ends quietly with 0', async () => {
    const module = JSON.stringify(new URL('../../scripts/command-line.ts', import.meta.url).href)
    const script = `
      const { createProgram, runProgram } = await import(${module})
      const program = createProgram('endless', 'writes more than anybody reads')
      program.action(async () => {
        while (true) {
          process.stdout.write('a line\\n'.repeat(10_000))
          await new Promise((resolve) => setImmediate(resolve))
        }
      })
      await runProgram(program)`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let complaints = ''
    child.stderr.on('data', (text: Buffer) => {
      complaints += String(text)
    })

    child.stdout.once('data', () => child.stdout.destroy())
    await once(child, 'close')

    expect({ code: child.exitCode, complaints }).toEqual({ code: 0, complaints: '' })
  })
})
