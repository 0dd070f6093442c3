import type { Knex } from 'knex'
import type { Stores, Tx } from '../core/ports/storage.ts'
import { bucketStore } from './buckets.ts'
import { catalogStore } from './catalog.ts'
import { cursorStore } from './cursors.ts'
import { effectStore } from './effects.ts'
import type { Cipher } from './encryption.ts'
import { eventStore } from './events.ts'
import { fulfillmentOrderStore } from './fulfillment-orders.ts'
import { holdStore } from './holds.ts'
import { laneStore } from './lanes.ts'
import { orderStore } from './orders.ts'
import { payloadStore } from './payloads.ts'
import { rejectedStore } from './rejected.ts'
import { requestStore } from './requests.ts'
import { stockStore } from './stock.ts'
import { sweepStore } from './sweeps.ts'
import { tokenRowStore } from './tokens.ts'
import { traceStore } from './traces.ts'

/** Every store on one transaction of the writer, or on a connection for reading. */
export function createStores(database: Knex, cipher: Cipher): Stores {
  const access = { database, cipher }
  return {
    tx: database as unknown as Tx,
    orders: orderStore(access),
    payloads: payloadStore(access),
    holds: holdStore(access),
    fulfillmentOrders: fulfillmentOrderStore(access),
    effects: effectStore(access),
    events: eventStore(access),
    traces: traceStore(access),
    stock: stockStore(access),
    catalog: catalogStore(access),
    cursors: cursorStore(access),
    rejected: rejectedStore(access),
    requests: requestStore(access),
    lanes: laneStore(access),
    sweeps: sweepStore(access),
    tokens: tokenRowStore(access),
    buckets: bucketStore(access),
  }
}
