import { describe, expect, it } from 'vitest'
import { findings } from './findings.ts'
import { play } from './play.ts'

/** `CHAOS_SEEDS=1-500 vitest run test/core/chaos` looks further. */
const [first = 1, last = first] = (process.env['CHAOS_SEEDS'] ?? '1-4').split('-').map(Number)
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('a day on which everything goes wrong', () => {
  it.each(seeds)('comes to rest with every promise kept: seed %i', async (seed) => {
    const played = await play(seed)

    expect(played.evidence.dossiers.length).toBeGreaterThan(0)
    expect(await findings(played)).toEqual([])
  })

  it.each(seeds)('comes to rest when orders leave as far as there is stock: seed %i', async (seed) => {
    expect(await findings(await play(seed, { inParts: 'ahead' }))).toEqual([])
  })

  it.each(seeds)('comes to rest when orders leave in small parts: seed %i', async (seed) => {
    expect(await findings(await play(seed, { inParts: 'apart' }))).toEqual([])
  })

  it.each(seeds)('comes to rest when one buyer orders everything and it travels together: seed %i', async (seed) => {
    const played = await play(seed, { oneBuyer: true })

    expect(await findings(played)).toEqual([])
  })
})
