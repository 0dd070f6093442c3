import { describe, expect, test } from 'vitest'
import { sendWithToken, storedToken } from '../../../connectors/shared/with-token.ts'
import { SyncError } from '../../../core/errors.ts'
import type { StoredToken } from '../../../core/ports/token-store.ts'
import { type Instant, parseInstant } from '../../../core/value/instant.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'

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
