import type { FaultKind } from '../faults.ts'
import { createFaultSwitch } from '../shared/fault-switch.ts'
import { withFaults } from '../shared/with-faults.ts'
import type { SimulatedMarketplace, SimulationOptions } from '../simulated.ts'
import { errorEntry, refuse } from './answers.ts'
import { changeOrder } from './change-order.ts'
import { ledgerOf } from './ledger.ts'
import { quotaAnswer, takeCall } from './quota.ts'
import { getOrder, getOrders, getShippingFulfillment, getShippingFulfillments } from './read-orders.ts'
import { createShippingFulfillment } from './ship.ts'
import { type Account, createAccount, createOrder, createWorld, type World } from './state.ts'
import { bulkUpdatePriceQuantity } from './stock.ts'
import { type Access, accountOfGrant, answerConsent, answerGrant, readAccess } from './tokens.ts'

const firstCertId = 'PRD-sandbox-secret'
const ruName = 'Quayside-Sandbox-RuName'

/**
 * A simulated eBay. Switches: `unpaidOrdersAreListed`, `pagesShift` (every page but the last moves the set),
 * `repeatedTrackingIsRefused` (409 instead of taking the number again), `smallQuota` (5,000 calls a day),
 * `userQuotaIsEmpty` (204), `partShippedLinesAreInProgress` (instead of the documented FULFILLED). `addAccount` takes `appId`, `sellerId`, `marketplaceId` and `skus`, those of the Inventory API.
 */
export function createEbay(options: SimulationOptions): SimulatedMarketplace {
  const faults = createFaultSwitch()
  const world = createWorld(options, faults)
  const accountOf = (name: string): Account => {
    const account = world.accounts.get(name)
    if (!account) throw new Error(`the simulated eBay has no account "${name}"`)
    return account
  }
  return {
    platform: 'ebay',
    faults,
    fetch: (request) => answer(world, request),
    addAccount: (name, accountOptions = {}) => {
      const account = createAccount(world, name, accountOptions)
      world.accounts.set(name, account)
      if (!world.applications.has(account.appId)) world.applications.set(account.appId, firstCertId)
      for (const sku of Array.isArray(accountOptions['skus']) ? accountOptions['skus'] : []) account.stock.set(String(sku), 0)
      return settingsOf(world, account)
    },
    placeOrder: (name, order) => {
      const stored = createOrder(world, order)
      accountOf(name).orders.set(stored.orderId, stored)
      return stored.orderId
    },
    changeOrder: (name, platformOrderId, change) => {
      const order = accountOf(name).orders.get(platformOrderId)
      if (!order) throw new Error(`the simulated eBay has no order ${platformOrderId} of "${name}"`)
      changeOrder(world, order, change)
    },
    revoke: (name) => {
      accountOf(name).isRevoked = true
    },
    restore: (name) => {
      accountOf(name).isRevoked = false
    },
    // Of the whole keyset; consents and tokens outlive it. Source: https://developer.ebay.com/api-docs/static/gs_resetting-your-cert-id-new.html (read 2026-11-24).
    rotateSecret: (name) => {
      const account = accountOf(name)
      world.applications.set(account.appId, `PRD-sandbox-secret-${world.next()}`)
      return settingsOf(world, account)
    },
    ledger: (name) => ledgerOf(world, accountOf(name)),
  }
}

function settingsOf(world: World, account: Account): Readonly<Record<string, unknown>> {
  const { appId, sellerId, marketplaceId, refreshToken, consentedAt } = account
  return { appId, certId: world.applications.get(appId), ruName, sellerId, marketplaceId, refreshToken, refreshTokenIssuedAt: consentedAt }
}

interface Operation {
  readonly name: string
  readonly method: string
  readonly path: RegExp
  /** Whose daily quota it counts for. */
  readonly api: 'fulfillment' | 'inventory' | 'analytics'
  /** One of them must be consented to. */
  readonly scopes: readonly string[]
  /** Wants a token of the application, where all others want one of a seller. */
  readonly isOfApplication?: boolean
  carryOut(call: ApiCall): Response
}

interface ApiCall {
  readonly world: World
  /** The seller's, or the first of an application that calls for itself. */
  readonly account: Account
  readonly appId: string
  readonly query: URLSearchParams
  /** What stands in the path, decoded. */
  readonly ids: readonly string[]
  readonly text: string
  readonly contentType: string
  readonly drawn: readonly FaultKind[]
}

const reading = ['/sell.fulfillment', '/sell.fulfillment.readonly']
const order = '^/sell/fulfillment/v1/order/([^/]+)'
const analytics = '^/developer/analytics/v1_beta'

