import { createHash } from 'node:crypto'
import type { Clock } from '../core/ports/clock.ts'
import type { Storage } from '../core/ports/storage.ts'
import type { StoredToken, TokenRequest, TokenStore } from '../core/ports/token-store.ts'
import { instantToMs } from '../core/value/instant.ts'

/** A token is renewed when this part of its life has passed. */
const usefulLife = 0.8

export function createTokenStore(storage: Storage, clock: Clock): TokenStore {
  const locks = new Map<string, Promise<unknown>>()

  async function stored(request: TokenRequest): Promise<StoredToken | undefined> {
    const row = await storage.read((stores) => stores.tokens.load(request.scope))
    return row?.seedHash === seedHash(request.seed) ? row.token : undefined
  }

  async function renewed(request: TokenRequest, current: StoredToken | undefined): Promise<StoredToken> {
    const token = await request.renew(current)
    // Durable before use: a rotated refresh token that is lost locks the account out.
    await storage.write((stores) => stores.tokens.save(request.scope, seedHash(request.seed), token))
    return token
  }

  /** One at a time per scope; a failure of one does not fail the next. */
  function locked<T>(scope: string, work: () => Promise<T>): Promise<T> {
    const before = locks.get(scope) ?? Promise.resolve()
    const mine = before.then(work, work)
    locks.set(scope, mine.then(ignore, ignore))
    return mine
  }

  return {
    get: (request) =>
      locked(request.scope, async () => {
        const current = await stored(request)
        return current && isFresh(current, clock) ? current : renewed(request, current)
      }),
    replace: (request, refused) =>
      locked(request.scope, async () => {
        const current = await stored(request)
        const isReplaced = current !== undefined && current.accessToken !== refused.accessToken
        return isReplaced ? current : renewed(request, current)
      }),
  }
}

/** Only a hash of the configuration's secrets is kept, to notice when they change. */
export function seedHash(seed: string): string {
  return createHash('sha256').update(seed).digest('hex')
}

function isFresh(token: StoredToken, clock: Clock): boolean {
  // An empty access token is a mere refresh token, as the consent flow leaves it.
  if (token.accessToken === '') return false
  if (token.expiresAt === undefined) return true
  const issued = instantToMs(token.issuedAt)
  return instantToMs(clock.now()) < issued + (instantToMs(token.expiresAt) - issued) * usefulLife
}

function ignore(): undefined {
  return undefined
}
