import type { Config } from '../config/index.ts'
import { distanceInWords, moment } from '../core/explain/index.ts'
import { addMs, type Instant } from '../core/value/instant.ts'
import { type AuditReport, auditRecords, type ShopAudit } from '../daemon/audit.ts'
import { createLog, silentLog } from '../daemon/log.ts'
import { runCommand, withDatabase } from '../daemon/run-command.ts'
import { systemClock } from '../daemon/system.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, table, untilInterrupted } from './command-line.ts'

/** A sweep runs daily; one that is older than this did not come in time. */
const oldSweepMs = 26 * 3_600_000
const shownRows = 20
const shownIds = 3

const program = createProgram(
  'audit',
  'completeness per shop and hour with a reason per gap, and every invariant; exit 1 if anything is unexplained, 3 if a shop could not be swept',
)
  .option('--shop <id>', 'only this shop')
  .option('--sweep', 'compares with the platforms now instead of taking the last finished sweep')
  .option('--json', 'one JSON document')

interface Options {
  readonly config?: string
  readonly shop?: string
  readonly sweep?: boolean
  readonly json?: boolean
}

program.action(async ({ config: folder, shop, sweep = false, json }: Options) => {
  const config = await requireConfig(folder)
  if (shop !== undefined && !config.shops.some((candidate) => candidate.id === shop)) {
    throw new Exit(exitCodes.usage, `shop ${shop} is not configured; there are ${config.shops.map((candidate) => candidate.id).join(', ')}`)
  }
  await sweepWhereNeeded(config, shop, sweep)
  const now = systemClock.now()
  const report = await withDatabase(config, silentLog, (storage) => auditRecords(config, storage, { shop, now }))
  const verdict = judge(report)
  print(json, { ...verdict, ...report }, () => describe(report, verdict, now))
  process.exitCode = verdict.unexplained > 0 ? exitCodes.doesNotHold : verdict.notSwept.length > 0 ? exitCodes.inPart : exitCodes.done
})

/** Starts a sweep of every shop that has none, or of all that are asked for. How it went stands in the lanes' rows. */
async function sweepWhereNeeded(config: Config, shop: string | undefined, isAsked: boolean): Promise<void> {
  const named = config.shops.map((candidate) => candidate.id).filter((id) => shop === undefined || id === shop)
  const due = isAsked ? named : await neverSwept(config, named)
  if (due.length === 0) return
  process.stderr.write(`comparing with ${due.length === 1 ? `the platform of ${due[0]}` : `the platforms of ${due.length} shops`} …\n`)
  const signal = untilInterrupted()
  if (due.length === config.shops.length) await runCommand(config, 'sweep', {}, createLog('silent'), signal)
  else for (const id of due) await runCommand(config, 'sweep', { shop: id }, createLog('silent'), signal)
}

async function neverSwept(config: Config, shops: readonly string[]): Promise<readonly string[]> {
  return withDatabase(config, silentLog, (storage) =>
    storage.read(async (stores) => {
      const missing: string[] = []
      for (const id of shops) if ((await stores.sweeps.latest(id)) === undefined) missing.push(id)
      return missing
    }),
  )
}

interface Verdict {
  readonly holds: boolean
  readonly unexplained: number
  /** Shops without a finished sweep, or whose last one failed. */
  readonly notSwept: readonly string[]
}

function judge({ shops, findings }: AuditReport): Verdict {
  const gaps = shops.flatMap((shop) => shop.completeness?.gaps ?? []).filter((gap) => !gap.isExplained)
  const unexplained = gaps.length + findings.length
  const notSwept = shops.filter((shop) => shop.sweep === null || shop.problem !== null).map((shop) => shop.shop)
  return { holds: unexplained === 0 && notSwept.length === 0, unexplained, notSwept }
}

