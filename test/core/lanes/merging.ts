import { readTrace, type StoredStep } from '../../../core/explain/stored-trace.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { at, homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testOperations } from '../../fakes/test-operations.ts'
import { type TestWorld, type TestWorldOptions, testWorld } from '../../fakes/test-world.ts'
import { rulesOf } from '../rules/rules-world.ts'

/** The rule of the documentation: an hour, five orders, two kilograms. */
export const sameBuyer = 'merge: [{ name: Same buyer, then: [{ auto: { window: 60m, maxOrders: 5, maxWeightGrams: 2000 } }] }]'

export function mergingWorld(rules = sameBuyer, options: TestWorldOptions = {}): Promise<TestWorld> {
  const operations = { ...testOperations, ...options.operations }
  return testWorld({ ...options, operations: { ...operations, rules: rulesOf(rules, { warehouses: operations.warehouses }) } })
}

/** Two mugs (600 g) for Ada, paid at this time of 24 November 2026. */
export function bought(platformOrderId: string, paidAt: string, changes: Partial<OrderSnapshot> = {}): OrderSnapshot {
  const personal = { shipTo: homeAddress, buyer: { id: 'ada' }, notes: {} }
  return snapshot(platformOrderId, { purchasedAt: at(paidAt), paidAt: at(paidAt), updatedAt: at(paidAt), personal, ...changes })
}

export function mugs(quantity: number) {
  return [snapshotLine({ quantity })]
}

/** Lets the clock come to a time of the day. */
export function waitUntil(world: TestWorld, time: string): void {
  world.clock.advance(Date.parse(at(time)) - Date.parse(world.clock.now()))
}

/** Three orders of Ada's, planned together at nine. */
export async function merged(world: TestWorld): Promise<void> {
  await world.receive(bought('1', '08:00'), bought('2', '08:10'), bought('3', '08:20'))
  waitUntil(world, '09:00')
  await world.run('plan')
}

export async function referencesOf(world: TestWorld, ...ids: readonly string[]): Promise<readonly (string | undefined)[]> {
  const dossiers = await Promise.all(ids.map((id) => world.dossier(id)))
  return dossiers.map(({ fulfillmentOrders }) => fulfillmentOrders.findLast((item) => item.status !== 'cancelled')?.reference)
}

export async function planDueOf(world: TestWorld, id: string): Promise<Instant | undefined> {
  return (await world.dossier(id)).order.planDueAt
}

/** What the last plan of an order says about merging. */
export async function mergeStepOf(world: TestWorld, id: string): Promise<StoredStep | undefined> {
  const { order } = await world.dossier(id)
  const latest = await world.storage.read((stores) => stores.traces.latest(order.orderNo))
  return readTrace(latest?.trace)?.steps.find((step) => step.stage === 'merge')
}
