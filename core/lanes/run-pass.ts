import { backOffMs } from '../effects/transitions.ts'
import { SyncError } from '../errors.ts'
import type { LaneName } from '../model/lane.ts'
import type { LaneRow } from '../ports/storage.ts'
import { addMs, type Instant } from '../value/instant.ts'
import type { PassReport, World } from '../world.ts'
import { lanes } from './index.ts'

export type PassResult =
  | { readonly report: PassReport }
  | { readonly problem: NonNullable<LaneRow['problem']>; readonly pausedUntil: Instant }
  | { readonly paused: Instant }

/** An account whose credentials are refused is tried again this rarely; a changed configuration tries at once. */
const refusedPauseMs = 900_000

/**
 * Runs one pass and remembers how it went. A failing account pauses itself and nobody else: the error
 * stands in its row, in the log and in `npm run status`, and the pause grows with repeated failures.
 */
export async function runPass(
  world: World,
  lane: LaneName,
  account: string,
  signal: AbortSignal,
  options: { readonly evenIfPaused?: boolean } = {},
): Promise<PassResult> {
  const row = (await world.storage.read((stores) => stores.lanes.load(lane, account))) ?? { lane, account, failures: 0 }
  const startedAt = world.clock.now()
  if (row.pausedUntil !== undefined && row.pausedUntil > startedAt && !options.evenIfPaused) return { paused: row.pausedUntil }
  try {
    const report = await lanes[lane](world, account, signal)
    await remember(world, { lane, account, failures: 0, lastStartedAt: startedAt, lastSucceededAt: world.clock.now() })
    return { report }
  } catch (error) {
    if (signal.aborted) throw error
    return fail(world, { ...row, lastStartedAt: startedAt }, error)
  }
}

async function fail(world: World, row: LaneRow, error: unknown): Promise<PassResult> {
  const now = world.clock.now()
  const failures = row.failures + 1
  const problem = describe(error, row.problem?.since ?? now)
  const pausedUntil = addMs(now, pauseMs(error, failures))
  await remember(world, { ...row, failures, problem, pausedUntil })
  // A limit that is used up is no failure: the work goes on when there is a token.
  const log = problem.kind === 'rate-limit' ? world.log.info : world.log.error
  log('a lane could not do its work', {
    lane: row.lane,
    account: row.account,
    ...problem,
    pausedUntil,
    ...(!(error instanceof SyncError) && { stack: stackOf(error) }),
  })
  return { problem, pausedUntil }
}

function describe(error: unknown, since: Instant): NonNullable<LaneRow['problem']> {
  if (error instanceof SyncError) return { kind: error.kind, code: error.code, message: error.message, since }
  return { kind: 'bug', code: 'unexpected-error', message: error instanceof Error ? error.message : String(error), since }
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined
}

function pauseMs(error: unknown, failures: number): number {
  if (!(error instanceof SyncError)) return backOffMs(failures)
  if (error.kind === 'auth' || error.kind === 'config') return refusedPauseMs
  return Math.max(error.retryAfterMs ?? 0, error.kind === 'rate-limit' ? 1_000 : backOffMs(failures))
}

function remember(world: World, row: LaneRow): Promise<void> {
  return world.storage.write((stores) => stores.lanes.save(row))
}
