import type { AuditResult } from '../../core/audit/audit.ts'
import { createLog, silentLog } from '../../daemon/log.ts'
import { startDaemon } from '../../daemon/main.ts'
import { runCommand } from '../../daemon/run-command.ts'
import { requireConfig } from '../command-line.ts'
import { auditDemo, type DemoReport, type DetailedFigures, figuresOf } from './figures.ts'
import { play } from './play.ts'
import { setStage } from './stage.ts'

export interface DemoOptions {
  readonly count: number
  readonly seed: number
  readonly faults: boolean
  readonly sabotage: boolean
  readonly keep: boolean
  readonly json: boolean
}

/** The main job with no credentials, from the first poll to a clean audit. */
export async function runDemo(options: DemoOptions): Promise<{ readonly isClean: boolean }> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const stage = await setStage(options.count, options.seed, options.keep)
  const startedAt = performance.now()
  try {
    const config = await requireConfig(stage.folder)
    const log = process.env['QUAYSIDE_LOG'] === undefined ? silentLog : createLog()
    for (const [file, text] of Object.entries(stage.catalog))
      await runCommand(config, 'import', { kind: file.replace('.csv', ''), file, text }, log, new AbortController().signal)
    say(`${stage.placed.length} orders wait on ${stage.plan.accounts.length} shops of four marketplaces; the daemon starts`)
    const daemon = await startDaemon(config, log)
    try {
      await play(stage, daemon, options, say)
      const seconds = (performance.now() - startedAt) / 1000
      const { world } = daemon.runtime
      const audited = await auditDemo(stage, world)
      const figures = figuresOf(audited.evidence, audited.result, seconds)
      await tell(figures, audited, options, say, stage.folder)
      return { isClean: figures.lost === 0 && figures.duplicates === 0 && figures.violations === 0 }
    } finally {
      await daemon.stop()
    }
  } finally {
    await stage.close(options.keep)
  }
}

async function tell(
  figures: DetailedFigures,
  audited: DemoReport,
  options: DemoOptions,
  say: (line: string) => void,
  folder: string,
): Promise<void> {
  for (const violation of audited.result.violations.slice(0, 20))
    say(`VIOLATION ${violation.invariant} ${violation.subject}: ${violation.message}`)
  if (options.json) {
    const { reasons: _, ...document } = figures
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return
  }
  process.stdout.write(`${summary(figures, audited.result)}\n`)
  const where = options.keep
    ? `Look around: npm run orders -- list --config ${folder}`
    : 'Run it with --keep to look around in what it leaves.'
  process.stdout.write(`${where}\n`)
}

function summary(figures: DetailedFigures, result: AuditResult): string {
  const { orders, fulfillmentOrders, writebacks } = figures
  return [
    '',
    `orders            ${orders.listed} listed, ${orders.imported} imported: ${orders.completed} completed, ${orders.held} held, ${orders.cancelled} cancelled, ${orders.ignored} ignored`,
    ...Object.entries(figures.reasons).map(([reason, count]) => `                  ${String(count).padStart(4)}  ${reason}`),
    `warehouse         ${fulfillmentOrders.pushed} fulfillment orders pushed, ${fulfillmentOrders.shipped} shipped`,
    `write-backs       ${writebacks.confirmed} confirmed`,
    `audit             ${figures.lost} lost, ${figures.duplicates} duplicates, ${result.violations.length} violations of I1, I2, I4, I6, I7, I9, I10, I11`,
    `time              ${figures.seconds.toFixed(1)} s, ${figures.ordersPerSecond.toFixed(0)} orders/s`,
    '',
  ].join('\n')
}
