import type { Effect, EffectCapabilities } from '../model/effect.ts'
import type { Operations, World } from '../world.ts'
import { settledByDeath } from './transitions.ts'

/** Read back as soon as the settle time allows; the pass that does it knows the target's own figures. */
const readable: EffectCapabilities = { key: 'none', readBack: 'by-order', readBackLagMs: 0 }
/** For accounts that are no longer configured: the effect stays open and visible. */
const defaultSettleMs = 120_000

/**
 * At start: every effect that an earlier process armed and did not settle has an unknown outcome. It is
 * read back before anything is repeated.
 */
export async function recoverEffects(world: World): Promise<number> {
  return world.storage.write(async (stores) => {
    const now = world.clock.now()
    const left = await stores.effects.inflightBefore(world.epoch)
    for (const effect of left) {
      const settleMs = settleMsOf(effect, world.operations())
      await stores.effects.save(settledByDeath(effect, { now, capabilities: readable, settleMs }))
    }
    return left.length
  })
}

function settleMsOf(effect: Effect, { shops, accounts }: Operations): number {
  const account = [...shops, ...accounts].find((candidate) => candidate.id === effect.account)
  return account?.settleMs ?? defaultSettleMs
}
