import { ZodError } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { RejectedRecord } from '../../core/ports/connector.ts'

export interface ReadRecords<T> {
  readonly records: readonly T[]
  readonly rejected: readonly RejectedRecord[]
}

/**
 * Maps payloads one by one. One that does not parse (a ZodError, or SyncError `invalid-data`) is set aside
 * with the place and the reason; every other error is a bug or a failed call and ends the reading.
 * `idOf` reads the platform's id from a payload of any form.
 */
export function readRecords<T>(
  payloads: Iterable<unknown>,
  idOf: (payload: unknown) => string | undefined,
  map: (payload: unknown) => T,
): ReadRecords<T> {
  const records: T[] = []
  const rejected: RejectedRecord[] = []
  for (const payload of payloads) {
    try {
      records.push(map(payload))
    } catch (error) {
      rejected.push(rejectedRecord(payload, idOf(payload), error))
    }
  }
  return { records, rejected }
}

/** The record set aside; throws the error again when it does not speak of the payload. */
export function rejectedRecord(payload: unknown, platformOrderId: string | undefined, error: unknown): RejectedRecord {
  return { ...(platformOrderId === undefined ? {} : { platformOrderId }), reason: reasonOf(error), payload }
}

function reasonOf(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`).join('; ')
  }
  if (error instanceof SyncError && error.kind === 'invalid-data') return error.message
  throw error
}
