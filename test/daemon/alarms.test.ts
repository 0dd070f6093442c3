import { describe, expect, it } from 'vitest'
import type { LaneRow, SweepRow } from '../../core/ports/storage.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { alarmsOf } from '../../daemon/alarms.ts'
import type { Status } from '../../daemon/status.ts'
import { at } from '../fakes/order-snapshots.ts'
import { testShop } from '../fakes/test-operations.ts'

const now = at('12:00')
const shops = [testShop]
const poll: LaneRow = { lane: 'poll', account: 'brand', failures: 0, lastStartedAt: at('11:59'), lastSucceededAt: at('11:59') }

function sweep(changes: Partial<SweepRow> = {}): SweepRow {
  return {
    shop: 'brand',
    from: at('00:00'),
    to: at('10:00'),
    startedAt: at('10:00'),
    finishedAt: at('10:01'),
    listed: 1,
    held: 1,
    gaps: [],
    ...changes,
  }
}

const calm: Status = {
  at: now,
  lastWorkAt: at('11:59'),
  writeStop: false,
  lanes: [poll],
  limits: [],
  orders: {},
  holds: [],
  open: [],
  sla: { breached: 0, atRisk: 0, oldestShipBy: null },
  setAside: {},
  deserted: {},
  sweeps: [{ shop: 'brand', sweep: sweep() }],
}

function alarms(changes: Partial<Status> = {}): readonly string[] {
  return alarmsOf({ ...calm, ...changes }, { shops }).map(({ level, about, text }) => `${level} ${about}: ${text}`)
}

const problem = (kind: string) => ({ kind, code: 'x', message: 'it is refused', since: at('11:50') })
const hold = (oldestShipBy: Instant | null) => ({ reason: 'out-of-stock' as const, count: 2, oldestShipBy, subjects: [] })

describe('alarms', () => {
  it('tell a shop that was taken out of the configuration while writes for it are open', () => {
    expect(alarms({ deserted: { 'old-shop': 2 } })).toEqual([
      'alarm old-shop: is not configured any more, and 2 writes are open for it: put it back until they are done',
    ])
  })

  it('tell orders that are late, and those that will be', () => {
    expect(alarms({ sla: { breached: 1, atRisk: 2, oldestShipBy: at('11:00') } })).toEqual([
      'alarm ship-by: 1 order not shipped in time, 2 orders about to miss the ship-by; the most urgent was to ship 60 minutes ago',
    ])
    expect(alarms({ sla: { breached: 0, atRisk: 1, oldestShipBy: at('14:00') } })).toEqual([
      'warning ship-by: 1 order about to miss the ship-by; the most urgent is to ship in 2 hours',
    ])
  })

  it('are none while all is well', () => {
    expect(alarms()).toEqual([])
  })

  it('tell that nothing runs', () => {
    expect(alarms({ lastWorkAt: at('11:57') })).toEqual([
      'alarm quayside: does not run: the last work was 3 minutes ago; start it with "npm start"',
    ])
    expect(alarms({ lastWorkAt: null })[0]).toContain('nothing has ever worked here')
  })

  it('tell once what stops several lanes of an account, and when it is tried again', () => {
    const row = { ...poll, problem: problem('auth'), pausedUntil: at('12:10') }

    expect(alarms({ lanes: [row, { ...row, lane: 'confirm' }] })).toEqual([
      'alarm brand: poll, confirm stopped (auth, first 10 minutes ago): it is refused; tried again in 10 minutes',
    ])
  })

  it.each([
    ['auth', 'alarm'],
    ['config', 'alarm'],
    ['bug', 'alarm'],
    ['transient', 'warning'],
    ['rate-limit', 'warning'],
  ])('need a person for %s: %s', (kind, level) => {
    expect(alarms({ lanes: [{ ...poll, problem: problem(kind) }] })[0]).toMatch(new RegExp(`^${level} `))
  })

  it('tell of orders that wait beyond their ship-by, or will soon', () => {
    expect(alarms({ holds: [hold(at('11:00'))] })).toEqual([
      'alarm out-of-stock: 2 orders wait; the first was to ship 60 minutes ago: npm run holds -- list --reason out-of-stock',
    ])
    expect(alarms({ holds: [hold(at('20:00'))] })[0]).toMatch(/^warning out-of-stock: .* is to ship in 8 hours/)
    expect(alarms({ holds: [hold(addMs(now, 25 * 3_600_000)), hold(null)] })).toEqual([])
  })

  it('tell of outcomes that asking cannot establish', () => {
    const open = {
      key: 'k',
      kind: 'wms-create' as const,
      account: 'gc',
      state: 'unknown' as const,
      since: at('11:00'),
      nextAttemptAt: null,
      message: '',
    }

    expect(alarms({ open: [open] })[0]).toMatch(/^alarm outcomes: 1 outcome /)
    expect(
      alarms({
        open: [
          { ...open, nextAttemptAt: at('12:01') },
          { ...open, state: 'inflight' },
        ],
      }),
    ).toEqual([])
  })

  it('tell of orders that are missing, and of a comparison that is overdue', () => {
    const gaps = [{ platformOrderId: '1', createdAt: at('09:00'), reason: 'x', explained: false }]
    const old = sweep({ finishedAt: addMs(now, -27 * 3_600_000) })

    expect(alarms({ sweeps: [{ shop: 'brand', sweep: sweep({ gaps }) }] })[0]).toMatch(/^alarm brand: 1 orders of the platform are missing/)
    expect(alarms({ sweeps: [{ shop: 'brand', sweep: old }] })[0]).toMatch(/^warning brand: was long not compared/)
  })

  it('tell of a shop that was never compared only after its comparison had its chance', () => {
    const sweeps = [{ shop: 'brand', sweep: null }]

    expect(alarms({ sweeps })).toEqual([])
    expect(alarms({ sweeps, lanes: [poll, { ...poll, account: 'other', lane: 'sweep' }] })).toEqual([])
    expect(alarms({ sweeps, lanes: [poll, { ...poll, lane: 'sweep' }] })[0]).toMatch(/^warning brand: was never compared/)
  })

  it('tell of a shop that lags without a problem', () => {
    expect(alarms({ lanes: [{ ...poll, lastSucceededAt: at('11:30') }] })).toEqual([
      'warning brand: lags: its orders were last read 30 minutes ago',
    ])
    expect(alarms({ lanes: [{ ...poll, lastSucceededAt: at('11:40') }] })).toEqual([])
  })

  it('put what needs a person now before everything else', () => {
    const levels = alarms({ writeStop: true, setAside: { brand: 2 }, holds: [hold(at('11:00'))] }).map((text) => text.split(':')[0])

    expect(levels).toEqual(['alarm out-of-stock', 'warning brand', 'warning quayside'])
  })
})
