import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { indexCatalog } from '../../../core/mapping/catalog-index.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import { isOpen } from '../../../core/model/reconcile-holds.ts'
import type { ShippingService, Warehouse } from '../../../core/model/warehouse.ts'
import { diffPlans, type PlanChange } from '../../../core/planning/diff-plans.ts'
import type { Dossier } from '../../../core/planning/dossier.ts'
import { type PastConditions, planPast } from '../../../core/planning/plan-past.ts'
import { ruleStatistics } from '../../../core/planning/rule-statistics.ts'
import type { RulesDocument } from '../../../core/rules/document.ts'
import { asSku, asWmsSku } from '../../../core/value/ids.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { money } from '../../../core/value/money.ts'
import { fulfillmentLine, fulfillmentOrder, order, orderLine } from '../../fakes/dossiers.ts'
import { homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { testCatalog, testOperations, testWarehouse } from '../../fakes/test-operations.ts'
import { type TestWorld, testWorld } from '../../fakes/test-world.ts'
import { rulesOf, totalsOf } from '../rules/rules-world.ts'

const way = (code: string, cents: number, days: readonly [number, number]): ShippingService => ({
  code,
  wmsCode: code.toUpperCase(),
  carrier: 'fedex',
  countries: ['US', 'CA'],
  days,
  price: { base: money(cents, 'USD'), perKg: money(100, 'USD') },
})
const warehouses: readonly Warehouse[] = [
  { ...testWarehouse, services: [way('ground', 610, [1, 3]), way('saver', 520, [3, 6])] },
  { ...testWarehouse, code: 'CA', wmsCode: 'USWE', services: [way('ground', 630, [2, 4])] },
]
const catalog = {
  ...testCatalog,
  warehouseSkus: [
    ...testCatalog.warehouseSkus,
    { warehouse: 'CA', sku: asSku('MUG'), wmsSku: asWmsSku('CA-MUG'), unitFactor: 1 },
    { warehouse: 'CA', sku: asSku('BOX'), wmsSku: asWmsSku('CA-BOX'), unitFactor: 1 },
  ],
}
const conditions: PastConditions = {
  catalog: indexCatalog({ ...catalog, revision: 1 }),
  warehouses,
  checkFields: () => [],
}

const inForce = `
intake:
  - { name: Factory, when: { field: tags, op: contains, value: factory }, then: [{ ignore: { reason: factory } }] }
review:
  - { name: High, when: { field: amounts.total, op: gte, value: 300 }, then: [{ hold: { reason: high-value } }] }
  - { name: Many, when: { anyLine: { field: quantity, op: gte, value: 6 } }, then: [{ hold: {} }] }
courier:
  - { name: Fast, when: { field: tags, op: contains, value: fast }, then: [{ candidates: { rank: speed } }] }
`
const edited = `
enrich:
  - { name: Mark, when: { field: tags, op: contains, value: gift }, then: [{ addTag: wrap }] }
review:
  - { name: High, when: { field: amounts.total, op: gte, value: 200 }, then: [{ hold: { reason: high-value } }] }
  - { name: Few, when: { anyLine: { field: quantity, op: gte, value: 7 } }, then: [{ hold: {} }] }
allocate:
  - { name: West, when: { field: shipTo.state, op: eq, value: CA }, then: [{ fixed: { warehouse: CA } }] }
courier:
  - { name: Ground, when: { anyLine: { field: sku, op: eq, value: BOX } }, then: [{ fixed: { service: ground } }] }
`

/** Orders of every kind that the rules tell apart, in fixed variety. */
function orders(count: number, paidAt: Instant): readonly OrderSnapshot[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = <T>(every: number, values: readonly [T, ...T[]]): T => values[Math.floor(index / every) % values.length] ?? values[0]
    return snapshot(String(index + 1), {
      paidAt,
      tags: pick(1, [[], ['factory'], ['fast'], [], ['gift', 'fast'], []]),
      totals: totalsOf(pick(2, ['20.00', '199.99', '250.00', '300.00', '20.00']), 'USD'),
      personal: { shipTo: { ...homeAddress, state: pick(3, ['NY', 'CA', 'TX']) }, buyer: {}, notes: {} },
      lines: [snapshotLine({ channelSku: pick(5, ['CH-MUG', 'CH-BOX', 'CH-GIFT', 'CH-NEW']), quantity: pick(7, [1, 2, 6, 7]) })],
    })
  })
}

/** The product itself under these rules, with all of it decided. */
async function decidedUnder(rules: string, count: number): Promise<{ readonly world: TestWorld; readonly dossiers: readonly Dossier[] }> {
  const operations = { ...testOperations, warehouses, rules: rulesOf(rules, { warehouses }) }
  const world = await testWorld({ operations, stock: { 'GC-MUG': 100_000, 'GC-BOX': 100_000 } })
  const now = world.clock.now()
  const levels = ['CA-MUG', 'CA-BOX'].map((code) => ({
    warehouse: 'CA',
    wmsSku: asWmsSku(code),
    available: 100_000,
    reserved: 0,
    pendingPutaway: 0,
    inTransit: 0,
    defective: 0,
    asOf: now,
  }))
  await world.write(async (stores) => {
    await stores.catalog.saveWarehouseSkus(catalog.warehouseSkus)
    await stores.stock.saveSnapshot('CA', levels, now)
  })
  const placed = orders(count, addMs(now, -3_600_000))
  world.connector.put(...placed)
  while ((await world.run('poll')).more);
  while ((await world.run('plan')).more);
  return { world, dossiers: await Promise.all(placed.map((each) => world.dossier(each.platformOrderId))) }
}

