import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { HttpResponse } from '../../core/ports/transport.ts'
import type { Instant } from '../../core/value/instant.ts'
import { parseJson } from '../shared/parse-json.ts'
import { retryAfter, retryAfterMs } from '../shared/retry-after.ts'
import { connectCommand } from '../shared/with-token.ts'
import { type Operation, rateLimits } from './rate-limits.ts'
import { errorAnswer, tokenRefusal } from './schema.ts'
import type { AmazonShop } from './settings.ts'

/** Code and text of the first error of an answer. Gateways answer with HTML at times; then both are empty. */
export function readFailure(response: HttpResponse): { readonly code: string; readonly message: string } {
  const first = errorAnswer.safeParse(parseJson(response.body)).data?.errors[0]
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

/** What an answer but 200 to a read means. Source: https://developer-docs.amazon.com/sp-api/docs/response-format (read 2026-11-22). */
export function readError(shop: AmazonShop, operation: Operation, response: HttpResponse, now: Instant): SyncError {
  const { status } = response
  const failure = readFailure(response)
  const said = `${status} ${failure.code} ${failure.message}`.trim()
  const context = { operation, status, amazonCode: failure.code, requestId: response.headers['x-amzn-requestid'] }
  if (status === 429) {
    const message = `shop ${shop.id}: Amazon's limit of ${operation} is used up; it is called again later`
    const wait = throttleMs(shop, operation, response, now)
    return new SyncError('rate-limit', message, { code: 'amazon-throttled', context, retryAfterMs: wait })
  }
  if (status === 401 || status === 403) {
    const { sellerId, region } = shop.settings
    const message =
      `shop ${shop.id}: Amazon denies ${operation} to the application for seller ${sellerId} in region ${region} (${said}); ` +
      `check region, marketplaces and the application's roles, then authorize it again: ${connectCommand(shop.id)}`
    return new SyncError('auth', message, { code: 'amazon-access-denied', context })
  }
  // A 400 on a read may be a fault at Amazon that heals by itself (selling-partner-api-models issue 5365, read 2026-11-22).
  const message = `shop ${shop.id}: Amazon answered ${operation} with ${said}; it is tried again`
  const code = readCodes[status] ?? 'amazon-unavailable'
  return new SyncError('transient', message, { code, context, ...retryAfter(response.headers, now) })
}

/** A 400 to a page token means that the list has to be begun again. */
export function isPageTokenRefused(error: unknown): boolean {
  return error instanceof SyncError && error.code === 'amazon-invalid-input'
}

/** Pages that bring the same again would be read without end (selling-partner-api-models issue 2297, read 2026-11-22). */
export function endlessPages(shop: AmazonShop, what: string): SyncError {
  return new SyncError('transient', `shop ${shop.id}: ${what} without end; it is tried again later`, { code: 'amazon-endless-pages' })
}

/** A Retry-After would be a stranger's: a gateway's, or a mistake. It is heeded up to here. */
const longestRetryAfterMs = 3_600_000

/** How long to leave an operation alone after a 429: by the documentation, the next token comes after 1/rate seconds. */
export function throttleMs(shop: AmazonShop, operation: Operation, response: HttpResponse, now: Instant): number {
  const configured = shop.limits[operation] ?? shop.limits['default'] ?? rateLimits[operation]
  const perSecond = headerRate(response) ?? configured.perSecond
  const asked = Math.min(longestRetryAfterMs, retryAfterMs(response.headers['retry-after'], now) ?? 0)
  return Math.max(asked, Math.ceil(1_000 / perSecond))
}

/** `x-amzn-RateLimit-Limit`: the rate of this account; absent on many answers. */
export function headerRate(response: HttpResponse): number | undefined {
  const rate = Number(response.headers['x-amzn-ratelimit-limit'])
  return Number.isFinite(rate) && rate > 0 ? rate : undefined
}

/** What Login with Amazon's refusal of a refresh token means; `error` as in RFC 6749, 5.2. */
export function tokenError(shop: AmazonShop, response: HttpResponse, now: Instant): SyncError {
  const { status } = response
  if (status === 429) return readError(shop, 'token', response, now)
  const error = tokenRefusal.safeParse(parseJson(response.body)).data?.error
  if (error === undefined || status < 400 || status >= 500) {
    const message = `shop ${shop.id}: Login with Amazon answered ${status} instead of a token; it is tried again`
    return new SyncError('transient', message, { code: 'amazon-token-unavailable', ...retryAfter(response.headers, now) })
  }
  const cure =
    error === 'invalid_client'
      ? 'the client secret is wrong or older than 180 days: put the present clientId and clientSecret into the configuration'
      : `the authorization was withdrawn or the refresh token is wrong: authorize the application again: ${connectCommand(shop.id)}`
  const message = `shop ${shop.id}: Amazon gives no token for seller ${shop.settings.sellerId} (${error}); ${cure}`
  return new SyncError('auth', message, { code: `amazon-${error.replaceAll('_', '-')}`, context: { error } })
}

/** Statuses by which a write is refused for good, when the answer has Amazon's own error form. */
const refusals: Readonly<Record<'confirmShipment' | 'patchListingsItem', typeof readCodes>> = {
  confirmShipment: { ...readCodes, 400: 'amazon-invalid-shipment', 404: 'amazon-order-not-found' },
  patchListingsItem: Object.fromEntries([400, 404, 413, 415].map((status) => [status, 'amazon-stock-refused'])),
}

/** What an answer to a write means that is no success: a refusal, or unknown. Throws `rate-limit` and `auth`. */
export function failedWrite(shop: AmazonShop, operation: keyof typeof refusals, response: HttpResponse, now: Instant): WriteOutcome {
  const { status } = response
  if (status === 429 || status === 401 || status === 403) throw readError(shop, operation, response, now)
  const failure = readFailure(response)
  const message = `${status} ${failure.code || "without Amazon's error form"}: ${failure.message}`
  const code = failure.code === '' ? undefined : refusals[operation][status]
  return code === undefined ? { result: 'unknown', code: 'amazon-unclear-answer', message } : { result: 'rejected', code, message }
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
 * What confirmShipment's answer means. 204 is the only success; that an order is already fulfilled is no refusal, as a
 * read must tell by whom. Throws `rate-limit` and `auth`.
 */
export function shipmentOutcome(shop: AmazonShop, response: HttpResponse, reference: string, now: Instant): WriteOutcome {
  if (response.status === 204) return { result: 'confirmed', remoteId: reference }
  const outcome = failedWrite(shop, 'confirmShipment', response, now)
  if (outcome.result !== 'rejected' || response.status !== 400) return outcome
  const { message } = outcome
  if (alreadyShipped.test(message)) return { result: 'unknown', code: 'amazon-already-fulfilled', message }
  const [, code, cure] = knownRefusals.find(([words]) => words.test(message)) ?? []
  return code === undefined ? outcome : { result: 'rejected', code, message: `${message}; ${cure}` }
}
