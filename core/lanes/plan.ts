import { indexCatalog } from '../mapping/catalog-index.ts'
import { type DecisionContext, decideOrder } from '../planning/decide-order.ts'
import { batchSize, type Lane, type World } from '../world.ts'

/**
 * Decides about every order of a client that is due: takes back what no longer fits, maps, reviews,
 * allocates, and plans the push. One order, one transaction, so that two orders never take the last piece.
 */
export const plan: Lane = async (world, clientId) => {
  const due = await world.storage.read((stores) => stores.orders.dueForPlan(clientId, world.clock.now(), batchSize))
  const context = await decisionContext(world)
  const counts = { planned: 0, held: 0, settled: 0 }
  const decide = async (orderNo: string): Promise<void> => {
    const decided = await world.storage.write((stores) => decideOrder(stores, orderNo, { ...context, now: world.clock.now() }))
    counts[decided] += 1
  }
  await Promise.all(due.map((order) => decide(order.orderNo)))
  if (due.length > 0) wakePush(world)
  const nextDueAt = await world.storage.read((stores) => stores.orders.nextPlanDue(clientId))
  const report = { counts, more: due.length === batchSize }
  return nextDueAt === undefined ? report : { ...report, nextDueAt }
}

async function decisionContext(world: World): Promise<Omit<DecisionContext, 'now'>> {
  const catalog = await world.storage.read((stores) => stores.catalog.load())
  return {
    operations: world.operations(),
    catalog: indexCatalog(catalog),
    checkOutbound: (account, request) => world.wmsAccount(account).adapter.checkOutbound(request),
  }
}

function wakePush(world: World): void {
  for (const account of world.operations().accounts) world.wake('push', account.id)
}
