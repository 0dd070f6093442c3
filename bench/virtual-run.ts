import { setImmediate as nextTurn } from 'node:timers/promises'
import { runPass } from '../core/lanes/run-pass.ts'
import type { LaneName } from '../core/model/lane.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Storage } from '../core/ports/storage.ts'
import type { Transport } from '../core/ports/transport.ts'
import { addMs, type Instant, latest } from '../core/value/instant.ts'
import type { World } from '../core/world.ts'
import type { Runtime } from '../daemon/compose.ts'

/**
 * Time that stands still while anybody works and jumps to whatever comes next as soon as all wait. Work is what is
 * tracked: calls of the storage and of the transport. So lanes run side by side, as in a daemon, and a day takes minutes.
 */
export interface VirtualTime extends Clock {
  track<T>(work: () => Promise<T>): Promise<T>
  /** Lets something happen at a time; at once when it is past. */
  at(instant: Instant, happen: () => void): void
  /** Lets everything happen that is due until the end, in the order of its times. */
  run(end: Instant): Promise<void>
}

interface Event {
  readonly at: Instant
  readonly sequence: number
  happen(): void
}

/** Turns of the event loop without work after which everybody waits: what was resolved in one turn begins its work in the next. */
const quietTurns = 3

export function virtualTime(start: Instant): VirtualTime {
  // Times compare as text: all of them need the same form.
  let now = addMs(start, 0)
  let working = 0
  let sequence = 0
  const events: Event[] = []

  function at(instant: Instant, happen: () => void): void {
    sequence += 1
    insert(events, { at: latest(instant, now), sequence, happen })
  }

  async function settled(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; quiet = working === 0 ? quiet + 1 : 0) await nextTurn()
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        at(addMs(now, ms), resolve)
      }),
    async track(work) {
      working += 1
      try {
        return await work()
      } finally {
        working -= 1
      }
    },
    at,
    async run(end) {
      for (;;) {
        await settled()
        const next = events[0]
        if (next === undefined || next.at > end) return
        events.shift()
        now = next.at
        next.happen()
      }
    },
  }
}

/** Keeps the events in the order of their times; what comes later is usually late. */
function insert(events: Event[], event: Event): void {
  let index = events.length
  while (index > 0 && (events[index - 1]?.at ?? '') > event.at) index -= 1
  events.splice(index, 0, event)
}

export function trackedStorage(storage: Storage, time: VirtualTime): Storage {
  return {
    read: (work) => time.track(() => storage.read(work)),
    write: (work) => time.track(() => storage.write(work)),
    close: () => storage.close(),
  }
}

export function trackedTransport(transport: Transport, time: VirtualTime): Transport {
  return { send: (request) => time.track(() => transport.send(request)) }
}

export interface PassProblem {
  readonly lane: LaneName
  readonly account: string
  readonly at: Instant
  readonly kind: string
  readonly code: string
  readonly message: string
}

export interface VirtualDispatcher {
  wake(lane: LaneName, account: string): void
  /** Runs the lane now and then at this cadence, on a grid that no late pass moves. */
  every(lane: LaneName, account: string, cadenceMs: number): void
  readonly passes: ReadonlyMap<LaneName, number>
  readonly problems: readonly PassProblem[]
}

/** What surrounds a pass, such as a note of who is at work. */
export type AroundPass = (lane: LaneName, work: () => Promise<void>) => Promise<void>

interface Slot {
  readonly lane: LaneName
  readonly account: string
  dueAt: Instant | undefined
  isRunning: boolean
}

/** The daemon's dispatcher in virtual time: at most one pass of a lane and account at a time, the lanes side by side. */
export function virtualDispatcher(time: VirtualTime, world: () => World, around: AroundPass = (_lane, work) => work()): VirtualDispatcher {
  const slots = new Map<string, Slot>()
  const passes = new Map<LaneName, number>()
  const problems: PassProblem[] = []

  function slotOf(lane: LaneName, account: string): Slot {
    const key = `${lane} ${account}`
    const slot = slots.get(key) ?? { lane, account, dueAt: undefined, isRunning: false }
    slots.set(key, slot)
    return slot
  }

  function bring(slot: Slot, at: Instant): void {
    if (slot.dueAt !== undefined && slot.dueAt <= at) return
    slot.dueAt = at
    if (!slot.isRunning) time.at(at, () => start(slot, at))
  }

  /** `at` tells an appointment that an earlier one has taken the place of. */
  function start(slot: Slot, at: Instant): void {
    if (slot.isRunning || slot.dueAt !== at) return
    slot.dueAt = undefined
    slot.isRunning = true
    void around(slot.lane, () => pass(slot)).finally(() => {
      slot.isRunning = false
      const due = slot.dueAt
      if (due !== undefined) time.at(due, () => start(slot, due))
    })
  }

  async function pass(slot: Slot): Promise<void> {
    const { lane, account } = slot
    passes.set(lane, (passes.get(lane) ?? 0) + 1)
    const result = await runPass(world(), lane, account, new AbortController().signal)
    if ('paused' in result) bring(slot, result.paused)
    if ('problem' in result) {
      problems.push({
        lane,
        account,
        at: time.now(),
        kind: result.problem.kind,
        code: result.problem.code,
        message: result.problem.message,
      })
      bring(slot, result.pausedUntil)
    }
    if (!('report' in result)) return
    const { more, nextDueAt } = result.report
    if (more) bring(slot, time.now())
    else if (nextDueAt !== undefined && nextDueAt > time.now()) bring(slot, nextDueAt)
  }

  function every(lane: LaneName, account: string, cadenceMs: number): void {
    const slot = slotOf(lane, account)
    const tick = (): void => {
      bring(slot, time.now())
      time.at(addMs(time.now(), cadenceMs), tick)
    }
    tick()
  }

  return { wake: (lane, account) => bring(slotOf(lane, account), time.now()), every, passes, problems }
}

const minuteMs = 60_000

/** The daemon's cadences, but lanes that work on wake-ups look for forgotten rows this often. */
export function scheduleLanes(runtime: Runtime, { every }: VirtualDispatcher, idleEveryMs: number): void {
  const woken = { plan: idleEveryMs, push: idleEveryMs, confirm: idleEveryMs }
  const cadences = { poll: 5 * minuteMs, stock: 15 * minuteMs, ...woken, track: 5 * minuteMs, sweep: 24 * 60 * minuteMs }
  for (const [lane, cadenceMs] of Object.entries(cadences) as [LaneName, number][]) {
    for (const account of runtime.accounts(lane)) every(lane, account, cadenceMs)
  }
}
