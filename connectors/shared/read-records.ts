import { ZodError } from 'zod'
import { SyncError } from '../../core/errors.ts'
import type { OrderSnapshot } from '../../core/model/order.ts'
import type { OrderPage, RejectedRecord } from '../../core/ports/connector.ts'

export interface RecordReader<Record> {
  /** The platform's id of a record of any form, when it can be read. */
  idOf(record: Record): string | undefined
  read(record: Record): OrderSnapshot | Promise<OrderSnapshot>
  /** What the platform sent, when the record is not that itself. */
  payloadOf?(record: Record): unknown
}

/**
 * Reads records one by one, oldest change first. One that cannot be read (a ZodError, or SyncError `invalid-data`) is
 * set aside with the place and the reason; every other error is a bug or a failed call and ends the reading.
 */
export async function readRecords<Record>(
  records: Iterable<Record>,
  reader: RecordReader<Record>,
): Promise<Pick<OrderPage, 'orders' | 'rejected'>> {
  const orders: OrderSnapshot[] = []
  const rejected: RejectedRecord[] = []
  for (const record of records) {
    try {
      orders.push(await reader.read(record))
    } catch (error) {
      rejected.push(rejectedRecord(reader.payloadOf ? reader.payloadOf(record) : record, reader.idOf(record), error))
    }
  }
  return { orders: orders.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0)), rejected }
}

/** The record set aside; throws the error again when it does not speak of the payload. */
function rejectedRecord(payload: unknown, platformOrderId: string | undefined, error: unknown): RejectedRecord {
  return { ...(platformOrderId === undefined ? {} : { platformOrderId }), reason: reasonOf(error), payload }
}

/** One order that was asked for by its id. Throws `invalid-data` with the place when it cannot be read. */
export async function readOne<T>(platform: string, platformOrderId: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const message = `${platform} order ${platformOrderId} cannot be read: ${reasonOf(error)}; report it with the payload that is kept`
    const code = `${platform.toLowerCase()}-order-unreadable`
    throw new SyncError('invalid-data', message, { code, context: { order: platformOrderId }, cause: error })
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`)
      .join('; ')
  }
  if (error instanceof SyncError && error.kind === 'invalid-data') return error.message
  throw error
}
