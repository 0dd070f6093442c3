import type { z } from 'zod'
import type { Shop } from '../../core/model/shop.ts'
import type { CallContext, ListedOrder, TimeWindow } from '../../core/ports/connector.ts'
import { parseJson } from './parse-json.ts'

/** A page token of ours: what stands in the JSON text; undefined when there is none or it has another form. */
export function parsePage<Schema extends z.ZodType>(schema: Schema, page: string | undefined): z.output<Schema> | undefined {
  return schema.safeParse(parseJson(page)).data
}

/**
 * Where a stored cursor says that reading stands; undefined to start at the beginning. One that cannot be read, such
 * as that of another version, starts over with a warning: reading twice does no harm, skipping does.
 */
export function parseCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
  { shop, call }: { readonly shop: Shop; readonly call: CallContext },
): z.output<Schema> | undefined {
  const place = parsePage(schema, cursor)
  if (cursor !== undefined && place === undefined) {
    call.log.warn('the place up to which orders were read cannot be read; reading starts over', { shop: shop.id })
  }
  return place
}

/**
 * The rows of a listing that were created within the window, whose end is exclusive; the bounds of platforms often are
 * not. A row that cannot be read is told and left out: the poll sets its record aside, with the payload.
 */
export function listedOrders<Record>(
  records: readonly Record[],
  read: (record: Record) => ListedOrder | undefined,
  { window, shop, call }: { readonly window: TimeWindow; readonly shop: Shop; readonly call: CallContext },
): readonly ListedOrder[] {
  return records.flatMap((record) => {
    const listed = read(record)
    if (listed === undefined) call.log.warn('a listed order has no readable id and date', { shop: shop.id })
    return listed !== undefined && listed.createdAt >= window.from && listed.createdAt < window.to ? [listed] : []
  })
}
