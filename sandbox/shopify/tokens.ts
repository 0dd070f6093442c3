import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { addMs, type Instant, instantToMs } from '../../core/value/instant.ts'
import { json } from '../shared/respond.ts'
import { derive } from './ids.ts'
import type { Shop } from './state.ts'

/**
 * A token of the client-credentials grant lives 24 hours; one that comes from consent an hour, and its refresh token 90 days.
 * Source: shopify.dev, client-credentials-grant and offline-access-tokens (read 2026-11-24).
 */
const lifeSeconds = 86_399
const expiringSeconds = 3_600
const refreshSeconds = 90 * 86_400

const grant = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.string().optional(),
  refresh_token: z.string().optional(),
  code: z.string().optional(),
  expiring: z.union([z.literal('1'), z.literal(1)]).optional(),
})
type Grant = z.output<typeof grant>

export interface Tokens {
  /** Answers `POST /admin/oauth/access_token`. */
  issue(request: Request): Promise<{ readonly response: Response; readonly shop: Shop | undefined }>
  /** Answers `GET /admin/oauth/authorize`: the seller agrees at once, and the browser goes where the app wants it. */
  authorize(url: URL): Response
  addStatic(token: string, shop: Shop): void
  removeStatic(shop: Shop): void
  /** The first refresh token of a shop that has given its consent already. */
  addRefresh(shop: Shop): string
  /** The shop that a valid token opens. */
  shopOf(token: string | null): Shop | undefined
}

interface Refresh {
  readonly shop: Shop
  readonly until: Instant
  /** Stays good until this one is used, so that a lost answer does no harm. */
  readonly before?: string
}

export function createTokens(shops: () => Iterable<Shop>, now: () => Instant): Tokens {
  const tokens = new Map<string, { readonly shop: Shop; readonly until: Instant | undefined }>()
  const refreshTokens = new Map<string, Refresh>()
  const codes = new Map<string, Shop>()
  let issued = 0

  const newRefresh = (shop: Shop, before?: string): string => {
    issued += 1
    const token = `shprt_${derive('refresh', `${shop.account} ${issued}`)}`
    refreshTokens.set(token, { shop, until: addMs(now(), refreshSeconds * 1_000), ...(before === undefined ? {} : { before }) })
    return token
  }
  const newToken = (shop: Shop, life: number, more: Readonly<Record<string, unknown>> = {}): Response => {
    issued += 1
    const token = `${life === lifeSeconds ? 'shpca' : 'shpat'}_${derive('access', `${shop.account} ${issued}`)}`
    tokens.set(token, { shop, until: addMs(now(), life * 1_000) })
    return json({ access_token: token, scope: [...shop.scopes].join(','), expires_in: life, ...more })
  }
  const expiring = (shop: Shop, before?: string): Response =>
    newToken(shop, expiringSeconds, { refresh_token: newRefresh(shop, before), refresh_token_expires_in: refreshSeconds })

  const refresh = (shop: Shop, token: string): Response => {
    const entry = refreshTokens.get(token)
    if (entry?.shop !== shop || entry.until <= now()) return refuse('invalid_grant', 'The refresh token is invalid or has expired.')
    if (entry.before !== undefined) refreshTokens.delete(entry.before)
    return expiring(shop, token)
  }
  const redeem = (shop: Shop, { code = '', expiring: wanted }: Grant): Response => {
    if (codes.get(code) !== shop) return refuse('invalid_request', 'The authorization code was not found or was already used.')
    codes.delete(code)
    if (wanted === undefined) return refuse('invalid_request', 'Public apps must ask for expiring tokens.')
    return expiring(shop)
  }
  const answer = (shop: Shop, body: Grant): Response => {
    if (body.grant_type === 'client_credentials') return newToken(shop, lifeSeconds)
    if (body.grant_type === 'refresh_token') return refresh(shop, body.refresh_token ?? '')
    return redeem(shop, body)
  }

  return {
    addStatic: (token, shop) => {
      tokens.set(token, { shop, until: undefined })
    },
    removeStatic: (shop) => {
      for (const [token, entry] of tokens) if (entry.shop === shop && entry.until === undefined) tokens.delete(token)
    },
    addRefresh: (shop) => newRefresh(shop),
    shopOf: (token) => {
      const entry = tokens.get(token ?? '')
      const isValid = entry && !entry.shop.revoked && (entry.until === undefined || now() < entry.until)
      return isValid ? entry.shop : undefined
    },
    authorize: (url) => {
      const shop = [...shops()].find(({ clientId }) => clientId === url.searchParams.get('client_id'))
      const target = url.searchParams.get('redirect_uri') ?? ''
      if (!shop || !URL.canParse(target)) return json({ error: 'invalid_request' }, 400)
      issued += 1
      const code = derive('code', `${shop.account} ${issued}`)
      codes.set(code, shop)
      return new Response(null, {
        status: 302,
        headers: { location: signedAddress(target, code, shop, url.searchParams.get('state'), now()) },
      })
    },
    issue: async (request) => {
      const body = grant.safeParse(await readBody(request)).data
      if (!body || (body.grant_type === undefined && body.code === undefined)) {
        return { response: refuse('invalid_request', 'Missing or invalid parameters.'), shop: undefined }
      }
      if (body.grant_type !== undefined && body.grant_type !== 'client_credentials' && body.grant_type !== 'refresh_token') {
        return { response: refuse('unsupported_grant_type', 'The grant type is not supported.'), shop: undefined }
      }
      const shop = [...shops()].find((candidate) => candidate.clientId === body.client_id)
      if (!shop) return { response: refuse('application_cannot_be_found', 'No application has this client id.'), shop }
      if (shop.clientSecret !== body.client_secret) return { response: refuse('invalid_client', 'The client secret is wrong.'), shop }
      if (shop.revoked) return { response: refuse('app_not_installed', 'The app is not installed on this shop.'), shop }
      return { response: answer(shop, body), shop }
    },
  }
}

/** Where the browser ends after consent, with the signature that lets the app trust it. */
function signedAddress(target: string, code: string, shop: Shop, state: string | null, at: Instant): string {
  const timestamp = String(Math.floor(instantToMs(at) / 1_000))
  const said = { code, shop: shop.domain, ...(state === null ? {} : { state }), timestamp }
  const text = Object.entries(said)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const address = new URL(target)
  for (const [name, value] of Object.entries(said)) address.searchParams.set(name, value)
  address.searchParams.set('hmac', createHmac('sha256', shop.clientSecret).update(text).digest('hex'))
  return address.href
}

/** The documented body is a form; JSON is taken as well. */
async function readBody(request: Request): Promise<unknown> {
  const text = await request.text()
  if (!request.headers.get('content-type')?.includes('json')) return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function refuse(error: string, description: string): Response {
  return json({ error, error_description: description }, 400)
}
