import type { Config } from '../config/index.ts'
import { distanceInWords } from '../core/explain/index.ts'
import { addMs, type Instant } from '../core/value/instant.ts'
import type { Status } from './status.ts'

/** Some lane looks for work every 15 seconds. */
const silentMs = 120_000
/** A sweep runs daily. */
const oldSweepMs = 26 * 3_600_000
const soonMs = 24 * 3_600_000
const shortestLagMs = 600_000
/** Missed polls after which a shop lags. */
const missedPolls = 5

export interface Alarm {
  /** `alarm` needs a person now, `warning` soon. */
  readonly level: 'alarm' | 'warning'
  /** What it is about: an account, a hold reason, or `quayside`. */
  readonly about: string
  readonly text: string
}

/** What a person must look at, the urgent first. Pure. */
export function alarmsOf(status: Status, config: Pick<Config, 'shops'>): readonly Alarm[] {
  const alarms = [
    ...notRunning(status),
    ...stoppedLanes(status),
    ...desertedAccounts(status),
    ...lateOrders(status),
    ...overdueHolds(status),
    ...lostOutcomes(status),
    ...incompleteSweeps(status),
    ...laggingShops(status, config),
    ...setAsideRecords(status),
    ...writingStopped(status),
  ]
  return [...alarms.filter(({ level }) => level === 'alarm'), ...alarms.filter(({ level }) => level === 'warning')]
}

function notRunning({ lastWorkAt, at }: Status): readonly Alarm[] {
  if (lastWorkAt === null) return [{ level: 'alarm', about: 'quayside', text: 'nothing has ever worked here: start it with "npm start"' }]
  if (!isSilent(lastWorkAt, at)) return []
  const text = `does not run: the last work was ${distanceInWords(at, lastWorkAt)}; start it with "npm start"`
  return [{ level: 'alarm', about: 'quayside', text }]
}

function isSilent(lastWorkAt: Instant, at: Instant): boolean {
  return addMs(lastWorkAt, silentMs) < at
}

/** One alarm per account and message, however many lanes it stops. */
function stoppedLanes({ lanes, at }: Status): readonly Alarm[] {
  const groups = new Map<string, { account: string; message: string; kind: string; since: Instant; lanes: string[]; until?: Instant }>()
  for (const { lane, account, problem, pausedUntil } of lanes) {
    if (!problem) continue
    const { message, kind, since } = problem
    const group = groups.get(`${account} ${message}`) ?? { account, message, kind, since, lanes: [] }
    groups.set(`${account} ${message}`, {
      ...group,
      lanes: [...group.lanes, lane],
      ...(pausedUntil !== undefined && { until: pausedUntil }),
    })
  }
  return [...groups.values()].map(({ account, message, kind, since, lanes: names, until }) => {
    const again = until === undefined || until <= at ? 'the next try is due' : `tried again ${distanceInWords(at, until)}`
    const needsPerson = kind === 'auth' || kind === 'config' || kind === 'bug'
    const text = `${names.join(', ')} stopped (${kind}, first ${distanceInWords(at, since)}): ${message}; ${again}`
    return { level: needsPerson ? 'alarm' : 'warning', about: account, text } as const
  })
}

/** Nothing works for them, so that nothing else would tell. */
function desertedAccounts({ deserted }: Status): readonly Alarm[] {
  return Object.entries(deserted).map(([account, writes]) => {
    const open = `${writes} ${writes === 1 ? 'write is' : 'writes are'} open for it`
    return { level: 'alarm', about: account, text: `is not configured any more, and ${open}: put it back until they are done` }
  })
}

