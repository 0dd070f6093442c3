import { describe, expect, onTestFinished, test } from 'vitest'
import { ebay } from '../../../connectors/ebay/index.ts'
import { newEffect } from '../../../core/effects/new-effect.ts'
import { armed, maxAttempts, needsPerson, settledByAnswer, settledByProbe } from '../../../core/effects/transitions.ts'
import { applySnapshot } from '../../../core/intake/apply-snapshot.ts'
import type { Hold } from '../../../core/model/hold.ts'
import type { Order } from '../../../core/model/order.ts'
import { outboundRequest } from '../../../core/planning/make-fulfillment-order.ts'
import { addMs, type Instant } from '../../../core/value/instant.ts'
import { createGates } from '../../../daemon/call-gate.ts'
import { openStorage } from '../../../storage/index.ts'
import { inputOf, plan } from '../../core/planning/planning-world.ts'
import { virtualClock } from '../../fakes/virtual-clock.ts'
import { plainShop } from './ebay-world.ts'
import { instant, lineItem, mapped, orderPayload, shipTo } from './order-payload.ts'

const shop = { ...plainShop, since: instant('2026-11-01T00:00:00Z') }
const later = instant('2026-11-24T09:00:00Z')

interface Kept {
  readonly order: Order
  readonly holds: readonly Hold[]
}

/** What is stored after a reading; the same again when the reading changes nothing. */
function read(payload: Readonly<Record<string, unknown>>, kept?: Kept, now: Instant = later): Kept {
  const intake = applySnapshot(kept?.order, kept?.holds ?? [], mapped(payload, { now }), { shop, now })
  if (intake.result === 'new' || intake.result === 'changed') {
    const others = (kept?.holds ?? []).filter((hold) => !intake.holds.some((change) => change.reason === hold.reason))
    return { order: intake.order, holds: [...others, ...intake.holds] }
  }
  if (!kept) throw new Error('a first reading is always new')
  return intake.result === 'touched' ? { ...kept, order: intake.order } : kept
}

const changedAt = (lastModifiedDate: string, changes: Readonly<Record<string, unknown>> = {}) =>
  orderPayload({ lastModifiedDate, ...changes })
const openReasons = ({ holds }: Kept) => holds.filter((hold) => hold.releasedAt === undefined).map((hold) => hold.reason)

