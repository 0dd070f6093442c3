import { z } from 'zod'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { json } from '../shared/respond.ts'
import { derive } from './account.ts'
import type { Shop } from './state.ts'

/** A token of the client-credentials grant lives 24 hours. Source: shopify.dev, client-credentials-grant (read 2026-11-22). */
const lifeSeconds = 86_399

const grant = z.object({ client_id: z.string(), client_secret: z.string(), grant_type: z.string() })

export interface Tokens {
  /** Answers `POST /admin/oauth/access_token`. */
  issue(request: Request): Promise<{ readonly response: Response; readonly shop: Shop | undefined }>
  addStatic(token: string, shop: Shop): void
  /** The shop that a valid token opens. */
  shopOf(token: string | null): Shop | undefined
}

export function createTokens(shops: () => Iterable<Shop>, now: () => Instant): Tokens {
  const tokens = new Map<string, { readonly shop: Shop; readonly until: Instant | undefined }>()
  return {
    addStatic: (token, shop) => {
      tokens.set(token, { shop, until: undefined })
    },
    shopOf: (token) => {
      const entry = tokens.get(token ?? '')
      const isValid = entry && !entry.shop.revoked && (entry.until === undefined || now() < entry.until)
      return isValid ? entry.shop : undefined
    },
    issue: async (request) => {
      const body = grant.safeParse(await readBody(request))
      if (!body.success) return { response: refuse('invalid_request', 'Missing or invalid parameters.'), shop: undefined }
      if (body.data.grant_type !== 'client_credentials') {
        return { response: refuse('unsupported_grant_type', 'The grant type is not supported.'), shop: undefined }
      }
      const shop = [...shops()].find((candidate) => candidate.clientId === body.data.client_id)
      if (!shop) return { response: refuse('application_cannot_be_found', 'No application has this client id.'), shop }
      if (shop.clientSecret !== body.data.client_secret) return { response: refuse('invalid_client', 'The client secret is wrong.'), shop }
      if (shop.revoked) return { response: refuse('app_not_installed', 'The app is not installed on this shop.'), shop }
      const token = `shpca_${derive('access', `${shop.account} ${tokens.size}`)}`
      tokens.set(token, { shop, until: addMs(now(), lifeSeconds * 1_000) })
      const response = json({ access_token: token, scope: [...shop.scopes].join(','), expires_in: lifeSeconds })
      return { response, shop }
    },
  }
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
