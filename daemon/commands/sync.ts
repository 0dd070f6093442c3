import { z } from 'zod'
import { laneAccounts } from '../../core/lanes/index.ts'
import { type PassResult, runPass } from '../../core/lanes/run-pass.ts'
import type { EffectKind } from '../../core/model/effect.ts'
import { type LaneName, laneNames } from '../../core/model/lane.ts'
import { addMs, type Instant, msBetween } from '../../core/value/instant.ts'
import type { Runtime } from '../compose.ts'
import type { Command } from './command.ts'

const argumentsSchema = z.object({
  shop: z.string().optional(),
  lanes: z.array(z.enum(laneNames)).default(['poll', 'stock', 'plan', 'push', 'track', 'confirm']),
})

/** How long a sync waits for accepted and probing effects. */
const settleWaitMs = 10_000
const lookAgainMs = 100

export interface SyncResult {
  readonly passes: number
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly failures: readonly { readonly lane: LaneName; readonly account: string; readonly kind: string; readonly message: string }[]
  /** Effects whose outcome is still open. */
  readonly open: readonly {
    readonly key: string
    readonly account: string
    readonly state: string
    readonly nextAttemptAt: Instant | null
    readonly message: string
  }[]
}

/** Runs the named lanes now, whatever their cadence, again while rows are due, and waits a while for open outcomes. */
export const sync: Command = async (runtime, args, signal): Promise<SyncResult> => {
  const { shop, lanes } = argumentsSchema.parse(args)
  const tally = createTally()
  const inOrder = laneNames.filter((lane) => lanes.includes(lane))
  for (const lane of inOrder) await runLane(runtime, lane, shop, tally, signal)
  const deadline = addMs(runtime.world.clock.now(), settleWaitMs)
  for (;;) {
    const next = await nextDue(runtime, inOrder, shop, tally)
    const now = runtime.world.clock.now()
    if (signal.aborted) break
    if (next === undefined || next.at > deadline) {
      if (now > deadline || !(await isUnderWay(runtime))) break
      await runtime.world.clock.sleep(lookAgainMs, signal)
      continue
    }
    if (next.at > now) await runtime.world.clock.sleep(msBetween(now, next.at), signal)
    for (const lane of inOrder.filter((candidate) => candidate === 'plan' || candidate === 'push' || candidate === 'confirm')) {
      await runLane(runtime, lane, shop, tally, signal)
    }
  }
  return { passes: tally.passes, counts: tally.counts, failures: [...tally.failures.values()], open: await openEffects(runtime, shop) }
}

interface Tally {
  passes: number
  readonly counts: Record<string, Record<string, number>>
  readonly failures: Map<string, SyncResult['failures'][number]>
}

function createTally(): Tally {
  return { passes: 0, counts: {}, failures: new Map() }
}

async function runLane(runtime: Runtime, lane: LaneName, shop: string | undefined, tally: Tally, signal: AbortSignal): Promise<void> {
  const all = runtime.accounts(lane)
  const accounts = shop !== undefined && laneAccounts[lane] === 'shop' ? all.filter((account) => account === shop) : all
  await Promise.all(
    accounts
      .filter((account) => !tally.failures.has(`${lane} ${account}`))
      .map((account) => runUntilDone(runtime, lane, account, tally, signal)),
  )
}

async function runUntilDone(runtime: Runtime, lane: LaneName, account: string, tally: Tally, signal: AbortSignal): Promise<void> {
  let isMore = true
  while (isMore && !signal.aborted) {
    const result = await runPass(runtime.world, lane, account, signal, { evenIfPaused: true })
    tally.passes += 1
    isMore = 'report' in result && result.report.more
    note(tally, lane, account, result)
  }
}

function note(tally: Tally, lane: LaneName, account: string, result: PassResult): void {
  if ('problem' in result)
    tally.failures.set(`${lane} ${account}`, { lane, account, kind: result.problem.kind, message: result.problem.message })
  if (!('report' in result)) return
  const counts = tally.counts[lane] ?? {}
  for (const [name, value] of Object.entries(result.report.counts)) counts[name] = (counts[name] ?? 0) + value
  tally.counts[lane] = counts
}

/** The earliest row that a named lane will have to act on, of accounts that have not failed. */
async function nextDue(
  runtime: Runtime,
  named: readonly LaneName[],
  shop: string | undefined,
  tally: Tally,
): Promise<{ readonly at: Instant } | undefined> {
  const times: Instant[] = []
  await runtime.world.storage.read(async (stores) => {
    for (const lane of named) {
      for (const account of runtime.accounts(lane)) {
        if (tally.failures.has(`${lane} ${account}`) || (shop !== undefined && laneAccounts[lane] === 'shop' && account !== shop)) continue
        const at = await dueOf(stores, lane, account, runtime.world.operations().writeStop)
        if (at !== undefined) times.push(at)
      }
    }
  })
  const first = times.sort()[0]
  return first === undefined ? undefined : { at: first }
}

async function dueOf(
  stores: Parameters<Parameters<Runtime['world']['storage']['read']>[0]>[0],
  lane: LaneName,
  account: string,
  writeStop: boolean,
): Promise<Instant | undefined> {
  if (lane === 'plan') return stores.orders.nextPlanDue(account)
  if (lane !== 'push' && lane !== 'confirm') return undefined
  // A confirmed effect that is still to be read back is no open outcome: nobody waits for it.
  const states = writeStop ? (['accepted', 'unknown'] as const) : (['planned', 'accepted', 'unknown'] as const)
  const waiting = (await stores.effects.inState(states, account)).filter((effect) => lanesOf[effect.kind] === lane)
  return waiting.flatMap((effect) => effect.nextAttemptAt ?? []).sort()[0]
}

/** The lane that sends an effect and reads it back. */
const lanesOf: Readonly<Record<EffectKind, LaneName | undefined>> = {
  'wms-create': 'push',
  'wms-cancel': 'push',
  'confirm-shipment': 'confirm',
  'offer-stock': undefined,
}

/** A pass of the daemon's own, beside this command, has calls out whose answers are to come. */
async function isUnderWay({ world }: Runtime): Promise<boolean> {
  const effects = await world.storage.read((stores) => stores.effects.inState(['inflight']))
  return effects.some((effect) => effect.epoch === world.epoch)
}

/** Of the named shop alone, if one is named: what its orders wait for, at the platform or at a warehouse. */
async function openEffects({ world }: Runtime, shop: string | undefined): Promise<SyncResult['open']> {
  const effects = await world.storage.read(async (stores) => {
    const open = await stores.effects.inState(['inflight', 'accepted', 'unknown'])
    if (shop === undefined) return open
    const orders = await stores.orders.loadMany(open.map((effect) => effect.orderNo))
    const ours = new Set(orders.filter((order) => order.shop === shop).map((order) => order.orderNo))
    return open.filter((effect) => ours.has(effect.orderNo))
  })
  return effects.map(({ key, account, state, nextAttemptAt, errorMessage }) => ({
    key,
    account,
    state,
    nextAttemptAt: nextAttemptAt ?? null,
    message: errorMessage ?? '',
  }))
}
