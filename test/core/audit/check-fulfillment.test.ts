import { describe, expect, it } from 'vitest'
import { checkFulfillment } from '../../../core/audit/check-fulfillment.ts'
import type { LedgerOutbound } from '../../../core/audit/ledger.ts'
import { asSku } from '../../../core/value/ids.ts'
import { createEffect, dossier, fulfillmentLine, fulfillmentOrder, order, orderLine, packed } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const reference = fulfillmentOrder(1).reference

/** Two of a listing that stood for two mugs each went out; for a box each it stands by now. */
function messages(leaving: number): readonly string[] {
  const old = fulfillmentLine({ quantity: 4, orderLines: [{ platformLineId: 'L1', quantity: 2, perUnit: 2 }] })
  const facts = dossier({
    order: order({ lines: [orderLine({ resolved: [{ sku: asSku('BOX'), quantity: 1 }] })] }),
    fulfillmentOrders: [fulfillmentOrder(1, { status: 'shipped', lines: [old], packages: [packed(1)] })],
    effects: [createEffect(1)],
  })
  const lines = [{ wmsSku: 'GC-MUG', quantity: leaving }]
  const outbound: LedgerOutbound = {
    reference,
    wmsOrderNo: 'W1',
    createdAt: at('08:00'),
    status: 'shipped',
    warehouseCode: 'USEA',
    serviceCode: 'FEDEX_GROUND',
    lines,
    packages: [{ trackingNumber: '9401', shippedAt: at('10:00'), lines }],
  }
  const ledger = { adapter: 'scripted', account: 'gc', requests: [], outbounds: [outbound] }
  const { violations } = checkFulfillment({ shops: [], warehouses: [{ account: 'gc', ledger }], dossiers: [facts] })
  return violations.map((each) => each.message)
}

describe('goods that left before the mapping of their line changed', () => {
  it('are no excess, for they were ordered then', () => {
    expect(messages(4)).toEqual([])
  })

  it('are one where more left than was asked for then', () => {
    expect(messages(5)).toEqual([`5 of MUG were shipped, 4 were asked for by ${reference}`])
  })
})
