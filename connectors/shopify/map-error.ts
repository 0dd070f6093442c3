import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { HttpResponse } from '../../core/ports/transport.ts'
import type { Instant } from '../../core/value/instant.ts'
import { retryAfter } from '../shared/retry-after.ts'
import type { GraphqlError } from './schema.ts'

/** `extensions.cost` of an answer (https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits, read 2026-11-24). */
export interface QueryCost {
  readonly requested: number
  readonly available: number
  readonly maximum: number
  readonly restoreRate: number
}

/** What came back for one GraphQL request. `http`: another status than 200; `unreadable`: 200, but no GraphQL answer. */
export type GraphqlAnswer =
  | {
      readonly kind: 'graphql'
      readonly data: unknown
      readonly errors: readonly GraphqlError[]
      readonly cost: QueryCost | undefined
      readonly version: string | undefined
    }
  | { readonly kind: 'http'; readonly response: HttpResponse }
  | { readonly kind: 'unreadable'; readonly response: HttpResponse }

/** Which shop an error is about, and when. */
export interface ErrorPlace {
  readonly shopId: string
  readonly host: string
  readonly now: Instant
}

/**
 * Fields that Shopify may keep from an app while it gives the rest: personal data (level 2), and products
 * and locations without their scopes. Source: https://shopify.dev/docs/apps/launch/protected-customer-data (read 2026-11-22).
 */
const personalFields = new Set(['shippingAddress', 'destination', 'email', 'phone', 'note'])
const sparedFields = new Set(['variant', 'product', 'location', ...personalFields])

/** Whether an answer kept personal data back. */
export function withholdsPersonal(errors: readonly GraphqlError[]): boolean {
  return errors.some((error) => isWithheld(error) && error.path.some((step) => personalFields.has(String(step))))
}

function isWithheld(error: GraphqlError): boolean {
  return error.code === 'ACCESS_DENIED' && error.path.some((step) => sparedFields.has(String(step)))
}

/** The error of a read, or undefined when its data can be used, in part at least. */
export function readError(answer: GraphqlAnswer, place: ErrorPlace): SyncError | undefined {
  if (answer.kind === 'http') return httpError(answer.response, place)
  if (answer.kind === 'unreadable') return transient('shopify-answer-unreadable', `${place.host} answered with something else than GraphQL`)
  const error = answer.errors.find((candidate) => !isWithheld(candidate))
  return error && graphqlError(error, answer.cost, place)
}

/** The outcome of a write that did not succeed as documented. Throws what is certain not to have been executed. */
export function failedWrite(answer: GraphqlAnswer, place: ErrorPlace): WriteOutcome {
  if (answer.kind === 'unreadable') {
    return unknown('shopify-answer-unreadable', `${place.host} answered with something else than GraphQL`)
  }
  if (answer.kind === 'http' && answer.response.status === 400) {
    return { result: 'rejected', code: 'shopify-request-refused', message: `${place.host} refused the request as malformed (400)` }
  }
  const error = readError(answer, place)
  if (!error) return unknown('shopify-answer-incomplete', `${place.host} answered without a fulfillment and without a reason`)
  if (error.kind === 'auth' || error.kind === 'rate-limit') throw error
  if (neverExecuted(answer, error)) return { result: 'rejected', code: 'shopify-request-refused', message: error.message }
  return unknown(error.code, error.message)
}

/** A document that fails Shopify's checks has no data at all; an error while executing leaves a data object. */
function neverExecuted(answer: GraphqlAnswer, error: SyncError): boolean {
  return answer.kind === 'graphql' && (answer.data ?? undefined) === undefined && error.context['vendorCode'] !== undefined
}

