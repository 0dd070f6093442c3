import { createProgram, Exit, exitCodes, print, runProgram } from '../scripts/command-line.ts'
import { platformNames } from './calls.ts'
import { benchPlatforms, tableOf } from './platforms.ts'
import { benchRules, rulesPage } from './rules.ts'

/** `npm run bench -- NAME`: measures what must not get worse. Exit code 1 when a goal is missed. */
const program = createProgram('bench', 'measures what the product costs and how fast it is')

program
  .command('platforms', { isDefault: true })
  .description('calls that a day of orders costs on each platform, in virtual time with the published limits')
  .option('--orders <count>', 'orders of the day, for each platform', '2000')
  .option('--platform <name>', 'only this platform')
  .option('--json', 'one JSON document')
  .action(async ({ orders, platform, json }: { readonly orders: string; readonly platform?: string; readonly json?: boolean }) => {
    const only = platformNames.filter((known) => platform === undefined || known === platform)
    if (only.length === 0) throw new Exit(exitCodes.usage, `there is no platform "${platform}"; there are: ${platformNames.join(', ')}`)
    const report = await benchPlatforms({ orders: countOf(orders), hours: 24 }, only)
    print(json, report, () => tableOf(report))
    process.exitCode = report.passed ? exitCodes.done : exitCodes.doesNotHold
  })

program
  .command('rules')
  .description('what forty rules cost for one order, and "rules diff" over stored orders')
  .option('--orders <count>', 'stored orders', '10000')
  .option('--json', 'one JSON document')
  .action(async ({ orders, json }: { readonly orders: string; readonly json?: boolean }) => {
    const report = await benchRules(countOf(orders))
    print(json, report, () => rulesPage(report))
    process.exitCode = report.passed ? exitCodes.done : exitCodes.doesNotHold
  })

function countOf(orders: string): number {
  const count = Number(orders)
  if (Number.isInteger(count) && count >= 1 && count <= 20_000) return count
  throw new Exit(exitCodes.usage, `--orders must be a whole number from 1 to 20000, not "${orders}"`)
}

await runProgram(program)