/** Source: Fulfillment API 1.20.7, Inventory API 1.18.4, Analytics API v1_beta (read 2026-11-22). */
const operations: readonly Operation[] = [
  {
    name: 'getOrders',
    method: 'GET',
    path: /^\/sell\/fulfillment\/v1\/order$/,
    api: 'fulfillment',
    scopes: reading,
    carryOut: (call) => getOrders(call.world, call.account, call.query, call.drawn),
  },
  {
    name: 'getOrder',
    method: 'GET',
    path: new RegExp(`${order}$`),
    api: 'fulfillment',
    scopes: reading,
    carryOut: (call) => getOrder(call.world, call.account, call.ids[0] ?? '', call.query),
  },
  {
    name: 'getShippingFulfillments',
    method: 'GET',
    path: new RegExp(`${order}/shipping_fulfillment$`),
    api: 'fulfillment',
    scopes: reading,
    carryOut: (call) => getShippingFulfillments(call.world, call.account, call.ids[0] ?? ''),
  },
  {
    name: 'getShippingFulfillment',
    method: 'GET',
    path: new RegExp(`${order}/shipping_fulfillment/([^/]+)$`),
    api: 'fulfillment',
    scopes: reading,
    carryOut: (call) => getShippingFulfillment(call.world, call.account, call.ids[0] ?? '', call.ids[1] ?? ''),
  },
  {
    name: 'createShippingFulfillment',
    method: 'POST',
    path: new RegExp(`${order}/shipping_fulfillment$`),
    api: 'fulfillment',
    scopes: ['/sell.fulfillment'],
    carryOut: (call) => createShippingFulfillment(call.world, call.account, call.ids[0] ?? '', call),
  },
  {
    name: 'bulkUpdatePriceQuantity',
    method: 'POST',
    path: /^\/sell\/inventory\/v1\/bulk_update_price_quantity$/,
    api: 'inventory',
    scopes: ['/sell.inventory'],
    carryOut: (call) => bulkUpdatePriceQuantity(call.account, call.text),
  },
  {
    name: 'getUserRateLimits',
    method: 'GET',
    path: new RegExp(`${analytics}/user_rate_limit/?$`),
    api: 'analytics',
    scopes: ['/sell.inventory'],
    carryOut: (call) =>
      call.world.isOn('userQuotaIsEmpty') ? new Response(null, { status: 204 }) : quotaAnswer(call.world, call.appId, call.query),
  },
  {
    name: 'getRateLimits',
    method: 'GET',
    path: new RegExp(`${analytics}/rate_limit/?$`),
    api: 'analytics',
    scopes: [''],
    isOfApplication: true,
    carryOut: (call) => quotaAnswer(call.world, call.appId, call.query),
  },
]

async function answer(world: World, request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (url.pathname === '/oauth2/authorize' && request.method === 'GET') return answerConsent(world, url.searchParams)
  const text = await request.text()
  if (url.pathname === '/identity/v1/oauth2/token' && request.method === 'POST') return answerToken(world, request, text)
  const operation = operations.find((candidate) => candidate.method === request.method && candidate.path.test(url.pathname))
  if (!operation) return refuse(2002, url.pathname, 404)
  return answerOperation(world, operation, { request, url, text })
}

function answerToken(world: World, request: Request, text: string): Promise<Response> {
  const form = new URLSearchParams(text)
  const account = accountOfGrant(world, request, form)
  return withFaults({
    operation: 'token',
    faults: world.faults,
    now: () => world.options.now(),
    execute: () => {
      const response = answerGrant(world, request, form)
      log(account, { name: 'token', isWrite: false }, response.status)
      return response
    },
    refused: (status) => log(account, { name: 'token', isWrite: false }, status),
  })
}

function answerOperation(
  world: World,
  operation: Operation,
  { request, url, text }: { readonly request: Request; readonly url: URL; readonly text: string },
): Promise<Response> {
  const access = readAccess(world, request, operation)
  const ids = (operation.path.exec(url.pathname)?.slice(1) ?? []).map(decodeURIComponent)
  const subject = { name: operation.name, isWrite: request.method === 'POST', subject: ids[0] }
  return withFaults({
    operation: operation.name,
    faults: world.faults,
    now: () => world.options.now(),
    execute: (drawn) => {
      const contentType = request.headers.get('content-type') ?? ''
      const call = { world, appId: access.appId, query: url.searchParams, ids, text, contentType, drawn }
      const response = answerAdmitted(operation, access, call)
      log(access.account, subject, response.status)
      return response
    },
    refused: (status) => log(access.account, subject, status),
    throttled: () => ({ errors: [errorEntry(2001)] }),
    errorBody: () => ({ errors: [errorEntry(30500)] }),
  })
}

function answerAdmitted(operation: Operation, { account, appId, refusal }: Access, call: Omit<ApiCall, 'account'>): Response {
  if (refusal || !account) return refusal ?? refuse(1001, undefined, 401)
  return takeCall(call.world, appId, operation.api) ?? operation.carryOut({ ...call, account })
}

function log(
  account: Account | undefined,
  operation: { readonly name: string; readonly isWrite: boolean; readonly subject?: string | undefined },
  status: number,
): void {
  account?.log.add({
    operation: operation.name,
    isWrite: operation.isWrite,
    outcome: status >= 200 && status < 300 ? 'executed' : 'refused',
    status,
    ...(operation.subject === undefined ? {} : { subject: operation.subject }),
  })
}