function describe(report: AuditReport, verdict: Verdict, now: Instant): string {
  const { findings, open, orders, setAside } = report
  const unknown = open.filter((effect) => effect.state === 'unknown')
  const records = Object.entries(setAside).map(([account, count]) => `${account}: ${count}`)
  return [
    ...report.shops.flatMap((shop) => describeShop(shop, now)),
    '',
    `records          ${orders} orders checked: I2 stored once, I5 quantities, I11 nothing stands still, I14 no call left open, I18 history untouched`,
    ...limited(findings.map((finding) => `  VIOLATION ${finding.invariant} ${finding.subject}: ${finding.message}`)),
    `open outcomes    ${unknown.length === 0 ? 'none' : `${unknown.length} not known`}, ${open.length - unknown.length} under way`,
    ...limited(
      unknown.map(
        (effect) =>
          `  ${effect.key} at ${effect.account} for ${effect.ageSeconds} s${effect.message === '' ? '' : `, ${effect.message}`}; next look ${effect.nextAttemptAt === null ? 'by a person' : moment(effect.nextAttemptAt)}`,
      ),
    ),
    `set aside        ${records.length === 0 ? 'none' : `${records.join(', ')} (npm run orders -- rejected)`}`,
    '',
    conclusion(verdict),
  ].join('\n')
}

function conclusion({ unexplained, notSwept }: Verdict): string {
  const count =
    unexplained === 0 ? 'everything is explained' : `${unexplained} ${unexplained === 1 ? 'thing is' : 'things are'} NOT explained`
  return notSwept.length === 0 ? count : `${count}; not compared with the platform: ${notSwept.join(', ')}`
}

function describeShop({ shop, sweep, completeness, problem }: ShopAudit, now: Instant): readonly string[] {
  const failed = problem === null ? [] : [`  the last sweep failed: ${problem}`]
  if (!sweep || !completeness) return [`${shop}: never compared with the platform`, ...failed]
  const { listed, heldThen, gaps, hours } = completeness
  const open = gaps.filter((gap) => !gap.isExplained)
  const isOld = addMs(sweep.finishedAt, oldSweepMs) < now
  return [
    `${shop}: the platform listed ${listed} orders of ${moment(sweep.from)} to ${moment(sweep.to)}, ${heldThen} were here, ${gaps.length} were not (${open.length} unexplained)`,
    `  compared ${moment(sweep.finishedAt)} (${distanceInWords(now, sweep.finishedAt)})${isOld ? '; that is old: --sweep does it now' : ''}`,
    ...failed,
    ...hourLines(hours),
    ...limited(open.map((gap) => `  GAP ${gap.platformOrderId} of ${moment(gap.createdAt)}: ${gap.reason}`)),
    ...explainedGaps(gaps.filter((gap) => gap.isExplained)),
  ]
}

/** One line for each reason; a few ids to look at. */
function explainedGaps(gaps: NonNullable<ShopAudit['completeness']>['gaps']): readonly string[] {
  const reasons = new Map<string, string[]>()
  for (const { reason, platformOrderId } of gaps) reasons.set(reason, [...(reasons.get(reason) ?? []), platformOrderId])
  return [...reasons].map(([reason, ids]) => {
    const more = ids.length > shownIds ? ` and ${ids.length - shownIds} more` : ''
    return `  ${ids.length} explained: ${reason} (${ids.slice(0, shownIds).join(', ')}${more})`
  })
}

/** One line a day: hour, orders held, and what is missing after a minus. */
function hourLines(hours: NonNullable<ShopAudit['completeness']>['hours']): readonly string[] {
  const days = new Map<string, string[]>()
  for (const { hour, known, missing } of hours) {
    const day = hour.slice(0, 10)
    const cells = days.get(day) ?? []
    cells.push(`${hour.slice(11, 13)}h ${known}${missing === 0 ? '' : ` -${missing}`}`)
    days.set(day, cells)
  }
  return table([...days].map(([day, cells]) => [`  ${day}`, cells.join(' · ')]))
    .split('\n')
    .filter((line) => line !== '')
}

function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= shownRows) return lines
  return [...lines.slice(0, shownRows), `  … and ${lines.length - shownRows} more: see --json`]
}

await runProgram(program)
