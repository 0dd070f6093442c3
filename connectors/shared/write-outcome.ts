import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext } from '../../core/ports/connector.ts'

/** What the platform, or a look before the call, refuses for good. */
export function rejected(code: string, message: string): WriteOutcome {
  return { result: 'rejected', code, message }
}

/**
 * Work that comes before a write: getting the token. Its failure leaves no doubt about the write, so every
 * error says so; only `transient` ones need the mark.
 */
export async function beforeSending<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SyncError && error.kind === 'transient') throw notSent(error, error.message)
    throw error
  }
}

/** A read that comes before a write. Whatever it fails with but `auth` and `rate-limit`, the write is tried again later. */
export async function beforeWriting<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SyncError && error.kind !== 'auth' && error.kind !== 'rate-limit') {
      throw notSent(error, `${error.message}; nothing was written`)
    }
    throw error
  }
}

function notSent(error: SyncError, message: string): SyncError {
  const { code, context, retryAfterMs } = error
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return new SyncError('transient', message, { code, context, notSent: true, cause: error, ...wait })
}

/**
 * What a write came to that ended in an error. Refused credentials, a wrong configuration, a full bucket and a request
 * that never left are thrown again; anything else may have been executed.
 */
export function outcomeOfError(error: unknown, call: CallContext): WriteOutcome {
  if (error instanceof SyncError) {
    if (error.notSent || error.kind === 'auth' || error.kind === 'config' || error.kind === 'rate-limit') throw error
    return { result: 'unknown', code: error.code, message: error.message }
  }
  if (!call.signal.aborted) throw error
  return { result: 'unknown', code: 'no-answer', message: 'stopped while the answer was awaited' }
}

/** As `outcomesOfBatches`, for platforms that take one item a call. */
export function outcomesOfEach<Item>(
  items: readonly Item[],
  write: (item: Item) => Promise<WriteOutcome>,
): Promise<readonly WriteOutcome[]> {
  return outcomesOfBatches(items, 1, (batch) => Promise.all(batch.map(write)))
}

/**
 * Writes up to `size` items a call, one call after the other; outcomes in the order of the items. What an earlier call
 * achieved is not lost with a later one: only the first may throw, the items of the others become unknown.
 */
export async function outcomesOfBatches<Item>(
  items: readonly Item[],
  size: number,
  write: (batch: readonly Item[]) => Promise<readonly WriteOutcome[]>,
): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = []
  for (let start = 0; start < items.length; start += size) {
    const batch = items.slice(start, start + size)
    try {
      outcomes.push(...(await write(batch)))
    } catch (error) {
      if (start === 0 || !(error instanceof SyncError)) throw error
      const { code, message } = error
      outcomes.push(...batch.map((): WriteOutcome => ({ result: 'unknown', code, message })))
    }
  }
  return outcomes
}
