import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { HttpResponse } from '../../core/ports/transport.ts'
import type { Instant } from '../../core/value/instant.ts'
import { parseJson } from '../shared/parse-json.ts'
import { retryAfter, retryAfterMs } from '../shared/retry-after.ts'
import { type Operation, rateLimits } from './rate-limits.ts'
import { errorAnswer, tokenRefusal } from './schema.ts'
import type { AmazonShop } from './settings.ts'

export interface AmazonFailure {
  /** Amazon's code, such as InvalidInput; empty when the body is not in Amazon's error form. */
  readonly code: string
  readonly message: string
}

/** The first error of an answer. Gateways answer with HTML at times; then code and message are empty. */
export function readFailure(response: HttpResponse): AmazonFailure {
  const parsed = errorAnswer.safeParse(parseJson(response.body))
  const first = parsed.success ? parsed.data.errors[0] : undefined
  const message = [first?.message, first?.details].filter(Boolean).join(' ')
  return { code: first?.code ?? '', message: message.slice(0, 300) }
}

/** Amazon says 403 for a token that has expired, too; the text tells them apart. */
export function saysTokenExpired(response: HttpResponse): boolean {
  return response.status === 401 || (response.status === 403 && /expired|revoked|invalid.*token/i.test(readFailure(response).message))
}

const readCodes: Readonly<Record<number, string>> = {
  400: 'amazon-invalid-input',
  404: 'amazon-not-found',
  413: 'amazon-request-refused',
  415: 'amazon-request-refused',
}

/** What a read that did not answer 200 means. Source: https://developer-docs.amazon.com/sp-api/docs/response-format (read 2026-11-22). */
export function readError(shop: AmazonShop, operation: Operation, response: HttpResponse, now: Instant): SyncError {
  const { status } = response
  if (status === 429) return throttled(shop, operation, response, now)
  if (status === 401 || status === 403) return denied(shop, operation, response)
  const failure = readFailure(response)
  const context = { operation, status, amazonCode: failure.code, requestId: response.headers['x-amzn-requestid'] }
  // A 400 on a read may be a fault at Amazon that heals by itself (selling-partner-api-models issue 5365, read 2026-11-22).
  const message = `shop ${shop.id}: Amazon answered ${operation} with ${status} ${failure.code} ${failure.message}`.trim()
  const code = readCodes[status] ?? 'amazon-unavailable'
  return new SyncError('transient', `${message}; it is tried again`, { code, context, ...retryAfter(response.headers, now) })
}

/** There is no Retry-After by the documentation: the next token comes after 1/rate seconds. */
function throttled(shop: AmazonShop, operation: Operation, response: HttpResponse, now: Instant): SyncError {
  return new SyncError('rate-limit', `shop ${shop.id}: Amazon's limit of ${operation} is used up; it is called again later`, {
    code: 'amazon-throttled',
    context: { operation },
    retryAfterMs: throttleMs(shop, operation, response, now),
  })
}

/** A Retry-After would be a stranger's: a gateway's, or a mistake. It is heeded up to here. */
const longestRetryAfterMs = 3_600_000

/** How long to leave an operation alone after a 429. */
export function throttleMs(shop: AmazonShop, operation: Operation, response: HttpResponse, now: Instant): number {
  const configured = shop.limits[operation] ?? shop.limits['default'] ?? rateLimits[operation]
  const perSecond = headerRate(response) ?? configured.perSecond
  const asked = Math.min(longestRetryAfterMs, retryAfterMs(response.headers['retry-after'], now) ?? 0)
  return Math.max(asked, Math.ceil(1_000 / perSecond))
}

/** `x-amzn-RateLimit-Limit`: the rate of this account; absent on many answers. */
export function headerRate(response: HttpResponse): number | undefined {
  const rate = Number(response.headers['x-amzn-ratelimit-limit'] ?? Number.NaN)
  return Number.isFinite(rate) && rate > 0 ? rate : undefined
}

