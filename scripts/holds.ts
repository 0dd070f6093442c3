import { describeTargets } from '../core/mapping/suggest.ts'
import { suggestionsFor } from '../core/mapping/suggest-for-hold.ts'
import { type Hold, type HoldReason, holdReasons } from '../core/model/hold.ts'
import { type SlaState, slaState } from '../core/planning/sla.ts'
import type { Stores } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { createLog, silentLog } from '../daemon/log.ts'
import { runCommand, withDatabase } from '../daemon/run-command.ts'
import { systemClock } from '../daemon/system.ts'
import {
  counted,
  createProgram,
  Exit,
  exitCodes,
  operatorName,
  print,
  requireConfig,
  runProgram,
  table,
  untilInterrupted,
} from './command-line.ts'

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
    const reason = knownReason(options.reason)
    const config = await requireConfig(program.opts<{ config?: string }>().config)
    await withDatabase(config, silentLog, async (storage) => {
      const groups = (await storage.read((stores) => stores.holds.summary())).filter(
        (group) => reason === undefined || group.reason === reason,
      )
      const { holds, suggestions } = options.reason === undefined ? nothing : await storage.read((stores) => holdsOf(stores, reason))
      const now = systemClock.now()
      const standing = (shipBy: Instant | undefined): string =>
        slaWords[slaState({ state: 'open', ...(shipBy && { shipBy }) }, config.warehouses, now)]
      const urgentFirst = groups.toSorted((a, b) => ((a.oldestShipBy ?? '~') < (b.oldestShipBy ?? '~') ? -1 : 1))
      print(options.json, { groups: urgentFirst, holds, suggestions }, () => {
        if (groups.length === 0) return 'nothing waits'
        const rows = urgentFirst.map(({ count, reason: why, subject, oldestShipBy }) => [
          String(count),
          why,
          subject,
          `${oldestShipBy ?? ''}${standing(oldestShipBy)}`,
        ])
        const details = holds.map((hold) => [
          hold.orderNo,
          hold.placedAt,
          hold.shipBy ? `ship by ${hold.shipBy}${standing(hold.shipBy)}` : '',
          hold.detail,
        ])
        const hints = suggestions.map(({ shop, subject, goods, known }) => [shop, subject, `perhaps ${goods} (${known})`])
        return [
          table([['count', 'reason', 'subject', 'oldest ship-by'], ...rows]),
          ...(details.length > 0 ? ['', table(details)] : []),
          ...(hints.length > 0 ? ['', table(hints)] : []),
        ].join('\n')
      })
    })
  })

function knownReason(reason: string | undefined): HoldReason | undefined {
  const known = holdReasons.find((candidate) => candidate === reason)
  if (reason !== undefined && !known) throw new Exit(exitCodes.usage, `"${reason}" is not a reason; there are ${holdReasons.join(', ')}`)
  return known
}

const slaWords: Readonly<Record<SlaState, string>> = { none: '', 'on-time': '', 'at-risk': ' (at risk)', breached: ' (overdue)' }

interface ListedHolds {
  readonly holds: readonly (Hold & { readonly shipBy: Instant | null })[]
  /** For listings that no mapping names: what they may stand for. */
  readonly suggestions: readonly { readonly shop: string; readonly subject: string; readonly goods: string; readonly known: string }[]
}

const nothing: ListedHolds = { holds: [], suggestions: [] }

/** The holds of a reason, those of the most urgent orders first. */
async function holdsOf(stores: Stores, reason: HoldReason | undefined): Promise<ListedHolds> {
  const open = await stores.holds.openByReason(reason)
  const orders = new Map((await stores.orders.loadMany(open.map((hold) => hold.orderNo))).map((order) => [order.orderNo, order]))
  const holds = open.map((hold) => ({ ...hold, shipBy: orders.get(hold.orderNo)?.shipBy ?? null }))
  const catalog = await stores.catalog.load()
  const hints = new Map<string, ListedHolds['suggestions']>()
  for (const hold of reason === 'unmapped-sku' ? open : []) {
    const order = orders.get(hold.orderNo)
    if (!order || hints.has(`${order.shop} ${hold.subject}`)) continue
    const found = suggestionsFor(order, hold, catalog)
    const { subject } = hold
    hints.set(
      `${order.shop} ${subject}`,
      found.map((each) => ({
        shop: order.shop,
        subject,
        goods: describeTargets(each),
        known: `${each.because}: ${each.known || 'everywhere'}`,
      })),
    )
  }
  return { holds: holds.toSorted((a, b) => ((a.shipBy ?? '~') < (b.shipBy ?? '~') ? -1 : 1)), suggestions: [...hints.values()].flat() }
}

const actions = {
  release: 'lets the orders go on; the same cause does not hold them again',
  retry: 'sends or asks again what was refused or is not known; leaves holds of other kinds alone',
  cancel: 'gives the fulfillment of the orders up',
} as const

for (const [action, description] of Object.entries(actions)) {
  program
    .command(action)
    .description(description)
    .argument('[id]', 'the holds of one order: its number, its id on the platform, or SHOP/ID')
    .option('--order <id>', 'the same')
    .option('--reason <reason>', 'all holds of this reason')
    .option('--subject <text>', 'only holds with this subject')
    .option('--dry-run', 'only tell which')
    .option('--json', 'one JSON document')
    .action(async (id: string | undefined, options: Options) => {
      knownReason(options.reason)
      if (id !== undefined && options.order !== undefined) throw new Exit(exitCodes.usage, 'name the order once: as ID or with --order')
      const config = await requireConfig(program.opts<{ config?: string }>().config)
      const order = id ?? options.order
      const args = { ...options, ...(order !== undefined && { order }), action, user: operatorName(), dryRun: options.dryRun ?? false }
      const result = (await runCommand(config, 'holds', args, createLog(), untilInterrupted())) as {
        readonly holds: number
        readonly orders: readonly string[]
        readonly skipped: number
      }
      print(options.json, result, () => {
        const { skipped } = result
        const left =
          skipped > 0 && `${counted(skipped, 'hold')} left: nothing was sent for ${skipped === 1 ? 'it' : 'them'}; release instead`
        if (result.holds === 0) return left || 'no open hold is meant by that: "npm run holds -- list" shows them'
        const what = `${counted(result.holds, 'hold')} of ${counted(result.orders.length, 'order')}`
        return [`${what}${options.dryRun ? ' would be worked on' : ''}`, ...result.orders, ...(left ? [left] : [])].join('\n')
      })
    })
}

await runProgram(program)
