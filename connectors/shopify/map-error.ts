import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { CallContext } from '../../core/ports/connector.ts'
import type { HttpResponse } from '../../core/ports/transport.ts'
import type { Instant } from '../../core/value/instant.ts'
import { parseJson } from '../shared/parse-json.ts'
import { retryAfter } from '../shared/retry-after.ts'
import { outcomeOfError, rejected } from '../shared/write-outcome.ts'
import { type GraphqlBody, type GraphqlError, grantRefusalShape, type QueryCost } from './schema.ts'

/** Which shop an error is about, and when. */
export interface ErrorPlace {
  readonly shopId: string
  readonly host: string
  readonly now: Instant
}

/** What a person must settle before anything works again, by the status of the answer or the code of its error. */
const closedDoors: Readonly<Record<string, readonly [code: string, says: string]>> = {
  401: ['shopify-token-refused', 'refuses the access token; install the app again or renew its token'],
  402: ['shopify-shop-frozen', 'is frozen until its plan is paid'],
  403: ['shopify-forbidden', 'forbids access; check that the app is installed there and has its scopes'],
  404: ['shopify-shop-unknown', 'does not exist or hides the Admin API; check settings.shop and apiVersion'],
  423: ['shopify-shop-locked', "is locked; ask Shopify's support why"],
  SHOP_INACTIVE: ['shopify-shop-inactive', 'is not active'],
}

/** 409 and 430 (a request that looked malicious, often by its address) pass like failures of the server. */
const passing = new Set([408, 409, 430])

/** The error that an answer without GraphQL is. Statuses: https://shopify.dev/docs/api/usage/response-codes (read 2026-11-24). */
export function httpError({ status, headers }: HttpResponse, place: ErrorPlace): SyncError {
  const { host } = place
  const wait = retryAfter(headers, place.now)
  const door = closedDoors[status]
  if (door) return authError(door[0], `${host} ${door[1]}`, place)
  if (status === 429) return new SyncError('rate-limit', `${host} asks to slow down`, { code: 'shopify-throttled', ...wait })
  if (status === 200) return transient('shopify-answer-unreadable', `${host} answered with something else than GraphQL`)
  if (status >= 500 || passing.has(status)) {
    return new SyncError('transient', `${host} is not available (${status})`, { code: 'shopify-unavailable', ...wait })
  }
  const details = { code: 'shopify-query-refused', context: { status, neverRan: status === 400 } }
  return new SyncError('invalid-data', `${host} refused a request (${status})`, details)
}

/**
 * Fields that Shopify may keep from an app while it gives the rest: personal data (level 2), and products,
 * locations and payments without their scopes. Source: https://shopify.dev/docs/apps/launch/protected-customer-data (read 2026-11-22).
 */
const personalFields = new Set(['shippingAddress', 'destination', 'email', 'phone', 'note'])
const sparedFields = new Set(['variant', 'product', 'location', 'transactions', ...personalFields])

/** Whether an answer kept personal data back. */
export function withholdsPersonal({ errors }: GraphqlBody): boolean {
  return errors.some((error) => isWithheld(error, personalFields))
}

function isWithheld({ path, extensions }: GraphqlError, fields: ReadonlySet<string>): boolean {
  return extensions?.code === 'ACCESS_DENIED' && path.some((step) => fields.has(String(step)))
}

/** Codes of what is refused before anything runs; those of a document's own mistakes are in camel case. */
const refusedUnexecuted = /^([a-z]+[A-Z][A-Za-z]*|INVALID_VARIABLE|BAD_REQUEST|MAX_COST_EXCEEDED|MAX_INPUT_SIZE_EXCEEDED)$/

/** Codes that concern the request as a whole wherever they stand. */
const codesOfAll = new Set([...Object.keys(closedDoors), 'THROTTLED', 'ACCESS_DENIED'])

/** How many steps of a path name one record of a page, by the field it begins with. In other answers nothing may fail alone. */
const stepsToRecord: Readonly<Record<string, number>> = { orders: 3, fulfillmentOrders: 3, nodes: 2 }

