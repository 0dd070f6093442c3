import { Command, CommanderError } from 'commander'
import { type Config, formatProblem } from '../config/index.ts'
import { SyncError } from '../core/errors.ts'
import { configFolder, loadChecked } from '../daemon/load.ts'

/** Exit codes of every command. */
export const exitCodes = { done: 0, doesNotHold: 1, usage: 2, inPart: 3 } as const

/** Ends a command with a text for the operator and an exit code. */
export class Exit extends Error {
  readonly code: number

  constructor(code: number, message = '') {
    super(message)
    this.code = code
  }
}

/** A commander program with what all commands share. */
export function createProgram(name: string, description: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .option('--config <folder>', 'folder with the YAML files (else QUAYSIDE_CONFIG, else config/local)')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
}

/** Runs a program to its exit code: usage and configuration errors are 2, everything else that fails is 1. */
export async function runProgram(program: Command): Promise<void> {
  process.stdout.on('error', endWithReader)
  try {
    await program.parseAsync(process.argv)
  } catch (error) {
    process.exitCode = explain(error)
  }
}

/** `head` and `less` go when they have seen enough: then there is nobody to tell, and nothing is wrong. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.done)
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  if (error instanceof Exit) {
    if (error.message !== '') process.stderr.write(`${error.message}\n`)
    return error.code
  }
  if (error instanceof SyncError) {
    process.stderr.write(`${error.message}\n`)
    return error.kind === 'config' ? exitCodes.usage : exitCodes.doesNotHold
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCodes.doesNotHold
}

/** The checked configuration, or every problem at once and exit code 2; `rulesFile` stands in for its rules.yaml. */
export async function requireConfig(option: string | undefined, rulesFile?: string): Promise<Config> {
  const loaded = await loadChecked(configFolder(option), rulesFile)
  if ('config' in loaded) return loaded.config
  const count = loaded.problems.length
  const lines = [
    ...loaded.problems.map(formatProblem),
    `${count} ${count === 1 ? 'problem' : 'problems'} in the configuration; nothing was started`,
  ]
  throw new Exit(exitCodes.usage, lines.join('\n'))
}

/** Aborts on Ctrl-C and on a polite request to end. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new Exit(exitCodes.doesNotHold, 'interrupted')))
  return controller.signal
}

const lookForParentEveryMs = 500

/** Also ends with the process that started it: a signal to `npm start` reaches npm and its shell, and not what they run. */
export function untilInterruptedOrAlone(): AbortSignal {
  const parent = process.ppid
  const alone = new AbortController()
  const timer = setInterval(() => {
    if (process.ppid !== parent) alone.abort(new Exit(exitCodes.doesNotHold, 'interrupted'))
  }, lookForParentEveryMs)
  timer.unref()
  return AbortSignal.any([untilInterrupted(), alone.signal])
}

/** One JSON document on standard output, or text for people. */
export function print(asJson: boolean | undefined, document: unknown, text: () => string): void {
  process.stdout.write(asJson ? `${JSON.stringify(document, null, 2)}\n` : `${text()}\n`)
}

/** `1 hold`, `2 holds`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Who does something by hand: named in the history of the order. */
export function operatorName(): string {
  return process.env['QUAYSIDE_USER'] ?? process.env['USER'] ?? 'operator'
}

/** A table with columns as wide as they must be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, index) => Math.max(all[index] ?? 0, cell.length)), [])
  return rows
    .map((row) => row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  '))
    .join('\n')
}
