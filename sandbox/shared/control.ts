import { z } from 'zod'
import type { FaultRule } from '../faults.ts'
import type {
  AdvanceOptions,
  NewOrder,
  OrderChange,
  SimulatedMarketplace,
  SimulatedWarehouse,
  WarehouseAccountOptions,
} from '../simulated.ts'
import { controlBodies } from './control-schema.ts'
import { json } from './respond.ts'

export type Simulated = SimulatedMarketplace | SimulatedWarehouse

const prefix = '/_sandbox/'

/** Whether a path belongs to the control API rather than to the simulated one. */
export function isControlPath(path: string): boolean {
  return path.startsWith(prefix)
}

/**
 * Answers the control API: one path per method of the simulation, JSON in and out. A mistake of the caller
 * gives 400 with `{ error }`, something that this simulation has not gives 404.
 */
export async function control(simulated: Simulated, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const name = url.pathname.slice(prefix.length)
  try {
    if (request.method === 'GET') return read(simulated, name, url.searchParams)
    const text = await request.text()
    return act(simulated, name, text === '' ? {} : JSON.parse(text))
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error instanceof Error ? error.message : error)
    return json({ error: message }, 400)
  }
}

function read(simulated: Simulated, name: string, query: URLSearchParams): Response {
  if (name === 'ledger') return json(simulated.ledger(query.get('account') ?? ''))
  if (name === 'faults') return json(simulated.faults.counts())
  return missing(name)
}

function act(simulated: Simulated, name: string, body: unknown): Response {
  if (name === 'faults') {
    simulated.faults.set(as<readonly FaultRule[]>(controlBodies.faults.parse(body).rules))
    return json({})
  }
  if (name === 'revoke' || name === 'restore') {
    simulated[name](controlBodies[name].parse(body).account)
    return json({})
  }
  return 'platform' in simulated ? actOnMarketplace(simulated, name, body) : actOnWarehouse(simulated, name, body)
}

function actOnMarketplace(simulated: SimulatedMarketplace, name: string, body: unknown): Response {
  if (name === 'accounts') {
    const { account, options } = controlBodies.accounts.parse(body)
    return json(simulated.addAccount(account, options))
  }
  if (name === 'orders') {
    const { account, order } = controlBodies.orders.parse(body)
    return json({ platformOrderId: simulated.placeOrder(account, as<NewOrder>(order)) })
  }
  if (name === 'changes') {
    const { account, platformOrderId, change } = controlBodies.changes.parse(body)
    simulated.changeOrder(account, platformOrderId, as<OrderChange>(change))
    return json({})
  }
  return missing(name)
}

function actOnWarehouse(simulated: SimulatedWarehouse, name: string, body: unknown): Response {
  if (name === 'accounts') {
    const { account, options } = controlBodies.accounts.parse(body)
    return json(simulated.addAccount(account, as<WarehouseAccountOptions>({ warehouses: [], services: [], ...options })))
  }
  if (name === 'advance') {
    const { account, options } = controlBodies.advance.parse(body)
    return json({ moved: simulated.advance(account, as<AdvanceOptions>(options ?? {})) })
  }
  if (name === 'stock') {
    const { account, warehouseCode, wmsSku, available } = controlBodies.stock.parse(body)
    simulated.setStock(account, warehouseCode, wmsSku, available)
    return json({})
  }
  return missing(name)
}

function missing(name: string): Response {
  return json({ error: `this simulation has no control "${name}"` }, 404)
}

/** zod says `T | undefined` for an absent key where our interfaces say absent; JSON cannot carry the difference. */
function as<T>(value: unknown): T {
  return value as T
}
