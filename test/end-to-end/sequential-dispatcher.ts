import { type PassResult, runPass } from '../../core/lanes/run-pass.ts'
import type { LaneName } from '../../core/model/lane.ts'
import { addMs, earliest, type Instant, latest, msBetween } from '../../core/value/instant.ts'
import type { Runtime } from '../../daemon/compose.ts'
import type { VirtualClock } from '../fakes/virtual-clock.ts'

/** Something outside that happens at a time: an order is placed, a buyer cancels, the warehouse works. */
export interface Happening {
  readonly at: Instant
  happen(): void
}

export interface DayReport {
  readonly passes: number
  readonly problems: readonly { readonly lane: LaneName; readonly account: string; readonly message: string }[]
}

export interface SequentialDispatcher {
  wake(lane: LaneName, account: string): void
  every(lane: LaneName, account: string, cadenceMs: number): void
  /** Lets lanes and happenings take place in the order of their times, one after the other, until the end. */
  run(runtime: Runtime, happenings: readonly Happening[], end: Instant): Promise<DayReport>
}

interface Slot {
  readonly lane: LaneName
  readonly account: string
  cadenceMs: number | undefined
  dueAt: Instant | undefined
}

/** A dispatcher without timers: time jumps to whatever comes next. */
export function sequentialDispatcher(clock: VirtualClock): SequentialDispatcher {
  const slots = new Map<string, Slot>()

  function slotOf(lane: LaneName, account: string): Slot {
    const key = `${lane} ${account}`
    const slot = slots.get(key) ?? { lane, account, cadenceMs: undefined, dueAt: undefined }
    slots.set(key, slot)
    return slot
  }

  function bring(slot: Slot, at: Instant): void {
    slot.dueAt = slot.dueAt === undefined ? at : earliest(slot.dueAt, at)
  }

  function nextSlot(): Slot | undefined {
    return [...slots.values()].filter((slot) => slot.dueAt !== undefined).sort((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1))[0]
  }

  async function pass(runtime: Runtime, slot: Slot): Promise<PassResult> {
    const { lane, account, cadenceMs } = slot
    slot.dueAt = cadenceMs === undefined ? undefined : addMs(clock.now(), cadenceMs)
    const result = await runPass(runtime.world, lane, account, new AbortController().signal)
    if ('paused' in result) bring(slot, result.paused)
    if ('problem' in result) bring(slot, result.pausedUntil)
    if (!('report' in result)) return result
    const { more, nextDueAt } = result.report
    if (more) bring(slot, clock.now())
    else if (nextDueAt !== undefined) bring(slot, latest(nextDueAt, addMs(clock.now(), 1)))
    return result
  }

  return {
    wake: (lane, account) => bring(slotOf(lane, account), clock.now()),
    every(lane, account, cadenceMs) {
      const slot = slotOf(lane, account)
      slot.cadenceMs = cadenceMs
      bring(slot, clock.now())
    },
    async run(runtime, happenings, end) {
      const waiting = happenings.toSorted((a, b) => (a.at < b.at ? -1 : 1))
      const problems: { lane: LaneName; account: string; message: string }[] = []
      let passes = 0
      for (;;) {
        const slot = nextSlot()
        const happening = waiting[0]
        const at = [slot?.dueAt, happening?.at].filter((time) => time !== undefined).sort()[0]
        if (at === undefined || at > end) return { passes, problems }
        if (at > clock.now()) clock.advance(msBetween(clock.now(), at))
        if (happening && happening.at <= at) {
          waiting.shift()
          happening.happen()
        } else if (slot) {
          passes += 1
          const result = await pass(runtime, slot)
          if ('problem' in result) problems.push({ lane: slot.lane, account: slot.account, message: result.problem.message })
        }
      }
    },
  }
}
