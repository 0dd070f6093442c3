import type { LaneName } from '../core/model/lane.ts'
import type { LaneRow, LaneStore } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import { holdCounter, raiseCounter } from './counters.ts'
import { fromJson, present, toJson } from './json.ts'
import type { RowAccess } from './rows.ts'

interface StoredLane {
  readonly lane: string
  readonly account: string
  readonly last_started_at: string | null
  readonly last_succeeded_at: string | null
  readonly problem: string | null
  readonly paused_until: string | null
  readonly failures: number
}

/** Of the only row there is. */
const name = 'all files'

export function laneStore({ database }: RowAccess): LaneStore {
  return {
    async save(row) {
      await database('lanes').insert(toStored(row)).onConflict(['lane', 'account']).merge()
    },

    async load(lane, account) {
      const stored: StoredLane | undefined = await database('lanes').where({ lane, account }).first()
      return stored && fromStored(stored)
    },

    async all() {
      const stored: StoredLane[] = await database('lanes').orderBy(['lane', 'account'])
      return stored.map(fromStored)
    },

    async nextEpoch() {
      return await raiseCounter(database, 'lease-epoch')
    },

    async epoch() {
      return await holdCounter(database, 'lease-epoch')
    },

    async noteVersion(version) {
      const before: { version: string } | undefined = await database('configuration_in_force').where({ name }).first()
      if (before?.version === version) return false
      await database('configuration_in_force').insert({ name, version }).onConflict('name').merge()
      return true
    },
  }
}

function toStored(row: LaneRow): StoredLane {
  return {
    lane: row.lane,
    account: row.account,
    last_started_at: row.lastStartedAt ?? null,
    last_succeeded_at: row.lastSucceededAt ?? null,
    problem: row.problem === undefined ? null : toJson(row.problem),
    paused_until: row.pausedUntil ?? null,
    failures: row.failures,
  }
}

function fromStored(stored: StoredLane): LaneRow {
  return {
    lane: stored.lane as LaneName,
    account: stored.account,
    ...present({
      lastStartedAt: stored.last_started_at as Instant | null,
      lastSucceededAt: stored.last_succeeded_at as Instant | null,
      problem: fromJson(stored.problem) as NonNullable<LaneRow['problem']> | null,
      pausedUntil: stored.paused_until as Instant | null,
    }),
    failures: stored.failures,
  }
}
