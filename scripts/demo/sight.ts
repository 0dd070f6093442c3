import type { OrderState } from '../../core/model/order.ts'
import { isOpen } from '../../core/model/reconcile-holds.ts'
import type { Stores } from '../../core/ports/storage.ts'
import type { Daemon } from '../../daemon/main.ts'
import { systemClock } from '../../daemon/system.ts'

/** Where the work stands, from figures that cost little. */
export interface Sight {
  readonly orders: number
  /** Creates and cancels whose outcome is not established. */
  readonly openPushes: number
  readonly isPlanDue: boolean
  /** Every order has ended or waits for a stated reason, and nothing moves. */
  readonly isAtRest: boolean
  /** One line for people. */
  readonly line: string
}

const moving = ['planned', 'inflight', 'unknown', 'accepted'] as const
const unfinished: readonly OrderState[] = ['open', 'in-fulfillment', 'partially-shipped', 'shipped']

export async function look(daemon: Daemon): Promise<Sight> {
  const { runtime } = daemon
  return runtime.world.storage.read(async (stores) => {
    const states = await stores.orders.countByState()
    const open = await stores.effects.inState(moving)
    const due = await Promise.all(runtime.accounts('plan').map((client) => stores.orders.nextPlanDue(client)))
    const isPlanDue = due.some((at) => at !== undefined && at <= systemClock.now())
    const isMoving = isPlanDue || open.some((effect) => effect.nextAttemptAt !== undefined || effect.state === 'inflight')
    return {
      orders: Object.values(states).reduce((sum, count) => sum + count, 0),
      openPushes: open.filter((effect) => effect.kind !== 'confirm-shipment').length,
      isPlanDue,
      isAtRest: !isMoving && (await areUnfinishedHeld(stores, states)),
      line: Object.entries(states)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([state, count]) => `${state} ${count}`)
        .join('  '),
    }
  })
}

/** Looks at the orders themselves only when few are left. */
async function areUnfinishedHeld(stores: Stores, states: Readonly<Partial<Record<OrderState, number>>>): Promise<boolean> {
  const held = new Set((await stores.holds.openByReason(undefined, 100_000)).map((hold) => hold.orderNo))
  if (unfinished.reduce((sum, state) => sum + (states[state] ?? 0), 0) > held.size) return false
  for (const state of unfinished) {
    const { orders } = await stores.orders.list({ state, limit: 500 })
    const holds = await stores.holds.forOrders(orders.map((order) => order.orderNo))
    const waiting = new Set(holds.filter(isOpen).map((hold) => hold.orderNo))
    if (orders.some((order) => !waiting.has(order.orderNo))) return false
  }
  return true
}
