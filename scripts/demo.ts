import { createProgram, Exit, exitCodes, runProgram } from './command-line.ts'
import { runDemo } from './demo/run.ts'

const program = createProgram(
  'demo',
  'runs hundreds of orders from simulated marketplaces through a simulated warehouse and back, and audits the result',
)
  .option('--orders <count>', 'how many orders', '240')
  .option('--seed <number>', 'which orders: the same seed gives the same ones', '1')
  .option('--faults', 'with time-outs, errors, lost answers and moving pages')
  .option('--sabotage', 'breaks something on purpose: the audit must find it')
  .option('--keep', 'keeps the database and the configuration to look around in')
  .option('--json', 'one JSON document')

interface Options {
  readonly orders: string
  readonly seed: string
  readonly faults?: boolean
  readonly sabotage?: boolean
  readonly keep?: boolean
  readonly json?: boolean
}

program.action(async ({ orders, seed, faults = false, sabotage = false, keep = false, json = false }: Options) => {
  const [count, seedNumber] = [Number(orders), Number(seed)]
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new Exit(exitCodes.usage, `--orders must be a whole number from 1 to 100000, not "${orders}"`)
  if (!Number.isInteger(seedNumber)) throw new Exit(exitCodes.usage, `--seed must be a whole number, not "${seed}"`)
  const { isClean } = await runDemo({ count, seed: seedNumber, faults, sabotage, keep, json })
  process.exitCode = isClean ? exitCodes.done : exitCodes.doesNotHold
})

await runProgram(program)