/** Statuses: https://shopify.dev/docs/api/usage/response-codes (read 2026-11-22). */
function httpError(response: HttpResponse, place: ErrorPlace): SyncError {
  const { status } = response
  if (status === 429) {
    const details = { code: 'shopify-throttled', ...retryAfter(response.headers, place.now) }
    return new SyncError('rate-limit', `${place.host} asks to slow down`, details)
  }
  if (status === 401) {
    return authError('shopify-token-refused', `${place.host} refuses the access token; install the app again or renew its token`, place)
  }
  if (status === 402) return authError('shopify-shop-frozen', `${place.host} is frozen until its plan is paid`, place)
  if (status === 403) return authError('shopify-forbidden', `${place.host} forbids access; check that the app is installed there`, place)
  if (status === 404) {
    return authError(
      'shopify-shop-unknown',
      `${place.host} does not exist or hides the Admin API; check settings.shop and apiVersion`,
      place,
    )
  }
  if (status === 423) return authError('shopify-shop-locked', `${place.host} is locked; ask Shopify's support why`, place)
  if (status >= 500) {
    const details = { code: 'shopify-unavailable', ...retryAfter(response.headers, place.now) }
    return new SyncError('transient', `${place.host} is not available (${status})`, details)
  }
  return new SyncError('invalid-data', `${place.host} refused a request (${status})`, {
    code: 'shopify-query-refused',
    context: { status },
  })
}

/** Codes: https://shopify.dev/docs/api/admin-graphql (status and error codes, read 2026-11-22). */
function graphqlError(error: GraphqlError, cost: QueryCost | undefined, place: ErrorPlace): SyncError {
  switch (error.code) {
    case 'THROTTLED': {
      // The wait follows from the points; the Retry-After of such an answer says nothing.
      const wait = cost && cost.restoreRate > 0 ? Math.ceil(((cost.requested - cost.available) / cost.restoreRate) * 1_000) : 1_000
      return new SyncError('rate-limit', `${place.host} has no points left for this query`, {
        code: 'shopify-throttled',
        retryAfterMs: Math.max(wait, 100),
      })
    }
    case 'ACCESS_DENIED': {
      const needed = error.requiredAccess === undefined ? '' : `: it needs ${error.requiredAccess}`
      const what = error.path.filter((step) => typeof step === 'string').join('.') || 'a field'
      return authError('shopify-scope-missing', `the app may not read or write ${what} on ${place.host}${needed}`, place)
    }
    case 'SHOP_INACTIVE':
      return authError('shopify-shop-inactive', `${place.host} is not active`, place)
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return transient('shopify-internal-error', `${place.host} failed inside: ${error.message}`)
    default:
      return refused(error, place)
  }
}

/** A query that Shopify does not carry out: a mistake in it, too many points, or a page token that is no good any more. */
function refused(error: GraphqlError, place: ErrorPlace): SyncError {
  const code = error.code === 'MAX_COST_EXCEEDED' ? 'shopify-query-too-costly' : 'shopify-query-refused'
  return new SyncError('invalid-data', `${place.host} refused a query: ${error.message}`, { code, context: { vendorCode: error.code } })
}

/** The token endpoint's refusal (https://shopify.dev/docs/apps/build/authentication-authorization, client credentials grant, read 2026-11-22). */
export function grantError(response: HttpResponse, place: ErrorPlace): SyncError {
  const { status } = response
  if (status === 429 || status >= 500) return httpError(response, place)
  if (status === 200) return transient('shopify-answer-unreadable', `${place.host} answered the token request without a token`)
  return authError(
    'shopify-credentials-refused',
    `${place.host} refuses clientId and clientSecret (${status}); check them and the installation`,
    place,
  )
}

function authError(code: string, message: string, place: ErrorPlace): SyncError {
  return new SyncError('auth', `shop ${place.shopId}: ${message}`, { code, context: { shop: place.shopId, host: place.host } })
}

function transient(code: string, message: string): SyncError {
  return new SyncError('transient', message, { code })
}

function unknown(code: string, message: string): WriteOutcome {
  return { result: 'unknown', code, message }
}
