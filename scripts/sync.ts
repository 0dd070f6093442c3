import { laneNames } from '../core/model/lane.ts'
import type { SyncResult } from '../daemon/commands/sync.ts'
import { createLog } from '../daemon/log.ts'
import { runCommand } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, untilInterrupted } from './command-line.ts'

const program = createProgram(
  'sync',
  'runs the lanes now: reads, decides, pushes, tracks, writes back; exit 3 when an account failed or an outcome is open',
)
  .option('--shop <id>', 'only this shop')
  .option('--lanes <names>', `only these, of ${laneNames.join(', ')}`)
  .option('--json', 'one JSON document')

program.action(async (options: { config?: string; shop?: string; lanes?: string; json?: boolean }) => {
  const config = await requireConfig(options.config)
  if (options.shop !== undefined && !config.shops.some((shop) => shop.id === options.shop)) {
    throw new Exit(exitCodes.usage, `shop ${options.shop} is not configured; there are ${config.shops.map((shop) => shop.id).join(', ')}`)
  }
  const lanes = options.lanes?.split(',').map((lane) => lane.trim())
  const unknown = lanes?.filter((lane) => !laneNames.some((name) => name === lane)) ?? []
  if (unknown.length > 0) throw new Exit(exitCodes.usage, `${unknown.join(', ')}: no such lane; there are ${laneNames.join(', ')}`)
  const args = { ...(options.shop !== undefined && { shop: options.shop }), ...(lanes && { lanes }) }
  const result = (await runCommand(config, 'sync', args, createLog(), untilInterrupted())) as SyncResult
  print(options.json, result, () => summary(result, config.writeStop))
  process.exitCode = result.failures.length + result.open.length > 0 ? exitCodes.inPart : exitCodes.done
})

const writingLanes = ['push', 'confirm']

function summary(result: SyncResult, writeStop: boolean): string {
  const lanes = Object.entries(result.counts).map(([lane, counts]) => {
    const figures = Object.entries(counts).filter(([, value]) => value > 0)
    return `${lane.padEnd(8)} ${figures.length === 0 ? 'nothing to do' : figures.map(([name, value]) => `${name} ${value}`).join(', ')}`
  })
  const failures = result.failures.map((failure) => `FAILED   ${failure.lane} of ${failure.account} (${failure.kind}): ${failure.message}`)
  const open = result.open.map(
    (effect) =>
      `OPEN     ${effect.key} at ${effect.account}: ${effect.state}, ${effect.message || 'outcome not known yet'}; next look ${effect.nextAttemptAt ?? 'by a person'}`,
  )
  const isStopped = writeStop && writingLanes.some((lane) => lane in result.counts)
  const stop = isStopped ? ['STOPPED  nothing is sent while writeStop is true in quayside.yaml'] : []
  return [...lanes, ...stop, ...failures, ...open].join('\n')
}

await runProgram(program)
