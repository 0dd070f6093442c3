import { describe, expect, test } from 'vitest'
import { refreshTokenOf, requestGrant, sendWithToken, storedToken } from '../../../connectors/shared/with-token.ts'
import { SyncError } from '../../../core/errors.ts'
import type { StoredToken } from '../../../core/ports/token-store.ts'
import type { HttpRequest } from '../../../core/ports/transport.ts'
import { type Instant, parseInstant } from '../../../core/value/instant.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { plainShop } from '../ebay/ebay-world.ts'

const now = parseInstant('2026-11-24T08:00:00Z') as Instant

/** A grant that counts: the first token is T1, the next T2. */
function grants() {
  let count = 0
  const renew = async () => {
    count += 1
    return storedToken(`T${count}`, undefined, now, 3_600)
  }
  return { scope: 'example', seed: 'seed', renew }
}

describe('sending with a token', () => {
  test('replaces a refused token and repeats the call once, whatever the second answer is', async () => {
    const sent: string[] = []
    const send = async ({ accessToken }: StoredToken) => {
      sent.push(accessToken)
      return 'refused'
    }

    const answer = await sendWithToken(grants(), fakeCallContext(), send, (said) => said === 'refused')

    expect(answer).toBe('refused')
    expect(sent).toEqual(['T1', 'T2'])
  })

  test('does not repeat what was answered', async () => {
    const sent: string[] = []
    const send = async ({ accessToken }: StoredToken) => sent.push(accessToken)

    await sendWithToken(grants(), fakeCallContext(), send, () => false)

    expect(sent).toEqual(['T1'])
  })

  test('says that nothing was sent when no token could be had for the moment', async () => {
    const request = {
      ...grants(),
      renew: async () => {
        throw new SyncError('transient', 'the token endpoint is away', { code: 'away', retryAfterMs: 7_000 })
      },
    }
    const sending = sendWithToken(
      request,
      fakeCallContext(),
      async () => 'sent',
      () => false,
    )

    await expect(sending).rejects.toMatchObject({ kind: 'transient', code: 'away', notSent: true, retryAfterMs: 7_000 })
  })
})

describe('the token of an answer', () => {
  test('ends when its life is over, and never when the platform names none', () => {
    expect(storedToken('A', 'R', now, 60)).toEqual({
      accessToken: 'A',
      refreshToken: 'R',
      issuedAt: now,
      expiresAt: '2026-11-24T08:01:00.000Z',
    })
    expect(storedToken('A', undefined, now, undefined)).toEqual({ accessToken: 'A', issuedAt: now })
  })
})

describe('the refresh token to renew with', () => {
  const shop = { ...plainShop, settings: { refreshToken: 'from the configuration' } }

  test('is the one that the platform gave last', () => {
    const current = { accessToken: 'A', refreshToken: 'rotated', issuedAt: now }

    expect(refreshTokenOf(current, shop, 'seller A1')).toBe('rotated')
    expect(refreshTokenOf(undefined, shop, 'seller A1')).toBe('from the configuration')
  })

  test('is missed by name of shop and account, with the command that gets one', () => {
    const asking = () => refreshTokenOf(undefined, { ...shop, settings: {} }, 'seller A1')

    expect(asking).toThrow(`shop ${shop.id} (seller A1): nobody has given consent yet; run "npm run connect -- --shop ${shop.id}"`)
    expect(asking).toThrow(expect.objectContaining({ kind: 'auth', code: 'ebay-not-connected' }))
  })
})

describe('a grant', () => {
  test.each([
    [new URLSearchParams({ code: 'a b' }), 'application/x-www-form-urlencoded', 'code=a+b'],
    [{ code: 'a b' }, 'application/json', '{"code":"a b"}'],
  ])('is sent as a form or as JSON', async (body, contentType, sent) => {
    const requests: HttpRequest[] = []
    const transport = {
      send: async (request: HttpRequest) => {
        requests.push(request)
        return { status: 200, headers: {}, body: '{}' }
      },
    }

    await requestGrant(transport, { url: 'https://example.com/token', body, headers: { authorization: 'Basic x' } })

    expect(requests).toMatchObject([
      { method: 'POST', body: sent, headers: { 'content-type': contentType, accept: 'application/json', authorization: 'Basic x' } },
    ])
  })
})
