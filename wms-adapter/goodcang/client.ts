import { SyncError } from '../../core/errors.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { Transport } from '../../core/ports/transport.ts'
import { type Answer, accessError, type CallPlace, garbledAnswer, readAnswer, withoutPersonalData } from './map-error.ts'
import type { CreateOrderBody } from './map-outbound.ts'
import { sharedOperation } from './rate-limits.ts'
import type { GoodcangSettings } from './settings.ts'

const origin = 'https://oms.goodcang.net'
const timeoutMs = 30_000

/** Largest pages: order lists and stock (order/get_order_list, inventory/get_product_inventory; read 2026-11-22). */
export const orderPageSize = 100
export const stockPageSize = 200

export interface ListQuery {
  readonly page: number
  readonly modifiedFrom: string
  readonly modifiedTo: string
}

/** Every call to Goodcang: POST with JSON, two headers as login. */
export interface GoodcangClient {
  createOrder(body: CreateOrderBody, call: CallContext): Promise<Answer>
  cancelOrder(orderCode: string, reason: string, call: CallContext): Promise<Answer>
  orderByReference(reference: string, call: CallContext): Promise<Answer>
  orderByCode(orderCode: string, call: CallContext): Promise<Answer>
  /** Orders in W, D, N, P and X; the others only stand in the draft list. */
  orderList(query: ListQuery, call: CallContext): Promise<Answer>
  draftList(status: 'C' | 'H', query: ListQuery, call: CallContext): Promise<Answer>
  inventory(warehouseCodes: readonly string[], page: number, call: CallContext): Promise<Answer>
  /**
   * Its data. Has no parameters, so only its login can be refused, and this is how refused access is told
   * from a refused question. Throws `auth` when refused.
   */
  warehouses(call: CallContext): Promise<unknown>
  /** The error for an answer of that call that cannot be what was asked for. */
  garbled(path: string, what: string, call: CallContext): SyncError
  /** The error for a read that was refused although access is good. */
  refusedRead(path: string, answer: Answer & { readonly ask: 'refused' }): SyncError
}

export function createClient(account: string, settings: GoodcangSettings, transport: Transport): GoodcangClient {
  const placeOf = (path: string, call: CallContext): CallPlace => ({ account, path, now: call.now() })

  const post = async (path: string, body: object, call: CallContext): Promise<Answer> => {
    const response = await call.gate.run(
      sharedOperation,
      () =>
        transport.send({
          method: 'POST',
          url: `${origin}/public_open/${path}`,
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'app-key': settings.appKey,
            'app-token': settings.appToken,
          },
          body: JSON.stringify(body),
          timeoutMs,
          signal: call.signal,
        }),
      { signal: call.signal },
    )
    try {
      return readAnswer(response, placeOf(path, call))
    } catch (error) {
      if (error instanceof SyncError && error.retryAfterMs !== undefined) {
        call.gate.observe(sharedOperation, { remaining: 0, retryAfterMs: error.retryAfterMs })
      }
      throw error
    }
  }
  const page = (query: ListQuery) => ({
    pageSize: orderPageSize,
    page: query.page,
    modify_date_from: query.modifiedFrom,
    modify_date_to: query.modifiedTo,
  })

  return {
    createOrder: (body, call) => post('order/create_order', body, call),
    cancelOrder: (orderCode, reason, call) => post('order/cancel_order', { order_code: orderCode, reason }, call),
    orderByReference: (reference, call) => post('order/get_order_by_ref_code', { reference_no: reference }, call),
    orderByCode: (orderCode, call) => post('order/get_order_by_code', { order_code: orderCode }, call),
    orderList: (query, call) => post('order/get_order_list', page(query), call),
    draftList: (status, query, call) => post('order/get_draft_order_list', { ...page(query), order_status: status }, call),
    inventory: (warehouseCodes, number, call) =>
      post(
        'inventory/get_product_inventory',
        { pageSize: stockPageSize, page: number, ...(warehouseCodes.length > 0 ? { warehouse_code_arr: warehouseCodes } : {}) },
        call,
      ),
    async warehouses(call) {
      const path = 'base_data/get_warehouse'
      const answer = await post(path, {}, call)
      if (answer.ask === 'refused') throw accessError(placeOf(path, call))
      return answer.envelope.data
    },
    garbled: (path, what, call) => garbledAnswer(placeOf(path, call), what),
    refusedRead: (path, answer) =>
      new SyncError(
        'transient',
        `Goodcang account ${account}: ${path} was refused (${withoutPersonalData(answer.message, [])}); it is tried again`,
        {
          code: 'wms-read-refused',
          context: { account, path, errCode: answer.code },
        },
      ),
  }
}
