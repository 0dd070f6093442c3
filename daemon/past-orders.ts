import type { Config } from '../config/index.ts'
import type { CatalogIndex } from '../core/mapping/catalog-index.ts'
import type { FulfillmentOrder } from '../core/model/fulfillment-order.ts'
import { type PlanningContext, twinMs } from '../core/planning/consider-order.ts'
import { outboundRequest } from '../core/planning/make-fulfillment-order.ts'
import type { PastConditions, PastOrder } from '../core/planning/plan-past.ts'
import type { Storage } from '../core/ports/storage.ts'
import type { Transport } from '../core/ports/transport.ts'
import type { RuleSet } from '../core/rules/rule-set.ts'
import { addMs, type Instant } from '../core/value/instant.ts'
import { adapters } from '../wms-adapter/index.ts'

const pageSize = 500

/** Orders bought since then with what was made of them, newest purchase first, page by page; with earlier orders alike when rules ask for them. */
export async function* pastOrders(storage: Storage, since: Instant, rules: readonly RuleSet[]): AsyncGenerator<PastOrder> {
  const asksForTwins = rules.some((each) => each.asksForTwins)
  let after: string | undefined
  do {
    const page = await storage.read(async (stores) => {
      const { orders, next } = await stores.orders.list({ limit: pageSize, purchasedFrom: since, ...(after !== undefined && { after }) })
      return { orders, made: await stores.fulfillmentOrders.forOrders(orders.map((order) => order.orderNo)), next }
    })
    const made = new Map<string, FulfillmentOrder[]>()
    for (const item of page.made) made.set(item.orderNo, [...(made.get(item.orderNo) ?? []), item])
    for (const order of page.orders) {
      const twin = asksForTwins
        ? await storage.read((stores) => stores.orders.findTwin(order, addMs(order.purchasedAt, -twinMs)))
        : undefined
      yield { order, fulfillmentOrders: made.get(order.orderNo) ?? [], twin }
    }
    after = page.next ?? undefined
  } while (after !== undefined)
}

/** The warehouses, goods, rates and field limits of today: all that past orders are planned with beside rules. */
export function pastConditions(
  { warehouses, accounts }: Pick<Config, 'warehouses' | 'accounts'>,
  catalog: CatalogIndex,
): PastConditions & Pick<PlanningContext, 'checkOutbound'> {
  const adapterOf = new Map(
    accounts.flatMap((account) => {
      const definition = adapters.find((candidate) => candidate.adapter === account.adapter)
      return definition ? [[account.id, definition.create(account, noCalls)]] : []
    }),
  )
  const checkOutbound: PlanningContext['checkOutbound'] = (account, request) => adapterOf.get(account)?.checkOutbound(request) ?? []
  return {
    catalog,
    fx: catalog.fx,
    warehouses,
    checkOutbound,
    checkFields: (order, part, shipTo) => checkOutbound(part.warehouse.account, outboundRequest(order, part, shipTo, 1, catalog)),
  }
}

/** Checking fields needs none. */
const noCalls: Transport = {
  send: () => Promise.reject(new Error('a check of fields must not call anybody')),
}
