import { z } from 'zod'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { json } from '../shared/respond.ts'
import { consentCodeOf, derive } from './account.ts'
import { Refusal } from './respond.ts'
import type { Seller } from './state.ts'

interface Grant {
  readonly account: string
  readonly expiresAt: Instant
  /** Set for a restricted data token: exactly these paths, with these data elements. */
  readonly restricted: readonly RestrictedResource[] | undefined
}

export interface RestrictedResource {
  readonly method: string
  readonly path: string
  readonly dataElements: readonly string[]
}

/** Who is calling and what the token opens beyond the seller's account. */
export interface Caller {
  readonly seller: Seller
  readonly restricted: readonly RestrictedResource[] | undefined
}

export interface TokenDesk {
  /** `POST /auth/o2/token`, form or JSON body. */
  answerLogin(request: Request): Promise<Response>
  issueRestricted(seller: Seller, resources: readonly RestrictedResource[]): { readonly token: string; readonly seconds: number }
  /** Throws the refusal of a missing, unknown, expired or revoked token. */
  authorize(request: Request): Caller
  /** Whose token a request carries, good or not; for the request log. */
  ownerOf(request: Request): Seller | undefined
}

const loginBody = z.looseObject({
  grant_type: z.string(),
  refresh_token: z.string().optional(),
  code: z.string().optional(),
  client_id: z.string(),
  client_secret: z.string(),
})
/** Observed life of a restricted data token (selling-partner-api-docs issue 1396, read 2026-11-22). */
const restrictedSeconds = 3_600

export function createTokenDesk(sellers: ReadonlyMap<string, Seller>, now: () => Instant): TokenDesk {
  const grants = new Map<string, Grant>()
  let issued = 0
  const issue = (prefix: string, seller: Seller, seconds: number, restricted?: readonly RestrictedResource[]): string => {
    issued += 1
    const token = `${prefix}${derive('token', `${seller.account} ${issued}`)}`
    grants.set(token, { account: seller.account, expiresAt: addMs(now(), seconds * 1_000), restricted })
    return token
  }
  return {
    async answerLogin(request) {
      const body = loginBody.safeParse(await readLoginBody(request))
      if (!body.success) return refuseLogin(400, 'invalid_request', 'The request is missing a required parameter.')
      const seller = [...sellers.values()].find((one) => one.clientId === body.data.client_id)
      if (!seller || seller.clientSecret !== body.data.client_secret)
        return refuseLogin(401, 'invalid_client', 'Client authentication failed')
      const { grant_type: grantType, refresh_token: refreshToken, code } = body.data
      if (grantType !== 'refresh_token' && grantType !== 'authorization_code') {
        return refuseLogin(400, 'unsupported_grant_type', 'The authorization grant type is not supported')
      }
      const isGood = grantType === 'refresh_token' ? refreshToken === seller.refreshToken : code === consentCodeOf(seller)
      if (!isGood || seller.revoked) return refuseLogin(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token')
      return json({
        access_token: issue('Atza|', seller, seller.tokenSeconds),
        refresh_token: seller.refreshToken,
        token_type: 'bearer',
        expires_in: seller.tokenSeconds,
      })
    },
    issueRestricted: (seller, resources) => ({
      token: issue('Atz.sprdt|', seller, restrictedSeconds, resources),
      seconds: restrictedSeconds,
    }),
    authorize(request) {
      const token = request.headers.get('x-amz-access-token')
      if (!token) throw denied('Access token is missing in the request header.')
      const grant = grants.get(token)
      const seller = grant && sellers.get(grant.account)
      if (!grant || !seller || seller.revoked) throw denied('The access token you provided is revoked, malformed or invalid.')
      if (grant.expiresAt <= now()) throw denied('The access token you provided has expired.')
      return { seller, restricted: grant.restricted }
    },
    ownerOf(request) {
      const grant = grants.get(request.headers.get('x-amz-access-token') ?? '')
      return grant && sellers.get(grant.account)
    },
  }
}

/** The text of every 403; only `details` tells what is wrong. */
export function denied(details = ''): Refusal {
  return new Refusal(403, 'Unauthorized', 'Access to requested resource is denied.', details)
}

async function readLoginBody(request: Request): Promise<unknown> {
  const text = await request.text()
  if (!(request.headers.get('content-type') ?? '').includes('json')) return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Login with Amazon has an error form of its own (RFC 6749, 5.2). */
function refuseLogin(status: number, error: string, description: string): Response {
  return json({ error, error_description: description }, status)
}