function lateOrders({ sla: { breached, atRisk, oldestShipBy }, at }: Status): readonly Alarm[] {
  if (oldestShipBy === null) return []
  const count = (orders: number, what: string): string => `${orders} ${orders === 1 ? 'order' : 'orders'} ${what}`
  const when = `the most urgent ${oldestShipBy < at ? 'was to ship' : 'is to ship'} ${distanceInWords(at, oldestShipBy)}`
  const parts = [breached > 0 && count(breached, 'not shipped in time'), atRisk > 0 && count(atRisk, 'about to miss the ship-by')]
  return [{ level: breached > 0 ? 'alarm' : 'warning', about: 'ship-by', text: `${parts.filter(Boolean).join(', ')}; ${when}` }]
}

function overdueHolds({ holds, at }: Status): readonly Alarm[] {
  return holds.flatMap(({ reason, count, oldestShipBy }): readonly Alarm[] => {
    if (oldestShipBy === null || oldestShipBy > addMs(at, soonMs)) return []
    const isOver = oldestShipBy < at
    const text = `${count} ${count === 1 ? 'order waits' : 'orders wait'}; the first ${isOver ? 'was to ship' : 'is to ship'} ${distanceInWords(at, oldestShipBy)}: npm run holds -- list --reason ${reason}`
    return [{ level: isOver ? 'alarm' : 'warning', about: reason, text }]
  })
}

function lostOutcomes({ open }: Status): readonly Alarm[] {
  const lost = open.filter(({ state, nextAttemptAt }) => state === 'unknown' && nextAttemptAt === null)
  if (lost.length === 0) return []
  const text = `${lost.length} ${lost.length === 1 ? 'outcome' : 'outcomes'} cannot be established by asking: npm run holds -- list`
  return [{ level: 'alarm', about: 'outcomes', text }]
}

function incompleteSweeps({ sweeps, lanes, at, lastWorkAt }: Status): readonly Alarm[] {
  const isRunning = lastWorkAt !== null && !isSilent(lastWorkAt, at)
  return sweeps.flatMap(({ shop, sweep }): readonly Alarm[] => {
    const unexplained = sweep?.gaps.filter((gap) => !gap.explained).length ?? 0
    if (unexplained > 0)
      return [
        { level: 'alarm', about: shop, text: `${unexplained} orders of the platform are missing here: npm run audit -- --shop ${shop}` },
      ]
    // The first one follows the first poll, and a poll that does not finish has an alarm of its own.
    const isOld =
      sweep === null ? lanes.some(({ lane, account }) => lane === 'sweep' && account === shop) : addMs(sweep.finishedAt, oldSweepMs) < at
    if (!isOld || !isRunning) return []
    return [
      {
        level: 'warning',
        about: shop,
        text: `was ${sweep === null ? 'never' : 'long not'} compared with the platform: npm run audit -- --shop ${shop} --sweep`,
      },
    ]
  })
}

function laggingShops({ lanes, at, lastWorkAt }: Status, { shops }: Pick<Config, 'shops'>): readonly Alarm[] {
  if (lastWorkAt === null || isSilent(lastWorkAt, at)) return []
  return shops.flatMap(({ id, pollEveryMs }): readonly Alarm[] => {
    const row = lanes.find((candidate) => candidate.lane === 'poll' && candidate.account === id)
    const allowedMs = Math.max(pollEveryMs * missedPolls, shortestLagMs)
    if (row?.problem || row?.lastSucceededAt === undefined || addMs(row.lastSucceededAt, allowedMs) >= at) return []
    return [{ level: 'warning', about: id, text: `lags: its orders were last read ${distanceInWords(at, row.lastSucceededAt)}` }]
  })
}

function setAsideRecords({ setAside }: Status): readonly Alarm[] {
  return Object.entries(setAside).map(([account, count]) => ({
    level: 'warning',
    about: account,
    text: `${count} ${count === 1 ? 'record' : 'records'} could not be read: npm run orders -- rejected`,
  }))
}

function writingStopped({ writeStop }: Status): readonly Alarm[] {
  if (!writeStop) return []
  return [
    {
      level: 'warning',
      about: 'quayside',
      text: 'writeStop is true: orders are planned and nothing is sent; set it to false in quayside.yaml',
    },
  ]
}
