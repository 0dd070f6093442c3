import { newEffect } from '../../../core/effects/new-effect.ts'
import { type EffectHandler, type Guard, runEffects } from '../../../core/effects/run-effects.ts'
import type { ProbeFinding } from '../../../core/effects/transitions.ts'
import type { Effect, EffectCapabilities, WriteOutcome } from '../../../core/model/effect.ts'
import type { PassReport } from '../../../core/world.ts'
import { type TestWorld, type TestWorldOptions, testWorld } from '../../fakes/test-world.ts'

export const settleMs = 120_000

/** The protocol with everything around it scripted: what the guard says, what a call answers, what a read finds. */
export interface EffectBench {
  readonly world: TestWorld
  /** `guard`, `call`, `probe` and `settled STATE` with the effect's key, as they happened. */
  readonly log: readonly string[]
  readonly on: {
    guard(effect: Effect): Guard | Promise<Guard>
    call(effect: Effect): WriteOutcome | Promise<WriteOutcome>
    probe(effect: Effect): ProbeFinding | Promise<ProbeFinding>
    settled(effect: Effect): void | Promise<void>
  }
  plan(...keys: readonly string[]): Promise<void>
  save(effect: Effect): Promise<void>
  load(key: string): Promise<Effect>
  pass(): Promise<PassReport>
}

const byOrder: EffectCapabilities = { key: 'none', readBack: 'by-order', readBackLagMs: 2_000 }

export async function effectBench(options: TestWorldOptions & { readonly capabilities?: EffectCapabilities } = {}): Promise<EffectBench> {
  const world = await testWorld({ ...options, stock: 'unread' })
  const log: string[] = []
  const on: EffectBench['on'] = {
    guard: (effect) => ({ decision: 'go', effect }),
    call: () => ({ result: 'confirmed' }),
    probe: () => ({ found: 'equal' }),
    settled: () => undefined,
  }
  const handler: EffectHandler = {
    kinds: ['offer-stock'],
    account: 'brand',
    settleMs,
    failpoints: { beforeIntent: 'push.before-intent', afterIntent: 'push.after-intent', answered: 'push.answered' },
    capabilities: () => options.capabilities ?? byOrder,
    async guard(_stores, effect) {
      log.push(`guard ${effect.key}`)
      return on.guard(effect)
    },
    async call(effect) {
      log.push(`call ${effect.key}`)
      return on.call(effect)
    },
    async probe(effect) {
      log.push(`probe ${effect.key}`)
      return on.probe(effect)
    },
    async settled(_stores, effect) {
      log.push(`settled ${effect.state} ${effect.key}`)
      await on.settled(effect)
    },
  }
  const save = (effect: Effect): Promise<void> => world.write((stores) => stores.effects.save(effect))
  return {
    world,
    log,
    on,
    async plan(...keys) {
      for (const key of keys) await save(plannedEffect(key, world))
    },
    save,
    async load(key) {
      const effect = await world.storage.read((stores) => stores.effects.load(key))
      if (!effect) throw new Error(`effect ${key} is not stored`)
      return effect
    },
    pass: () => runEffects(world, handler),
  }
}

export function plannedEffect(key: string, world: TestWorld): Effect {
  const now = world.clock.now()
  return newEffect({ key, kind: 'offer-stock', account: 'brand', clientId: 'default', orderNo: 'Q1', payload: { key }, now })
}
