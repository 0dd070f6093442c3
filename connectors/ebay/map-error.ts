import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { Instant } from '../../core/value/instant.ts'
import { retryAfter } from '../shared/retry-after.ts'
import { errorsSchema, tokenErrorSchema } from './schema.ts'

/** What eBay answered, whatever the status. `json` is undefined when the body is not JSON. */
export interface EbayAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly json: unknown
}

/** For the text of an error: whose call it was and what it was to do. */
export interface CallSubject {
  readonly shop: string
  readonly account: string
  readonly action: string
}

export interface Refusal {
  readonly errorId: number
  readonly message: string
}

/** The entries of an error body, in eBay's order; empty when the body is none. */
export function refusalsOf(answer: EbayAnswer): readonly Refusal[] {
  const body = errorsSchema.safeParse(answer.json)
  if (!body.success) return []
  return body.data.errors.map((entry) => ({ errorId: entry.errorId, message: (entry.longMessage ?? entry.message ?? '').slice(0, 200) }))
}

/** `errorId` 2001 of domain ACCESS is the used-up quota, usually with status 429. */
export function isThrottled(answer: EbayAnswer): boolean {
  return answer.status === 429 || refusalsOf(answer).some((refusal) => refusal.errorId === 2001)
}

/** Quota, token or rights were refused, so that nothing was executed. 1100 is "insufficient permissions". */
export function isRefusedAccess(answer: EbayAnswer): boolean {
  return isThrottled(answer) || answer.status === 401 || refusalsOf(answer).some((refusal) => refusal.errorId === 1100)
}

/** A bound of the window lies in eBay's future: the clock of this machine runs ahead. */
export function isFuture(answer: EbayAnswer): boolean {
  return refusalsOf(answer).some((refusal) => refusal.errorId === 30850)
}

/** eBay has no such order: 404, or 400 with "invalid order ID". */
export function isOrderMissing(answer: EbayAnswer): boolean {
  return answer.status === 404 || refusalsOf(answer).some((refusal) => refusal.errorId === 32100)
}

/** The error for a read that was not answered with data, and for the refusals that are the same for every call. */
export function readFailure(answer: EbayAnswer, subject: CallSubject, now: Instant): SyncError {
  const [refusal] = refusalsOf(answer)
  const said = `eBay answered ${answer.status}${refusal ? ` (error ${refusal.errorId}: ${refusal.message})` : ''}`
  const what = `shop ${subject.shop}: could not ${subject.action}: ${said}`
  const context = { shop: subject.shop, status: answer.status, ...(refusal ? { errorId: refusal.errorId } : {}) }
  if (isThrottled(answer)) {
    const details = { code: 'ebay-quota-used-up', context, ...retryAfter(answer.headers, now) }
    return new SyncError('rate-limit', `${what}; the quota of the application is used up for now`, details)
  }
  if (isFuture(answer)) {
    return new SyncError('transient', `${what}; set the clock of this machine`, { code: 'ebay-clock-ahead', context })
  }
  if (answer.status === 401 || answer.status === 403) return accessRefused(subject, refusal, context)
  if (answer.status === 400 || answer.status === 404 || answer.status === 409) {
    return new SyncError('invalid-data', `${what}; look at the log of this call and report it`, { code: 'ebay-request-refused', context })
  }
  const code = answer.status >= 500 ? 'ebay-unavailable' : 'ebay-unreadable-answer'
  return new SyncError('transient', `${what}; it is tried again`, { code, context })
}

function accessRefused(subject: CallSubject, refusal: Refusal | undefined, context: Readonly<Record<string, unknown>>): SyncError {
  // 1100 is "insufficient permissions": a token without the selling scopes.
  const code = refusal?.errorId === 1100 ? 'ebay-scope-missing' : 'ebay-token-refused'
  const reason = code === 'ebay-scope-missing' ? 'the consent lacks the selling scopes' : 'eBay refuses the access token'
  return new SyncError(
    'auth',
    `shop ${subject.shop}: ${reason} (account ${subject.account}); give consent again with "npm run connect -- --shop ${subject.shop}"`,
    { code, context },
  )
}

/** Why a grant at the token endpoint gave no token. */
export function tokenFailure(answer: EbayAnswer, subject: CallSubject, now: Instant): SyncError {
  const body = tokenErrorSchema.safeParse(answer.json)
  if (!body.success || answer.status >= 500 || isThrottled(answer)) return readFailure(answer, subject, now)
  const advice: Readonly<Record<string, readonly [string, string]>> = {
    invalid_grant: ['ebay-consent-ended', `the seller's consent has ended; run "npm run connect -- --shop ${subject.shop}"`],
    invalid_client: ['ebay-keys-refused', 'eBay does not accept appId and certId; compare them with the production keyset'],
    invalid_scope: ['ebay-scope-missing', `the consent lacks the selling scopes; run "npm run connect -- --shop ${subject.shop}"`],
  }
  const [code, hint] = advice[body.data.error] ?? ['ebay-token-refused', `eBay said ${body.data.error}; check the keys and the consent`]
  return new SyncError('auth', `shop ${subject.shop} (account ${subject.account}): ${hint}`, { code, context: { error: body.data.error } })
}

/** Documented refusals after which nothing was written. Source: createShippingFulfillment, error table (read 2026-11-22). */
const definitive: Readonly<Record<number, string>> = {
  32100: 'ebay-order-unknown',
  32200: 'ebay-line-unknown',
  32210: 'ebay-line-twice',
  32300: 'ebay-tracking-refused',
  32400: 'ebay-seller-suspended',
  32500: 'ebay-ship-date-refused',
  32600: 'ebay-input-refused',
  34100: 'ebay-too-many-packages',
  34200: 'ebay-programmes-mixed',
  34300: 'ebay-programme-lines',
}

/**
 * Reads the answer to createShippingFulfillment. 201 with a `Location` is the documented success. 409 and
 * 34500 ("use PUT", which is not published) may mean that the number stands already: unknown, to be read back.
 */
export function shipmentOutcome(answer: EbayAnswer, subject: CallSubject, now: Instant): WriteOutcome {
  const refusals = refusalsOf(answer)
  if (answer.status === 201) return created(answer)
  if (isRefusedAccess(answer)) throw readFailure(answer, subject, now)
  const known = refusals.find((refusal) => definitive[refusal.errorId] !== undefined)
  if (answer.status === 400 && known && !refusals.some((refusal) => refusal.errorId === 34500)) {
    return { result: 'rejected', code: definitive[known.errorId] ?? 'ebay-input-refused', message: `${known.message} (${known.errorId})` }
  }
  const conflict = answer.status === 409 || refusals.some((refusal) => refusal.errorId === 34500)
  return {
    result: 'unknown',
    code: conflict ? 'ebay-shipment-conflict' : 'ebay-outcome-unknown',
    message: `eBay answered ${answer.status} ${refusals.map((refusal) => `${refusal.errorId} ${refusal.message}`).join('; ')}`.trim(),
  }
}

function created(answer: EbayAnswer): WriteOutcome {
  const remoteId = lastSegment(answer.headers['location'])
  if (remoteId) return { result: 'confirmed', remoteId }
  return { result: 'unknown', code: 'ebay-location-missing', message: 'eBay answered 201 without the Location of the shipment' }
}

/** The id at the end of a URI of eBay's. */
export function lastSegment(uri: string | undefined): string | undefined {
  const segment = uri?.split('?')[0]?.split('/').filter(Boolean).at(-1)
  if (segment === undefined) return undefined
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    // A stray percent sign: the segment as it stands is still the best name there is.
    if (error instanceof URIError) return segment
    throw error
  }
}
