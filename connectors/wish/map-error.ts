import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import { defined } from '../shared/defined.ts'
import type { WishSettings } from './settings.ts'

/** One answer of Wish: the HTTP status and the `code` and `message` of its envelope. */
export interface WishAnswer {
  readonly status: number
  /** Undefined when the body was not the documented envelope. */
  readonly code: number | undefined
  readonly message: string
  readonly data: unknown
  readonly exactData: unknown
  /** The id that Wish asks for when one needs help. */
  readonly requestId: string | undefined
}

/** Whose answer it was, for messages. */
export interface WishCaller {
  /** Undefined while a shop is being connected. */
  readonly shop?: string
  /** The merchant, where the settings name it, or the app. */
  readonly account: string
  readonly doing: string
}

export function callerOf(settings: WishSettings, doing: string, shop?: string): WishCaller {
  const account = settings.merchantId === undefined ? `app ${settings.clientId}` : `merchant ${settings.merchantId}`
  return { ...defined({ shop }), account, doing }
}

/** Success is `code` 0 and nothing else. Source: Wish Marketplace V3 API 3.0.65, "Response Schema" (read 2026-11-22). */
export function isSuccess(answer: WishAnswer): boolean {
  return answer.status < 300 && answer.code === 0
}

type Meaning = readonly [kind: 'auth' | 'config' | 'transient', code: string, advice: string]

const noToken: Meaning = ['auth', 'wish-token-refused', 'Wish did not see an access token: run "CONNECT"']
const unreadable: Meaning = ['transient', 'wish-unreadable-answer', 'the answer of Wish is not in its documented form; it is tried again']
const undocumented: Meaning = [
  'transient',
  'wish-unknown-code',
  'this code of Wish is not documented; it is tried again, look at what it says',
]

/**
 * What the codes mean. All but 1012 (seen in an answer) are in the API's document; those of kind `config` refuse the one
 * request, the others concern the account.
 */
const meanings: Readonly<Record<number, Meaning>> = {
  1001: ['config', 'wish-bad-parameter', 'Wish refused the request; look at the settings of this shop'],
  1002: ['auth', 'wish-account-disabled', 'Wish has disabled the merchant account: ask Wish why'],
  1006: ['auth', 'wish-scope-missing', 'the app may not use this part of the API: give it the scopes of the README, then run "CONNECT"'],
  1007: ['auth', 'wish-token-refused', 'the access token stays expired: run "CONNECT"'],
  1008: ['auth', 'wish-token-refused', 'access was withdrawn: run "CONNECT"'],
  1012: noToken,
  10001: [
    'auth',
    'wish-credentials-wrong',
    'Wish does not know clientId and clientSecret (or redirectUri): enter those that the app has now in shops.yaml',
  ],
  10002: ['auth', 'wish-code-used', 'the consent code was used before: run "CONNECT" for a new one'],
  10004: ['auth', 'wish-code-expired', 'the consent code has expired (it lives 5 minutes): run "CONNECT" for a new one'],
  10008: ['auth', 'wish-code-wrong', 'the consent code is wrong: run "CONNECT" for a new one'],
  90001: ['config', 'wish-refused', 'Wish refused the request; look at the settings of this shop'],
}

function meaningOf({ status, code }: WishAnswer): Meaning {
  if (status >= 500 || code === 0) return unreadable
  const known = code === undefined ? undefined : meanings[code]
  return known ?? (status === 401 ? noToken : code === undefined ? unreadable : undocumented)
}

/** Expired, or revoked, which any refresh does to earlier tokens. */
export function isTokenRefused(answer: WishAnswer): boolean {
  return meaningOf(answer)[1] === 'wish-token-refused'
}

export function limitError(answer: WishAnswer, caller: WishCaller, waitMs?: number): SyncError {
  return new SyncError('rate-limit', `${placeOf(caller)}: too many calls for this merchant and app; waiting`, {
    code: 'wish-rate-limit',
    context: { shop: caller.shop, requestId: answer.requestId },
    ...defined({ retryAfterMs: waitMs }),
  })
}

/** Nobody has consented yet. */
export function notConnected(caller: WishCaller): SyncError {
  const message = `${placeOf(caller)}: not connected yet: run "${connectCommand(caller)}"`
  return new SyncError('auth', message, { code: 'wish-not-connected', context: { shop: caller.shop } })
}

/** The error of a failed read, or of any call that an account problem stopped. */
export function errorOf(answer: WishAnswer, caller: WishCaller): SyncError {
  if (answer.status === 429) return limitError(answer, caller)
  const [kind, code, advice] = meaningOf(answer)
  // The words about a refused grant might repeat its secrets.
  const said = kind === 'auth' ? '' : ` (${saidBy(answer)})`
  const message = `${placeOf(caller)}: ${advice.replace('CONNECT', connectCommand(caller))}${said}`
  const { status, requestId } = answer
  return new SyncError(kind, message, { code, context: { shop: caller.shop, status, wishCode: answer.code, requestId } })
}

function placeOf({ shop, account, doing }: WishCaller): string {
  return shop === undefined ? `Wish ${account}, ${doing}` : `shop ${shop} (Wish ${account}), ${doing}`
}

function connectCommand({ shop }: WishCaller): string {
  return `npm run connect -- --shop ${shop ?? 'ID'}`
}

/**
 * What became of a write that did not succeed. Rejected only where the document says so; a code that it does
 * not list may have come after the work was done. Throws `auth` when the account was refused: nothing was done then.
 */
export function outcomeOfFailure(answer: WishAnswer, caller: WishCaller): WriteOutcome {
  const [kind, code] = meaningOf(answer)
  if (kind === 'auth') throw errorOf(answer, caller)
  if (kind === 'config') return { result: 'rejected', code, message: saidBy(answer) }
  return { result: 'unknown', code: 'wish-unknown-answer', message: `${caller.doing}: ${saidBy(answer)}` }
}

/** The platform's words, short; `Accept-Language: en` is always sent. */
function saidBy(answer: WishAnswer): string {
  const { status, code, requestId } = answer
  const facts = [`HTTP ${status}`, code !== undefined && `code ${code}`, requestId !== undefined && `request ${requestId}`]
  const message = answer.message.slice(0, 200)
  return `${facts.filter(Boolean).join(', ')}${message === '' ? '' : `: ${message}`}`
}
