import type { Config } from '../config/index.ts'
import { createRecordAudit, type OpenEffect, type RecordFinding } from '../core/audit/check-records.ts'
import { type Completeness, completenessOf, type HeldOrder, reasonsSetAside, type SetAside } from '../core/audit/completeness.ts'
import type { Shop } from '../core/model/shop.ts'
import type { Storage, SweepRow } from '../core/ports/storage.ts'
import type { Instant } from '../core/value/instant.ts'
import type { OpenStorage } from '../storage/index.ts'
import { allDossiers } from './dossiers.ts'
import { isConfigured } from './status.ts'

export interface ShopAudit {
  readonly shop: string
  /** Undefined when no sweep has ever finished. */
  readonly sweep: Pick<SweepRow, 'from' | 'to' | 'finishedAt'> | null
  readonly completeness: Completeness | null
  /** Why the last sweep did not come to its end. */
  readonly problem: string | null
}

export interface AuditReport {
  readonly shops: readonly ShopAudit[]
  readonly orders: number
  readonly findings: readonly RecordFinding[]
  /** Writes whose outcome is not established, the oldest first. */
  readonly open: readonly OpenEffect[]
  /** Records that could not be read, by account. */
  readonly setAside: Readonly<Record<string, number>>
}

export interface AuditScope {
  /** One shop; all of them when undefined. */
  readonly shop: string | undefined
  readonly now: Instant
}

/** Completeness of every shop by hour, and every invariant that our own rows must hold. Reads everything and changes nothing. */
export async function auditRecords(config: Config, storage: OpenStorage, { shop, now }: AuditScope): Promise<AuditReport> {
  const shops = config.shops.filter((candidate) => shop === undefined || candidate.id === shop)
  const records = createRecordAudit(now, (account) => isConfigured(config, account))
  for await (const dossier of allDossiers(storage, shop === undefined ? {} : { shop })) records.look(dossier)
  const { orders, findings, open } = records.result()
  const damage = (await storage.verifyIntegrity()).map((message) => ({ invariant: 'I18' as const, subject: 'database', message }))
  const setAside = await storage.read((stores) => stores.rejected.list())
  const audits: ShopAudit[] = []
  for (const one of shops) audits.push(await auditShop(storage, one, setAside))
  return {
    shops: audits,
    orders,
    findings: [...damage, ...findings],
    open: open.toSorted((a, b) => b.ageSeconds - a.ageSeconds),
    setAside: counted(setAside.map((row) => row.account)),
  }
}

async function auditShop(storage: Storage, { id }: Shop, setAside: readonly SetAside[]): Promise<ShopAudit> {
  const { sweep, lane } = await storage.read(async (stores) => ({
    sweep: await stores.sweeps.latest(id),
    lane: await stores.lanes.load('sweep', id),
  }))
  const problem = lane?.problem?.message ?? null
  if (!sweep) return { shop: id, sweep: null, completeness: null, problem }
  const { from, to, finishedAt } = sweep
  return {
    shop: id,
    sweep: { from, to, finishedAt },
    completeness: completenessOf(sweep, await heldOrders(storage, sweep), reasonsSetAside(id, setAside)),
    problem,
  }
}

/** What we hold of the time that the sweep has looked at, with the gaps, wherever our clock puts them. */
async function heldOrders(storage: Storage, { shop, from, to, gaps }: SweepRow): Promise<readonly HeldOrder[]> {
  const held = new Map<string, HeldOrder>()
  let after: string | undefined
  do {
    const page = await storage.read((stores) =>
      stores.orders.list({ shop, purchasedFrom: from, purchasedTo: to, limit: 500, ...(after !== undefined && { after }) }),
    )
    for (const { platformOrderId, purchasedAt } of page.orders) held.set(platformOrderId, { platformOrderId, purchasedAt })
    after = page.next ?? undefined
  } while (after !== undefined)
  const filled = await storage.read((stores) =>
    stores.orders.findMany(
      shop,
      gaps.map((gap) => gap.platformOrderId),
    ),
  )
  for (const { platformOrderId, purchasedAt } of filled) held.set(platformOrderId, { platformOrderId, purchasedAt })
  return [...held.values()]
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
