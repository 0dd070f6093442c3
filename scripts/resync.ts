import type { ResyncResult } from '../daemon/commands/resync.ts'
import { createLog } from '../daemon/log.ts'
import { runCommand } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, untilInterrupted } from './command-line.ts'

const program = createProgram('resync', 'reads orders again and changes only what differs')
  .requiredOption('--shop <id>', 'the shop')
  .option('--order <id>', 'one order, by its platform order id or its order number here')
  .option('--since <time>', 'orders created at or after it, such as 2026-11-24 or 2026-11-24T08:00:00Z')
  .option('--until <time>', 'orders created before it')
  .option('--dry-run', 'only tell what would change')
  .option('--json', 'one JSON document')

program.action(
  async (options: { config?: string; shop: string; order?: string; since?: string; until?: string; dryRun?: boolean; json?: boolean }) => {
    if ((options.order === undefined) === (options.since === undefined))
      throw new Exit(exitCodes.usage, 'give either --order ID or --since T [--until T]')
    const config = await requireConfig(options.config)
    if (!config.shops.some((shop) => shop.id === options.shop))
      throw new Exit(exitCodes.usage, `shop ${options.shop} is not configured; there are ${config.shops.map((shop) => shop.id).join(', ')}`)
    const { shop, order, since, until, dryRun = false } = options
    const result = (await runCommand(
      config,
      'resync',
      { shop, order, since, until, dryRun },
      createLog(),
      untilInterrupted(),
    )) as ResyncResult
    print(options.json, result, () => summary(result))
    const { read, missing, unreadable } = result
    if (unreadable.length > 0 && read > 0) process.exitCode = exitCodes.inPart
    else if (unreadable.length + missing.length > 0) process.exitCode = exitCodes.doesNotHold
  },
)

function summary(result: ResyncResult): string {
  const would = result.dryRun ? 'would be ' : ''
  return [
    `${result.read} read, ${result.unchanged} unchanged`,
    ...result.new.map((id) => `${would}new      ${id}`),
    ...result.changed.map((id) => `${would}changed  ${id}`),
    ...result.missing.map((id) => `not found on the platform: ${id}`),
    ...result.unreadable.map(({ id, reason }) => `cannot be read: ${id}: ${reason}`),
  ].join('\n')
}

await runProgram(program)
