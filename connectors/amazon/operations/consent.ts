import { SyncError } from '../../../core/errors.ts'
import type { ConsentFlow } from '../../../core/ports/connector.ts'
import { parseJson } from '../../shared/parse-json.ts'
import { storedToken } from '../../shared/with-token.ts'
import { requestToken } from '../client.ts'
import { tokenAnswer, tokenRefusal } from '../schema.ts'
import { type AmazonSettings, tokenKey } from '../settings.ts'

/** Seller Central of each region; a seller of another site of the region changes the host in the browser. */
const sellerCentral = { na: 'sellercentral.amazon.com', eu: 'sellercentral-europe.amazon.com', fe: 'sellercentral.amazon.co.jp' }

/**
 * The website authorization workflow of public applications; private ones are authorized in Seller Central itself.
 * Source: https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow (read 2026-11-24).
 */
export const consent: ConsentFlow<AmazonSettings> = {
  authorizeUrl({ applicationId, sellerId, region }) {
    if (applicationId === undefined) {
      const message =
        'Amazon: set applicationId to authorize a public application; for a private one, authorize it in Seller Central ' +
        '(Apps and Services, Develop Apps) and put the refresh token it shows into refreshToken'
      throw new SyncError('config', message, { code: 'amazon-application-id-missing' })
    }
    const query = new URLSearchParams({ application_id: applicationId, state: sellerId })
    return `https://${sellerCentral[region]}/apps/authorize/consent?${query}`
  },

  /** `code` is the spapi_oauth_code of the address that Seller Central sends the browser back to. */
  async exchange(settings, code, transport, now) {
    const response = await requestToken(settings, transport, { grant_type: 'authorization_code', code })
    const body = parseJson(response.body)
    const token = response.status === 200 ? tokenAnswer.safeParse(body).data : undefined
    if (token?.refresh_token === undefined) {
      const reason = tokenRefusal.safeParse(body).data?.error ?? `status ${response.status}`
      const message = `Amazon gives no token for the code (${reason}); codes live five minutes: authorize again and use the new one at once`
      throw new SyncError('auth', message, { code: 'amazon-code-refused' })
    }
    return storedToken(token.access_token, token.refresh_token, now, token.expires_in)
  },

  tokenKey,
}