/** What differs between two orders that were really decided, told without any of the code under test. */
function realChanges(before: Dossier, after: Dossier): readonly PlanChange[] {
  const holdsOf = ({ holds }: Dossier) =>
    holds
      .filter(isOpen)
      .map((hold) => `${hold.reason} ${hold.subject}`)
      .toSorted()
      .join()
  const madeOf = (dossier: Dossier, tell: (made: Dossier['fulfillmentOrders'][number]) => string) =>
    dossier.fulfillmentOrders.map(tell).toSorted().join()
  if (before.order.state === 'ignored') return after.order.state === 'ignored' ? [] : ['taken']
  const changes: PlanChange[] = []
  const [held, heldNow] = [holdsOf(before), holdsOf(after)]
  if (held !== heldNow) changes.push(held === '' ? 'newly-held' : heldNow === '' ? 'released' : 'held-otherwise')
  if (held === '' && heldNow === '') {
    const isElsewhere = madeOf(before, (made) => made.warehouse) !== madeOf(after, (made) => made.warehouse)
    if (isElsewhere) changes.push('other-warehouse')
    else if (madeOf(before, (made) => made.service) !== madeOf(after, (made) => made.service)) changes.push('other-service')
  }
  if (JSON.stringify(before.order.ruled) !== JSON.stringify(after.order.ruled)) changes.push('other-marks')
  return changes
}

describe('an edited rules file', () => {
  it('changes what really running both rule sets changes, order by order', { timeout: 60_000 }, async () => {
    const [before, after] = [await decidedUnder(inForce, 300), await decidedUnder(edited, 300)]

    const diff = await diffPlans(before.dossiers, {
      ...conditions,
      before: rulesOf(inForce, { warehouses }),
      after: rulesOf(edited, { warehouses }),
    })

    const real = before.dossiers.map((dossier, index) => realChanges(dossier, after.dossiers[index] ?? dossier))
    const found = new Map(diff.changed.map((each) => [each.platformOrderId, each]))
    for (const [index, { order: stored, fulfillmentOrders }] of before.dossiers.entries()) {
      const change = found.get(stored.platformOrderId)
      // Of an order that waits it is known too what would be made of it; nothing was really made.
      const isMade = fulfillmentOrders.length > 0 && (after.dossiers[index]?.fulfillmentOrders.length ?? 0) > 0
      const told = (change?.changes ?? []).filter((each) => isMade || !['other-warehouse', 'other-service'].includes(each))
      expect([stored.platformOrderId, told]).toEqual([stored.platformOrderId, real[index]])
    }
    expect(diff.compared).toBe(300)
    for (const change of ['taken', 'newly-held', 'released', 'held-otherwise', 'other-warehouse', 'other-service', 'other-marks'] as const)
      expect([change, diff.counts[change] > 0]).toEqual([change, true])
    expect(diff.counts).toMatchObject({ taken: 50, ignored: 0 })
  })

  it('differs by the price and the days of the services, each order once', async () => {
    const under = (rules: string) => rulesOf(rules, { warehouses })
    const past = [1, 2, 3].map((units) => ({
      order: order({
        orderNo: `Q${units}`,
        lines: [orderLine({ quantity: units, channelSku: snapshotLine({ channelSku: 'CH-MUG' }).channelSku })],
      }),
      fulfillmentOrders: [],
    }))

    const diff = await diffPlans(past, {
      ...conditions,
      before: under(''),
      after: under('courier: [{ name: Ground, then: [{ fixed: { service: ground } }] }]'),
    })

    // 0.3, 0.6 and 0.9 kg from NJ: by saver at 5.20 before, by ground at 6.10 after.
    expect(diff.money).toEqual([{ before: money(1740, 'USD'), after: money(2010, 'USD'), difference: money(270, 'USD') }])
    expect(diff.days).toEqual({ faster: 3, slower: 0, difference: -9 })
    expect(diff.counts).toMatchObject({ 'other-warehouse': 0, 'other-service': 3 })
  })

  it('tells which orders another rule would let travel together', async () => {
    const merging = 'merge: [{ name: Gifts, when: { field: tags, op: contains, value: gift }, then: [{ auto: { window: 1h } }] }]'
    const past = [order({ orderNo: 'Q1', tags: ['gift'] }), order({ orderNo: 'Q2' })]

    const diff = await diffPlans(
      past.map((each) => ({ order: each, fulfillmentOrders: [] })),
      { ...conditions, before: rulesOf('', { warehouses }), after: rulesOf(merging, { warehouses }) },
    )

    expect(diff.changed).toMatchObject([{ orderNo: 'Q1', changes: ['other-merge'], before: { merge: null }, after: { merge: 'Gifts' } }])
  })

  it('tells orders that would be asked for other options or divided otherwise', async () => {
    const past = [1, 4].map((units) => ({
      order: order({ orderNo: `Q${units}`, lines: [orderLine({ quantity: units })] }),
      fulfillmentOrders: [],
    }))

    const diff = await diffPlans(past, {
      ...conditions,
      before: rulesOf('', { warehouses }),
      after: rulesOf(
        'split: [{ name: Few, then: [{ byLimit: { maxQuantity: 2 } }] }]\noptions: [{ name: All, then: [{ signature: {} }] }]',
        { warehouses },
      ),
    })

    expect(diff.changed.map(({ orderNo, changes }) => [orderNo, changes])).toEqual([
      ['Q1', ['other-options']],
      ['Q4', ['other-split']],
    ])
    expect(diff.changed[0]?.after.parts[0]?.options).toBe('signature')
  })

  it('has nothing to say about orders that were never ours', async () => {
    const past = [order({ ignoredReason: 'digital' }), order({ platformState: 'cancelled' }), order({ platformState: 'awaiting-payment' })]
    const hold = rulesOf('review: [{ name: All, then: [{ hold: {} }] }]', { warehouses })

    const diff = await diffPlans(
      past.map((each) => ({ order: each, fulfillmentOrders: [] })),
      { ...conditions, before: rulesOf('', { warehouses }), after: hold },
    )

    expect(diff).toMatchObject({ compared: 0, leftOut: 3, changed: [] })
  })
})

