import { retried, withdrawn } from '../../../core/effects/transitions.ts'
import { isOpen, releasedHold } from '../../../core/model/reconcile-holds.ts'
import { type Dossier, effectKey, loadDossier } from '../../../core/planning/dossier.ts'
import { settleOrder } from '../../../core/planning/settle-order.ts'
import type { Stores } from '../../../core/ports/storage.ts'
import { mapping } from '../../fakes/test-operations.ts'
import type { TestWorld } from '../../fakes/test-world.ts'
import type { Chance } from './chance.ts'

/** What `npm run holds -- retry` does to every open hold of an order: release it, and ask or send again what hangs on it. */
export async function workOnHolds(world: TestWorld, orderNo: string): Promise<void> {
  const now = world.clock.now()
  await world.write(async (stores) => {
    const dossier = await loadDossier(stores, orderNo)
    if (!dossier?.holds.some(isOpen)) return
    for (const hold of dossier.holds.filter(isOpen)) {
      await stores.holds.save(releasedHold(hold, 'ada', now))
      await retry(stores, dossier, hold.subject, now)
    }
    const fresh = await loadDossier(stores, orderNo)
    if (fresh) await settleOrder(stores, fresh, now, now)
  })
}

async function retry(stores: Stores, dossier: Dossier, subject: string, now: ReturnType<TestWorld['clock']['now']>): Promise<void> {
  const effect = dossier.effects.find((candidate) => candidate.key === subject || candidate.key === effectKey.create(subject))
  if (!effect) return
  const isRefusedReport = effect.state === 'rejected' && effect.kind === 'confirm-shipment'
  if (effect.state === 'unknown' || isRefusedReport) await stores.effects.save(retried(effect, now))
}

/** What `npm run holds -- cancel` does to an order. */
export async function giveUp(world: TestWorld, orderNo: string): Promise<void> {
  const now = world.clock.now()
  await world.write(async (stores) => {
    const dossier = await loadDossier(stores, orderNo)
    if (!dossier?.holds.some(isOpen)) return
    for (const hold of dossier.holds.filter(isOpen)) {
      await stores.holds.save(releasedHold(hold, 'ada', now))
      const effect = dossier.effects.find((candidate) => candidate.key === hold.subject || candidate.key === effectKey.create(hold.subject))
      if (effect?.state === 'planned') await stores.effects.save(withdrawn(effect, now))
    }
    const fresh = await loadDossier(stores, orderNo)
    if (!fresh) return
    const order = { ...fresh.order, edits: { ...fresh.order.edits, closed: { as: 'given-up', reason: 'given up by ada' } as const } }
    await settleOrder(stores, { ...fresh, order }, now, now)
  })
}

const listings = ['CH-MUG', 'CH-BOX', 'CH-GIFT', 'CH-CASE']
const goods: readonly Readonly<Record<string, number>>[] = [{ MUG: 1 }, { BOX: 2 }, { MUG: 2, BOX: 1 }]

/** What `npm run import -- sku-mappings` does: a listing stands for other goods from now on. */
export async function changeMapping(world: TestWorld, chance: Chance): Promise<void> {
  const instead = chance.happens(0.3) ? { alternatives: [mapping('', chance.pick(goods)).targets] } : {}
  const changed = { ...mapping(chance.pick(listings), chance.pick(goods)), ...instead }
  await world.write(async (stores) => {
    await stores.catalog.saveMappings([changed])
    await stores.orders.wakePlan({}, world.clock.now())
    await stores.orders.wakePlan({ holdReasons: ['unmapped-sku', 'unit-factor-mismatch', 'no-route', 'out-of-stock'] }, world.clock.now())
  })
}
