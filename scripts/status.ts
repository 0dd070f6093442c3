import type { Config } from '../config/index.ts'
import { distanceInWords, moment } from '../core/explain/index.ts'
import type { LaneRow } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { type Alarm, alarmsOf } from '../daemon/alarms.ts'
import { silentLog } from '../daemon/log.ts'
import { withDatabase } from '../daemon/run-command.ts'
import { readStatus, type Status } from '../daemon/status.ts'
import { systemClock } from '../daemon/system.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, table, untilInterrupted } from './command-line.ts'

const redrawEveryMs = 2_000
const shownRows = 10
/** Moves to the corner and clears from there, so that nothing flickers. */
const clear = '\u001b[H\u001b[J'

const program = createProgram('status', 'one page: alarms, orders, holds by cause, shops and lanes, limits left, open outcomes')
  .option('--watch', 'draws it anew every 2 seconds until Ctrl-C')
  .option('--json', 'one JSON document')

program.action(async (options: { config?: string; watch?: boolean; json?: boolean }) => {
  if (options.watch && options.json) throw new Exit(exitCodes.usage, '--watch draws for people and --json prints once: give one of them')
  const config = await requireConfig(options.config)
  await withDatabase(config, silentLog, async (storage) => {
    const look = async (): Promise<{ readonly alarms: readonly Alarm[]; readonly status: Status }> => {
      const status = await readStatus(config, storage, systemClock.now())
      return { alarms: alarmsOf(status, config), status }
    }
    if (options.watch) return await watch(async () => page(await look(), config))
    const seen = await look()
    print(options.json, { alarms: seen.alarms, ...seen.status }, () => page(seen, config))
  })
})

async function watch(draw: () => Promise<string>): Promise<void> {
  const signal = untilInterrupted()
  while (!signal.aborted) {
    process.stdout.write(`${clear}${await draw()}\n\nCtrl-C ends this.\n`)
    await systemClock.sleep(redrawEveryMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}

function page({ alarms, status }: { readonly alarms: readonly Alarm[]; readonly status: Status }, config: Config): string {
  const { at, lastWorkAt } = status
  const work = lastWorkAt === null ? 'no work yet' : `last work ${distanceInWords(at, lastWorkAt)}`
  return [
    `Quayside  ${moment(at)}  ${work}`,
    ...section(
      `alarms (${alarms.length})`,
      alarms.length === 0 ? ['none'] : alarms.map(({ level, about, text }) => `${level === 'alarm' ? '!!' : ' !'} ${about}: ${text}`),
    ),
    ...section('orders', [orderCounts(status)]),
    ...section('holds', holdLines(status)),
    ...section('lanes', laneLines(status, config)),
    ...section('limits left', limitLines(status)),
    ...section('open outcomes', openLines(status)),
    ...section('compared with the platform', sweepLines(status)),
  ].join('\n')
}

function orderCounts({ orders }: Status): string {
  const counts = Object.entries(orders).filter(([, count]) => count > 0)
  return counts.length === 0 ? 'none yet' : counts.map(([state, count]) => `${state} ${count}`).join(' · ')
}

function holdLines({ holds, at }: Status): readonly string[] {
  if (holds.length === 0) return ['none']
  const rows = holds.map(({ reason, count, oldestShipBy, subjects }) => [
    String(count).padStart(5),
    reason,
    oldestShipBy === null ? 'no ship-by' : `ship by ${moment(oldestShipBy)} (${distanceInWords(at, oldestShipBy)})`,
    subjects
      .slice(0, 3)
      .map(({ subject, count: each }) => `${subject} ${each}`)
      .join(', '),
  ])
  return table(rows).split('\n')
}

const lanesOf = { shop: ['poll', 'confirm', 'sweep'], account: ['stock', 'push', 'track'], client: ['plan'] } as const

function laneLines(status: Status, { shops, accounts }: Config): readonly string[] {
  const clients = [...new Set(shops.map((shop) => shop.clientId))]
  const rows = [
    ...shops.map(({ id, platform }) => laneRow(`${id} (${platform})`, id, lanesOf.shop, status)),
    ...accounts.map(({ id, adapter }) => laneRow(`${id} (${adapter})`, id, lanesOf.account, status)),
    ...clients.map((client) => laneRow(`client ${client}`, client, lanesOf.client, status)),
  ]
  return table(rows).split('\n')
}

function laneRow(name: string, account: string, names: readonly string[], { lanes, at }: Status): readonly string[] {
  const cells = names.map((lane) => {
    const row = lanes.find((candidate) => candidate.lane === lane && candidate.account === account)
    return `${lane} ${laneState(row, at)}`
  })
  return [name, ...cells]
}

function laneState(row: LaneRow | undefined, at: Instant): string {
  if (!row) return 'not yet'
  const success = row.lastSucceededAt === undefined ? 'never worked' : distanceInWords(at, row.lastSucceededAt)
  if (row.problem === undefined) return success
  const word = row.problem.kind === 'rate-limit' || row.problem.kind === 'transient' ? 'waits' : 'STOPPED'
  return `${word} (${row.problem.kind}), before: ${success}`
}

function limitLines({ limits, at }: Status): readonly string[] {
  if (limits.length === 0) return ['nothing was called yet']
  const accounts = new Map<string, string[]>()
  for (const { account, operation, left, burst, blockedUntil } of limits) {
    const cell = `${operation} ${left}/${burst}${blockedUntil === null ? '' : ` (again ${distanceInWords(at, blockedUntil)})`}`
    accounts.set(account, [...(accounts.get(account) ?? []), cell])
  }
  return table([...accounts].map(([account, cells]) => [account, cells.join(' · ')])).split('\n')
}

/** What is under way in numbers; what is not known one by one. */
function openLines({ open, at }: Status): readonly string[] {
  if (open.length === 0) return ['none']
  const groups = new Map<string, Status['open'][number][]>()
  for (const effect of open.filter(({ state }) => state !== 'unknown')) {
    const name = `${effect.kind} at ${effect.account}: ${effect.state}`
    groups.set(name, [...(groups.get(name) ?? []), effect])
  }
  const counts = [...groups].map(([name, effects]) => {
    const oldest = effects.map(({ since }) => since).toSorted()[0]
    return `${String(effects.length).padStart(5)}  ${name}${oldest === undefined ? '' : `, the oldest ${distanceInWords(at, oldest)}`}`
  })
  const unknown = open
    .filter(({ state }) => state === 'unknown')
    .map(({ key, account, since, nextAttemptAt, message }) => {
      const next = nextAttemptAt === null ? 'by a person' : distanceInWords(at, nextAttemptAt)
      return `UNKNOWN ${key} at ${account} (${distanceInWords(at, since)})${message === '' ? '' : `, ${message}`}; next look ${next}`
    })
  const more = unknown.length > shownRows ? [`… and ${unknown.length - shownRows} more: see --json`] : []
  return [...counts, ...unknown.slice(0, shownRows), ...more]
}

function sweepLines({ sweeps, at }: Status): readonly string[] {
  const rows = sweeps.map(({ shop, sweep }) => {
    if (!sweep) return [shop, 'never']
    const unexplained = sweep.gaps.filter((gap) => !gap.explained).length
    return [
      shop,
      distanceInWords(at, sweep.finishedAt),
      `${sweep.listed} listed, ${sweep.gaps.length} missed by polling, ${unexplained} unexplained`,
    ]
  })
  return rows.length === 0 ? ['no shop'] : table(rows).split('\n')
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', title, ...lines.map((line) => `  ${line}`)]
}

await runProgram(program)
