import { SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'

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

/** Whose answer it was, for messages: the shop and what was being done. */
export interface WishCaller {
  readonly shop: string
  readonly doing: string
}

/** Success is `code` 0 and nothing else. Source: Wish Marketplace V3 API 3.0.65, "Response Schema" (read 2026-11-22). */
export function isSuccess(answer: WishAnswer): boolean {
  return answer.status < 300 && answer.code === 0
}

/** 1007: the access token has expired. 1008: it was revoked, which any refresh does to earlier tokens. */
export function isTokenRefused(answer: WishAnswer): boolean {
  return answer.code === 1007 || answer.code === 1008 || (answer.status === 401 && answer.code !== 1002 && answer.code !== 1006)
}

/** Codes that mean a person must act on the account. All but 1012 (seen in an answer) are in the API's document. */
const accountProblems: Readonly<Record<number, readonly [code: string, advice: string]>> = {
  1002: ['wish-account-disabled', 'Wish has disabled the merchant account; ask Wish why'],
  1006: ['wish-scope-missing', 'the app may not use this part of the API; give it orders:read and orders:write and connect again'],
  1007: ['wish-token-refused', 'the access token stays expired; run `npm run connect` for this shop'],
  1008: ['wish-token-refused', 'access was withdrawn; run `npm run connect` for this shop'],
  1012: ['wish-token-refused', 'Wish did not see an access token; run `npm run connect` for this shop'],
  10002: ['wish-code-used', 'the consent code was used before; open the consent page again'],
  10004: ['wish-code-expired', 'the consent code has expired (it lives 5 minutes); open the consent page again'],
  10008: ['wish-code-wrong', 'the consent code is wrong; open the consent page again'],
}

/** Documented refusals of one request. */
const refusals: Readonly<Record<number, string>> = { 1001: 'wish-bad-parameter', 90001: 'wish-refused' }

export function limitError(answer: WishAnswer, { shop, doing }: WishCaller, waitMs?: number): SyncError {
  return new SyncError('rate-limit', `Wish shop "${shop}", ${doing}: too many calls for this merchant and app; waiting`, {
    code: 'wish-rate-limit',
    context: { shop, requestId: answer.requestId },
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  })
}

/** The error of a failed read, or of any call that an account problem stopped. */
export function errorOf(answer: WishAnswer, caller: WishCaller): SyncError {
  const where = `Wish shop "${caller.shop}", ${caller.doing}`
  const context = { shop: caller.shop, status: answer.status, wishCode: answer.code, requestId: answer.requestId }
  if (answer.status === 429) return limitError(answer, caller)
  const problem = accountProblem(answer)
  if (problem) return new SyncError('auth', `${where}: ${problem[1]}`, { code: problem[0], context })
  if (answer.code === 10001) {
    return new SyncError('config', `${where}: clientId, clientSecret or redirectUri is not what Wish knows; correct them in shops.yaml`, {
      code: 'wish-credentials-wrong',
      context,
    })
  }
  if (answer.status >= 500 || answer.code === undefined || answer.code === 0) {
    const said = answer.status < 400 ? 'sent an answer that is not its documented form' : `answered HTTP ${answer.status}`
    return new SyncError('transient', `${where}: Wish ${said}; it is tried again`, { code: 'wish-unreadable-answer', context })
  }
  return new SyncError('config', `${where}: Wish refused the request (${saidBy(answer)}); look at docs and settings of this shop`, {
    code: refusals[answer.code] ?? 'wish-unknown-code',
    context,
  })
}

function accountProblem(answer: WishAnswer): readonly [string, string] | undefined {
  const problem = answer.code === undefined ? undefined : accountProblems[answer.code]
  return problem ?? (isTokenRefused(answer) ? accountProblems[1012] : undefined)
}

/**
 * What became of a write that did not succeed. Rejected only where the document says so; a code that it does
 * not list may have come after the work was done. Throws `auth` when the account was refused: nothing was done then.
 */
export function outcomeOfFailure(answer: WishAnswer, caller: WishCaller): WriteOutcome {
  if (answer.status < 500 && accountProblem(answer)) throw errorOf(answer, caller)
  const refusal = answer.status < 500 && answer.code !== undefined ? refusals[answer.code] : undefined
  if (refusal) return { result: 'rejected', code: refusal, message: saidBy(answer) }
  return { result: 'unknown', code: 'wish-unknown-answer', message: `${caller.doing}: ${saidBy(answer)}` }
}

/** The platform's words, short; `Accept-Language: en` is always sent. */
function saidBy(answer: WishAnswer): string {
  const code = answer.code === undefined ? '' : `, code ${answer.code}`
  const message = answer.message.slice(0, 200)
  return `HTTP ${answer.status}${code}${message === '' ? '' : `: ${message}`}`
}
