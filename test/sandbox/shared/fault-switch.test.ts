import { describe, expect, it } from 'vitest'
import { createFaultSwitch } from '../../../sandbox/shared/fault-switch.ts'

describe('the fault switch', () => {
  it('lets nothing happen without rules', () => {
    const faults = createFaultSwitch(1)

    expect(faults.draw('orders')).toEqual([])
    expect(faults.counts()).toEqual({})
  })

  it('lets a rule happen to its operations only, after as many as it skips and as often as it says', () => {
    const faults = createFaultSwitch(1)
    faults.set([{ kind: 'H1-429-seconds', operations: ['orders'], skip: 1, times: 2 }])

    const drawn = ['order', 'orders', 'orders', 'orders', 'orders'].map((operation) => faults.draw(operation).length)

    expect(drawn).toEqual([0, 0, 1, 1, 0])
    expect(faults.counts()).toEqual({ 'H1-429-seconds': 2 })
  })

  it('draws the faults of one request in the order of the rules', () => {
    const faults = createFaultSwitch(1)
    faults.set([{ kind: 'G2-reordered' }, { kind: 'G1-duplicate' }])

    expect(faults.draw('orders')).toEqual(['G2-reordered', 'G1-duplicate'])
  })

  it('repeats a run with the same seed and differs with another', () => {
    const run = (seed: number): string => {
      const faults = createFaultSwitch(seed)
      faults.set([{ kind: 'H8-truncated-json', probability: 0.5 }])
      return Array.from({ length: 64 }, () => faults.draw('orders').length).join('')
    }

    expect(run(7)).toBe(run(7))
    expect(run(7)).not.toBe(run(8))
    expect(run(7)).toMatch(/01|10/)
  })

  it('forgets its rules when cleared and keeps its counts', () => {
    const faults = createFaultSwitch(1)
    faults.set([{ kind: 'H9-html-200' }])
    faults.draw('orders')
    faults.clear()

    expect(faults.draw('orders')).toEqual([])
    expect(faults.counts()).toEqual({ 'H9-html-200': 1 })
  })
})
