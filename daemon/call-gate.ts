import { AsyncLocalStorage } from 'node:async_hooks'
import PQueue from 'p-queue'
import { SyncError } from '../core/errors.ts'
import type { Limits } from '../core/model/warehouse.ts'
import type { CallGate, LimitObservation, RateLimit, RateLimits } from '../core/ports/call-gate.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { BucketRow, Storage } from '../core/ports/storage.ts'
import { addMs, type Instant, instantToMs, msBetween } from '../core/value/instant.ts'

export interface GateScope {
  readonly scope: string
  readonly published: RateLimits
  /** The operator's figures win over published ones and over what headers say. */
  readonly overrides: Limits
  /** Work that can wait: it leaves a part of each burst to the rest of the scope, which reads and reports orders. */
  readonly isBackground?: boolean
}

export interface Gates {
  gate(scope: GateScope): CallGate
  /** Writes what is not stored yet. */
  flush(): Promise<void>
}

/** Where nothing is published: careful, and said so in docs/config.md. */
const unpublished: RateLimit = { perSecond: 2, burst: 5 }
/** A pass waits this long for tokens; longer waits go back to the dispatcher. */
const patienceMs = 30_000
/** No answer of theirs keeps an account away for longer; then it is tried again. */
const longestBlockMs = 3_600_000
/** Calls of one scope under way at once. */
const concurrency = 16
/** The part of a burst that work in the background leaves alone. */
const keptForUrgentWork = 0.25
/** Buckets slower than this are stored before each call, so that no restart spends a burst twice. */
const slowPerSecond = 1
const flushEveryMs = 1_000

interface Bucket {
  row: BucketRow
  readonly isOverridden: boolean
  /** Cost of the calls under way. */
  underWay: number
  /** Cost of all calls that have ended. */
  ended: number
  isDirty: boolean
}

/** A call under way, and the cost that had ended when it began. */
interface Call {
  readonly bucket: Bucket
  readonly cost: number
  readonly endedBefore: number
}

/** Token buckets by scope and operation, shared by every lane, stored with the rows they protect. */
export function createGates(storage: Storage, clock: Clock): Gates {
  const scopes = new Map<string, Promise<Map<string, Bucket>>>()
  const queues = new Map<string, PQueue>()
  const current = new AsyncLocalStorage<Call>()
  let flushedAt = clock.now()

  function buckets(scope: string): Promise<Map<string, Bucket>> {
    const loaded = scopes.get(scope) ?? loadBuckets(storage, scope)
    scopes.set(scope, loaded)
    return loaded
  }

  async function flush(): Promise<void> {
    const dirty = (await Promise.all(scopes.values())).flatMap((all) => [...all.values()]).filter((bucket) => bucket.isDirty)
    flushedAt = clock.now()
    if (dirty.length === 0) return
    for (const bucket of dirty) bucket.isDirty = false
    await storage.write((stores) => stores.buckets.save(dirty.map((bucket) => bucket.row)))
  }

  /** Waits for tokens and takes them; from that moment on the call counts as under way. */
  async function take(bucket: Bucket, cost: number, reserve: number, signal: AbortSignal | undefined): Promise<Call> {
    for (;;) {
      const waitMs = waitFor(bucket, Math.min(cost + reserve, bucket.row.burst), clock.now())
      if (waitMs <= 0) break
      if (waitMs > patienceMs) throw tooLong(bucket, waitMs)
      await clock.sleep(waitMs, signal)
    }
    bucket.row = { ...bucket.row, tokens: bucket.row.tokens - cost }
    bucket.isDirty = true
    bucket.underWay += cost
    return { bucket, cost, endedBefore: bucket.ended }
  }

  function gate({ scope, published, overrides, isBackground = false }: GateScope): CallGate {
    const queue = queues.get(scope) ?? new PQueue({ concurrency })
    queues.set(scope, queue)
    const bucketOf = async (operation: string): Promise<Bucket> => {
      const all = await buckets(scope)
      const name = operation in published || operation in overrides ? operation : 'default'
      const limit = overrides[operation] ?? overrides['default']
      return openBucket(all, {
        scope,
        name,
        limit: limit ?? published[name] ?? unpublished,
        isOverridden: limit !== undefined,
        now: clock.now(),
      })
    }
    return {
      async run(operation, call, options = {}) {
        const bucket = await bucketOf(operation)
        const cost = Math.min(options.cost ?? 1, bucket.row.burst)
        return queue.add(
          async () => {
            const own = await take(bucket, cost, isBackground ? bucket.row.burst * keptForUrgentWork : 0, options.signal)
            try {
              if (bucket.row.perSecond < slowPerSecond || msBetween(flushedAt, clock.now()) >= flushEveryMs) await flush()
              return await current.run(own, call)
            } finally {
              bucket.underWay -= cost
              bucket.ended += cost
            }
          },
          options.signal ? { signal: options.signal } : {},
        )
      },
      observe(operation, observation) {
        const call = current.getStore()
        void bucketOf(operation).then((bucket) => {
          const unseen = call?.bucket === bucket ? unseenBy(call) : bucket.underWay
          correct(bucket, observation, { unseen, now: clock.now() })
        })
      },
    }
  }

  return { gate, flush }
}

