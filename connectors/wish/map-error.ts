import type { ZodType } from 'zod'
import { type ErrorKind, SyncError } from '../../core/errors.ts'
import type { WriteOutcome } from '../../core/model/effect.ts'
import { defined } from '../shared/defined.ts'
import { connectCommand } from '../shared/with-token.ts'
import type { WishAnswer } from './schema.ts'

/** Success is `code` 0 and nothing else. Source: Wish Marketplace V3 API 3.0.65, "Response Schema" (read 2026-11-22). */
export function isSuccess(answer: WishAnswer): boolean {
  return answer.status < 300 && answer.code === 0
}

type Meaning = readonly [kind: ErrorKind, code: string, advice: string]

const unreadable: Meaning = ['transient', 'wish-unreadable-answer', 'the answer of Wish is not in its documented form; it is tried again']
const unknownCode: Meaning = ['transient', 'wish-unknown-code', 'Wish does not document this code; it is tried again, look at what it says']
const tooMany: Meaning = ['rate-limit', 'wish-rate-limit', 'too many calls for this merchant and app; waiting']
const noToken: Meaning = ['auth', 'wish-token-refused', 'Wish did not see an access token: CONNECT']
const badCredentials = 'Wish does not know clientId and clientSecret (or redirectUri): enter those that the app has now in shops.yaml'

/**
 * What the codes mean. All but 1012 (seen in an answer) are in the API's document; those of kind `config` refuse the one
 * request, the others concern the account.
 */
const meanings: Readonly<Record<number, Meaning>> = {
  1001: ['config', 'wish-bad-parameter', 'Wish refused the request; look at the settings of this shop'],
  1002: ['auth', 'wish-account-disabled', 'Wish has disabled the merchant account: ask Wish why'],
  1006: ['auth', 'wish-scope-missing', 'the app may not use this part of the API: give it the scopes of the README, then CONNECT'],
  1007: ['auth', 'wish-token-refused', 'the access token stays expired: CONNECT'],
  1008: ['auth', 'wish-token-refused', 'access was withdrawn: CONNECT'],
  1012: noToken,
  10001: ['auth', 'wish-credentials-wrong', badCredentials],
  10002: ['auth', 'wish-code-used', 'the consent code was used before: CONNECT'],
  10004: ['auth', 'wish-code-expired', 'the consent code has expired (it lives 5 minutes): CONNECT'],
  10008: ['auth', 'wish-code-wrong', 'the consent code is wrong: CONNECT'],
  90001: ['config', 'wish-refused', 'Wish refused the request; look at the settings of this shop'],
}

function meaningOf({ status, code }: WishAnswer): Meaning {
  if (status === 429) return tooMany
  if (status >= 500 || code === 0) return unreadable
  if (code === undefined) return status === 401 ? noToken : unreadable
  return meanings[code] ?? (status === 401 ? noToken : unknownCode)
}

/** Expired, or revoked, which any refresh does to earlier tokens. */
export function isTokenRefused(answer: WishAnswer): boolean {
  return meaningOf(answer)[1] === 'wish-token-refused'
}

/** The data of a success. Throws what any other answer, or one in another form, means. */
export function dataOf<Data>(answer: WishAnswer, schema: ZodType<Data>): Data {
  const parsed = schema.safeParse(answer.data)
  if (isSuccess(answer) && parsed.success) return parsed.data
  throw errorOf(answer)
}

/** The error of a failed read, or of any call that an account problem stopped. */
export function errorOf(answer: WishAnswer, retryAfterMs?: number): SyncError {
  const { status, requestId } = answer
  const { shop, account, doing } = answer.caller
  const [kind, code, advice] = meaningOf(answer)
  const place = shop === undefined ? account : `shop ${shop} (${account})`
  // Who is connecting has just called the command.
  const connect = shop === undefined ? 'give consent again and paste the new address' : `run "${connectCommand(shop)}"`
  // The words about a grant might repeat its secrets.
  const said = kind === 'auth' || kind === 'rate-limit' ? '' : ` (${saidBy(answer)})`
  return new SyncError(kind, `${place}, ${doing}: ${advice.replace('CONNECT', connect)}${said}`, {
    code,
    context: { shop, status, wishCode: answer.code, requestId },
    ...defined({ retryAfterMs }),
  })
}

/**
 * What became of a write that did not succeed. Rejected only where the document says so; a code that it does
 * not list may have come after the work was done. Throws `auth` when the account was refused: nothing was done then.
 */
export function outcomeOfFailure(answer: WishAnswer): WriteOutcome {
  const [kind, code] = meaningOf(answer)
  if (kind === 'auth') throw errorOf(answer)
  if (kind === 'config') return { result: 'rejected', code, message: saidBy(answer) }
  return { result: 'unknown', code: 'wish-unknown-answer', message: `${answer.caller.doing}: ${saidBy(answer)}` }
}

/** The platform's words, short; `Accept-Language: en` is always sent. */
function saidBy({ status, code, requestId, message }: WishAnswer): string {
  const facts = [`HTTP ${status}`, code !== undefined && `code ${code}`, requestId !== undefined && `request ${requestId}`]
  const words = message.slice(0, 200)
  return `${facts.filter(Boolean).join(', ')}${words === '' ? '' : `: ${words}`}`
}
