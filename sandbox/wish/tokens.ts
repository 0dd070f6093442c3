import { addMs } from '../../core/value/instant.ts'
import { done, type Refusal, type Result, refuse } from './answers.ts'
import type { AccessTokenBody } from './requests.ts'
import type { Account, World } from './state.ts'

const dayMs = 86_400_000
/** Source: Wish Marketplace V3 API 3.0.65, oauthAccessToken; china-merchant.wish.com/documentation/api/v3/oauth (read 2026-11-22). */
const accessTokenLifeMs = 30 * dayMs
const codeLifeMs = 5 * 60_000

const scopes = ['orders:read', 'orders:write', 'products:read', 'products:write', 'merchant:read']

/** The merchant agrees on the consent page: the browser comes back to the app with a code. */
export function authorize(world: World, account: Account, state: string | null): Response {
  const code = world.unique('code')
  account.codes.set(code, { expiresAt: addMs(world.now(), codeLifeMs), used: false })
  account.isRevoked = false
  const target = new URL(account.redirectUri)
  target.searchParams.set('code', code)
  if (state !== null) target.searchParams.set('state', state)
  return new Response(null, { status: 302, headers: { location: target.href } })
}

export function exchange(world: World, account: Account | undefined, body: AccessTokenBody): Result {
  if (account === undefined || account.clientSecret !== body.client_secret || account.redirectUri !== body.redirect_uri) {
    return refuse(10001, 'Incorrect credentials. One of client_id, client_secret, or redirect_url does not match our records')
  }
  const code = account.codes.get(body.code)
  if (code === undefined) return refuse(10008, 'Incorrect authorization code provided')
  if (code.used) return refuse(10002, 'The authorization code has already been redeemed')
  if (code.expiresAt <= world.now()) return refuse(10004, 'The authorization code has expired')
  code.used = true
  account.refreshToken = world.unique('refresh-token')
  return done(issue(world, account))
}

/** Existing access tokens are revoked by the call. What is said of a wrong refresh token is not documented. */
export function refresh(
  world: World,
  account: Account | undefined,
  given: { readonly client_secret: string; readonly refresh_token: string },
): Result {
  if (account === undefined || account.clientSecret !== given.client_secret) {
    return refuse(10001, 'Incorrect credentials. client_id or client_secret does not match our records')
  }
  if (account.isRevoked || account.refreshToken !== given.refresh_token) return refuse(1006, 'Unauthorized access on this API')
  if (world.is('rotate-refresh-token')) account.refreshToken = world.unique('refresh-token')
  return done(issue(world, account))
}

function issue(world: World, account: Account) {
  for (const token of account.accessTokens.values()) token.revoked = true
  const text = world.unique('access-token')
  const expiresAt = addMs(world.now(), accessTokenLifeMs)
  account.accessTokens.set(text, { expiresAt, revoked: false })
  return {
    access_token: text,
    refresh_token: account.refreshToken,
    expiry_time: expiresAt,
    merchant_id: account.merchantId,
    scopes,
  }
}

export type Caller =
  | { readonly account: Account; readonly refusal: Refusal | undefined }
  | { readonly account: undefined; readonly refusal: Refusal }

/** Whose token it is, and whether it still opens the door. */
export function callerOf(world: World, authorization: string | null): Caller {
  const text = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  if (text === undefined) return { account: undefined, refusal: { status: 401, code: 1012, message: 'No access token was sent' } }
  for (const account of world.accounts.values()) {
    const token = account.accessTokens.get(text)
    if (token === undefined) continue
    if (token.revoked || account.isRevoked) {
      return { account, refusal: { status: 400, code: 1008, message: 'This access token has been revoked' } }
    }
    if (token.expiresAt <= world.now()) return { account, refusal: { status: 400, code: 1007, message: 'This access token has expired' } }
    return { account, refusal: undefined }
  }
  return { account: undefined, refusal: { status: 400, code: 1008, message: 'This access token has been revoked' } }
}
