import type { Order } from '../core/model/order.ts'
import { type Dossier, sharedEffects } from '../core/planning/dossier.ts'
import type { OrderQuery, Storage, Stores } from '../core/ports/storage.ts'

const pageSize = 500

/** Every order with what was decided and done about it, page by page, newest purchase first. */
export async function* allDossiers(storage: Storage, filter: Omit<OrderQuery, 'limit' | 'after'> = {}): AsyncGenerator<Dossier> {
  let after: string | undefined
  do {
    const page = await storage.read(async (stores) => {
      const { orders, next } = await stores.orders.list({ ...filter, limit: pageSize, ...(after !== undefined && { after }) })
      return { dossiers: await gatherAll(stores, orders), next }
    })
    yield* page.dossiers
    after = page.next ?? undefined
  } while (after !== undefined)
}

async function gatherAll(stores: Stores, orders: readonly Order[]): Promise<readonly Dossier[]> {
  const orderNos = orders.map((order) => order.orderNo)
  const fulfillmentOrders = byOrder(await stores.fulfillmentOrders.forOrders(orderNos))
  const effects = byOrder(await stores.effects.forOrders(orderNos))
  const holds = byOrder(await stores.holds.forOrders(orderNos))
  return Promise.all(
    orders.map(async (order) => {
      const made = fulfillmentOrders.get(order.orderNo) ?? []
      return {
        order,
        fulfillmentOrders: made,
        effects: [...(effects.get(order.orderNo) ?? []), ...(await sharedEffects(stores, made))],
        holds: holds.get(order.orderNo) ?? [],
      }
    }),
  )
}

function byOrder<Row extends { readonly orderNo: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.orderNo)
    if (group) group.push(row)
    else groups.set(row.orderNo, [row])
  }
  return groups
}
