import type { Knex } from 'knex'
import { describe, expect, it } from 'vitest'
import type { OpenStorage } from '../../storage/index.ts'
import { at } from './storage-samples.ts'

export function describeHistoryRows(storage: () => OpenStorage): void {
  describe('payloads', () => {
    it('come back in the order in which they were fetched, equal ones once', async () => {
      const payload = JSON.parse('{"id":"1","__proto__":{"admin":true},"text":[1,"NUL \\u0000"],"nested":{"a":1,"b":2}}')
      await storage().write(async (stores) => {
        await stores.payloads.append('Q1', payload, at('08:00'))
        await stores.payloads.append('Q1', { ...payload, changed: true }, at('09:00'))
        await stores.payloads.append('Q1', { ...payload, nested: { b: 2, a: 1 } }, at('10:00'))
        await stores.payloads.append('Q2', payload, at('11:00'))
      })

      expect(await storage().read((stores) => stores.payloads.list('Q1'))).toEqual([
        { payload, fetchedAt: at('08:00') },
        { payload: { ...payload, changed: true }, fetchedAt: at('09:00') },
      ])
    })
  })

  describe('events', () => {
    it('come back in the order in which they were appended', async () => {
      const imported = { type: 'imported', at: at('08:00'), data: { lines: 2, tags: ['a', 'b'] } }
      const held = { type: 'held', at: at('08:00'), data: { reason: 'no-route' } }
      const released = { type: 'released', at: at('09:00'), data: {} }
      await storage().write((stores) => stores.events.append('Q1', [imported, held]))
      await storage().write((stores) => stores.events.append('Q1', [released]))
      await storage().write((stores) => stores.events.append('Q2', [imported]))

      expect(await storage().read((stores) => stores.events.list('Q1'))).toEqual([imported, held, released])
      expect(await storage().read((stores) => stores.events.list('Q3'))).toEqual([])
    })

    it('form an intact chain, also when there are none, or when a value was undefined', async () => {
      await storage().write((stores) =>
        stores.events.append('Q1', [{ type: 'a', at: at('08:00'), data: { x: undefined, list: [undefined] } }]),
      )
      await storage().write((stores) => stores.events.append('Q1', []))

      expect(await storage().read((stores) => stores.events.isIntact('Q1'))).toBe(true)
      expect(await storage().read((stores) => stores.events.isIntact('Q2'))).toBe(true)
    })
  })

  describe('the chain of events', () => {
    const damages: readonly [string, (database: Knex) => Promise<unknown>][] = [
      ['changed', (database) => database('order_events').where({ sequence: 2 }).update({ data: '{"lines":3}' })],
      [
        'dated back',
        (database) =>
          database('order_events')
            .where({ sequence: 2 })
            .update({ at: at('07:00') }),
      ],
      ['given another hash', (database) => database('order_events').where({ sequence: 2 }).update({ hash: 'other' })],
      ['removed in the middle', (database) => database('order_events').where({ sequence: 2 }).del()],
      ['removed at the end', (database) => database('order_events').where({ sequence: 3 }).del()],
      ['removed altogether', (database) => database('order_events').del()],
    ]

    it.each(damages)('is broken when events were %s outside', async (_, damage) => {
      const events = ['a', 'b', 'c'].map((type) => ({ type, at: at('08:00'), data: { lines: 2 } }))
      await storage().write((stores) => stores.events.append('Q1', events))
      expect(await storage().verifyIntegrity()).toEqual([])

      await storage().write(async (stores) => await damage(stores.tx as unknown as Knex))

      expect(await storage().read((stores) => stores.events.isIntact('Q1'))).toBe(false)
      expect(await storage().verifyIntegrity()).toEqual(['the event log of order Q1 was changed outside'])
    })
  })

  describe('traces', () => {
    it('keep the last decision of an order', async () => {
      await storage().write((stores) => stores.traces.save('Q1', at('08:00'), { rules: ['first'] }))
      await storage().write((stores) => stores.traces.save('Q1', at('09:00'), { rules: ['second'] }))

      expect(await storage().read((stores) => stores.traces.latest('Q1'))).toEqual({ at: at('09:00'), trace: { rules: ['second'] } })
      expect(await storage().read((stores) => stores.traces.latest('Q2'))).toBeUndefined()
    })
  })
}
