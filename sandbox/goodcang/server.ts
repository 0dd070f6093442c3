import type { FaultKind, FaultSwitch } from '../faults.ts'
import { createLaggedView } from '../shared/lagged-view.ts'
import { json } from '../shared/respond.ts'
import { createTokenBuckets } from '../shared/token-bucket.ts'
import { withFaults } from '../shared/with-faults.ts'
import type { SimulationOptions } from '../simulated.ts'
import { type CallView, calls } from './calls.ts'
import type { Building } from './create-order.ts'
import { failure, numbersAsText, Refusal } from './envelope.ts'
import type { Customer, Outbound } from './state.ts'

export interface ServerParts {
  readonly options: SimulationOptions
  readonly faults: FaultSwitch
  customers(): Iterable<Customer>
  building(): Building
}

/**
 * The real limit is not published. A public client waits 1.2 seconds between calls and backs off on 429
 * (read 2026-11-22); ours lets three calls through at once.
 */
const rates = { default: { perSecond: 1, burst: 3 } }

/** The HTTP side: `POST /public_open/<area>/<call>` with two static headers, business failures with HTTP 200. */
export function createServer(parts: ServerParts): (request: Request) => Promise<Response> {
  const { options, faults } = parts
  const buckets = createTokenBuckets(rates, options.limits, options.now)
  const lagged = createLaggedView<Outbound | undefined>(options.now)
  const isOn = (name: string): boolean => options.switches?.[name] === true

  const openView = (customer: Customer, drawn: readonly FaultKind[]): CallView => ({
    ...parts.building(),
    customer,
    drawn,
    seen: (outbound) => lagged.read(outbound.orderCode, outbound),
    readableOrders: () => [...customer.orders.values()].flatMap((outbound) => lagged.read(outbound.orderCode, outbound) ?? []),
    aboutToWrite: (orderCode, before) => {
      if (drawn.includes('H20-read-lags-write')) lagged.keep(orderCode, before)
    },
  })

  return async (request) => {
    const path = new URL(request.url).pathname.replace(/^\/public_open\//, '')
    const call = calls[path]
    if (!call || request.method !== 'POST') return json({ code: 404, message: 'Not Found' }, 404)
    const customer = findCustomer(parts.customers(), request.headers)
    if (!customer)
      return isOn('access-refused-with-401') ? json({ code: 401, message: 'Unauthorized' }, 401) : failure('app-key 或 app-token 错误')
    const body = parseJson(await request.text())
    const log = (outcome: 'executed' | 'refused', status: number): void => {
      const subject = call.subject?.(body, openView(customer, []))
      customer.requests.add({ operation: path, isWrite: call.isWrite, outcome, status, ...(subject === undefined ? {} : { subject }) })
    }
    return withFaults({
      operation: path,
      faults,
      now: options.now,
      refused: (status) => log('refused', status),
      throttled: () => tooMany,
      errorBody: () => ({ ask: 'Failure', message: '系统异常' }),
      execute: async (drawn) => {
        if (!buckets.take(customer.account, path).allowed) {
          log('refused', 429)
          return json(tooMany, 429)
        }
        if (drawn.includes('G7-one-timestamp')) for (const outbound of customer.orders.values()) outbound.modifiedAt = options.now()
        const response = answer(() => call.answer(body, openView(customer, drawn)))
        log(response.executed ? 'executed' : 'refused', 200)
        return isOn('numbers-as-text') ? json(numbersAsText(await response.response.json())) : response.response
      },
    })
  }
}

const tooMany = { code: 429, message: 'Too Many Requests' }

function answer(work: () => Response): { readonly response: Response; readonly executed: boolean } {
  try {
    return { response: work(), executed: true }
  } catch (error) {
    if (error instanceof Refusal) return { response: failure(error.message), executed: false }
    throw error
  }
}

function findCustomer(customers: Iterable<Customer>, headers: Headers): Customer | undefined {
  const found = [...customers].find((customer) => customer.appKey === headers.get('app-key'))
  return found && !found.revoked && found.appToken === headers.get('app-token') ? found : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
