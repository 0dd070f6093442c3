import type { Instant } from '../value/instant.ts'

export interface StoredToken {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly issuedAt: Instant
  /** Undefined for tokens that do not expire. */
  readonly expiresAt?: Instant
  /** When the refresh token ends and consent must be given anew; undefined where the platform does not tell. */
  readonly refreshExpiresAt?: Instant
}

export interface TokenRequest {
  /** Tokens of the same scope are one token, whatever the lane: usually platform, app and account. */
  readonly scope: string
  /** The secrets of the configuration that the first token comes from. Only its hash is kept: a stored token wins until that changes. */
  readonly seed: string
  /**
   * Gets a new token; `current` is the stored one, whose refresh token may have rotated. Called under the
   * scope's lock, never twice at once. Throws SyncError `auth` when the grant is revoked.
   */
  renew(current: StoredToken | undefined): Promise<StoredToken>
}

/** Access tokens, encrypted at rest. What `renew` returned is stored durably before anybody may use it. */
export interface TokenStore {
  /** A token good for use, renewed ahead when 80 % of its life has passed. */
  get(request: TokenRequest): Promise<StoredToken>
  /** The token after the platform refused `refused`; callers that waited for the same renewal get its result. */
  replace(request: TokenRequest, refused: StoredToken): Promise<StoredToken>
}
