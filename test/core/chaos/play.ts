import type { Evidence } from '../../../core/audit/evidence.ts'
import type { LaneName } from '../../../core/model/lane.ts'
import { loadDossier } from '../../../core/planning/dossier.ts'
import type { Choice } from '../../../core/rules/rule.ts'
import type { RuleHold } from '../../../core/rules/rule-set.ts'
import type { MergeAction } from '../../../core/rules/stages/merge.ts'
import type { SplitAction } from '../../../core/rules/stages/split.ts'
import { addMs } from '../../../core/value/instant.ts'
import type { Failpoint } from '../../../core/world.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { virtualClock } from '../../fakes/virtual-clock.ts'
import { chanceOf } from './chance.ts'
import { depot } from './depot.ts'
import { faultyConnector, faultyWarehouse } from './faulty.ts'
import { marketplace } from './marketplace.ts'
import { changeMapping, giveUp, workOnHolds } from './person.ts'

const lanes: readonly LaneName[] = ['poll', 'stock', 'plan', 'push', 'track', 'confirm', 'sweep']
const failpoints: readonly Failpoint[] = [
  'poll.page-stored',
  'push.before-intent',
  'push.after-intent',
  'push.answered',
  'confirm.before-intent',
  'confirm.after-intent',
  'confirm.answered',
]

/** Whatever one buyer orders within ten minutes travels together. */
const gathers: Choice<MergeAction> = {
  action: { kind: 'auto', windowMs: 600_000, maxOrders: 4, maxWeightGrams: 5_000, maxQuantity: undefined },
  rule: 'Same buyer',
  trials: [],
  hold: undefined,
}
/** What is there goes ahead, or parts of two pieces at most. */
const divisions = {
  ahead: { mode: 'in-stock-first', maxParts: 2 },
  apart: { mode: 'by-limit', limit: { maxQuantity: 2 }, maxParts: 9 },
} as const satisfies Readonly<Record<string, SplitAction>>
const bigOrder: RuleHold = { rule: 'Big', reason: 'high-value', detail: 'look at it', release: { mode: 'manual' } }

export interface Played {
  readonly world: TestWorld
  readonly evidence: Evidence
  /** The shop takes one number per order and calls it shipped with that. */
  readonly shipsWhole: boolean
}

interface Day {
  readonly oneBuyer?: boolean
  readonly inParts?: keyof typeof divisions
}

/** A bad day, by choice with one buyer whose orders travel together, or with orders that leave in parts: everything goes wrong that can, in an order given by the seed; then all heals and comes to rest. */
export async function play(seed: number, { oneBuyer = false, inParts }: Day = {}): Promise<Played> {
  const chance = chanceOf(seed)
  const clock = virtualClock()
  const trouble = { rate: 0.12 }
  const shipsWhole = chance.happens(0.3) && inParts === undefined
  const merges = chance.happens(0.5) || oneBuyer
  const market = marketplace(chance, () => clock, { shipsWhole, oneBuyer })
  const goods = depot(chance, () => clock)
  const world = await testWorld({
    clock,
    connector: faultyConnector(market.connector, chance, trouble),
    warehouse: faultyWarehouse(goods.warehouse, chance, trouble),
    severalPackages: !shipsWhole,
    stock: 'unread',
    operations: {
      rules: {
        version: 'rules-1',
        review: ({ order }) => (order.lines.length > 2 ? [bigOrder] : []),
        ...(merges && { merge: () => gathers }),
        ...(inParts && {
          dividesAhead: inParts === 'apart',
          split: () => ({ action: divisions[inParts], rule: 'In parts', trials: [], hold: undefined }),
        }),
      },
    },
  })
  for (let step = 0; step < 60; step += 1) {
    market.live()
    goods.work(false)
    if (chance.happens(0.1)) crashAt(world, chance.pick(failpoints))
    await Promise.all([chance.pick(lanes), chance.pick(lanes), chance.pick(lanes)].map((lane) => world.pass(lane)))
    if (chance.happens(0.1)) await restart(world)
    if (chance.happens(0.1)) for (const orderNo of await orderNos(world)) await workOnHolds(world, orderNo)
    if (chance.happens(0.1)) await changeMapping(world, chance)
    if (chance.happens(0.05)) world.reconfigure({ writeStop: !world.operations().writeStop })
    if (chance.happens(0.02)) await giveUp(world, chance.pick([...(await orderNos(world)), 'none']))
    clock.advance(chance.below(180_000))
  }
  trouble.rate = 0
  world.reconfigure({ writeStop: false })
  await restart(world)
  for (let round = 0; round < 40; round += 1) {
    goods.work(true)
    for (const lane of lanes) await world.pass(lane, undefined, { evenIfPaused: true })
    if (round % 5 === 4) for (const orderNo of await orderNos(world)) await workOnHolds(world, orderNo)
    clock.advance(round % 7 === 6 ? 10_000_000 : 130_000)
  }
  return { world, shipsWhole, evidence: await gather(world, market.ledger(), goods.ledger()) }
}

function crashAt(world: TestWorld, point: Failpoint): void {
  world.atFailpoint.set(point, () => {
    world.atFailpoint.delete(point)
    throw new Error(`planted: the process ends at ${point}`)
  })
}

async function restart(world: TestWorld): Promise<void> {
  world.atFailpoint.clear()
  await world.restart()
}

async function orderNos(world: TestWorld): Promise<readonly string[]> {
  const { orders } = await world.storage.read((stores) => stores.orders.list({ limit: 100 }))
  return orders.map((order) => order.orderNo)
}

type Ledgers = [Evidence['shops'][number]['ledger'], Evidence['warehouses'][number]['ledger']]

async function gather(world: TestWorld, ...[market, warehouse]: Ledgers): Promise<Evidence> {
  const numbers = await orderNos(world)
  const dossiers = await world.storage.read((stores) => Promise.all(numbers.map((orderNo) => loadDossier(stores, orderNo))))
  return {
    shops: [
      {
        shop: 'brand',
        since: addMs(world.clock.now(), -86_400_000 * 30),
        ledger: market,
        polledAt: world.clock.now(),
        rejectedIds: new Set(),
      },
    ],
    warehouses: [{ account: 'gc', ledger: warehouse }],
    dossiers: dossiers.filter((dossier) => dossier !== undefined),
  }
}
