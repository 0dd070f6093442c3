import type { Effect, EffectKind } from '../../core/model/effect.ts'
import type { FulfillmentOrder } from '../../core/model/fulfillment-order.ts'
import type { OrderSnapshot } from '../../core/model/order.ts'
import { isOpen } from '../../core/model/reconcile-holds.ts'
import { at, snapshot } from '../fakes/order-snapshots.ts'
import { parcel } from '../fakes/scripted-warehouse.ts'
import { settleMs } from '../fakes/test-operations.ts'
import type { TestWorld } from '../fakes/test-world.ts'

/** An order that was read, decided and sent to the warehouse. Returns its reference there. */
export async function pushed(world: TestWorld, order: OrderSnapshot = snapshot('1')): Promise<string> {
  await world.receive(order)
  await world.run('push')
  return (await latestFulfillmentOrder(world, order.platformOrderId)).reference
}

/** An order whose parcel has left and is known here; its write-back is planned. */
export async function shipped(world: TestWorld, order: OrderSnapshot = snapshot('1')): Promise<string> {
  const reference = await pushed(world, order)
  world.warehouse.ship(reference, parcel('9400', at('10:00')))
  await world.run('track')
  return reference
}

export async function latestFulfillmentOrder(world: TestWorld, platformOrderId = '1'): Promise<FulfillmentOrder> {
  const latest = (await world.dossier(platformOrderId)).fulfillmentOrders.at(-1)
  if (!latest) throw new Error(`order ${platformOrderId} has no fulfillment order`)
  return latest
}

/** The latest effect of a kind. */
export async function effectOf(world: TestWorld, kind: EffectKind, platformOrderId = '1'): Promise<Effect> {
  const effect = (await world.dossier(platformOrderId)).effects.filter((candidate) => candidate.kind === kind).at(-1)
  if (!effect) throw new Error(`order ${platformOrderId} has no ${kind}`)
  return effect
}

/** Open holds as `reason subject`. */
export async function openHoldsOf(world: TestWorld, platformOrderId = '1'): Promise<readonly string[]> {
  return (await world.dossier(platformOrderId)).holds.filter(isOpen).map((hold) => `${hold.reason} ${hold.subject}`.trim())
}

export async function stateOf(world: TestWorld, platformOrderId = '1'): Promise<string> {
  return (await world.dossier(platformOrderId)).order.state
}

/** Passes of a lane, each a settle time after the one before. */
export async function settle(world: TestWorld, lane: 'push' | 'confirm', passes = 1): Promise<void> {
  for (let pass = 0; pass < passes; pass += 1) {
    world.clock.advance(settleMs)
    await world.run(lane)
  }
}

/** How often the warehouse was asked to create something. */
export function creates(world: TestWorld): number {
  return world.warehouse.calls.filter((call) => call.startsWith('create')).length
}

/** A request to stop is sent, and a look a settle time later shows what came of it. */
export async function stopSeen(world: TestWorld): Promise<void> {
  await world.run('push')
  await settle(world, 'push')
}

/** What a person does with "holds release": the holds go and the order is decided anew. */
export async function releaseHolds(world: TestWorld, platformOrderId = '1'): Promise<void> {
  world.clock.advance(1_000)
  const { order, holds } = await world.dossier(platformOrderId)
  const now = world.clock.now()
  await world.write(async (stores) => {
    for (const hold of holds.filter(isOpen)) await stores.holds.save({ ...hold, releasedAt: now, releasedBy: 'ada' })
    await stores.orders.save({ ...order, planDueAt: now, version: order.version + 1 })
  })
  await world.run('plan')
}
