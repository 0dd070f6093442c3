import { describe, expect, it } from 'vitest'
import type { LaneRow, Storage, SweepRow } from '../../core/ports/storage.ts'
import { at } from './storage-samples.ts'

export function describeOperationRows(storage: () => Storage): void {
  describe('cursors', () => {
    it('keep the last position of each account and feed', async () => {
      await storage().write((stores) => stores.cursors.save('us-amazon', 'orders', 'one', at('08:00')))
      await storage().write((stores) => stores.cursors.save('us-amazon', 'orders', 'two', at('08:05')))

      expect(await storage().read((stores) => stores.cursors.load('us-amazon', 'orders'))).toBe('two')
      expect(await storage().read((stores) => stores.cursors.load('us-amazon', 'returns'))).toBeUndefined()
    })
  })

  describe('rejected records', () => {
    const list = () => storage().read((stores) => stores.rejected.list())

    it('come back with their payload; the same record again updates its row', async () => {
      const record = { account: 'us-amazon', platformOrderId: '1', reason: 'no currency', payload: { id: '1' } }
      await storage().write((stores) => stores.rejected.save(record, at('08:00')))
      await storage().write((stores) => stores.rejected.save({ ...record, reason: 'no country', payload: { id: '1', v: 2 } }, at('09:00')))

      expect(await list()).toStrictEqual([
        { ...record, reason: 'no country', payload: { id: '1', v: 2 }, firstSeenAt: at('08:00'), lastSeenAt: at('09:00') },
      ])
    })

    it('without an id are the same when their payload is', async () => {
      const record = { account: 'us-amazon', reason: 'no id', payload: { a: 1, b: 2 } }
      await storage().write(async (stores) => {
        await stores.rejected.save(record, at('08:00'))
        await stores.rejected.save({ ...record, payload: { b: 2, a: 1 } }, at('09:00'))
        await stores.rejected.save({ ...record, payload: 'text' }, at('10:00'))
      })

      const rows = await list()
      expect(rows.map((row) => [row.firstSeenAt, row.lastSeenAt])).toEqual([
        [at('08:00'), at('09:00')],
        [at('10:00'), at('10:00')],
      ])
      expect(rows[1]).toStrictEqual({ ...record, payload: 'text', firstSeenAt: at('10:00'), lastSeenAt: at('10:00') })
    })

    it('are gone once the order was read', async () => {
      const record = (account: string, platformOrderId: string) => ({ account, platformOrderId, reason: 'r', payload: {} })
      await storage().write(async (stores) => {
        await stores.rejected.save(record('us-amazon', '1'), at('08:00'))
        await stores.rejected.save(record('us-amazon', '2'), at('08:00'))
        await stores.rejected.save(record('de-ebay', '1'), at('08:00'))
      })

      await storage().write((stores) => stores.rejected.clear('us-amazon', ['1', '3']))

      expect((await list()).map((row) => [row.account, row.platformOrderId])).toEqual([
        ['de-ebay', '1'],
        ['us-amazon', '2'],
      ])
    })
  })

  describe('requests', () => {
    const request = { id: 'R1', kind: 'orders-edit', arguments: { shipTo: { name: 'Zoë' } }, createdAt: at('08:00') }

    it('are pending, oldest first, until they are finished', async () => {
      const older = { ...request, id: 'R2', createdAt: at('07:00') }
      await storage().write(async (stores) => {
        await stores.requests.create(request)
        await stores.requests.create(older)
      })
      expect(await storage().read((stores) => stores.requests.pending())).toStrictEqual([older, request])

      await storage().write((stores) => stores.requests.finish('R1', at('08:01'), { result: { changed: 1 } }))
      await storage().write((stores) => stores.requests.finish('R2', at('08:02'), { failure: 'no such order' }))

      expect(await storage().read((stores) => stores.requests.pending())).toEqual([])
      const load = (id: string) => storage().read((stores) => stores.requests.load(id))
      expect(await load('R1')).toStrictEqual({ ...request, finishedAt: at('08:01'), result: { changed: 1 } })
      expect(await load('R2')).toStrictEqual({ ...older, finishedAt: at('08:02'), failure: 'no such order' })
      expect(await load('R3')).toBeUndefined()
    })
  })

  describe('lanes', () => {
    it('come back as they were saved last', async () => {
      const troubled: LaneRow = {
        lane: 'poll',
        account: 'us-amazon',
        lastStartedAt: at('08:00'),
        lastSucceededAt: at('07:00'),
        problem: { kind: 'auth', code: 'grant-revoked', message: 'connect the shop again', since: at('07:30') },
        pausedUntil: at('09:00'),
        failures: 3,
      }
      const well: LaneRow = { lane: 'poll', account: 'us-amazon', failures: 0 }
      const other: LaneRow = { lane: 'confirm', account: 'us-amazon', failures: 1 }
      const load = () => storage().read((stores) => stores.lanes.load('poll', 'us-amazon'))
      await storage().write((stores) => stores.lanes.save(troubled))
      expect(await load()).toStrictEqual(troubled)

      await storage().write((stores) => stores.lanes.save(well))
      await storage().write((stores) => stores.lanes.save(other))

      expect(await load()).toStrictEqual(well)
      expect(await storage().read((stores) => stores.lanes.all())).toEqual([other, well])
      expect(await storage().read((stores) => stores.lanes.load('plan', 'default'))).toBeUndefined()
    })

    it('get a higher epoch at each start', async () => {
      const next = () => storage().write((stores) => stores.lanes.nextEpoch())

      expect([await next(), await next(), await next()]).toEqual([1, 2, 3])
    })

    it('tell the epoch without raising it', async () => {
      const epoch = () => storage().read((stores) => stores.lanes.epoch())
      expect(await epoch()).toBe(0)
      await storage().write((stores) => stores.lanes.nextEpoch())

      expect([await epoch(), await epoch(), await storage().write((stores) => stores.lanes.epoch())]).toEqual([1, 1, 1])
    })

    it('tell whether another configuration came into force', async () => {
      const note = (version: string) => storage().write((stores) => stores.lanes.noteVersion(version))

      expect([await note('a'), await note('a'), await note('b'), await note('b'), await note('a')]).toEqual([
        true,
        false,
        true,
        false,
        true,
      ])
    })
  })

  describe('sweeps', () => {
    it('give the last finished one of a shop', async () => {
      const sweep = (finishedAt: SweepRow['finishedAt'], shop = 'us-amazon'): SweepRow => ({
        shop,
        from: at('00:00'),
        to: at('08:00'),
        startedAt: at('08:00'),
        finishedAt,
        listed: 10,
        held: 9,
        gaps: [{ platformOrderId: '1', createdAt: at('07:00'), reason: 'unreadable', explained: true }],
      })
      for (const row of [sweep(at('09:00')), sweep(at('08:30')), sweep(at('10:00'), 'de-ebay')]) {
        await storage().write((stores) => stores.sweeps.save(row))
      }

      expect(await storage().read((stores) => stores.sweeps.latest('us-amazon'))).toEqual(sweep(at('09:00')))
      expect(await storage().read((stores) => stores.sweeps.latest('wish-1'))).toBeUndefined()
    })
  })

  describe('tokens', () => {
    it('come back with the hash of the seed they came from', async () => {
      const token = { accessToken: 'Atza|1', refreshToken: 'Atzr|1', issuedAt: at('08:00'), expiresAt: at('09:00') }
      const renewed = { accessToken: 'Atza|2', issuedAt: at('09:00') }
      const load = () => storage().read((stores) => stores.tokens.load('amazon/app/A1'))
      expect(await load()).toBeUndefined()

      await storage().write((stores) => stores.tokens.save('amazon/app/A1', 'seed-1', token))
      expect(await load()).toStrictEqual({ seedHash: 'seed-1', token })

      await storage().write((stores) => stores.tokens.save('amazon/app/A1', 'seed-2', renewed))
      expect(await load()).toStrictEqual({ seedHash: 'seed-2', token: renewed })
    })
  })

  describe('buckets', () => {
    it('come back by scope, fractions included', async () => {
      const bucket = { scope: 'amazon/A1', operation: 'searchOrders', tokens: 0.25, perSecond: 0.0056, burst: 20, at: at('08:00') }
      const blocked = { ...bucket, operation: 'getOrder', blockedUntil: at('08:10') }
      await storage().write((stores) => stores.buckets.save([bucket, blocked, { ...bucket, scope: 'other' }]))
      await storage().write((stores) => stores.buckets.save([{ ...bucket, tokens: 19.5 }]))

      expect(await storage().read((stores) => stores.buckets.load('amazon/A1'))).toStrictEqual([blocked, { ...bucket, tokens: 19.5 }])
    })
  })
}
