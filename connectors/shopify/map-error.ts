import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { HttpResponse } from '../../core/ports/transport.ts'
import type { Instant } from '../../core/value/instant.ts'
import { parseJson } from '../shared/parse-json.ts'
import { retryAfter } from '../shared/retry-after.ts'
import { type GraphqlError, grantRefusalShape, type QueryCost } from './schema.ts'

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
 * Fields that Shopify may keep from an app while it gives the rest: personal data (level 2), and products,
 * locations and payments without their scopes. Source: https://shopify.dev/docs/apps/launch/protected-customer-data (read 2026-11-22).
 */
const personalFields = new Set(['shippingAddress', 'destination', 'email', 'phone', 'note'])
const sparedFields = new Set(['variant', 'product', 'location', 'transactions', ...personalFields])

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

/** Codes of what is refused before anything runs; those of a document's own mistakes are in camel case. */
const refusedUnexecuted = /^([a-z]+[A-Z][A-Za-z]*|INVALID_VARIABLE|BAD_REQUEST|MAX_COST_EXCEEDED)$/

/** A request that fails Shopify's checks has no data at all; an error while executing leaves a data object. */
function neverExecuted(answer: GraphqlAnswer, { context }: SyncError): boolean {
  return answer.kind === 'graphql' && !answer.data && refusedUnexecuted.test(String(context['vendorCode']))
}

/** What a person must settle before anything works again. */
const closedDoors: Readonly<Record<number, readonly [code: string, says: string]>> = {
  401: ['shopify-token-refused', 'refuses the access token; install the app again or renew its token'],
  402: ['shopify-shop-frozen', 'is frozen until its plan is paid'],
  403: ['shopify-forbidden', 'forbids access; check that the app is installed there and has its scopes'],
  404: ['shopify-shop-unknown', 'does not exist or hides the Admin API; check settings.shop and apiVersion'],
  423: ['shopify-shop-locked', "is locked; ask Shopify's support why"],
}

/** 409 and 430 (a request that looked malicious, often by its address) pass like failures of the server. */
const passing = new Set([408, 409, 430])

/** Statuses: https://shopify.dev/docs/api/usage/response-codes (read 2026-11-24). */
function httpError({ status, headers }: HttpResponse, place: ErrorPlace): SyncError {
  const wait = retryAfter(headers, place.now)
  if (status === 429) return new SyncError('rate-limit', `${place.host} asks to slow down`, { code: 'shopify-throttled', ...wait })
  const door = closedDoors[status]
  if (door) return authError(door[0], `${place.host} ${door[1]}`, place)
  if (status >= 500 || passing.has(status)) {
    return new SyncError('transient', `${place.host} is not available (${status})`, { code: 'shopify-unavailable', ...wait })
  }
  const details = { code: 'shopify-query-refused', context: { status } }
  return new SyncError('invalid-data', `${place.host} refused a request (${status})`, details)
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
    default: {
      // A mistake in the query, too many points, or a page token that is no good any more.
      const code = error.code === 'MAX_COST_EXCEEDED' ? 'shopify-query-too-costly' : 'shopify-query-refused'
      const details = { code, context: { vendorCode: error.code } }
      return new SyncError('invalid-data', `${place.host} refused a query: ${error.message}`, details)
    }
  }
}

/** What the token endpoint means by its words; for others a person finds the words in the message. */
const grantRefusals: Readonly<Record<string, string>> = {
  invalid_client: 'refuses clientSecret; put the current secret of the app into its settings',
  application_cannot_be_found: 'knows no app with this clientId',
  app_not_installed: 'has not installed the app (any more); install it there',
  shop_not_permitted: 'belongs to another organization than the app; set redirectUri and connect it by consent',
  invalid_grant: 'refuses the refresh token or the code as spent or past its time; run npm run connect and give consent again',
}

/**
 * The token endpoint's refusal.
 * Source: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant (read 2026-11-24).
 */
export function grantError(response: HttpResponse, place: ErrorPlace): SyncError {
  const { status } = response
  if (status === 402 || status === 423 || status === 429 || status >= 500) return httpError(response, place)
  if (status === 200) return transient('shopify-answer-unreadable', `${place.host} answered the token request without a token`)
  const word = grantRefusalShape.safeParse(parseJson(response.body)).data?.error
  const says = grantRefusals[word ?? ''] ?? `refuses clientId and clientSecret (${word ?? status}); check them and the installation`
  return authError('shopify-credentials-refused', `${place.host} ${says}`, place)
}

/** There is no refresh token to begin with. */
export function notConnected(place: ErrorPlace): SyncError {
  const message = `${place.host} has not given its consent; run npm run connect -- --shop ${place.shopId}`
  return authError('shopify-not-connected', message, place)
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
