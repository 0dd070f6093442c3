import type { LedgerOutbound } from '../../../core/audit/ledger.ts'
import { type Instant, parseInstantAtOffset } from '../../../core/value/instant.ts'
import type { SimulatedWarehouse, SimulationOptions } from '../../../sandbox/simulated.ts'
import { beijingText } from '../../../wms-adapter/goodcang/beijing-time.ts'

interface Stored {
  body: Record<string, any>
  code: string
  letter: string
  createdAt: Instant
  modifiedAt: Instant
  shippedAt?: Instant
  boxes: { n: string; q: number; at: Instant }[]
}
export function createMini({ now }: SimulationOptions): SimulatedWarehouse {
  const orders: Stored[] = []
  const stock = new Map<string, number>()
  let revoked = false
  const ok = (fields: object) => Response.json({ ask: 'Success', message: 'Success', ...fields })
  const no = (message: string) => Response.json({ ask: 'Failure', message, Error: { errCode: '', errMessage: message } })
  const show = (o: Stored) => ({
    order_code: o.code,
    reference_no: o.body.reference_no,
    order_status: o.letter,
    shipping_method: o.body.shipping_method,
    warehouse_code: o.body.warehouse_code,
    consignee_country_code: o.body.country_code,
    consignee_zipcode: o.body.zipcode,
    items: o.body.items,
    date_modify: beijingText(o.modifiedAt),
    date_shipping: o.shippedAt ? beijingText(o.shippedAt) : '0000-00-00 00:00:00',
    tracking_no: o.boxes[0]?.n ?? '',
    orderBoxInfo: o.boxes.map((b) => ({
      tracking_number: b.n,
      product_barcode: `C-${o.body.items[0].product_sku}`,
      ob_qty: String(b.q),
      ob_add_time: beijingText(b.at),
      box_no: '1',
    })),
  })
  const page = (rows: Stored[], b: any) => {
    const from = parseInstantAtOffset(b.modify_date_from, 480) ?? '',
      to = parseInstantAtOffset(b.modify_date_to, 480) ?? ''
    const all = rows.filter((o) => o.modifiedAt >= from && o.modifiedAt <= to).toSorted((x, y) => (x.modifiedAt < y.modifiedAt ? -1 : 1))
    return ok({ count: String(all.length), data: all.slice((b.page - 1) * b.pageSize, b.page * b.pageSize).map(show) })
  }
  const qty = (o: Stored) => o.body.items.reduce((s: number, i: any) => s + i.quantity, 0)
  return {
    adapter: 'goodcang',
    faults: undefined as never,
    async fetch(request) {
      const path = new URL(request.url).pathname.replace('/public_open/', '')
      if (revoked) return no('app-token error')
      const b: any = await request.json()
      switch (path) {
        case 'base_data/get_warehouse':
          return ok({ data: [{ warehouse_code: 'USEA' }] })
        case 'order/create_order': {
          if (b.shipping_method !== 'FEDEX') return no(`no service for ${b.name}`)
          if (orders.some((o) => o.body.reference_no === b.reference_no && o.letter !== 'X')) return no('dup')
          const o: Stored = { body: b, code: `G${orders.length + 1}`, letter: 'C', createdAt: now(), modifiedAt: now(), boxes: [] }
          orders.push(o)
          return ok({ order_code: o.code })
        }
        case 'order/get_order_by_ref_code': {
          const o = orders.find((x) => x.body.reference_no === b.reference_no)
          return o ? ok({ data: show(o) }) : no('none')
        }
        case 'order/get_order_by_code': {
          const o = orders.find((x) => x.code === b.order_code)
          return o ? ok({ data: show(o) }) : no('none')
        }
        case 'order/cancel_order': {
          const o = orders.find((x) => x.code === b.order_code)
          if (!o || o.letter === 'X') return no('discarded')
          if (o.letter === 'D') return ok({ cancel_status: 3 })
          o.letter = 'X'
          o.modifiedAt = now()
          return ok({ cancel_status: 2 })
        }
        case 'order/get_order_list':
          return page(
            orders.filter((o) => !'CH'.includes(o.letter)),
            b,
          )
        case 'order/get_draft_order_list':
          return page(
            orders.filter((o) => o.letter === b.order_status),
            b,
          )
        case 'inventory/get_product_inventory': {
          const rows = [...stock].map(([k, v]) => ({
            product_sku: k,
            warehouse_code: 'USEA',
            sellable: String(v - orders.filter((o) => o.body.items[0].product_sku === k).reduce((s, o) => s + qty(o), 0)),
            reserved: orders.filter((o) => o.body.items[0].product_sku === k).reduce((s, o) => s + qty(o), 0),
            onway: 0,
            pending: '0',
            unsellable: '0',
          }))
          return ok({ count: String(rows.length), data: rows.slice((b.page - 1) * b.pageSize, b.page * b.pageSize) })
        }
        default:
          return new Response('', { status: 404 })
      }
    },
    addAccount: () => ({ appKey: 'key-0001', appToken: 'token-xyz' }),
    setStock: (_a, _w, sku, n) => {
      stock.set(sku, n)
    },
    advance(_a, options = {}) {
      let moved = 0
      for (const o of orders) {
        if (options.references && !options.references.includes(o.body.reference_no)) continue
        if ('DX'.includes(o.letter)) continue
        moved += 1
        o.modifiedAt = now()
        const left = qty(o) - o.boxes.reduce((s, b) => s + b.q, 0)
        if (options.to === 'processing') o.letter = 'W'
        else if (options.to === 'wms-exception') o.letter = 'N'
        else if (options.to === 'partially-shipped') {
          o.letter = 'W'
          o.shippedAt = now()
          o.boxes.push({ n: `T${o.code}-1`, q: 1, at: now() })
        } else {
          o.letter = 'D'
          o.shippedAt = now()
          o.boxes.push({ n: `T${o.code}-2`, q: left, at: now() })
        }
      }
      return moved
    },
    revoke() {
      revoked = true
    },
    restore() {
      revoked = false
    },
    ledger: () => ({
      adapter: 'goodcang',
      account: '',
      requests: [],
      outbounds: orders.map(
        (o): LedgerOutbound => ({
          reference: o.body.reference_no,
          wmsOrderNo: o.code,
          createdAt: o.createdAt,
          status: ({ C: 'accepted', W: 'processing', D: 'shipped', X: 'cancelled', N: 'wms-exception' } as any)[o.letter],
          warehouseCode: 'USEA',
          serviceCode: o.body.shipping_method,
          lines: o.body.items.map((i: any) => ({ wmsSku: i.product_sku, quantity: i.quantity })),
          packages: o.boxes.map((b) => ({
            trackingNumber: b.n,
            shippedAt: b.at,
            lines: [{ wmsSku: o.body.items[0].product_sku, quantity: b.q }],
          })),
        }),
      ),
    }),
  }
}
