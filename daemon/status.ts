import type { Config } from '../config/index.ts'
import { connectors } from '../connectors/index.ts'
import { gapNow, reasonsSetAside, type SetAside } from '../core/audit/completeness.ts'
import type { EffectKind, EffectState } from '../core/model/effect.ts'
import type { HoldReason } from '../core/model/hold.ts'
import type { OrderState } from '../core/model/order.ts'
import type { Shop } from '../core/model/shop.ts'
import type { WmsAccount } from '../core/model/warehouse.ts'
import { slaHorizon, slaState } from '../core/planning/sla.ts'
import type { BucketRow, HoldStore, LaneRow, Storage, Stores, SweepRow } from '../core/ports/storage.ts'
import { type Instant, instantToMs, msBetween } from '../core/value/instant.ts'
import { adapters } from '../wms-adapter/index.ts'

/** More orders than this are not looked at for one page. */
const mostWatched = 1_000

export interface LimitLeft {
  readonly account: string
  readonly operation: string
  /** Calls that may be made at once. */
  readonly left: number
  readonly burst: number
  readonly perSecond: number
  readonly blockedUntil: Instant | null
}

export interface HoldGroup {
  readonly reason: HoldReason
  readonly count: number
  readonly oldestShipBy: Instant | null
  /** What most of them wait for. */
  readonly subjects: readonly { readonly subject: string; readonly count: number }[]
}

export interface OpenOutcome {
  readonly key: string
  readonly kind: EffectKind
  readonly account: string
  readonly state: EffectState
  readonly since: Instant
  readonly nextAttemptAt: Instant | null
  readonly message: string
}

export interface Status {
  readonly at: Instant
  /** When anything worked last; null when nothing ever did. */
  readonly lastWorkAt: Instant | null
  readonly writeStop: boolean
  readonly lanes: readonly LaneRow[]
  readonly limits: readonly LimitLeft[]
  readonly orders: Readonly<Partial<Record<OrderState, number>>>
  readonly holds: readonly HoldGroup[]
  readonly open: readonly OpenOutcome[]
  /** Orders whose ship-by has passed or can hardly be met; the most urgent ones when there are very many. */
  readonly sla: { readonly breached: number; readonly atRisk: number; readonly oldestShipBy: Instant | null }
  /** Records that could not be read, by account. */
  readonly setAside: Readonly<Record<string, number>>
  /** Shops and warehouse accounts that are not configured any more, with the writes that are open for them. */
  readonly deserted: Readonly<Record<string, number>>
  readonly sweeps: readonly { readonly shop: string; readonly sweep: SweepRow | null }[]
}

/** Everything for one look, read in a moment and without any call to the outside. */
export async function readStatus(config: Config, storage: Storage, now: Instant): Promise<Status> {
  const scopes = scopesOf(config)
  return storage.read(async (stores) => {
    const lanes = await stores.lanes.all()
    const limits: LimitLeft[] = []
    for (const [scope, account] of scopes) limits.push(...(await stores.buckets.load(scope)).map((row) => limitLeft(account, row, now)))
    const sweeps: Status['sweeps'][number][] = []
    const records = await stores.rejected.list()
    for (const { id } of config.shops) sweeps.push({ shop: id, sweep: await latestSweep(stores, id, records) })
    const setAside: Record<string, number> = {}
    for (const { account } of records) setAside[account] = (setAside[account] ?? 0) + 1
    const open = await stores.effects.inState(['inflight', 'accepted', 'unknown'])
    return {
      at: now,
      lastWorkAt:
        lanes
          .flatMap((row) => row.lastStartedAt ?? [])
          .toSorted()
          .at(-1) ?? null,
      writeStop: config.writeStop,
      lanes,
      limits,
      orders: await stores.orders.countByState(),
      holds: groupHolds(await stores.holds.summary()),
      open: open.map(({ key, kind, account, state, armedAt, createdAt, nextAttemptAt, errorMessage }) => ({
        key,
        kind,
        account,
        state,
        since: armedAt ?? createdAt,
        nextAttemptAt: nextAttemptAt ?? null,
        message: errorMessage ?? '',
      })),
      sla: await slaOf(stores, config, now),
      setAside,
      deserted: Object.fromEntries([...(await stores.effects.countOpen())].filter(([account]) => !isConfigured(config, account))),
      sweeps,
    }
  })
}

