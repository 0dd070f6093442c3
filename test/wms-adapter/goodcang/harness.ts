import type { WmsAdapterDefinition } from '../../../core/ports/wms-adapter.ts'
import { createGoodcang } from '../../../sandbox/goodcang/index.ts'
import { goodcang } from '../../../wms-adapter/goodcang/index.ts'
import type { WmsAdapterHarness } from '../../contract/wms-adapter.ts'

const path = (url: string) => new URL(url).pathname

/** A list answer with another first order; the same text when there is none. */
function withFirstOrder(body: string, change: Readonly<Record<string, unknown>>): string {
  const answer = JSON.parse(body) as { data?: Record<string, unknown>[] }
  const [first, ...others] = answer.data ?? []
  return first ? JSON.stringify({ ...answer, data: [{ ...first, ...change }, ...others] }) : body
}

/** Goodcang for the contract suite; `switches` turn doubtful behaviours of the simulation on. */
export function goodcangHarness(switches: Readonly<Record<string, boolean>> = {}): WmsAdapterHarness {
  return {
    definition: goodcang as WmsAdapterDefinition,
    createWarehouse: (options) => createGoodcang({ ...options, switches }),
    warehouseCode: 'USEA',
    serviceCode: 'FEDEX',
    orderPage: 100,
    stockPage: 200,
    isCreate: ({ url }) => path(url) === '/public_open/order/create_order',
    isCancel: ({ url }) => path(url) === '/public_open/order/cancel_order',
    isOrderList: ({ url }) => /order\/get_(draft_)?order_list$/.test(path(url)),
    withUnknownStatus: (body) => withFirstOrder(body, { order_status: 'Z' }),
    withUnreadableOrder: (body) => withFirstOrder(body, { items: 'none' }),
  }
}
