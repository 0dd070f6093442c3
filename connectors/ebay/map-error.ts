import type { z } from 'zod'
import { type ErrorKind, SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import type { Instant } from '../../core/value/instant.ts'
import { retryAfter } from '../shared/retry-after.ts'
import { connectCommand } from '../shared/with-token.ts'
import { shipmentIdIn } from './map-shipment.ts'
import { refusalsSchema } from './schema.ts'

/** What eBay answered, whatever the status. `json` is undefined when the body is not JSON. */
export interface EbayAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly json: unknown
  readonly by: EbayCaller
}

/** For the text of an error: whose call it was, what it was to do, and when. */
export interface EbayCaller {
  readonly shop: string
  readonly account: string
  readonly action: string
  readonly now: Instant
}

export type Refusal = z.infer<typeof refusalsSchema>[number]
type Fits = (answer: EbayAnswer) => boolean

export function refusalsOf({ json }: EbayAnswer): readonly Refusal[] {
  return refusalsSchema.parse(json)
}

function says(...ids: readonly (number | string)[]): Fits {
  return (answer) => refusalsOf(answer).some(({ errorId }) => ids.includes(errorId))
}

function hasStatus(...statuses: readonly number[]): Fits {
  return ({ status }) => statuses.includes(status)
}

const isSuspended = says(32400)
const isPermissionMissing = says(1100, 'invalid_scope')
/** The page is none of the window any more. */
export const isOffsetRefused = says(31000)
/** A bound of the window lies in eBay's future: the clock of this machine runs ahead. */
export const isFuture = says(30850)
/** The used-up quota is `errorId` 2001 of domain ACCESS, usually with status 429. */
export const isThrottled: Fits = (answer) => answer.status === 429 || says(2001)(answer)

/** eBay has no such order: 404, or 400 with "invalid order ID". A 404 of the gateway (domain ACCESS) says nothing about an order. */
export const isOrderMissing: Fits = (answer) => {
  const isGateway = refusalsOf(answer).some(({ domain }) => domain === 'ACCESS')
  return (answer.status === 404 && !isGateway) || says(32100)(answer)
}

/** A word of the token endpoint. */
const isWord: Fits = (answer) => refusalsOf(answer).some(({ errorId }) => typeof errorId === 'string')

type Meaning = readonly [fits: Fits, kind: ErrorKind, code: string, advice: string]

/** What nothing else fits, and system errors, which may come with any status. */
const unreadable: Meaning = [says(30500), 'transient', 'ebay-unreadable-answer', 'it is tried again']

/**
 * What an answer without data means, the first that fits; words are those of the token endpoint. Sources: Fulfillment
 * API 1.20.7, error tables (read 2026-11-22); RFC 6749, section 4.1.2.1 (read 2026-11-24).
 */
function meaningsFor(shop: string): readonly Meaning[] {
  const connect = `run "${connectCommand(shop)}"`
  const keys = 'compare appId and certId with the production keyset; it must be enabled, and a certId that was replaced has ended'
  return [
    [isThrottled, 'rate-limit', 'ebay-quota-used-up', 'the quota of the application is used up for now'],
    [isFuture, 'transient', 'ebay-clock-ahead', 'set the clock of this machine'],
    [isSuspended, 'auth', 'ebay-seller-suspended', 'eBay has suspended the seller; settle it with eBay, then the work goes on by itself'],
    [({ status }) => status >= 500, 'transient', 'ebay-unavailable', 'it is tried again'],
    [says('server_error', 'temporarily_unavailable'), 'transient', 'ebay-unavailable', 'it is tried again'],
    [says('invalid_grant'), 'auth', 'ebay-consent-ended', `the seller's consent has ended, or was given to another keyset; ${connect}`],
    [says('invalid_client'), 'auth', 'ebay-keys-refused', `eBay does not accept the keys: ${keys}`],
    [says('unauthorized_client'), 'auth', 'ebay-keys-refused', `eBay does not know the application: ${keys}`],
    [isPermissionMissing, 'auth', 'ebay-scope-missing', `the consent lacks the selling scopes; ${connect}`],
    [isWord, 'auth', 'ebay-token-refused', 'check the keys and the consent'],
    [hasStatus(401, 403), 'auth', 'ebay-token-refused', `eBay refuses the access token; ${connect}`],
    unreadable,
    [hasStatus(400, 404, 409), 'invalid-data', 'ebay-request-refused', 'look at the log of this call and report it'],
  ]
}

/** The error for a call that was not answered with data, and for the refusals that are the same for every call. */
export function failureOf(answer: EbayAnswer): SyncError {
  const { shop, account, action, now } = answer.by
  const [, kind, code, advice] = meaningsFor(shop).find(([fits]) => fits(answer)) ?? unreadable
  const [refusal] = refusalsOf(answer)
  const context = { shop, status: answer.status, ...(refusal ? { errorId: refusal.errorId } : {}) }
  const message = `shop ${shop} (account ${account}): could not ${action}: ${said(answer)}; ${advice}`
  return new SyncError(kind, message, { code, context, ...(kind !== 'auth' && retryAfter(answer.headers, now)) })
}

function said(answer: EbayAnswer): string {
  const words = refusalsOf(answer).map(({ errorId, message }) => `${errorId} ${message}`.trim())
  return `eBay answered ${answer.status} ${words.join('; ')}`.trim()
}

/** Throws what a write is refused with before it is looked at: quota, token, rights, or the seller as a whole. */
export function checkAccess(answer: EbayAnswer): void {
  const isRefused = isThrottled(answer) || answer.status === 401 || isPermissionMissing(answer) || isSuspended(answer)
  if (isRefused) throw failureOf(answer)
}

/** What came of a write when the answer does not tell. */
export function unknownOutcome(answer: EbayAnswer, code = 'ebay-outcome-unknown'): WriteOutcome {
  return { result: 'unknown', code, message: said(answer) }
}

/** Documented refusals after which nothing was written, and what to do. Source: createShippingFulfillment, error table (read 2026-11-22). */
const definitive: Readonly<Record<number | string, readonly [code: string, advice: string]>> = {
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
export function shipmentOutcome(answer: EbayAnswer): WriteOutcome {
  if (answer.status === 201) {
    const remoteId = shipmentIdIn(answer.headers['location'])
    if (remoteId) return { result: 'confirmed', remoteId }
    return { result: 'unknown', code: 'ebay-location-missing', message: 'eBay answered 201 without the Location of the shipment' }
  }
  checkAccess(answer)
  if (answer.status === 409 || says(34500)(answer)) return unknownOutcome(answer, 'ebay-shipment-conflict')
  for (const { errorId, message } of answer.status === 400 ? refusalsOf(answer) : []) {
    const [code, advice] = definitive[errorId] ?? []
    if (code) return { result: 'rejected', code, message: `${message} (${errorId}); ${advice}` }
  }
  return unknownOutcome(answer)
}
