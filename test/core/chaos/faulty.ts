import { SyncError } from '../../../core/errors.ts'
import type { Connector } from '../../../core/ports/connector.ts'
import type { WmsAdapter } from '../../../core/ports/wms-adapter.ts'
import type { Chance } from './chance.ts'

/** Whether calls go wrong, and how often. */
export interface Trouble {
  rate: number
}

const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })

/** Runs a call, or loses it on the way there, or its answer on the way back. */
async function unreliable<T>(chance: Chance, trouble: Trouble, call: () => Promise<T>): Promise<T> {
  if (!chance.happens(trouble.rate)) return call()
  switch (chance.below(5)) {
    case 0:
      throw noAnswer
    case 1:
      throw new SyncError('rate-limit', 'too many calls', { code: 'throttled', retryAfterMs: 30_000 })
    case 2:
      throw new SyncError('transient', 'no connection', { code: 'not-connected', notSent: true })
    case 3:
      if (chance.happens(0.2)) throw new SyncError('auth', 'the token is refused', { code: 'refused' })
      throw new TypeError('planted: a bug in the connector')
    default:
      await call()
      throw noAnswer
  }
}

export function faultyConnector<T extends Connector>(connector: T, chance: Chance, trouble: Trouble): T {
  const through = <R>(call: () => Promise<R>): Promise<R> => unreliable(chance, trouble, call)
  return {
    ...connector,
    fetchOrderChanges: (since, call) => through(() => connector.fetchOrderChanges(since, call)),
    fetchOrder: (id, call) => through(() => connector.fetchOrder(id, call)),
    listOrders: (window, page, call) => through(() => connector.listOrders(window, page, call)),
    confirmShipment: (confirmation, call) => through(() => connector.confirmShipment(confirmation, call)),
    readShipments: (id, call) => through(() => connector.readShipments(id, call)),
  }
}

export function faultyWarehouse<T extends WmsAdapter>(adapter: T, chance: Chance, trouble: Trouble): T {
  const through = <R>(call: () => Promise<R>): Promise<R> => unreliable(chance, trouble, call)
  return {
    ...adapter,
    createOutbound: (request, call) => through(() => adapter.createOutbound(request, call)),
    findOutbound: (order, call) => through(() => adapter.findOutbound(order, call)),
    listChangedOutbounds: (since, from, call) => through(() => adapter.listChangedOutbounds(since, from, call)),
    cancelOutbound: (order, reason, call) => through(() => adapter.cancelOutbound(order, reason, call)),
    listInventory: (codes, page, call) => through(() => adapter.listInventory(codes, page, call)),
  }
}
