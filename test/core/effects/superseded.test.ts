import { describe, expect, it } from 'vitest'
import { effectBench } from './effect-bench.ts'

describe('a process that another one has taken over from', () => {
  it('arms nothing and calls nobody', async () => {
    const bench = await effectBench()
    await bench.plan('a')
    await bench.world.storage.write((stores) => stores.lanes.nextEpoch())

    await expect(bench.pass()).rejects.toMatchObject({ kind: 'conflict', code: 'lease-superseded' })

    expect(await bench.load('a')).toMatchObject({ state: 'planned', attempt: 0 })
    expect(bench.log).not.toContain('call a')
  })
})