/** The place in its page of the record that an error concerns alone. */
function recordOf({ path, extensions }: GraphqlError, { data }: GraphqlBody): number | undefined {
  const step = path[(stepsToRecord[path[0] ?? ''] ?? 0) - 1]
  return data && typeof step === 'number' && !codesOfAll.has(extensions?.code ?? '') ? step : undefined
}

/** Why records of a page are not whole, by their places in it. */
export function failedRecords(body: GraphqlBody): ReadonlyMap<number, SyncError> {
  const failures = body.errors.map((error) => [recordOf(error, body), failureInside(error, 'invalid-data')] as const)
  return new Map(failures.flatMap(([record, failure]) => (record === undefined ? [] : [[record, failure] as const])))
}

function failureInside({ path, message }: GraphqlError, kind: 'invalid-data' | 'transient'): SyncError {
  return new SyncError(kind, `Shopify failed inside (${path.join('.')}): ${message}`, { code: 'shopify-internal-error' })
}

/**
 * The error of a GraphQL answer, or undefined when its data can be used, in part at least.
 * Codes: https://shopify.dev/docs/api/admin-graphql (status and error codes, read 2026-11-22).
 */
export function graphqlError(body: GraphqlBody, place: ErrorPlace): SyncError | undefined {
  const { data, errors, extensions } = body
  const error = errors.find((candidate) => !isWithheld(candidate, sparedFields) && recordOf(candidate, body) === undefined)
  if (!error) return undefined
  const { host } = place
  const { code = 'none' } = error.extensions ?? {}
  const door = closedDoors[code]
  if (door) return authError(door[0], `${host} ${door[1]}`, place)
  if (code === 'THROTTLED') {
    const details = { code: 'shopify-throttled', retryAfterMs: waitForPoints(extensions?.cost) }
    return new SyncError('rate-limit', `${host} has no points left for this query`, details)
  }
  if (code === 'ACCESS_DENIED') {
    const what = error.path.filter((step) => typeof step === 'string').join('.') || 'a field'
    const says = error.message.slice(0, 300)
    return authError('shopify-scope-missing', `the app may not read or write ${what} on ${host}; Shopify says: ${says}`, place)
  }
  if (code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT') {
    // Within one order, or the rest of its lists, it concerns nothing else and must not keep the others from being read.
    return failureInside(error, error.path[0] === 'order' || error.path[0] === 'owner' ? 'invalid-data' : 'transient')
  }
  // A mistake in the query, too many points, or a page token that is no good any more.
  return new SyncError('invalid-data', `${host} refused a query: ${error.message}`, {
    code: code === 'MAX_COST_EXCEEDED' ? 'shopify-query-too-costly' : 'shopify-query-refused',
    // A request that fails Shopify's checks has no data at all; an error while executing leaves a data object.
    context: { vendorCode: code, neverRan: !data && refusedUnexecuted.test(code) },
  })
}

/** The wait follows from the points; the Retry-After of such an answer says nothing. */
function waitForPoints(cost: QueryCost | undefined): number {
  if (!cost || cost.throttleStatus.restoreRate <= 0) return 1_000
  const { currentlyAvailable, restoreRate } = cost.throttleStatus
  return Math.max(100, Math.ceil(((cost.requestedQueryCost - currentlyAvailable) / restoreRate) * 1_000))
}

/** What a write came to that ended in an error. Throws what is certain not to have been executed. */
export function outcomeOfWrite(error: unknown, call: CallContext): WriteOutcome {
  if (error instanceof SyncError && error.context['neverRan'] === true) {
    return rejected('shopify-request-refused', error.message)
  }
  return outcomeOfError(error, call)
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

function authError(code: string, message: string, { shopId, host }: ErrorPlace): SyncError {
  return new SyncError('auth', `shop ${shopId}: ${message}`, { code, context: { shop: shopId, host } })
}

function transient(code: string, message: string): SyncError {
  return new SyncError('transient', message, { code })
}