async function loadBuckets(storage: Storage, scope: string): Promise<Map<string, Bucket>> {
  const rows = await storage.read((stores) => stores.buckets.load(scope))
  return new Map(rows.map((row) => [row.operation, { row, isOverridden: false, underWay: 0, ended: 0, isDirty: false }]))
}

function openBucket(
  all: Map<string, Bucket>,
  wanted: { scope: string; name: string; limit: RateLimit; isOverridden: boolean; now: Instant },
): Bucket {
  const { scope, name, limit, isOverridden, now } = wanted
  const stored = all.get(name)
  if (stored && stored.isOverridden === isOverridden && (!isOverridden || sameRate(stored.row, limit))) return stored
  const tokens = stored ? Math.min(stored.row.tokens, limit.burst) : limit.burst
  const rate = stored && !isOverridden ? { perSecond: stored.row.perSecond, burst: stored.row.burst } : limit
  const row: BucketRow = {
    scope,
    operation: name,
    at: stored?.row.at ?? now,
    ...rate,
    tokens,
    ...(stored?.row.blockedUntil && { blockedUntil: stored.row.blockedUntil }),
  }
  const bucket = { row, isOverridden, underWay: stored?.underWay ?? 0, ended: stored?.ended ?? 0, isDirty: true }
  all.set(name, bucket)
  return bucket
}

function sameRate(row: BucketRow, limit: RateLimit): boolean {
  return row.perSecond === limit.perSecond && row.burst === limit.burst
}

/** Brings the bucket up to date and tells how long the cost has to wait; zero when it can be taken. */
function waitFor(bucket: Bucket, cost: number, now: Instant): number {
  const { row } = bucket
  const elapsedMs = Math.max(0, msBetween(row.at, now))
  bucket.row = { ...row, tokens: Math.min(row.burst, row.tokens + (elapsedMs * row.perSecond) / 1000), at: now }
  const blockedMs = row.blockedUntil === undefined ? 0 : instantToMs(row.blockedUntil) - instantToMs(now)
  if (blockedMs > 0) return blockedMs
  const missing = cost - bucket.row.tokens
  return missing <= 1e-9 ? 0 : Math.ceil((missing / row.perSecond) * 1000)
}

/** Cost of the other calls that were under way beside this one: its answer may tell how things stood before them. */
function unseenBy({ bucket, cost, endedBefore }: Call): number {
  return bucket.underWay + bucket.ended - endedBefore - cost
}

function correct(bucket: Bucket, observation: LimitObservation, { unseen, now }: { readonly unseen: number; readonly now: Instant }): void {
  waitFor(bucket, 0, now)
  const { perSecond, burst, remaining, retryAfterMs } = observation
  const rate = bucket.isOverridden
    ? {}
    : { ...(perSecond !== undefined && perSecond > 0 && { perSecond }), ...(burst !== undefined && burst > 0 && { burst }) }
  const left = remaining === undefined ? {} : { tokens: Math.max(0, remaining - unseen) }
  const block = retryAfterMs === undefined ? {} : { tokens: 0, blockedUntil: addMs(now, Math.min(retryAfterMs, longestBlockMs)) }
  const row = { ...bucket.row, ...rate, ...left, ...block }
  bucket.row = { ...row, tokens: Math.min(row.tokens, row.burst) }
  bucket.isDirty = true
}

function tooLong(bucket: Bucket, waitMs: number): SyncError {
  const { scope, operation } = bucket.row
  const seconds = Math.ceil(waitMs / 1000)
  return new SyncError('rate-limit', `the limit of ${operation} is used up for ${seconds} s; the work goes on then`, {
    code: 'limit-used-up',
    retryAfterMs: waitMs,
    context: { scope, operation },
  })
}
