import type { HttpRequest, HttpResponse, Transport } from '../../../core/ports/transport.ts'
import type { OutboundRequest, WmsAdapter } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { goodcang } from '../../../wms-adapter/goodcang/index.ts'
import { type FakeCallContext, fakeCallContext } from '../../fakes/fake-call-context.ts'

/** What the script answers to one call: a body for HTTP 200, a whole response, or an error to throw. */
export type Scripted = object | HttpResponse | Error

export interface ScriptedGoodcang {
  readonly adapter: WmsAdapter
  readonly call: FakeCallContext
  /** Path after public_open and parsed body of every request, in order. */
  readonly asked: readonly { readonly path: string; readonly body: Readonly<Record<string, unknown>>; readonly request: HttpRequest }[]
}

export const goodAccess = { 'base_data/get_warehouse': [{ ask: 'Success', message: 'success', data: [{ warehouse_code: 'USEA' }] }] }

/** The adapter over a script of answers by path; the last answer of a path repeats. A path without script fails the test. */
export function scriptedGoodcang(script: Readonly<Record<string, readonly Scripted[]>>): ScriptedGoodcang {
  const asked: { path: string; body: Record<string, unknown>; request: HttpRequest }[] = []
  const transport: Transport = {
    async send(request) {
      const path = new URL(request.url).pathname.replace('/public_open/', '')
      const answers = script[path]
      if (!answers) throw new Error(`the script has no answer for ${path}`)
      const turn = asked.filter((earlier) => earlier.path === path).length
      asked.push({ path, body: JSON.parse(request.body ?? ''), request })
      const answer = answers[Math.min(turn, answers.length - 1)]
      if (answer instanceof Error) throw answer
      return answer && isResponse(answer) ? answer : { status: 200, headers: {}, body: JSON.stringify(answer) }
    },
  }
  return { adapter: adapterOver(transport), call: fakeCallContext(), asked }
}

function adapterOver(transport: Transport): WmsAdapter {
  const settings = { appKey: 'key-for-tests-1234', appToken: 'token-for-tests' }
  return goodcang.create({ id: 'gc', adapter: 'goodcang', limits: {}, settleMs: 1_000, settings }, transport)
}

function isResponse(answer: object): answer is HttpResponse {
  return 'status' in answer && 'headers' in answer && 'body' in answer
}

export function http(status: number, body = '', headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers, body }
}

/** A plain order to New Jersey that every check passes. */
export function outboundRequest(changes: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    reference: 'Q0123456789AB-1',
    platform: 'shopify',
    warehouseCode: 'USEA',
    serviceCode: 'FEDEX-SMALLPARCEL',
    shipTo: {
      name: 'Robin Example',
      phone: '+1 555 0100',
      email: 'robin@example.com',
      line1: '12 Harbor Road',
      city: 'Dayton',
      state: 'NJ',
      postcode: '08810',
      country: 'US',
    },
    lines: [{ wmsSku: asWmsSku('FISH65'), quantity: 2 }],
    taxIds: {},
    ...changes,
  }
}

/** An order as the detail call shows it, in the manner of the documented sample (read 2026-11-24). */
export function orderRecord(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    order_code: 'G000-210420-0004',
    reference_no: 'Q0123456789AB-1',
    platform: 'OTHER',
    order_status: 'W',
    shipping_method: 'FEDEX-SMALLPARCEL',
    tracking_no: '',
    warehouse_code: 'USEA',
    order_weight: '10.000',
    date_create: '2026-11-24 15:40:28',
    date_release: '2026-11-24 15:40:37',
    date_shipping: '0000-00-00 00:00:00',
    date_modify: '2026-11-24 15:50:08',
    abnormal_problem_reason: '',
    consignee_country_code: 'US',
    consignee_state: 'NJ',
    consignee_zipcode: '08810',
    consignee_company: null,
    consignee_name: 'Robin Example',
    consignee_address1: '12 Harbor Road',
    items: [{ product_sku: 'FISH65', quantity: '2', transaction_id: '', item_id: '' }],
    fee_details: { totalFee: 79.844, currency_code: 'USD' },
    orderBoxInfo: [],
    ...changes,
  }
}

/** One row of a packing list. */
export function box(trackingNumber: string, barcode: string, quantity: number | string): Record<string, unknown> {
  return {
    box_no: '1-1',
    ob_weight: '11.00',
    ob_add_time: '2026-11-24 16:20:08',
    tracking_number: trackingNumber,
    product_barcode: barcode,
    ob_qty: quantity,
  }
}

export const success = (fields: object = {}) => ({ ask: 'Success', message: 'Success', ...fields })
export const failure = (fields: object = {}) => ({ ask: 'Failure', message: '失败', ...fields })