describe('an eBay order that is stored', () => {
  const emailOver = shipTo({ email: undefined })
  const personOver = shipTo({
    fullName: undefined,
    primaryPhone: {},
    email: undefined,
    contactAddress: { city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
  })

  test.each([
    ['14 days', '2026-12-05T10:00:00Z', emailOver],
    ['90 days', '2027-02-25T10:00:00Z', personOver],
  ])('keeps what eBay hides after %s [ebay-field-23]', (_age, now, instruction) => {
    const first = read(orderPayload())
    const aged = { fulfillmentStartInstructions: [instruction], buyer: { username: 'buyer_77' }, orderFulfillmentStatus: 'FULFILLED' }

    const { order } = read(changedAt('2026-12-01T00:00:00.000Z', aged), first, instant(now))

    expect(order.platformState).toBe('shipped')
    expect(order.personal).toEqual(first.order.personal)
  })

  test('is not changed by an older reading [ebay-read-15]', () => {
    const newer = read(changedAt('2026-11-21T00:00:00.000Z', { orderPaymentStatus: 'PARTIALLY_REFUNDED' }))

    expect(read(changedAt('2026-11-20T23:00:00.000Z'), newer)).toBe(newer)
  })

  test('becomes ours to ship when it is paid later [ebay-read-07]', () => {
    const unpaid = read(changedAt('2026-11-20T10:16:02.512Z', { orderPaymentStatus: 'PENDING' }))
    const paid = read(changedAt('2026-11-20T12:00:00.000Z'), unpaid)

    expect(unpaid.order.platformState).toBe('awaiting-payment')
    expect(paid.order).toMatchObject({ platformState: 'open', paymentState: 'paid' })
    expect(paid.order.planDueAt).toBe(later)
  })

  test('is held while the buyer asks to cancel, and goes on when that is declined [ebay-read-17] [ebay-state-05]', () => {
    const first = read(orderPayload())
    const request = (cancelRequestState: string) => ({ cancelRequests: [{ cancelRequestState }] })
    const asked = read(
      changedAt('2026-11-21T00:00:00.000Z', { cancelStatus: { cancelState: 'IN_PROGRESS', ...request('REQUESTED') } }),
      first,
    )
    const declined = read(
      changedAt('2026-11-22T00:00:00.000Z', { cancelStatus: { cancelState: 'NONE_REQUESTED', ...request('REJECTED') } }),
      asked,
    )

    expect(openReasons(asked)).toEqual(['cancel-pending'])
    expect(openReasons(declined)).toEqual([])
  })

  test('is cancelled with every unit when the request is granted, and its holds end [ebay-read-08]', () => {
    const asked = read(orderPayload({ cancelStatus: { cancelState: 'IN_PROGRESS' } }))
    const changes = { cancelStatus: { cancelState: 'CANCELED' }, orderPaymentStatus: 'FULLY_REFUNDED', orderFulfillmentStatus: 'FULFILLED' }

    const cancelled = read(changedAt('2026-11-21T00:00:00.000Z', changes), asked)

    expect(cancelled.order).toMatchObject({ platformState: 'cancelled', paymentState: 'refunded' })
    expect(cancelled.order.lines.map((line) => [line.quantity, line.cancelledQuantity])).toEqual([
      [2, 2],
      [1, 1],
    ])
    expect(openReasons(cancelled)).toEqual([])
  })
})

describe('the warehouse', () => {
  const taxIdsTold = (name: string) => {
    const collected = [{ taxType: 'VAT', ebayReference: { name, value: 'IM2760000742' } }]
    const { order } = read(orderPayload({ ebayCollectAndRemitTax: true, lineItems: [lineItem({ ebayCollectAndRemitTaxes: collected })] }))
    const situation = { shelves: { NJ: { A: 5 } } }
    const [part] = plan(situation).parts
    const { shipTo: address } = order.personal
    if (!part || !address) throw new Error('there is a part to send')

    return outboundRequest(order, part, address, 1, inputOf(situation).catalog).taxIds
  }

  test.each([
    ['IOSS', { ioss: 'IM2760000742' }],
    ['VOEC', { voec: 'IM2760000742' }],
  ])('is told the %s number under which eBay paid the tax [ebay-field-14]', (name, taxIds) => {
    expect(taxIdsTold(name)).toEqual(taxIds)
  })

  test.each(['OSS', 'ABN', 'IRD', 'SST'])(
    'is not told the %s number, which is eBay’s own and not the VAT number of the recipient [ebay-field-14]',
    (name) => {
      expect(taxIdsTold(name)).toEqual({})
    },
  )
})

describe('the quota of one application', () => {
  test('is shared by its shops as they need it, also after a restart [ebay-limit-04]', async () => {
    const storage = await openStorage({ url: 'sqlite::memory:', key: Buffer.alloc(32, 7) })
    onTestFinished(() => storage.close())
    const clock = virtualClock()
    const settings = plainShop.settings as Readonly<Record<string, unknown>>
    const shops = [plainShop, { ...plainShop, id: 'uk-ebay', settings: { ...settings, refreshToken: 'another', marketplaceId: 'EBAY_GB' } }]
    const open = () => {
      const gates = createGates(storage, clock)
      return shops.map((each) => gates.gate({ scope: ebay.limitScope(each), published: ebay.rateLimits, overrides: {} }))
    }
    const callsOf = async (gate: ReturnType<typeof open>[number] | undefined, most: number): Promise<number> => {
      for (let count = 0; count < most; count += 1) {
        const refusal = await gate?.run('fulfillment', () => Promise.resolve()).catch((error: unknown) => error)
        if (refusal !== undefined) return count
      }
      return most
    }

    const [first, second] = open()
    first?.observe('fulfillment', { perSecond: 0.001, burst: 10, remaining: 10 })
    const spent = [await callsOf(first, 6), await callsOf(second, 100)]
    const [, afterRestart] = open()

    expect(spent).toEqual([6, 4])
    expect(await callsOf(afterRestart, 100)).toBe(0)
  })
})

describe('a report that eBay answers with a system error', () => {
  test('is read back and repeated five times at most, then shown to a person [ebay-trap-09] [ebay-error-40]', () => {
    const { confirmShipment: capabilities } = ebay.capabilities
    let now = later
    let effect = newEffect({
      key: 'confirm-shipment:Q1:1',
      kind: 'confirm-shipment',
      account: shop.id,
      clientId: 'default',
      orderNo: 'Q1',
      payload: {},
      now,
    })
    let sent = 0
    while (effect.state === 'planned' && sent < 100) {
      sent += 1
      const answered = settledByAnswer(
        armed(effect, 1, now),
        { result: 'unknown', code: 'ebay-outcome-unknown', message: 'eBay answered 400 30500 System error' },
        { now, capabilities, settleMs: 1_000 },
      )
      effect = [1, 2].reduce((probed) => {
        now = addMs(now, 60_000)
        return settledByProbe(probed, { found: 'absent' }, { now, capabilities, settleMs: 1_000 })
      }, answered)
    }

    expect(sent).toBe(maxAttempts)
    expect(needsPerson(effect)).toBe(true)
  })

  test('is read back from the pages of changes that follow, without a call of its own [ebay-write-12]', () => {
    expect(ebay.capabilities.confirmShipment.readBack).toBe('with-poll')
  })
})
