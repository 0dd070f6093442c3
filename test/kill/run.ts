import { parseArgs } from 'node:util'
import { type House, openHouse } from '../end-to-end/harness.ts'
import { caseGroups, type KillCase, shopsOf } from './cases.ts'
import { prepare, tryDeath } from './trial.ts'

const help = `Usage: npm run test:kill -- [--times N] [--only TEXT]

Kills the product with SIGKILL at every step that matters, starts it again, and counts in the simulated
warehouse and marketplaces: every order exactly once, every shipment exactly once. Exit 1 on any violation.

  --times N    deaths per case (20 when absent)
  --only TEXT  only cases whose name contains the text
`
const defaultTimes = 20

interface CaseResult {
  readonly name: string
  readonly good: number
  readonly bad: number
}

/** A group of cases shares one house; a house in which something went wrong is replaced, so that one fault counts once. */
async function runGroup(group: readonly KillCase[], times: number): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = []
  const [first] = group
  if (!first) return results
  let house = await openHouse({ shops: shopsOf(first) })
  for (const killCase of group) {
    const result = { name: killCase.name, good: 0, bad: 0 }
    let prepared = await prepare(house, killCase, times)
    for (let round = 0; round < times; round += 1) {
      const problems = await outcomeOf(house, killCase, { round, prepared: prepared.shift() })
      result[problems.length === 0 ? 'good' : 'bad'] += 1
      for (const problem of problems) say(`WRONG  ${killCase.name}, death ${round + 1}: ${problem}`)
      if (problems.length === 0 && !killCase.isFirstPoll) continue
      await house.close()
      house = await openHouse({ shops: shopsOf(killCase) })
      prepared = await prepare(house, killCase, times - round - 1)
    }
    say(`${result.bad === 0 ? 'ok   ' : 'WRONG'}  ${killCase.name.padEnd(32)} ${result.good} of ${times}`)
    results.push(result)
  }
  await house.close()
  return results
}

async function outcomeOf(house: House, killCase: KillCase, trial: Parameters<typeof tryDeath>[2]): Promise<readonly string[]> {
  try {
    return await tryDeath(house, killCase, trial)
  } catch (error) {
    return [`the trial itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { times: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const times = Number(values.times ?? defaultTimes)
  const groups = caseGroups
    .map((group) => group.filter((killCase) => killCase.name.includes(values.only ?? '')))
    .filter((group) => group.length > 0)
  if (!Number.isInteger(times) || times < 1 || groups.length === 0) {
    process.stderr.write(`${help}\n--times must be a whole number from 1, and --only must leave a case\n`)
    return 2
  }
  const started = performance.now()
  // The groups wait for probes most of the time, so they share the processors well.
  const results = (await Promise.all(groups.map((group) => runGroup(group, times)))).flat()
  const bad = results.reduce((sum, result) => sum + result.bad, 0)
  const good = results.reduce((sum, result) => sum + result.good, 0)
  say(`${results.length} cases, ${good + bad} deaths, ${bad} violations, ${Math.round((performance.now() - started) / 1000)} s`)
  return bad === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
