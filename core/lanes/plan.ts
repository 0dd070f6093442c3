import { SyncError } from '../errors.ts'
import { currentCatalog } from '../mapping/current-catalog.ts'
import type { Order } from '../model/order.ts'
import { type DecisionContext, decideOrder } from '../planning/decide-order.ts'
import { addMs } from '../value/instant.ts'
import { batchSize, type Lane, type World } from '../world.ts'

const stepBackMs = 600_000

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
  const outcomes = await Promise.allSettled(due.map((order) => decide(order.orderNo)))
  if (due.length > 0) wakePush(world)
  await stepBack(world, due, outcomes)
  const nextDueAt = await world.storage.read((stores) => stores.orders.nextPlanDue(clientId))
  const report = { counts, more: due.length === batchSize }
  return nextDueAt === undefined ? report : { ...report, nextDueAt }
}

/** An order that cannot be decided is tried again later and keeps none of the others; the pass tells the first reason. */
async function stepBack(world: World, due: readonly Order[], outcomes: readonly PromiseSettledResult<void>[]): Promise<void> {
  const failures = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [{ order: due[index], reason: outcome.reason }] : [],
  )
  for (const { order, reason } of failures) {
    // The database's own trouble says nothing about the order.
    if (!order || (reason instanceof SyncError && reason.kind === 'transient')) continue
    world.log.error('an order could not be decided', { orderNo: order.orderNo, reason: String(reason) })
    await world.storage.write(async (stores) => {
      const current = await stores.orders.load(order.orderNo)
      if (current) await stores.orders.save({ ...current, planDueAt: addMs(world.clock.now(), stepBackMs), version: current.version + 1 })
    })
  }
  if (failures[0]) throw failures[0].reason
}

async function decisionContext(world: World): Promise<Omit<DecisionContext, 'now'>> {
  return {
    operations: world.operations(),
    catalog: await currentCatalog(world.storage),
    checkOutbound: (account, request) => world.wmsAccount(account).adapter.checkOutbound(request),
  }
}

function wakePush(world: World): void {
  for (const account of world.operations().accounts) world.wake('push', account.id)
}