describe('a past order', () => {
  const mugs = {
    order: order({ state: 'completed', platformState: 'shipped', lines: [orderLine({ shippedQuantity: 2 })] }),
    fulfillmentOrders: [],
  }

  it('is planned whole and at its own time, whatever has happened since', () => {
    const young = rulesOf(
      'review: [{ name: Young, when: { field: ageSincePaidMin, op: lt, value: 31 }, then: [{ hold: { release: when-condition } }] }]',
      { warehouses },
    )
    const { order: stored } = mugs
    const paid = { ...mugs, order: { ...stored, paidAt: addMs(stored.importedAt, -1_800_000) } }

    const plan = planPast(paid, young, conditions)

    expect(plan.holds).toMatchObject([{ subject: 'Young' }])
    expect(plan.parts[0]?.lines).toMatchObject([{ sku: 'MUG', quantity: 2 }])
  })

  it('that was split is asked the split rules with what each warehouse shipped', () => {
    const made = (sequence: number, warehouse: string, wmsSku: string) =>
      fulfillmentOrder(sequence, { warehouse, lines: [fulfillmentLine({ wmsSku: asWmsSku(wmsSku), quantity: 1 })] })
    const split = { ...mugs, fulfillmentOrders: [made(1, 'NJ', 'GC-MUG'), made(2, 'CA', 'CA-MUG')] }

    const plan = planPast(split, rulesOf('split: [{ name: Two, then: [{ byWarehouse: {} }] }]', { warehouses }), conditions)

    expect(plan.parts.map((part) => part.warehouse.code)).toEqual(['NJ', 'CA'])
    expect(planPast(split, rulesOf('', { warehouses }), conditions).holds).toMatchObject([{ reason: 'out-of-stock' }])
  })
})

describe('the statistics of rules', () => {
  const statisticsOf = (yaml: string, past: readonly Dossier['order'][]) => {
    const rules = { document: parse(yaml) as RulesDocument, ruleSet: rulesOf(yaml, { warehouses }) }
    return ruleStatistics(
      past.map((each) => ({ order: each, fulfillmentOrders: [] })),
      rules,
      conditions,
    )
  }

  it('tell which rules never matched, always matched, were never asked, or could not be told', async () => {
    const yaml = `
review:
  - { name: Never, when: { field: shop, op: eq, value: other }, then: [{ hold: {} }] }
  - { name: Always, when: { field: shop, op: eq, value: brand }, then: [{ hold: {} }] }
  - { name: Euros, when: { field: amounts.totalUsd, op: gt, value: 1 }, then: [{ hold: {} }] }
  - { name: All, then: [{ hold: {} }] }
split:
  - { name: Two, then: [{ byWarehouse: {} }] }
`
    const { orders: count, rules } = await statisticsOf(yaml, [
      order({ totals: totalsOf('9.00', 'EUR') }),
      order({ totals: totalsOf('9.00', 'EUR') }),
    ])

    expect(count).toBe(2)
    expect(rules.map(({ rule, tried, matched, finding }) => [rule, tried, matched, finding])).toEqual([
      ['Never', 2, 0, 'never-matched'],
      ['Always', 2, 2, 'always-matched'],
      ['Euros', 2, 0, 'undecided'],
      ['All', 2, 2, null],
      ['Two', 0, 0, 'never-asked'],
    ])
  })

  it('find nothing where no order is stored', async () => {
    const { rules } = await statisticsOf('review: [{ name: All, then: [{ hold: {} }] }]', [])

    expect(rules).toEqual([{ stage: 'review', rule: 'All', tried: 0, matched: 0, undecided: 0, finding: null }])
  })
})
