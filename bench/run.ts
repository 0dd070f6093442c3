import { createProgram, Exit, exitCodes, print, runProgram } from '../scripts/command-line.ts'
import { platformNames } from './calls.ts'
import { benchPlatforms, tableOf } from './platforms.ts'

/** `npm run bench -- [NAME]`: measures in virtual time what must not get worse. */
const program = createProgram('bench', 'measures what the product costs and how fast it is; every benchmark when none is named')
  .argument('[name]', 'which benchmark: platforms', 'platforms')
  .option('--orders <count>', 'orders of the day, for each platform', '2000')
  .option('--platform <name>', 'only this platform')
  .option('--json', 'one JSON document')

interface Options {
  readonly orders: string
  readonly platform?: string
  readonly json?: boolean
}

program.action(async (name: string, { orders, platform, json }: Options) => {
  if (name !== 'platforms') throw new Exit(exitCodes.usage, `there is no benchmark "${name}"; there is: platforms`)
  const count = Number(orders)
  if (!Number.isInteger(count) || count < 1 || count > 20_000)
    throw new Exit(exitCodes.usage, `--orders must be a whole number from 1 to 20000, not "${orders}"`)
  const only = platformNames.filter((known) => platform === undefined || known === platform)
  if (only.length === 0) throw new Exit(exitCodes.usage, `there is no platform "${platform}"; there are: ${platformNames.join(', ')}`)
  const report = await benchPlatforms({ orders: count, hours: 24 }, only)
  print(json, report, () => tableOf(report))
  process.exitCode = report.passed ? exitCodes.done : exitCodes.doesNotHold
})

await runProgram(program)
