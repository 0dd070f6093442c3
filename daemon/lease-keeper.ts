import type { SyncError } from '../core/errors.ts'
import type { Lease } from '../storage/index.ts'
import type { Runtime } from './compose.ts'
import { outlive } from './outlive.ts'

const retakeEveryMs = 1_000
/** So often the lease may be held by somebody who has begun no epoch: a session of our own whose end the server has not noticed yet. */
const mostRefusals = 60

export interface LeaseKeeperParts {
  readonly runtime: Pick<Runtime, 'world' | 'takeOver' | 'isSuperseded'>
  /** Undefined when another process holds it. */
  takeLease(): Promise<Lease | undefined>
  /** What the daemon ends with when another process has taken over. */
  anotherWorks(): SyncError
}

/** Holds the daemon's lease, takes it again when it is lost, and lets nobody work in between. */
export interface LeaseKeeper {
  /** Resolves when there may be work: true while the lease is held, false when the daemon ends. */
  held(): Promise<boolean>
  /** The lease is not ours any more, whatever its session says. */
  lose(reason: unknown): void
  /** Aborts, with the reason, when another process works on the database. */
  readonly superseded: AbortSignal
  /** Nobody begins anything any more; what is under way still has the lease. */
  stop(): void
  release(): Promise<void>
}

export function keepLease(first: Lease, { runtime, takeLease, anotherWorks }: LeaseKeeperParts): LeaseKeeper {
  const { log, clock } = runtime.world
  const superseded = new AbortController()
  const stopped = new AbortController()
  const over = AbortSignal.any([superseded.signal, stopped.signal])
  let lease: Lease | undefined
  let regained = Promise.resolve()
  hold(first)

  function hold(next: Lease): void {
    lease = next
    if (next.lost.aborted) lose(next.lost.reason)
    next.lost.addEventListener('abort', () => lease === next && lose(next.lost.reason))
  }

  function lose(reason: unknown): void {
    if (!lease || over.aborted) return
    log.error('the lease on the database is lost: nothing is done until it is held again', { reason: String(reason) })
    const gone = lease
    lease = undefined
    regained = regain(gone)
  }

  async function regain(gone: Lease): Promise<void> {
    await survive(() => gone.release())
    for (let refusals = 0; !lease && !over.aborted; ) {
      const outcome = await survive(takeAgain)
      if (outcome === 'refused') refusals += 1
      if (outcome === 'superseded' || refusals > mostRefusals) superseded.abort(anotherWorks())
      if (outcome !== 'held') await Promise.race([clock.sleep(retakeEveryMs), whenAborted(over)])
    }
  }

  async function takeAgain(): Promise<'held' | 'refused' | 'superseded'> {
    const next = await takeLease()
    if (!next) return (await runtime.isSuperseded()) ? 'superseded' : 'refused'
    try {
      await runtime.takeOver(next.lost)
    } catch (error) {
      await next.release()
      throw error
    }
    log.info('the lease on the database is held again')
    hold(next)
    return 'held'
  }

  function survive<T>(work: () => Promise<T>): Promise<T | undefined> {
    return outlive({ log, signal: over }, { work: 'lease' }, work)
  }

  return {
    superseded: superseded.signal,
    lose,
    async held() {
      while (!lease && !over.aborted) await Promise.race([regained, whenAborted(over)])
      return !over.aborted
    },
    stop: () => stopped.abort(),
    async release() {
      stopped.abort()
      await regained
      await lease?.release()
    },
  }
}

/** Resolves when the signal aborts. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })))
}