function denied(shop: AmazonShop, operation: Operation, response: HttpResponse): SyncError {
  const failure = readFailure(response)
  const seller = shop.settings.sellerId
  const message =
    `shop ${shop.id}: Amazon denies ${operation} to the application for seller ${seller} in region ${shop.settings.region} ` +
    `(${response.status} ${failure.code} ${failure.message}); check region, marketplaces and the application's roles, then authorize it again: npm run connect -- --shop ${shop.id}`
  const context = { operation, status: response.status, requestId: response.headers['x-amzn-requestid'] }
  return new SyncError('auth', message, { code: 'amazon-access-denied', context })
}

/** What Login with Amazon's refusal of a refresh token means; `error` as in RFC 6749, 5.2. */
export function tokenError(shop: AmazonShop, response: HttpResponse, now: Instant): SyncError {
  const parsed = tokenRefusal.safeParse(parseJson(response.body))
  const isRefusal = response.status >= 400 && response.status < 500 && response.status !== 429
  if (!isRefusal || !parsed.success) {
    if (response.status === 429) return throttled(shop, 'token', response, now)
    const message = `shop ${shop.id}: Login with Amazon answered ${response.status} instead of a token; it is tried again`
    return new SyncError('transient', message, { code: 'amazon-token-unavailable', ...retryAfter(response.headers, now) })
  }
  const { error } = parsed.data
  const cure =
    error === 'invalid_client'
      ? 'the client secret is wrong or older than 180 days: put the present clientId and clientSecret into the configuration'
      : `the authorization was withdrawn or the refresh token is wrong: authorize the application again: npm run connect -- --shop ${shop.id}`
  const message = `shop ${shop.id}: Amazon gives no token for seller ${shop.settings.sellerId} (${error}); ${cure}`
  return new SyncError('auth', message, { code: `amazon-${error.replaceAll('_', '-')}`, context: { error } })
}

/** Texts by which Amazon says that the order is already shipped: selling-partner-api-models issue 5037 (read 2026-11-22). */
const alreadyShipped = /PackageToUpdateNotFound|failed to create package|already (been )?(fulfilled|shipped)/i

/** Refusals whose cause is known, with our code and what the operator does. */
const knownRefusals: readonly (readonly [RegExp, string, string])[] = [
  [/transparency/i, 'amazon-transparency-codes-missing', 'confirm it in Seller Central with the code of every unit, then release the hold'],
  [/ship ?\+|ship_?plus/i, 'amazon-records-itself', 'Amazon records shipments of this program itself: release the hold'],
  [
    /carrier|tracking/i,
    'amazon-carrier-refused',
    "compare number and carriers.yaml with Amazon's list of carriers for the marketplace, then retry",
  ],
]

/**
 * What confirmShipment's answer means. 204 is the only success; a 400 or 404 in Amazon's own error form is a refusal,
 * except for an order that is already fulfilled, where a read must tell by whom. Throws `rate-limit` and `auth`.
 */
export function shipmentOutcome(shop: AmazonShop, response: HttpResponse, reference: string, now: Instant): WriteOutcome {
  const { status } = response
  if (status === 204) return { result: 'confirmed', remoteId: reference }
  if (status === 429) throw throttled(shop, 'confirmShipment', response, now)
  if (status === 401 || status === 403) throw denied(shop, 'confirmShipment', response)
  const failure = readFailure(response)
  const message = `${status} ${failure.code}: ${failure.message}`
  if (failure.code === '')
    return { result: 'unknown', code: 'amazon-unclear-answer', message: `status ${status} without Amazon's error form` }
  if (status === 400 && alreadyShipped.test(message)) return { result: 'unknown', code: 'amazon-already-fulfilled', message }
  if (status === 404) return { result: 'rejected', code: 'amazon-order-not-found', message }
  if (status === 400) {
    const [, code = 'amazon-invalid-shipment', cure] = knownRefusals.find(([words]) => words.test(failure.message)) ?? []
    return { result: 'rejected', code, message: cure === undefined ? message : `${message}; ${cure}` }
  }
  if (status === 413 || status === 415) return { result: 'rejected', code: 'amazon-request-refused', message }
  return { result: 'unknown', code: 'amazon-unclear-answer', message }
}
