import type { Knex } from 'knex'
import type { Reservation, StockLevel } from '../core/model/stock.ts'
import type { StockStore } from '../core/ports/storage.ts'
import type { WmsSku } from '../core/value/ids.ts'
import type { Instant } from '../core/value/instant.ts'
import { chunks, lastByKey, loadByKeys, type RowAccess } from './rows.ts'

interface StockRow {
  readonly warehouse: string
  readonly wms_sku: string
  readonly available: number
  readonly reserved: number
  readonly pending_putaway: number
  readonly in_transit: number
  readonly defective: number
  readonly as_of: string
}

interface ReservationRow {
  readonly fo_no: string
  readonly warehouse: string
  readonly wms_sku: string
  readonly quantity: number
  readonly accepted_at: string | null
}

export function stockStore({ database }: RowAccess): StockStore {
  return {
    async saveSnapshot(warehouse, levels, asOf) {
      const before = await availableBefore(database, warehouse)
      const rows = lastByKey(levels, (level) => level.wmsSku).map((level) => levelToRow(warehouse, level))
      await database('stock_levels').where({ warehouse }).del()
      for (const chunk of chunks(rows)) await database('stock_levels').insert(chunk)
      await database('stock_snapshots').insert({ warehouse, as_of: asOf }).onConflict('warehouse').merge()
      await database('reservations').where({ warehouse }).where('accepted_at', '<', asOf).del()
      const increased = rows.filter((row) => row.available > (before.get(row.wms_sku) ?? Number.NEGATIVE_INFINITY))
      return { increased: increased.map((row) => row.wms_sku as WmsSku) }
    },

    async levels(warehouses, wmsSkus) {
      const select = (skus?: readonly string[]) => {
        const rows = database<StockRow>('stock_levels').whereIn('warehouse', warehouses).orderBy(['warehouse', 'wms_sku'])
        return skus ? rows.whereIn('wms_sku', skus) : rows
      }
      const rows = wmsSkus ? await loadByKeys(wmsSkus, async (chunk) => await select(chunk)) : await select()
      return rows.map(levelFromRow)
    },

    async asOf(warehouse) {
      const row: { as_of: Instant } | undefined = await database('stock_snapshots').where({ warehouse }).first()
      return row?.as_of
    },

    async reserve(reservations) {
      const keys = ['fo_no', 'warehouse', 'wms_sku']
      for (const chunk of chunks(summed(reservations))) await database('reservations').insert(chunk).onConflict(keys).merge()
    },

    async markAccepted(foNo, at) {
      await database('reservations').where('fo_no', foNo).update({ accepted_at: at })
    },

    async release(foNo) {
      await database('reservations').where('fo_no', foNo).del()
    },

    async uncovered(warehouses) {
      const rows: { warehouse: string; wms_sku: WmsSku; quantity: number | string }[] = await database('reservations')
        .leftJoin('stock_snapshots', 'stock_snapshots.warehouse', 'reservations.warehouse')
        .whereIn('reservations.warehouse', warehouses)
        .where((row) => {
          row
            .whereNull('reservations.accepted_at')
            .orWhereNull('stock_snapshots.as_of')
            .orWhereRaw('reservations.accepted_at >= stock_snapshots.as_of')
        })
        .select('reservations.warehouse', 'reservations.wms_sku', database.raw('sum(reservations.quantity) as quantity'))
        .groupBy('reservations.warehouse', 'reservations.wms_sku')
        .orderBy(['reservations.warehouse', 'reservations.wms_sku'])
      // PostgreSQL sums whole numbers into a decimal, which arrives as text.
      return rows.map((row) => ({ warehouse: row.warehouse, wmsSku: row.wms_sku, quantity: Number(row.quantity) }))
    },
  }
}

async function availableBefore(database: Knex, warehouse: string): Promise<Map<string, number>> {
  const rows: StockRow[] = await database('stock_levels').where({ warehouse }).select('wms_sku', 'available')
  return new Map(rows.map((row) => [row.wms_sku, row.available]))
}

/** Two lines of one fulfillment order may take the same product. */
function summed(reservations: readonly Reservation[]): ReservationRow[] {
  const rows = new Map<string, ReservationRow>()
  for (const { foNo, warehouse, wmsSku, quantity } of reservations) {
    const key = JSON.stringify([foNo, warehouse, wmsSku])
    const sum = (rows.get(key)?.quantity ?? 0) + quantity
    rows.set(key, { fo_no: foNo, warehouse, wms_sku: wmsSku, quantity: sum, accepted_at: null })
  }
  return [...rows.values()]
}

function levelToRow(warehouse: string, level: StockLevel): StockRow {
  return {
    warehouse,
    wms_sku: level.wmsSku,
    available: level.available,
    reserved: level.reserved,
    pending_putaway: level.pendingPutaway,
    in_transit: level.inTransit,
    defective: level.defective,
    as_of: level.asOf,
  }
}

function levelFromRow(row: StockRow): StockLevel {
  return {
    warehouse: row.warehouse,
    wmsSku: row.wms_sku as WmsSku,
    available: row.available,
    reserved: row.reserved,
    pendingPutaway: row.pending_putaway,
    inTransit: row.in_transit,
    defective: row.defective,
    asOf: row.as_of as Instant,
  }
}
