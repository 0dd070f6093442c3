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
  readonly domain: string | undefined
  readonly message: string
}

/** The entries of an error body, in eBay's order; empty when the body is none. */
export function refusalsOf(answer: EbayAnswer): readonly Refusal[] {
  const body = errorsSchema.safeParse(answer.json)
  if (!body.success) return []
  return body.data.errors.map(({ errorId, domain, message, longMessage }) => {
    return { errorId, domain, message: (longMessage ?? message ?? '').slice(0, 200) }
  })
}

/** `errorId` 2001 of domain ACCESS is the used-up quota, usually with status 429. */
export function isThrottled(answer: EbayAnswer): boolean {
  return answer.status === 429 || refusalsOf(answer).some((refusal) => refusal.errorId === 2001)
}

/** Quota, token, rights or the seller as a whole were refused, so that nothing was executed. */
export function isRefusedAccess(answer: EbayAnswer): boolean {
  return isThrottled(answer) || answer.status === 401 || says(answer, insufficientPermissions) || says(answer, userSuspended)
}

const insufficientPermissions = 1100
const userSuspended = 32400
const systemError = 30500

function says(answer: EbayAnswer, errorId: number): boolean {
  return refusalsOf(answer).some((refusal) => refusal.errorId === errorId)
}

/** A bound of the window lies in eBay's future: the clock of this machine runs ahead. */
export function isFuture(answer: EbayAnswer): boolean {
  return says(answer, 30850)
}

/** The page is none of the window any more. */
export function isOffsetRefused(answer: EbayAnswer): boolean {
  return says(answer, 31000)
}

/** eBay has no such order: 404, or 400 with "invalid order ID". A 404 of the gateway (domain ACCESS) says nothing about an order. */
export function isOrderMissing(answer: EbayAnswer): boolean {
  const isGateway = refusalsOf(answer).some((refusal) => refusal.domain === 'ACCESS')
  return (answer.status === 404 && !isGateway) || says(answer, 32100)
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
  if (says(answer, userSuspended) || answer.status === 401 || answer.status === 403) return accessRefused(answer, subject, context)
  if ([400, 404, 409].includes(answer.status) && !says(answer, systemError)) {
    return new SyncError('invalid-data', `${what}; look at the log of this call and report it`, { code: 'ebay-request-refused', context })
  }
  const code = answer.status >= 500 ? 'ebay-unavailable' : 'ebay-unreadable-answer'
  return new SyncError('transient', `${what}; it is tried again`, { code, context })
}

function accessRefused(answer: EbayAnswer, subject: CallSubject, context: Readonly<Record<string, unknown>>): SyncError {
  const consent = `give consent again with "npm run connect -- --shop ${subject.shop}"`
  const [code, reason, advice] = says(answer, userSuspended)
    ? ['ebay-seller-suspended', 'eBay has suspended the seller', 'settle it with eBay; the work goes on by itself then']
    : says(answer, insufficientPermissions)
      ? ['ebay-scope-missing', 'the consent lacks the selling scopes', consent]
      : ['ebay-token-refused', 'eBay refuses the access token', consent]
  return new SyncError('auth', `shop ${subject.shop}: ${reason} (account ${subject.account}); ${advice}`, { code, context })
}

/** Refusals of the token endpoint that pass by themselves. Source: RFC 6749, section 4.1.2.1 (read 2026-11-24). */
const passing = ['server_error', 'temporarily_unavailable']

/** Why a grant at the token endpoint gave no token. */
export function tokenFailure(answer: EbayAnswer, subject: CallSubject, now: Instant): SyncError {
  const refused = tokenErrorSchema.safeParse(answer.json).data?.error
  const isPassing = refused !== undefined && passing.includes(refused)
  if (isPassing && answer.status === 400) return readFailure({ ...answer, status: 503 }, subject, now)
  if (refused === undefined || isPassing || answer.status >= 500 || isThrottled(answer)) return readFailure(answer, subject, now)
  const connect = `run "npm run connect -- --shop ${subject.shop}"`
  const keys = 'compare appId and certId with the production keyset; it must be enabled, and a certId that was replaced has ended'
  const advice: Readonly<Record<string, readonly [string, string]>> = {
    invalid_grant: ['ebay-consent-ended', `the seller's consent has ended, or was given to another keyset; ${connect}`],
    invalid_client: ['ebay-keys-refused', `eBay does not accept the keys: ${keys}`],
    unauthorized_client: ['ebay-keys-refused', `eBay does not know the application: ${keys}`],
    invalid_scope: ['ebay-scope-missing', `the consent lacks the selling scopes; ${connect}`],
  }
  const [code, hint] = advice[refused] ?? ['ebay-token-refused', `eBay said ${refused}; check the keys and the consent`]
  return new SyncError('auth', `shop ${subject.shop} (account ${subject.account}): ${hint}`, { code, context: { error: refused } })
}

/** Documented refusals after which nothing was written, and what to do. Source: createShippingFulfillment, error table (read 2026-11-22). */
const definitive: Readonly<Record<number, readonly [code: string, advice: string]>> = {
  32100: ['ebay-order-unknown', 'look whether the order is still in Seller Hub'],
  32200: ['ebay-line-unknown', 'read the order again with npm run resync'],
  32210: ['ebay-line-twice', 'report it'],
  32300: ['ebay-tracking-refused', 'eBay takes letters and digits only, and a carrier code of its own list: look at carriers.yaml'],
  32500: ['ebay-ship-date-refused', 'compare the hand-over time of the warehouse with the date of purchase'],
  32600: ['ebay-input-refused', 'compare lines and quantities with Seller Hub'],
  34100: ['ebay-too-many-packages', 'the order has as many tracking numbers as eBay takes'],
  34200: ['ebay-programmes-mixed', 'report lines of the shipping programme and others apart, in Seller Hub'],
  34300: ['ebay-programme-lines', 'report each line of the shipping programme by itself, in Seller Hub'],
}

/**
 * Reads the answer to createShippingFulfillment. 201 with a `Location` is the documented success. 409 and
 * 34500 ("use PUT", which is not published) may mean that the number stands already: unknown, to be read back.
 */
export function shipmentOutcome(answer: EbayAnswer, subject: CallSubject, now: Instant): WriteOutcome {
  const refusals = refusalsOf(answer)
  if (answer.status === 201) return created(answer)
  if (isRefusedAccess(answer)) throw readFailure(answer, subject, now)
  const known = refusals.find((refusal) => definitive[refusal.errorId])
  const [code, advice] = definitive[known?.errorId ?? 0] ?? []
  if (answer.status === 400 && known && code && !says(answer, 34500)) {
    return { result: 'rejected', code, message: `${known.message} (${known.errorId}); ${advice}` }
  }
  const conflict = answer.status === 409 || says(answer, 34500)
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
