import { instantFromMs } from '../../../core/value/instant.ts'
import { createGoodcang, type SimulationOptions } from '../../../sandbox/index.ts'
import type { AdvanceOptions } from '../../../sandbox/simulated.ts'

type Envelope = Readonly<Record<string, unknown>> & { readonly ask?: string; readonly message?: string; readonly data?: unknown }

/** A simulated Goodcang under a clock of its own with one customer, and the ways a test talks to it. */
export function warehouseWorld(options: Partial<SimulationOptions> = {}) {
  let ms = Date.parse('2026-11-24T20:00:00Z')
  const simulated = createGoodcang({ now: () => instantFromMs(ms), limits: 'open', ...options })
  const settings = simulated.addAccount('gc', { warehouses: ['USEA', 'USWE'], services: ['GROUND', 'EXPRESS'] })
  simulated.setStock('gc', 'USEA', 'MUG-RED', 10)
  simulated.setStock('gc', 'USEA', 'TEA-50', 10)
  const headers = { 'content-type': 'application/json', 'app-key': String(settings['appKey']), 'app-token': String(settings['appToken']) }
  const send = (path: string, body: unknown, more: Readonly<Record<string, string>> = {}) =>
    simulated.fetch(
      new Request(`http://127.0.0.1/public_open/${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) }),
    )
  const ask = async (path: string, body: unknown = {}): Promise<Envelope> => (await (await send(path, body)).json()) as Envelope
  return {
    simulated,
    send,
    ask,
    create: (change: Readonly<Record<string, unknown>> = {}) => ask('order/create_order', { ...ordinary, ...change }),
    detail: async (orderCode: unknown) =>
      (await ask('order/get_order_by_code', { order_code: orderCode })).data as Readonly<Record<string, unknown>>,
    list: (filter: Readonly<Record<string, unknown>> = {}, path = 'order/get_order_list') =>
      ask(path, { page: 1, pageSize: 100, ...filter }),
    advance: (to?: AdvanceOptions['to']) => simulated.advance('gc', to ? { to } : {}),
    stockOf: async (sku: string) =>
      ((await ask('inventory/get_product_inventory', { page: 1, pageSize: 200, product_sku: sku })).data as unknown[])[0],
    ledger: () => simulated.ledger('gc'),
    passMs: (by: number): void => {
      ms += by
    },
  }
}

export const ordinary = {
  reference_no: 'Q1-1',
  shipping_method: 'GROUND',
  warehouse_code: 'USEA',
  country_code: 'US',
  province: 'NJ',
  city: 'Edison',
  address1: '100 Example Street',
  zipcode: '08817',
  name: 'Alex Sample',
  verify: 1,
  items: [{ product_sku: 'MUG-RED', quantity: 2 }],
}
