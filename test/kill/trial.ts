import type { LedgerRequest } from '../../core/audit/ledger.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import { addMs } from '../../core/value/instant.ts'
import type { House } from '../end-to-end/harness.ts'
import type { Finished } from '../end-to-end/processes.ts'
import { warehouseAccount } from '../end-to-end/sandboxes.ts'
import type { KillCase } from './cases.ts'

/** Two, so that the neighbour of what the death met has to come out right as well. */
const ordersPerTrial = 2
/** After the cut-over and well before what a second poll reads again. */
const longAgoMs = 600_000
/** Runs of sync until nothing moves any more. */
const mostRuns = 6

/**
 * Write-backs need parcels: pushes the orders of all rounds at once, by a process that lives. Returns the orders
 * of each round; nothing for a stage that begins with orders nobody has read.
 */
export async function prepare(house: House, killCase: KillCase, rounds: number): Promise<(readonly string[])[]> {
  if (killCase.stage === 'push') return []
  const ids = Array.from({ length: rounds }, () => placeOrders(house, killCase))
  await runUntil(house, ids.flat(), 'in-fulfillment')
  return ids
}

/**
 * Lets one process die and the next one go on. Returns what is wrong in the end, one sentence each: every order
 * must stand in the warehouse exactly once and every shipment on its platform exactly once.
 */
export async function tryDeath(
  house: House,
  killCase: KillCase,
  { round, prepared }: { readonly round: number; readonly prepared: readonly string[] | undefined },
): Promise<readonly string[]> {
  const callsBefore = house.writes()
  const ids = prepared ?? placeOrders(house, killCase)
  if (killCase.stage === 'write-back') await ship(house, ids)
  const dead = await die(house, killCase, round)
  if (dead.signal !== 'SIGKILL')
    return [`the process did not die there; it ended with ${dead.code ?? dead.signal}: ${dead.stdout}${dead.stderr}`]
  const executedWrites = executedOf(house.writes()) - executedOf(callsBefore)
  const strayed = killCase.strayed({ dossiers: await dossiersOf(house, ids), executedWrites })
  if (strayed !== undefined) return [`the process died elsewhere: ${strayed}`]

  if (killCase.stage === 'push') {
    await runUntil(house, ids, 'in-fulfillment')
    await ship(house, ids)
  }
  await runUntil(house, ids, 'completed')
  const calls = house.writes().length - callsBefore.length
  return [...repeatedCalls(killCase, calls), ...(await miscounts(house, killCase, ids)), ...(await violations(house))]
}

/** The last one is bought now: a cursor that follows the times of the orders, like Wish's, passes the others with it. */
function placeOrders(house: House, killCase: KillCase): readonly string[] {
  const longAgo = killCase.isFirstPoll ? { placedAt: addMs(house.since, longAgoMs) } : {}
  const isLast = (index: number) => index === ordersPerTrial - 1
  return Array.from({ length: ordersPerTrial }, (_unused, index) => house.place(killCase.platform, isLast(index) ? {} : longAgo))
}

async function ship(house: House, ids: readonly string[]): Promise<void> {
  const dossiers = await dossiersOf(house, ids)
  house.advance({ to: 'shipped', references: dossiers.flatMap((dossier) => dossier.fulfillmentOrders.map((item) => item.reference)) })
}

/** Nothing here keeps a call from being executed, so whoever calls twice has not looked before. */
function repeatedCalls({ stage }: KillCase, calls: number): readonly string[] {
  const needed = stage === 'push' ? 2 * ordersPerTrial : ordersPerTrial
  return calls === needed ? [] : [`${calls} write calls were made where ${needed} are needed`]
}

async function die(house: House, { death, platform }: KillCase, round: number): Promise<Finished> {
  if (death.how === 'failpoint') {
    const hit = death.hits[round % death.hits.length] ?? 1
    return house.start('sync', [], { QUAYSIDE_FAILPOINT: `${death.failpoint}:${hit}` }).finished
  }
  const { faults } = death.atWarehouse ? house.warehouse : house.marketplaces[platform]
  faults.set([{ kind: 'H16-never-answered', operations: [death.operation], times: 1, skip: round % ordersPerTrial }])
  const process = house.start('sync')
  const met = await Promise.race([house.requestLeftHanging().then(() => 'hanging' as const), process.finished])
  faults.clear()
  return met === 'hanging' ? process.end('SIGKILL') : met
}

/** Restarts without a failpoint until the orders are where they must come to; whoever reads the result sees if they are not. */
async function runUntil(house: House, ids: readonly string[], state: string): Promise<void> {
  for (let run = 0; run < mostRuns; run += 1) {
    const { code } = await house.run('sync')
    const dossiers = await dossiersOf(house, ids)
    const haveArrived = dossiers.length === ids.length && dossiers.every((dossier) => dossier.order.state === state)
    if (code === 0 && haveArrived) return
  }
}

async function dossiersOf(house: House, ids: readonly string[]): Promise<readonly Dossier[]> {
  return (await house.dossiers()).filter((dossier) => ids.includes(dossier.order.platformOrderId))
}

function executedOf(calls: readonly LedgerRequest[]): number {
  return calls.filter((call) => call.outcome === 'executed').length
}

/** Counts what the other sides hold, without asking our own auditor. */
async function miscounts(house: House, { platform }: KillCase, ids: readonly string[]): Promise<readonly string[]> {
  const dossiers = await dossiersOf(house, ids)
  return ids.flatMap((id) => {
    const dossier = dossiers.find(({ order }) => order.platformOrderId === id)
    if (!dossier) return [`order ${id} is lost`]
    const references = new Set(dossier.fulfillmentOrders.map((item) => item.reference))
    const sent = house.outbounds().filter((outbound) => references.has(outbound.reference) && outbound.status !== 'cancelled')
    const parcels = sent.flatMap((outbound) => outbound.packages.map((parcel) => parcel.trackingNumber))
    const told = house.ledgerOrder(platform, id).shipments.map((shipment) => shipment.trackingNumber)
    return [
      ...(dossier.order.state === 'completed' ? [] : [`order ${id} is ${dossier.order.state}, not completed`]),
      ...(sent.length === 1 ? [] : [`order ${id} stands in the warehouse ${sent.length} times`]),
      ...(parcels.length === 1 ? [] : [`order ${id} left the warehouse in ${parcels.length} parcels`]),
      ...(told.length === 1 && told[0] === parcels[0] ? [] : [`order ${id} shows ${told.join(', ') || 'no shipment'} on ${platform}`]),
    ]
  })
}

async function violations(house: House): Promise<readonly string[]> {
  const { lost, duplicates, violations: found } = await house.audit()
  const strangers = unknownOutbounds(house, await house.dossiers())
  const counted = lost + duplicates > 0 ? [`${lost} lost, ${duplicates} duplicates`] : []
  return [...counted, ...found.map(({ invariant, subject, message }) => `${invariant} ${subject}: ${message}`), ...strangers]
}

/** Nothing but our own references may stand in the warehouse of this house. */
function unknownOutbounds(house: House, dossiers: readonly Dossier[]): readonly string[] {
  const known = new Set(dossiers.flatMap((dossier) => dossier.fulfillmentOrders.map((item) => item.reference)))
  const all = house.warehouse.ledger(warehouseAccount).outbounds
  return all.filter((outbound) => !known.has(outbound.reference)).map((outbound) => `${outbound.reference} stands in the warehouse unknown`)
}
