import type { Dossier } from '../planning/dossier.ts'
import type { Instant } from '../value/instant.ts'
import type { LedgerOutbound, MarketplaceLedger, WarehouseLedger } from './ledger.ts'

/** What the auditor compares: the marketplaces' truth, ours, and the warehouses'. */
export interface Evidence {
  readonly shops: readonly ShopEvidence[]
  readonly warehouses: readonly { readonly account: string; readonly ledger: WarehouseLedger }[]
  readonly dossiers: readonly Dossier[]
}

export interface ShopEvidence {
  readonly shop: string
  /** Orders created before it need not be known. */
  readonly since: Instant
  readonly ledger: MarketplaceLedger
  /** When the last finished poll began; undefined when none has finished. */
  readonly polledAt?: Instant
  /** Set aside with their payload: unreadable, but not lost. */
  readonly rejectedIds: ReadonlySet<string>
}

export type InvariantId = 'I1' | 'I2' | 'I4' | 'I6' | 'I7' | 'I9' | 'I10' | 'I11'

export interface Violation {
  readonly invariant: InvariantId
  /** Order, reference or shipment. */
  readonly subject: string
  readonly message: string
}

/** Everything a warehouse holds under our references. */
export function outboundsByReference(evidence: Evidence): ReadonlyMap<string, readonly LedgerOutbound[]> {
  const byReference = new Map<string, LedgerOutbound[]>()
  for (const outbound of evidence.warehouses.flatMap((warehouse) => warehouse.ledger.outbounds)) {
    byReference.set(outbound.reference, [...(byReference.get(outbound.reference) ?? []), outbound])
  }
  return byReference
}

export function isLive(outbound: LedgerOutbound): boolean {
  return outbound.status !== 'cancelled'
}

export function dossierOf(evidence: Evidence, shop: string, platformOrderId: string): Dossier | undefined {
  return dossierIndex(evidence).get(`${shop}/${platformOrderId}`)
}

const indexes = new WeakMap<Evidence, ReadonlyMap<string, Dossier>>()

function dossierIndex(evidence: Evidence): ReadonlyMap<string, Dossier> {
  const known = indexes.get(evidence)
  if (known) return known
  const index = new Map(evidence.dossiers.map((dossier) => [`${dossier.order.shop}/${dossier.order.platformOrderId}`, dossier]))
  indexes.set(evidence, index)
  return index
}
