import { addMs } from '../../core/value/instant.ts'
import type { FaultKind } from '../faults.ts'
import { createFaultSwitch } from '../shared/fault-switch.ts'
import { createLaggedView } from '../shared/lagged-view.ts'
import { createTokenBuckets } from '../shared/token-bucket.ts'
import { withFaults } from '../shared/with-faults.ts'
import type { SimulatedMarketplace, SimulationOptions } from '../simulated.ts'
import { openSeller, rotateSecret, settingsOf } from './account.ts'
import { changeOrder } from './change-order.ts'
import { ledgerOf } from './ledger.ts'
import { placeOrder } from './place-order.ts'
import { rates } from './rates.ts'
import { answer, errorBody, quotaExceeded, Refusal } from './respond.ts'
import { type Route, routeOf } from './router.ts'
import type { Seller, SellerOrder } from './state.ts'
import { createTokenDesk } from './tokens.ts'
import { switchNames, type World } from './world.ts'

/** How long lists lag behind when data comes late (selling-partner-api-docs issue 2131, read 2026-11-22). */
const lateDataMs = 180_000

export interface AmazonOptions extends SimulationOptions {
  /** Seed of the fault switch. */
  readonly seed?: number
}

/**
 * A simulated Amazon: Login with Amazon and the parts of the Selling Partner API that sellers' order tools use, for
 * any number of sellers. Sellers are told apart by their tokens, so one port serves every region.
 */
export function createAmazon(options: AmazonOptions): SimulatedMarketplace {
  const sellers = new Map<string, Seller>()
  const faults = createFaultSwitch(options.seed)
  const desk = createTokenDesk(sellers, options.now)
  const buckets = createTokenBuckets(rates, options.limits, options.now)
  const world = createWorld(options)

  const sellerOf = (account: string): Seller => {
    const seller = sellers.get(account)
    if (!seller) throw new Error(`the simulated Amazon has no account "${account}"`)
    return seller
  }
  const orderOf = (account: string, id: string): SellerOrder => {
    const order = sellerOf(account).orders.get(id)
    if (!order) throw new Error(`the simulated Amazon account ${account} has no order ${id}`)
    return order
  }

  async function fetch(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname === '/auth/o2/token') {
      const execute = () =>
        request.method === 'POST' ? desk.answerLogin(request) : answer(405, errorBody('MethodNotAllowed', 'Use POST.'), undefined)
      return withFaults({ operation: 'token', faults, now: options.now, execute })
    }
    const route = routeOf(request.method, url)
    if (!route) return answer(404, errorBody('NotFound', 'The requested resource does not exist.'), undefined)
    const log = (outcome: 'executed' | 'refused', status: number): void => logRequest(request, route, outcome, status)
    return withFaults({
      operation: route.operation,
      faults,
      now: options.now,
      execute: (drawn) => execute(route, request, url, drawn, log),
      refused: (status) => log('refused', status),
      throttled: () => quotaExceeded,
      errorBody: () => errorBody('InternalFailure', 'We encountered an internal error. Please try again.'),
    })
  }

  async function execute(
    route: Route,
    request: Request,
    url: URL,
    drawn: readonly FaultKind[],
    log: (outcome: 'executed' | 'refused', status: number) => void,
  ): Promise<Response> {
    // A client takes the header for the truth, so without limits there is none.
    const rate = options.limits === 'published' ? rates[route.operation]?.perSecond : undefined
    const reply = (status: number, body: unknown): Response => {
      log(status < 300 ? 'executed' : 'refused', status)
      return answer(status, body, rate)
    }
    try {
      const caller = desk.authorize(request)
      const scope = `${caller.seller.clientId} ${caller.seller.sellerId}`
      if (!buckets.take(scope, route.operation).allowed) return reply(429, quotaExceeded)
      const body = await route.run({ world, desk, caller, request, url, drawn })
      return body === undefined ? reply(204, undefined) : reply(200, body)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return reply(error.status, errorBody(error.code, error.message, error.details))
    }
  }

  /** Requests whose token belongs to nobody are in no seller's log. */
  function logRequest(request: Request, route: Route, outcome: 'executed' | 'refused', status: number): void {
    const seller = desk.ownerOf(request)
    const { operation, isWrite, subject } = route
    seller?.requests.add({ operation, isWrite, outcome, status, ...(subject === undefined ? {} : { subject }) })
  }

  return {
    platform: 'amazon',
    faults,
    fetch,
    addAccount(account, accountOptions) {
      if (sellers.has(account)) throw new Error(`the simulated Amazon has an account "${account}" already`)
      const seller = openSeller(account, accountOptions, options.now)
      sellers.set(account, seller)
      return settingsOf(seller)
    },
    placeOrder: (account, order) => placeOrder(sellerOf(account), order, options.now()).id,
    changeOrder: (account, id, change) => changeOrder(orderOf(account, id), change, world),
    revoke(account) {
      sellerOf(account).revoked = true
    },
    restore(account) {
      sellerOf(account).revoked = false
    },
    rotateSecret(account) {
      rotateSecret(sellerOf(account))
      return settingsOf(sellerOf(account))
    },
    ledger: (account) => ledgerOf(sellerOf(account)),
  }
}

function createWorld(options: SimulationOptions): World {
  const switches = options.switches ?? {}
  const unknown = Object.keys(switches).filter((name) => !switchNames.some((known) => known === name))
  if (unknown.length > 0) throw new Error(`the simulated Amazon has no switch ${unknown.join(', ')}; it has ${switchNames.join(', ')}`)
  return {
    now: options.now,
    switches: {
      twoMinuteRule: switches['twoMinuteRule'] ?? options.limits === 'published',
      lateData: switches['lateData'] ?? false,
      futureShipDateRefused: switches['futureShipDateRefused'] ?? true,
      fulfillmentDataRefused: switches['fulfillmentDataRefused'] ?? false,
      foreignReferencesFromOne: switches['foreignReferencesFromOne'] ?? false,
    },
    lateDataHorizon: () => addMs(options.now(), -lateDataMs),
    lagged: createLaggedView(options.now),
  }
}