/** Whether a shop or a warehouse account of that name is in the configuration. */
export function isConfigured({ shops, accounts }: Pick<Config, 'shops' | 'accounts'>, name: string): boolean {
  return [...shops, ...accounts].some(({ id }) => id === name)
}

/** The last sweep, its gaps as they are explained now. */
async function latestSweep(stores: Stores, shop: string, records: readonly SetAside[]): Promise<SweepRow | null> {
  const sweep = await stores.sweeps.latest(shop)
  if (!sweep) return null
  const ids = sweep.gaps.map((gap) => gap.platformOrderId)
  const held = new Set((await stores.orders.findMany(shop, ids)).map((order) => order.platformOrderId))
  const setAside = reasonsSetAside(shop, records)
  const gaps = sweep.gaps.map((gap) => {
    const { reason, isExplained } = gapNow(gap, held, setAside)
    return { ...gap, reason, explained: isExplained }
  })
  return { ...sweep, gaps }
}

async function slaOf(stores: Stores, { warehouses }: Config, now: Instant): Promise<Status['sla']> {
  const orders = await stores.orders.dueToShip(slaHorizon(warehouses, now), mostWatched)
  const made = await stores.fulfillmentOrders.forOrders(orders.map((order) => order.orderNo))
  const states = orders.flatMap((order) => {
    const codes = made.filter((item) => item.orderNo === order.orderNo && item.status !== 'cancelled').map((item) => item.warehouse)
    const chosen = warehouses.filter((warehouse) => codes.includes(warehouse.code))
    const state = slaState(order, chosen.length > 0 ? chosen : warehouses, now)
    return state === 'breached' || state === 'at-risk' ? [{ state, shipBy: order.shipBy ?? null }] : []
  })
  return {
    breached: states.filter(({ state }) => state === 'breached').length,
    atRisk: states.filter(({ state }) => state === 'at-risk').length,
    oldestShipBy: states[0]?.shipBy ?? null,
  }
}

/** Each scope of limits once, with the accounts that share it. */
function scopesOf({ shops, accounts }: Config): ReadonlyMap<string, string> {
  const scopes = new Map<string, string>()
  const add = (scope: string, id: string): void => void scopes.set(scope, [scopes.get(scope), id].filter(Boolean).join('+'))
  for (const shop of shops) add(scopeOfShop(shop), shop.id)
  for (const account of accounts) add(scopeOfAccount(account), account.id)
  return scopes
}

function scopeOfShop(shop: Shop): string {
  const definition = connectors.find((candidate) => candidate.platform === shop.platform)
  return `${shop.platform}:${definition?.limitScope(shop) ?? ''}`
}

function scopeOfAccount(account: WmsAccount): string {
  const definition = adapters.find((candidate) => candidate.adapter === account.adapter)
  return `${account.adapter}:${definition?.limitScope(account) ?? ''}`
}

/** The bucket as it stands now, not as it was stored. */
function limitLeft(account: string, { operation, tokens, perSecond, burst, at, blockedUntil }: BucketRow, now: Instant): LimitLeft {
  const refilled = tokens + (Math.max(0, msBetween(at, now)) * perSecond) / 1_000
  const isBlocked = blockedUntil !== undefined && instantToMs(blockedUntil) > instantToMs(now)
  return {
    account,
    operation,
    left: isBlocked ? 0 : Math.floor(Math.min(burst, refilled)),
    burst,
    perSecond,
    blockedUntil: isBlocked ? blockedUntil : null,
  }
}

function groupHolds(rows: Awaited<ReturnType<HoldStore['summary']>>): readonly HoldGroup[] {
  const groups = new Map<HoldReason, HoldGroup>()
  for (const { reason, subject, count, oldestShipBy } of rows) {
    const group = groups.get(reason) ?? { reason, count: 0, oldestShipBy: null, subjects: [] }
    groups.set(reason, {
      reason,
      count: group.count + count,
      oldestShipBy: earlier(group.oldestShipBy, oldestShipBy ?? null),
      subjects: subject === '' ? group.subjects : [...group.subjects, { subject, count }].toSorted((a, b) => b.count - a.count),
    })
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count)
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
