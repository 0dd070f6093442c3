import { type AuditResult, audit } from '../../core/audit/audit.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import type { Storage } from '../../core/ports/storage.ts'
import type { Instant } from '../../core/value/instant.ts'
import { allDossiers } from '../../daemon/dossiers.ts'
import { type Sandboxes, warehouseAccount } from './sandboxes.ts'

/** Every order with all that was decided and done, newest purchase first. */
export async function dossiersOf(storage: Storage): Promise<readonly Dossier[]> {
  const dossiers: Dossier[] = []
  for await (const dossier of allDossiers(storage)) dossiers.push(dossier)
  return dossiers
}

/** Compares what the marketplaces, the database and the warehouse hold. */
export async function auditNow(storage: Storage, sandboxes: Sandboxes, since: Instant): Promise<AuditResult> {
  const dossiers = await dossiersOf(storage)
  return storage.read(async (stores) => {
    const rejected = await stores.rejected.list()
    const lanes = await stores.lanes.all()
    return audit({
      dossiers,
      shops: sandboxes.shops.map(({ id, platform }) => {
        const poll = lanes.find((row) => row.lane === 'poll' && row.account === id && row.problem === undefined)
        return {
          shop: id,
          since,
          ledger: sandboxes.marketplaces[platform].ledger(id),
          rejectedIds: new Set(rejected.filter((row) => row.account === id).flatMap((row) => row.platformOrderId ?? [])),
          ...(poll?.lastStartedAt !== undefined && { polledAt: poll.lastStartedAt }),
        }
      }),
      warehouses: [{ account: warehouseAccount, ledger: sandboxes.warehouse.ledger(warehouseAccount) }],
    })
  })
}
