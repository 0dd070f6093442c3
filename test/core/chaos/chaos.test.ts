import { describe, expect, it } from 'vitest'
import { audit } from '../../../core/audit/audit.ts'
import { isOpen } from '../../../core/model/reconcile-holds.ts'
import { play } from './play.ts'

const seeds = (process.env['CHAOS_SEEDS'] ?? '1-3').split('-').map(Number)
const all = Array.from({ length: (seeds[1] ?? 3) - (seeds[0] ?? 1) + 1 }, (_, i) => (seeds[0] ?? 1) + i)

describe('chaos', () => {
  it.each(all)('seed %i', async (seed) => {
    const { world, evidence } = await play(seed)
    const result = audit(evidence)
    const states = evidence.dossiers.map((d) => `${d.order.platformOrderId} ${d.order.platformState} ${d.order.state} [${d.holds.filter(isOpen).map((h) => `${h.reason} ${h.subject}`)}]`)
    if (result.violations.length > 0) console.log(seed, JSON.stringify(result.violations, null, 1), states.join('\n'))
    expect(result.violations).toEqual([])
    if (process.env['CHAOS_STATES']) console.log(seed, states.join('\n'), world.lines.filter((l) => l.level === 'error').map((l) => `${l.message} ${l.fields['lane']} ${l.fields['kind']} ${l.fields['message']}`).join('\n'))
  })
})
