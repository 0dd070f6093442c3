import { addMs, type Instant } from '../../core/value/instant.ts'
import { json } from '../shared/respond.ts'
import { refuse, refuseGrant } from './answers.ts'
import type { AccessToken, Account, World } from './state.ts'

const base = 'https://api.ebay.com/oauth/api_scope'
/** What the seller of the sandbox consents to. */
const grantedScopes = [base, `${base}/sell.fulfillment`, `${base}/sell.fulfillment.readonly`, `${base}/sell.inventory`]

/** Lives of tokens and codes. Source: https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22). */
const accessSeconds = 7_200
const refreshSeconds = 47_304_000
const codeSeconds = 299

/** Whose tokens a request to the token endpoint is about, as far as it tells. */
export function accountOfGrant(world: World, request: Request, form: URLSearchParams): Account | undefined {
  if (form.get('grant_type') === 'client_credentials') return firstAccountOf(world, authenticate(world, request))
  const refreshToken = form.get('refresh_token')
  if (refreshToken !== null) return [...world.accounts.values()].find((account) => account.refreshToken === refreshToken)
  return world.codes.get(form.get('code') ?? '')?.account
}

/** The token endpoint: form body, Basic authentication. Source: https://developer.ebay.com/api-docs/static/oauth-tokens.html (read 2026-11-22). */
export function answerGrant(world: World, request: Request, form: URLSearchParams): Response {
  const isForm = (request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  if (!isForm) return refuseGrant('invalid_request', 'the body must be application/x-www-form-urlencoded')
  const appId = authenticate(world, request)
  if (appId === undefined) return refuseGrant('invalid_client', 'client authentication failed', 401)
  const wanted = form.get('scope')?.split(' ').filter(Boolean)
  switch (form.get('grant_type')) {
    case 'refresh_token':
      return refreshGrant(world, { appId, account: accountOfGrant(world, request, form), wanted })
    case 'authorization_code':
      return codeGrant(world, appId, form)
    case 'client_credentials':
      if (wanted?.some((scope) => scope !== base)) return scopeRefused()
      return json(issue(world, { appId, account: undefined, scopes: [base] }))
    default:
      return refuseGrant('unsupported_grant_type', 'the grant type in the request is not supported by the authorization server')
  }
}

function authenticate(world: World, request: Request): string | undefined {
  const match = /^Basic (.+)$/.exec(request.headers.get('authorization') ?? '')
  if (!match?.[1]) return undefined
  const [appId = '', secret] = Buffer.from(match[1], 'base64').toString('utf8').split(':')
  return secret !== undefined && world.applications.get(appId) === secret ? appId : undefined
}

interface Grant {
  readonly appId: string
  readonly account: Account | undefined
  readonly wanted: readonly string[] | undefined
}

/** Scopes of a refresh are those of the consent or fewer; the refresh token itself stays the same. */
function refreshGrant(world: World, { appId, account, wanted }: Grant): Response {
  if (!account || account.isRevoked || account.appId !== appId) {
    return refuseGrant('invalid_grant', 'the provided authorization refresh token is invalid or was issued to another client')
  }
  const scopes = wanted ?? grantedScopes
  if (scopes.some((scope) => !grantedScopes.includes(scope))) return scopeRefused()
  return json(issue(world, { appId, account, scopes }))
}

function scopeRefused(): Response {
  return refuseGrant('invalid_scope', 'The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client')
}

function codeGrant(world: World, appId: string, form: URLSearchParams): Response {
  const code = form.get('code') ?? ''
  const grant = world.codes.get(code)
  // A code works once.
  world.codes.delete(code)
  const isGood = grant && grant.account.appId === appId && grant.expiresAt > world.options.now() && form.get('redirect_uri')
  if (!isGood) return refuseGrant('invalid_grant', 'the provided authorization grant code is invalid or was issued to another client')
  grant.account.isRevoked = false
  grant.account.consentedAt = world.options.now()
  grant.account.refreshToken = `v^1.1#i^1#r^1#f^0#t^${grant.account.name}-${world.next()}`
  const token = issue(world, { appId, account: grant.account, scopes: grant.scopes })
  return json({ ...token, refresh_token: grant.account.refreshToken, refresh_token_expires_in: refreshSeconds })
}

function issue(world: World, token: Omit<AccessToken, 'expiresAt'>): Readonly<Record<string, unknown>> {
  const text = `v^1.1#i^1#f^0#p^3#t^${world.next()}`
  world.tokens.set(text, { ...token, expiresAt: addMs(world.options.now(), accessSeconds * 1_000) })
  return {
    access_token: text,
    expires_in: accessSeconds,
    token_type: token.account ? 'User Access Token' : 'Application Access Token',
  }
}

/** The page of consent: the seller of the sandbox agrees at once. `login_hint` names the account; the first one otherwise. */
export function answerConsent(world: World, query: URLSearchParams): Response {
  const accounts = [...world.accounts.values()].filter((account) => account.appId === query.get('client_id'))
  const hint = query.get('login_hint')
  const account = hint === null ? accounts[0] : accounts.find((candidate) => candidate.sellerId === hint || candidate.name === hint)
  if (!account || query.get('response_type') !== 'code' || !query.get('redirect_uri')) {
    return refuseGrant('unauthorized_client', 'The OAuth client was not found or the request is malformed')
  }
  const code = `v^1.1#i^1#c^${world.next()}`
  const scopes = query.get('scope')?.split(' ').filter(Boolean) ?? [base]
  world.codes.set(code, { account, scopes, expiresAt: addMs(world.options.now(), codeSeconds * 1_000) })
  const answer = new URLSearchParams({ isAuthSuccessful: 'true', state: query.get('state') ?? '', code, expires_in: String(codeSeconds) })
  return new Response(null, { status: 302, headers: { location: `https://signin.ebay.com/ws/eBayISAPI.dll?${answer}` } })
}

export interface Access {
  /** The seller's, or the first of an application that calls for itself. */
  readonly account: Account | undefined
  readonly appId: string
  /** Set when the request may not go on. */
  readonly refusal?: Response
}

/** What a call wants of its token: one of these scopes, and whose it is. */
interface Demand {
  readonly scopes: readonly string[]
  readonly isOfApplication?: boolean
}

/**
 * Who calls, and whether that may go on. getRateLimits takes a token of the application alone, everything else one of a
 * seller. Source: https://developer.ebay.com/api-docs/developer/analytics/resources/methods (read 2026-11-25).
 */
export function readAccess(world: World, request: Request, { scopes, isOfApplication = false }: Demand): Access {
  const header = request.headers.get('authorization') ?? ''
  const token = world.tokens.get(header.replace(/^Bearer /, ''))
  const known = { account: token?.account ?? firstAccountOf(world, token?.appId), appId: token?.appId ?? '' }
  if (header === '') return { ...known, refusal: refuse(1002, undefined, 401) }
  if (!token || isOver(token, world.options.now())) return { ...known, refusal: refuse(1001, undefined, 401) }
  const isRightKind = (token.account === undefined) === isOfApplication
  if (!isRightKind || !scopes.some((scope) => token.scopes.includes(`${base}${scope}`))) {
    return { ...known, refusal: refuse(1100, 'Insufficient permissions to fulfill the request.', 403) }
  }
  return known
}

function firstAccountOf(world: World, appId: string | undefined): Account | undefined {
  return [...world.accounts.values()].find((account) => account.appId === appId)
}

function isOver(token: AccessToken, now: Instant): boolean {
  return token.expiresAt <= now || (token.account?.isRevoked ?? false)
}
