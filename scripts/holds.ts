import { holdReasons } from '../core/model/hold.ts'
import { createLog, silentLog } from '../daemon/log.ts'
import { openConfigured, runCommand } from '../daemon/run-command.ts'
import { createProgram, operatorName, print, requireConfig, runProgram, table, untilInterrupted } from './command-line.ts'

const program = createProgram('holds', 'shows what waits and why, and works on it')

interface Options {
  readonly order?: string
  readonly reason?: string
  readonly subject?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

program
  .command('list')
  .description('open holds by cause, with count and oldest ship-by; with --reason the orders too')
  .option('--reason <reason>', `one of ${holdReasons.join(', ')}`)
  .option('--json', 'one JSON document')
  .action(async (options: Options) => {
    const config = await requireConfig(program.opts<{ config?: string }>().config)
    const storage = await openConfigured(config, silentLog)
    try {
      const reason = holdReasons.find((candidate) => candidate === options.reason)
      const groups = (await storage.read((stores) => stores.holds.summary())).filter(
        (group) => reason === undefined || group.reason === reason,
      )
      const holds = options.reason === undefined ? [] : await storage.read((stores) => stores.holds.openByReason(reason))
      print(options.json, { groups, holds }, () => {
        if (groups.length === 0) return 'nothing waits'
        const rows = groups.map((group) => [String(group.count), group.reason, group.subject, group.oldestShipBy ?? ''])
        const details = holds.map((hold) => [hold.orderNo, hold.placedAt, hold.detail])
        return [
          table([['count', 'reason', 'subject', 'oldest ship-by'], ...rows]),
          ...(details.length > 0 ? ['', table(details)] : []),
        ].join('\n')
      })
    } finally {
      await storage.close()
    }
  })

const actions = {
  release: 'lets the orders go on; the same cause does not hold them again',
  retry: 'sends or asks again what was refused or is not known',
  cancel: 'gives the fulfillment of the orders up',
} as const

for (const [action, description] of Object.entries(actions)) {
  program
    .command(action)
    .description(description)
    .option('--order <id>', 'the holds of one order')
    .option('--reason <reason>', 'all holds of this reason')
    .option('--subject <text>', 'only holds with this subject')
    .option('--dry-run', 'only tell which')
    .option('--json', 'one JSON document')
    .action(async (options: Options) => {
      const config = await requireConfig(program.opts<{ config?: string }>().config)
      const args = { ...options, action, user: operatorName(), dryRun: options.dryRun ?? false }
      const result = (await runCommand(config, 'holds', args, createLog(), untilInterrupted())) as {
        readonly holds: number
        readonly orders: readonly string[]
      }
      print(options.json, result, () =>
        `${result.holds} holds of ${result.orders.length} orders${options.dryRun ? ' would be worked on' : ''}\n${result.orders.join('\n')}`.trim(),
      )
    })
}

await runProgram(program)
