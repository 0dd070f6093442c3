import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { WarehouseLedger } from '../../core/audit/ledger.ts'
import { createFaultSwitch } from '../shared/fault-switch.ts'
import { createRequestLog } from '../shared/request-log.ts'
import { checkSwitches } from '../shared/switches.ts'
import type { SimulatedWarehouse, SimulationOptions } from '../simulated.ts'
import { advance } from './advance.ts'
import type { Building } from './create-order.ts'
import { createServer } from './server.ts'
import { type Customer, type Outbound, stockKey, unitsOf } from './state.ts'

export interface GoodcangOptions extends SimulationOptions {
  /** Seed of the fault switch. */
  readonly seed?: number
}

/** Credentials of the caller's choice, so that a configuration can be written before the sandbox starts. */
const credentials = z.object({ appKey: z.string().optional(), appToken: z.string().optional() })

/** What the documentation leaves open, or what buildings do now and then. All off unless asked for. */
const switchNames = [
  'access-refused-with-401',
  'cancel-lies',
  'cancel-takes-time',
  'label-before-shipping',
  'numbers-as-text',
  'order-code-in-data',
  'other-warehouse-used',
  'several-packages',
  'short-stock-becomes-exception',
  'stop-comes-too-late',
  'tracking-number-changes',
]

/** Simulated Goodcang: outbound orders, stock and master data of an overseas warehouse. */
export function createGoodcang(options: GoodcangOptions): SimulatedWarehouse {
  checkSwitches('Goodcang', options.switches, switchNames)
  const faults = createFaultSwitch(options.seed)
  const customers = new Map<string, Customer>()
  let lastOrder = 0
  let lastParcel = 0
  const building = (): Building => ({
    now: options.now(),
    switches: options.switches ?? {},
    nextOrderCode: () => `G${options.now().slice(2, 10).replaceAll('-', '')}-${String(++lastOrder).padStart(6, '0')}`,
    nextTrackingNumber: () => `7700${String(++lastParcel).padStart(8, '0')}`,
  })
  const customerOf = (account: string): Customer => {
    const customer = customers.get(account)
    if (!customer) throw new Error(`the simulated Goodcang has no account "${account}"`)
    return customer
  }
  return {
    adapter: 'goodcang',
    faults,
    fetch: createServer({ options, faults, customers: () => customers.values(), building }),
    addAccount: (account, accountOptions) => {
      const { warehouses, services } = accountOptions
      const chosen = credentials.parse(accountOptions)
      if (customers.has(account)) throw new Error(`the simulated Goodcang has an account "${account}" already`)
      const customer: Customer = {
        account,
        appKey: chosen.appKey ?? derive('key', account),
        appToken: chosen.appToken ?? derive('token', account),
        customerCode: `G${String(1001 + customers.size)}`,
        warehouses,
        services,
        stock: new Map(),
        orders: new Map(),
        byReference: new Map(),
        requests: createRequestLog(options.now),
        revoked: false,
      }
      customers.set(account, customer)
      return { appKey: customer.appKey, appToken: customer.appToken }
    },
    setStock: (account, warehouseCode, wmsSku, available) => {
      const { stock } = customerOf(account)
      const level = stock.get(stockKey(warehouseCode, wmsSku))
      if (level) level.sellable = available
      else stock.set(stockKey(warehouseCode, wmsSku), { warehouseCode, sku: wmsSku, sellable: available, reserved: 0, shipped: 0 })
    },
    advance: (account, advanceOptions = {}) => advance(customerOf(account), advanceOptions, building()),
    revoke: (account) => {
      customerOf(account).revoked = true
    },
    restore: (account) => {
      customerOf(account).revoked = false
    },
    ledger: (account) => ledgerOf(customerOf(account)),
  }
}

function ledgerOf(customer: Customer): WarehouseLedger {
  return {
    adapter: 'goodcang',
    account: customer.account,
    outbounds: [...customer.orders.values()].map(ledgerOutbound),
    requests: customer.requests.entries(),
  }
}

function ledgerOutbound(outbound: Outbound): WarehouseLedger['outbounds'][number] {
  const lines = (units: Iterable<readonly [string, number]>) => [...units].map(([wmsSku, quantity]) => ({ wmsSku, quantity }))
  return {
    reference: outbound.reference,
    wmsOrderNo: outbound.orderCode,
    createdAt: outbound.createdAt,
    status: outbound.state,
    warehouseCode: outbound.warehouseCode,
    serviceCode: outbound.serviceCode,
    lines: lines(unitsOf(outbound)),
    packages: outbound.packages.map((box) => ({
      trackingNumber: box.trackingNumber,
      shippedAt: box.shippedAt,
      lines: lines(box.lines.map((line) => [line.sku, line.quantity] as const)),
    })),
  }
}

/** Looks like a credential and is the same in every run. */
function derive(kind: string, account: string): string {
  return createHash('sha256').update(`sandbox goodcang ${kind} ${account}`).digest('hex').slice(0, 32)
}
