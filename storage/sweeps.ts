import type { SweepRow, SweepStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { fromJson, toJson } from './json.ts'
import type { RowAccess } from './rows.ts'

interface StoredSweep {
  readonly shop: string
  readonly window_from: string
  readonly window_to: string
  readonly started_at: string
  readonly finished_at: string
  readonly listed: number
  readonly held: number
  readonly gaps: string
}

export function sweepStore({ database }: RowAccess): SweepStore {
  return {
    async save(row) {
      const stored: StoredSweep = {
        shop: row.shop,
        window_from: row.from,
        window_to: row.to,
        started_at: row.startedAt,
        finished_at: row.finishedAt,
        listed: row.listed,
        held: row.held,
        gaps: toJson(row.gaps),
      }
      await database('sweeps').insert(stored)
    },

    async latest(shop) {
      const newest = [
        { column: 'finished_at', order: 'desc' },
        { column: 'sweep_id', order: 'desc' },
      ]
      const stored: StoredSweep | undefined = await database('sweeps').where({ shop }).orderBy(newest).first()
      return stored && fromStored(stored)
    },
  }
}

function fromStored(stored: StoredSweep): SweepRow {
  return {
    shop: stored.shop,
    from: stored.window_from as Instant,
    to: stored.window_to as Instant,
    startedAt: stored.started_at as Instant,
    finishedAt: stored.finished_at as Instant,
    listed: stored.listed,
    held: stored.held,
    gaps: fromJson(stored.gaps) as SweepRow['gaps'],
  }
}
