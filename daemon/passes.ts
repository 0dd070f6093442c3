import { runPass } from '../core/lanes/run-pass.ts'
import type { Dispatcher, LaneHandler } from '../core/ports/dispatcher.ts'
import { addMs } from '../core/value/instant.ts'
import type { Runtime } from './compose.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import { outlive } from './outlive.ts'
import { systemClock } from './system.ts'

/** Stock and tracking must not wait for their next turn, which is minutes away. */
const afterCutOffMs = 15_000

export interface PassParts {
  readonly runtime: Pick<Runtime, 'world' | 'accounts'>
  readonly dispatcher: Pick<Dispatcher, 'wake' | 'wakeAt'>
  readonly keeper: Pick<LeaseKeeper, 'held' | 'lose'>
}

/** Runs passes while the lease is held, and asks for the next one when there is more to do. */
export function createPasses({ runtime, dispatcher, keeper }: PassParts): LaneHandler {
  const { log } = runtime.world
  const order = sweepsAfterPolls(dispatcher)
  return async (lane, account, signal) => {
    if (!(await keeper.held()) || !runtime.accounts(lane).includes(account)) return
    if (lane === 'sweep' && !order.maySweep(account)) return
    const result = await outlive({ log, signal }, { lane, account }, () => runPass(runtime.world, lane, account, signal))
    if (!result) return dispatcher.wakeAt(lane, account, addMs(systemClock.now(), afterCutOffMs))
    if ('paused' in result) return dispatcher.wakeAt(lane, account, result.paused)
    if ('problem' in result) {
      if (result.problem.code === 'lease-superseded') keeper.lose(result.problem.message)
      return dispatcher.wakeAt(lane, account, result.pausedUntil)
    }
    const { more, nextDueAt } = result.report
    if (more) return dispatcher.wake(lane, account)
    if (lane === 'poll') order.polled(account)
    if (nextDueAt !== undefined && nextDueAt > runtime.world.clock.now()) dispatcher.wakeAt(lane, account, nextDueAt)
  }
}

/** Until the first poll of this process has finished, whatever came since the last one would look as if polling had missed it. */
function sweepsAfterPolls({ wake }: Pick<Dispatcher, 'wake'>) {
  const polled = new Set<string>()
  const waiting = new Set<string>()
  return {
    maySweep(shop: string): boolean {
      if (!polled.has(shop)) waiting.add(shop)
      return polled.has(shop)
    },
    polled(shop: string): void {
      polled.add(shop)
      if (waiting.delete(shop)) wake('sweep', shop)
    },
  }
}
