import { describe, expect, it, onTestFinished } from 'vitest'
import { msBetween } from '../../core/value/instant.ts'
import { createGates, type GateScope } from '../../daemon/call-gate.ts'
import { openStorage } from '../../storage/index.ts'
import { virtualClock } from '../fakes/virtual-clock.ts'

const scope: GateScope = { scope: 'amazon:a', published: { searchOrders: { perSecond: 0.0056, burst: 20 } }, overrides: {} }
const nothing = () => Promise.resolve()

async function gates() {
  const storage = await openStorage({ url: 'sqlite::memory:', key: Buffer.alloc(32, 7) })
  onTestFinished(() => storage.close())
  const clock = virtualClock()
  const open = () => createGates(storage, clock)
  const all = open()
  return { clock, open, all, urgent: all.gate(scope), background: all.gate({ ...scope, isBackground: true }) }
}

/** How many calls get through before the gate refuses. */
async function callsThrough(gate: ReturnType<ReturnType<typeof createGates>['gate']>): Promise<number> {
  for (let count = 0; ; count += 1) {
    const refusal = await gate.run('searchOrders', nothing).catch((error: unknown) => error)
    if (refusal !== undefined) {
      expect(refusal).toMatchObject({ kind: 'rate-limit', code: 'limit-used-up', retryAfterMs: expect.any(Number) })
      return count
    }
  }
}

describe('the gate of an account', () => {
  it('lets the burst through and then says when the next call may come [amazon-limit-04]', async () => {
    const { urgent, clock } = await gates()

    expect(await callsThrough(urgent)).toBe(20)
    clock.advance(179_000)
    expect(await callsThrough(urgent)).toBe(1)
  })

  it('does not give a burst twice when the process starts anew [amazon-limit-05]', async () => {
    const { urgent, open } = await gates()
    await callsThrough(urgent)

    expect(await callsThrough(open().gate(scope))).toBe(0)
  })

  it('lets one account wait without holding up another [amazon-trap-19]', async () => {
    const { all, urgent } = await gates()
    await callsThrough(urgent)

    expect(await callsThrough(all.gate({ ...scope, scope: 'amazon:b' }))).toBe(20)
  })

  it('keeps a quarter of the burst from the sweep, so that a poll need not wait for it [amazon-limit-06]', async () => {
    const { urgent, background } = await gates()

    expect(await callsThrough(background)).toBe(15)
    expect(await callsThrough(urgent)).toBe(5)
  })

  it('lets work in the background through where the burst is one call', async () => {
    const { all, clock } = await gates()
    const startedAt = clock.now()
    const gate = all.gate({ scope: 'b', published: { searchOrders: { perSecond: 1, burst: 1 } }, overrides: {}, isBackground: true })

    await gate.run('searchOrders', nothing)
    await gate.run('searchOrders', nothing)

    expect(msBetween(startedAt, clock.now())).toBe(1_000)
  })

  it('follows the rate that an answer names, and empties the bucket after a refusal [amazon-limit-02]', async () => {
    const { urgent, clock } = await gates()
    urgent.observe('searchOrders', { perSecond: 0.01 })
    urgent.observe('searchOrders', { remaining: 0, retryAfterMs: 60_000 })

    expect(await callsThrough(urgent)).toBe(0)
    clock.advance(200_000)
    expect(await callsThrough(urgent)).toBe(2)
  })
})

describe('what an answer says is left', () => {
  const shop: GateScope = { scope: 'shopify:a', published: { graphql: { perSecond: 1, burst: 1_000 } }, overrides: {} }

  /** A call that is answered when told, with what is left by then as the other side sees it. */
  function openCall(gate: ReturnType<ReturnType<typeof createGates>['gate']>) {
    const answer = Promise.withResolvers<number>()
    const began = Promise.withResolvers<void>()
    const ended = gate.run(
      'graphql',
      async () => {
        began.resolve()
        gate.observe('graphql', { remaining: await answer.promise })
      },
      { cost: 100 },
    )
    return { began: began.promise, answer: (remaining: number) => Promise.resolve(answer.resolve(remaining)).then(() => ended) }
  }

  it('does not hide the cost of a call that began later and ended first', async () => {
    const { all } = await gates()
    const gate = all.gate(shop)
    const [first, second] = [openCall(gate), openCall(gate)]
    await Promise.all([first.began, second.began])

    await second.answer(800)
    await first.answer(900)

    await expect(gate.run('graphql', nothing, { cost: 850 })).rejects.toMatchObject({ code: 'limit-used-up' })
  })

  it('counts a call that has its tokens and is not sent yet, because the bucket is stored first', async () => {
    const { all } = await gates()
    const gate = all.gate({ ...shop, published: { graphql: { perSecond: 0.5, burst: 300 } } })
    const first = openCall(gate)
    await first.began
    const second = openCall(gate)
    await first.answer(200)
    await second.began

    await expect(gate.run('graphql', nothing, { cost: 150 })).rejects.toMatchObject({ code: 'limit-used-up' })
  })

  it('gives back what a call did not need', async () => {
    const { all, clock } = await gates()
    const gate = all.gate(shop)
    const call = openCall(gate)
    await call.began
    await call.answer(990)
    const before = clock.now()

    await gate.run('graphql', nothing, { cost: 985 })

    expect(msBetween(before, clock.now())).toBe(0)
  })
})
