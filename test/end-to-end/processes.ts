import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as passTime } from 'node:timers/promises'

/** The folder that npm runs scripts in. */
export const root = join(import.meta.dirname, '../..')

/** npm puts this Node first on the path; on macOS there is none in the packages, and the machine's own runs. */
const packagedNode = join(root, 'node_modules/.bin/node')
const node = existsSync(packagedNode) ? packagedNode : process.execPath

/** No command of a test takes longer; then it is ended and the test fails with what it said. */
const patienceMs = 60_000
const lookEveryMs = 20

/** What a command left behind. */
export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningProcess {
  /** Resolves when the process has ended, however it did. */
  readonly finished: Promise<Finished>
  /** Everything that it has said so far, on both channels. */
  output(): string
  /** Resolves when the text has been said; rejects when the process ends without having said it. */
  said(text: string): Promise<void>
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Finished>
}

/** Starts a command as a process of its own, exactly as `npm run NAME -- …` does. */
export function startCommand(
  name: string,
  commandArguments: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningProcess {
  return startProcess(name, [node, 'scripts/run.mjs', name, ...commandArguments], environment)
}

/** Starts an npm script with npm and its shell around it. */
export function startThroughNpm(name: string, environment: Readonly<Record<string, string>>): RunningProcess {
  return startProcess(name, ['npm', 'run', '--silent', name], environment)
}

function startProcess(
  name: string,
  [program, ...programArguments]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): RunningProcess {
  const child = spawn(program, programArguments, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.stderr += text
  })
  const output = (): string => `${heard.stdout}${heard.stderr}`
  const finished = endOf(child).then(({ code, signal }) => ({ code, signal, ...heard }))
  return {
    finished,
    output,
    said: (text) =>
      eventually(`"${text}" of npm run ${name}`, () => {
        if (output().includes(text)) return true
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`npm run ${name} ended before it said "${text}":\n${output()}`)
        return false
      }),
    async end(signal) {
      child.kill(signal)
      return finished
    },
  }
}

/** Runs a command to its end. A command that does not end is killed, so that no test leaves a process behind. */
export async function runCommand(
  name: string,
  commandArguments: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Finished> {
  const running = startCommand(name, commandArguments, environment)
  const late = new AbortController()
  const result = await Promise.race([running.finished, passTime(patienceMs, undefined, { signal: late.signal })])
  late.abort()
  if (result) return result
  await running.end('SIGKILL')
  throw new Error(`npm run ${name} -- ${commandArguments.join(' ')} did not end within ${patienceMs} ms:\n${running.output()}`)
}

/** Waits for a condition, not for a time. */
export async function eventually(what: string, isReached: () => boolean | Promise<boolean>, withinMs = 45_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await isReached())) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await passTime(lookEveryMs)
  }
}

/** `close` comes after both channels have been read to their end. */
async function endOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
  await once(child, 'close')
  return { code: child.exitCode, signal: child.signalCode }
}
