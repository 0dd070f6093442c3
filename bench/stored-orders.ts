import type { Config } from '../config/index.ts'
import { storeSnapshots } from '../core/intake/store-snapshots.ts'
import type { OrderSnapshot } from '../core/model/order.ts'
import type { Storage } from '../core/ports/storage.ts'
import { asChannelSku } from '../core/value/ids.ts'
import { addMs, type Instant } from '../core/value/instant.ts'
import { addMoney, type Money, multiplyMoney, parseMoney, sumMoney, zero } from '../core/value/money.ts'
import { catalogFiles } from '../daemon/catalog-files.ts'
import { catalogCsv, demoCatalog, type SeededOrder, seedOrders } from '../sandbox/index.ts'

/** Orders that go through one commit. */
const pageSize = 200

/** Stores the demo's catalog and this many of its orders, as a poll would, over the days before `now`. */
export async function storeOrders(storage: Storage, config: Config, { count, now }: { count: number; now: Instant }): Promise<void> {
  await importDemoCatalog(storage)
  const since = addMs(now, -20 * 86_400_000)
  const { orders } = seedOrders(3, count, { catalog: demoCatalog, since })
  for (const [account, ours] of Map.groupBy(orders, (order) => order.account)) {
    const shop = config.shops.find((candidate) => candidate.id === account)
    if (!shop) throw new Error(`the configuration has no shop ${account}`)
    const snapshots = ours.map((order, index) =>
      snapshotOf(order, index, addMs(since, Math.floor((index / ours.length) * 86_400_000 * 19))),
    )
    for (let at = 0; at < snapshots.length; at += pageSize) {
      const page = snapshots.slice(at, at + pageSize)
      await storage.write((stores) => storeSnapshots(stores, page, { shop: { ...shop, since }, now }))
    }
  }
}

/** What `npm run import` stores. */
export async function importDemoCatalog(storage: Storage): Promise<void> {
  const files = catalogCsv(demoCatalog)
  await storage.write(async (stores) => {
    for (const kind of ['products', 'sku-mappings', 'warehouse-skus'] as const)
      await catalogFiles[kind].save(stores.catalog, files[`${kind}.csv`], `${kind}.csv`)
  })
}

function snapshotOf({ order, account }: SeededOrder, index: number, at: Instant): OrderSnapshot {
  const { currency, shipTo, buyer, lines, buyerNote, giftMessage } = order
  const amount = (text: string | undefined): Money => (text === undefined ? zero(currency) : parseMoney(text, currency))
  const items = sumMoney(
    lines.map((line) => multiplyMoney(amount(line.unitPrice), line.quantity)),
    currency,
  )
  const shipping = amount(order.shipping)
  return {
    platformOrderId: `${account}-${index}`,
    status: 'open',
    platformStatus: 'PAID / UNFULFILLED',
    fulfilledBy: 'seller',
    paymentState: 'paid',
    purchasedAt: at,
    updatedAt: at,
    paidAt: at,
    ...(index % 9 === 0 && { promisedService: 'Express shipping' }),
    personal: {
      shipTo,
      buyer,
      notes: { ...(buyerNote !== undefined && { buyer: buyerNote }), ...(giftMessage !== undefined && { gift: giftMessage }) },
    },
    lines: lines.map(({ channelSku, unitPrice, ...line }, position) => ({
      ...line,
      platformLineId: `${position + 1}`,
      channelSku: asChannelSku(channelSku),
      cancelledQuantity: 0,
      shippedQuantity: 0,
      unitPrice: amount(unitPrice),
    })),
    totals: { items, shipping, tax: zero(currency), discount: zero(currency), grand: addMoney(items, shipping) },
    taxIds: {},
    tags: index % 50 === 0 ? ['factory'] : [],
    holds: [],
    partialShipmentAllowed: true,
    raw: { order: `${account}-${index}` },
  }
}
