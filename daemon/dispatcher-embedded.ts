import { schedule } from 'node-cron'
import PQueue from 'p-queue'
import type { LaneName } from '../core/model/lane.ts'
import type { Dispatcher, LaneHandler } from '../core/ports/dispatcher.ts'
import { type Instant, instantToMs } from '../core/value/instant.ts'

/** Passes under way at once in this process. */
const concurrency = 8
/** An interval varies by this part, so that shops do not all poll in the same second. */
const jitter = 0.1
const dayMs = 86_400_000
/** How long a stop waits for passes before it aborts them. */
const graceMs = 20_000

interface Slot {
  isRunning: boolean
  /** Woken while running: once more afterwards. */
  isWokenAgain: boolean
  isQueued: boolean
}

/** Lanes in one process: intervals with jitter, cron for daily work, a queue for concurrency. */
export function createEmbeddedDispatcher(): Dispatcher {
  const queue = new PQueue({ concurrency, autoStart: false })
  const slots = new Map<string, Slot>()
  const timers = new Map<string, { readonly timer: NodeJS.Timeout; readonly at: number }>()
  const intervals: { readonly lane: LaneName; readonly account: string; readonly cadenceMs: number }[] = []
  const running = new Map<string, { readonly cadenceMs: number; readonly stop: () => void }>()
  const abort = new AbortController()
  let handler: LaneHandler | undefined

  function enqueue(lane: LaneName, account: string): void {
    const slot = slotOf(lane, account)
    if (abort.signal.aborted || slot.isQueued) return
    if (slot.isRunning) {
      slot.isWokenAgain = true
      return
    }
    slot.isQueued = true
    void queue.add(() => runOne(lane, account, slot))
  }

  async function runOne(lane: LaneName, account: string, slot: Slot): Promise<void> {
    slot.isQueued = false
    if (abort.signal.aborted || !handler) return
    slot.isRunning = true
    try {
      await handler(lane, account, abort.signal)
    } finally {
      slot.isRunning = false
      if (slot.isWokenAgain) {
        slot.isWokenAgain = false
        enqueue(lane, account)
      }
    }
  }

  function slotOf(lane: LaneName, account: string): Slot {
    const key = `${lane} ${account}`
    const slot = slots.get(key) ?? { isRunning: false, isWokenAgain: false, isQueued: false }
    slots.set(key, slot)
    return slot
  }

  function wakeAt(lane: LaneName, account: string, at: Instant): void {
    const key = `${lane} ${account}`
    const due = instantToMs(at)
    const planned = timers.get(key)
    // A pass that ends while the dispatcher stops must leave no timer behind.
    if (!handler || (planned && planned.at <= due)) return
    if (planned) clearTimeout(planned.timer)
    const waitMs = Math.min(Math.max(0, due - Date.now()), dayMs)
    const timer = setTimeout(() => {
      timers.delete(key)
      enqueue(lane, account)
    }, waitMs)
    timers.set(key, { timer, at: due })
  }

  /** A cadence that changed takes the place of the one before; one that did not goes on undisturbed. */
  function startInterval(lane: LaneName, account: string, cadenceMs: number): void {
    const key = `${lane} ${account}`
    const before = running.get(key)
    if (before?.cadenceMs === cadenceMs || abort.signal.aborted) return
    before?.stop()
    running.set(key, { cadenceMs, stop: cadenceMs >= dayMs ? daily(lane, account) : repeating(lane, account, cadenceMs) })
    enqueue(lane, account)
  }

  function daily(lane: LaneName, account: string): () => void {
    // Not between 01:00 and 03:00, where a change of daylight saving skips or repeats an hour.
    const task = schedule(`${minuteOf(account)} 4 * * *`, () => enqueue(lane, account), { noOverlap: true, timezone: 'UTC' })
    return () => void task.stop()
  }

  function repeating(lane: LaneName, account: string, cadenceMs: number): () => void {
    const waitMs = cadenceMs * (1 + jitter * (Math.random() - 0.5))
    const timer = setInterval(() => enqueue(lane, account), waitMs)
    return () => clearInterval(timer)
  }

  return {
    every: (lane, account, cadenceMs) =>
      void (handler ? startInterval(lane, account, cadenceMs) : intervals.push({ lane, account, cadenceMs })),
    wake: (lane, account) => enqueue(lane, account),
    wakeAt,
    async start(work) {
      handler = work
      for (const { lane, account, cadenceMs } of intervals) startInterval(lane, account, cadenceMs)
      queue.start()
    },
    async stop() {
      for (const { stop } of running.values()) stop()
      for (const { timer } of timers.values()) clearTimeout(timer)
      queue.clear()
      const grace = setTimeout(() => abort.abort(new Error('the daemon is stopping')), graceMs)
      handler = undefined
      await queue.onIdle()
      clearTimeout(grace)
      abort.abort(new Error('the daemon has stopped'))
    },
  }
}

/** A fixed minute per account, so that daily work is spread over the hour. */
function minuteOf(account: string): number {
  let sum = 0
  for (const sign of account) sum = (sum * 31 + sign.charCodeAt(0)) % 60
  return sum
}
