import { describe, expect, test } from 'vitest'
import { beforeWriting, outcomeOfError, outcomesOfBatches, outcomesOfEach } from '../../../connectors/shared/write-outcome.ts'
import { SyncError } from '../../../core/errors.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'

describe('a write that brought no answer', () => {
  test('is unknown when it may have been executed', () => {
    const error = new SyncError('transient', 'no answer', { code: 'no-answer' })

    expect(outcomeOfError(error, fakeCallContext())).toMatchObject({ result: 'unknown', code: 'no-answer' })
  })

  test('is thrown when it certainly never left', () => {
    const error = new SyncError('transient', 'no connection', { code: 'not-connected', notSent: true })

    expect(() => outcomeOfError(error, fakeCallContext())).toThrow(error)
  })

  test('is unknown when we stopped waiting ourselves', () => {
    const call = fakeCallContext()
    call.abort(new Error('shutting down'))

    expect(outcomeOfError(call.signal.reason, call)).toMatchObject({ result: 'unknown' })
  })

  test('is thrown when it is a bug', () => {
    expect(() => outcomeOfError(new TypeError('bug'), fakeCallContext())).toThrow(TypeError)
  })
})

describe('several writes', () => {
  const refused = new SyncError('auth', 'access is withdrawn', { code: 'revoked' })

  test('keep what the earlier ones achieved when a later one fails', async () => {
    const outcomes = await outcomesOfEach(['a', 'b'], async (item) => {
      if (item === 'b') throw refused
      return { result: 'confirmed' }
    })

    expect(outcomes).toEqual([{ result: 'confirmed' }, { result: 'unknown', code: 'revoked', message: 'access is withdrawn' }])
  })

  test('throw what the first one throws, for nothing was written', async () => {
    const writing = outcomesOfEach(['a', 'b'], async () => {
      throw refused
    })

    await expect(writing).rejects.toBe(refused)
  })
})

describe('writes in batches', () => {
  test('give one outcome for each item, in their order', async () => {
    const sizes: number[] = []
    const outcomes = await outcomesOfBatches(['a', 'b', 'c'], 2, async (batch) => {
      sizes.push(batch.length)
      return batch.map((item) => ({ result: 'confirmed', remoteId: item }))
    })

    expect(sizes).toEqual([2, 1])
    expect(outcomes.map((outcome) => outcome.result === 'confirmed' && outcome.remoteId)).toEqual(['a', 'b', 'c'])
  })

  test('leave every item of a later batch unknown when it fails', async () => {
    const outcomes = await outcomesOfBatches(['a', 'b', 'c', 'd'], 2, async (batch) => {
      if (batch.includes('c')) throw new SyncError('rate-limit', 'too many calls', { code: 'throttled' })
      return batch.map(() => ({ result: 'confirmed' }))
    })

    expect(outcomes.map(({ result }) => result)).toEqual(['confirmed', 'confirmed', 'unknown', 'unknown'])
  })
})

describe('a read before a write', () => {
  test.each(['transient', 'invalid-data', 'config'] as const)('that fails as %s leaves no doubt about the write', async (kind) => {
    const failing = async () => {
      throw new SyncError(kind, 'the order cannot be read', { code: 'unreadable' })
    }

    await expect(beforeWriting(failing)).rejects.toMatchObject({ kind: 'transient', code: 'unreadable', notSent: true })
  })

  test.each(['auth', 'rate-limit'] as const)('that fails as %s says so', async (kind) => {
    const failing = async () => {
      throw new SyncError(kind, 'not now', { code: 'refused' })
    }

    await expect(beforeWriting(failing)).rejects.toMatchObject({ kind, code: 'refused' })
  })
})
