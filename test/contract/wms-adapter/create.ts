import { expect, test } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import type { HttpResponse } from '../../../core/ports/transport.ts'
import { create, intercept, noAnswer, openWorld, outboundRequest, outbounds, sku, spoil, type WmsAdapterHarness } from './world.ts'

export function describeCreate(harness: WmsAdapterHarness): void {
  const plain = outboundRequest(harness)

  test('finds no problem in a plain order and names the fields that do not fit', () => {
    const { adapter } = openWorld(harness)

    expect(adapter.checkOutbound(plain)).toEqual([])
    const problems = adapter.checkOutbound({ ...plain, shipTo: { ...plain.shipTo, city: 'Llanfair'.repeat(40), name: '' } })
    expect(problems.map(({ field, reason }) => `${field} ${reason}`).toSorted()).toEqual(['shipTo.city too-long', 'shipTo.name missing'])
    expect(JSON.stringify(problems)).not.toContain('Llanfair')
  })

  test('confirms an order with the number that the warehouse gave it', async () => {
    const world = openWorld(harness)

    const remoteId = await create(world, harness)

    expect(outbounds(world)).toMatchObject([
      { reference: plain.reference, wmsOrderNo: remoteId, lines: [{ wmsSku: sku, quantity: 2 }], serviceCode: harness.serviceCode },
    ])
    expect(outbounds(world)[0]?.status).not.toBe('draft')
  })

  test('never makes a second order of the same reference, and calls a repeat unknown or the same', async () => {
    const world = openWorld(harness)
    const remoteId = await create(world, harness)

    const repeat = await world.adapter.createOutbound(plain, world.call)

    expect(repeat.result === 'unknown' || (repeat.result === 'confirmed' && repeat.remoteId === remoteId)).toBe(true)
    expect(outbounds(world)).toHaveLength(1)
  })

  test.each<[string, () => HttpResponse]>([
    [
      'the answer is lost',
      () => {
        throw noAnswer()
      },
    ],
    ['a gateway answers 502', () => ({ status: 502, headers: {}, body: 'Bad Gateway' })],
    ['a web page comes instead', () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>soon' })],
    ['an empty body comes', () => ({ status: 200, headers: {}, body: '' })],
  ])('is unknown when it was executed and %s, and a look-up finds it', async (_what, answer) => {
    const world = openWorld(harness)
    spoil(world, harness.isCreate, answer)

    const outcome = await world.adapter.createOutbound(plain, world.call)

    expect(outcome.result).toBe('unknown')
    const found = await world.adapter.findOutbound({ reference: plain.reference }, world.call)
    expect(found?.wmsOrderNo).toBe(outbounds(world)[0]?.wmsOrderNo)
  })

  test('is unknown when the answer is cut off', async () => {
    const world = openWorld(harness)
    spoil(world, harness.isCreate, (response) => ({ ...response, body: response.body.slice(0, response.body.length / 2) }))

    expect((await world.adapter.createOutbound(plain, world.call)).result).toBe('unknown')
  })

  test.each<[string, () => HttpResponse]>([
    [
      'the request is lost',
      () => {
        throw noAnswer()
      },
    ],
    ['a gateway answers 503', () => ({ status: 503, headers: {}, body: 'Service Unavailable' })],
  ])('is unknown when it was not executed and %s, and a look-up finds nothing', async (_what, answer) => {
    const world = openWorld(harness)
    intercept(world, harness.isCreate, answer)

    expect((await world.adapter.createOutbound(plain, world.call)).result).toBe('unknown')
    expect(await world.adapter.findOutbound({ reference: plain.reference }, world.call)).toBeUndefined()
  })

  test('throws when the request certainly never left', async () => {
    const world = openWorld(harness)
    const notSent = new SyncError('transient', 'connection refused', { code: 'not-connected', notSent: true })
    intercept(world, harness.isCreate, () => {
      throw notSent
    })

    await expect(world.adapter.createOutbound(plain, world.call)).rejects.toMatchObject({ kind: 'transient', notSent: true })
  })

  test('throws rate-limit on 429 and tells the gate how long to wait', async () => {
    const world = openWorld(harness)
    intercept(world, harness.isCreate, () => ({ status: 429, headers: { 'retry-after': '2' }, body: '{}' }))

    await expect(world.adapter.createOutbound(plain, world.call)).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 2_000 })
    expect(world.call.observations).toMatchObject([{ observation: { retryAfterMs: 2_000 } }])
  })

  test('is rejected with the reason and no personal data when the warehouse will not take it', async () => {
    const world = openWorld(harness)

    const outcome = await world.adapter.createOutbound({ ...plain, serviceCode: 'NO-SUCH-SERVICE' }, world.call)

    expect(outcome).toMatchObject({ result: 'rejected', code: expect.stringMatching(/^[a-z-]+$/), message: expect.stringMatching(/./) })
    expect(JSON.stringify(outcome)).not.toMatch(/Robin|Harbor|robin@/)
    expect(outbounds(world)).toEqual([])
  })

  test('sends every call through the gate, under operations that have a rate', async () => {
    const world = openWorld(harness)

    await create(world, harness)
    await world.adapter.listChangedOutbounds(undefined, world.call.now(), world.call)

    expect(world.call.calls).toHaveLength(world.transport.sent.length)
    const rated = Object.keys(harness.definition.rateLimits)
    for (const { operation } of world.call.calls) expect(rated).toContain(operation)
  })
}
