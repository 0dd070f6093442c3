import { type AuditResult, audit } from '../../core/audit/audit.ts'
import type { Evidence } from '../../core/audit/evidence.ts'
import type { LedgerOrder } from '../../core/audit/ledger.ts'
import { reasonNotToShip } from '../../core/model/order.ts'
import { isOpen } from '../../core/model/reconcile-holds.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import type { World } from '../../core/world.ts'
import { allDossiers } from '../../daemon/dossiers.ts'
import { type Stage, warehouseAccount } from './stage.ts'

export interface DemoFigures {
  readonly orders: {
    readonly listed: number
    readonly imported: number
    readonly held: number
    readonly cancelled: number
    readonly ignored: number
    readonly completed: number
  }
  readonly fulfillmentOrders: { readonly pushed: number; readonly shipped: number }
  readonly writebacks: { readonly confirmed: number }
  readonly lost: number
  readonly duplicates: number
  readonly violations: number
  readonly seconds: number
  readonly ordersPerSecond: number
}

/** The figures with what people want to know besides. */
export type DetailedFigures = DemoFigures & { readonly reasons: Readonly<Record<string, number>> }

export interface DemoReport {
  readonly evidence: Evidence
  readonly result: AuditResult
}

/** Gathers the three truths and compares them. */
export async function auditDemo(stage: Stage, world: World): Promise<DemoReport> {
  const dossiers = await Array.fromAsync(allDossiers(world.storage))
  const evidence = await world.storage.read(async (stores): Promise<Evidence> => {
    const rejected = await stores.rejected.list()
    const lanes = await stores.lanes.all()
    return {
      dossiers,
      shops: stage.plan.accounts.map(({ account, platform }) => {
        const poll = lanes.find((row) => row.lane === 'poll' && row.account === account)
        const ledger = stage.marketplaces[platform]?.ledger(account)
        if (!ledger) throw new Error(`the demo has no simulated ${platform}`)
        return {
          shop: account,
          since: stage.since,
          ledger,
          rejectedIds: new Set(rejected.filter((row) => row.account === account).flatMap((row) => row.platformOrderId ?? [])),
          ...(poll?.lastStartedAt !== undefined && { polledAt: poll.lastStartedAt }),
        }
      }),
      warehouses: [{ account: warehouseAccount, ledger: stage.warehouse.ledger(warehouseAccount) }],
    }
  })
  return { evidence, result: audit(evidence) }
}

export function figuresOf(
  evidence: Evidence,
  result: AuditResult,
  seconds: number,
): DemoFigures & { readonly reasons: Readonly<Record<string, number>> } {
  const { dossiers } = evidence
  const inState = (state: string): number => dossiers.filter((dossier) => dossier.order.state === state).length
  const fulfillmentOrders = dossiers.flatMap((dossier) => dossier.fulfillmentOrders)
  const effects = [...new Map(dossiers.flatMap((dossier) => dossier.effects).map((effect) => [effect.key, effect])).values()]
  return {
    orders: {
      listed: listedOrders(evidence),
      imported: dossiers.length,
      held: dossiers.filter((dossier) => dossier.holds.some(isOpen)).length,
      cancelled: inState('cancelled'),
      ignored: inState('ignored'),
      completed: inState('completed'),
    },
    reasons: reasonsOf(dossiers),
    fulfillmentOrders: {
      pushed: effects.filter((effect) => effect.kind === 'wms-create' && effect.state === 'confirmed').length,
      shipped: new Set(fulfillmentOrders.filter((item) => item.status === 'shipped').map((item) => item.reference)).size,
    },
    writebacks: { confirmed: effects.filter((effect) => effect.kind === 'confirm-shipment' && effect.state === 'confirmed').length },
    lost: result.lost,
    duplicates: result.duplicates,
    violations: result.violations.length,
    seconds: Math.round(seconds * 10) / 10,
    ordersPerSecond: Math.round((dossiers.length / seconds) * 10) / 10,
  }
}

/** Orders that the platforms list now, and those that they listed until they vanished. */
function listedOrders({ shops, dossiers }: Evidence): number {
  const known = new Set(dossiers.map(({ order }) => `${order.shop}/${order.platformOrderId}`))
  const isListed = (shop: string, order: LedgerOrder): boolean => order.visible || known.has(`${shop}/${order.platformOrderId}`)
  return shops.reduce((sum, { shop, ledger }) => sum + ledger.orders.filter((order) => isListed(shop, order)).length, 0)
}

/** Why orders that did not ship did not. */
function reasonsOf(dossiers: readonly Dossier[]): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {}
  const count = (reason: string): void => {
    reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  for (const { order, holds } of dossiers) {
    for (const hold of holds.filter(isOpen)) count(`held: ${hold.reason}`)
    if (order.state === 'ignored') count(`ignored: ${reasonNotToShip(order) ?? ''}`)
    if (order.state === 'awaiting-payment') count('awaiting payment')
  }
  return Object.fromEntries(Object.entries(reasons).sort(([, a], [, b]) => b - a))
}
