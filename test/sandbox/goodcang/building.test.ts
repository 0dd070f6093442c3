import { describe, expect, it } from 'vitest'
import { warehouseWorld } from './warehouse-world.ts'

const twoSkus = {
  items: [
    { product_sku: 'MUG-RED', quantity: 2 },
    { product_sku: 'TEA-50', quantity: 1 },
  ],
}

describe('the building', () => {
  it('moves an order one step at a time, from accepted over processing to shipped', async () => {
    const { create, advance, ledger } = warehouseWorld()
    await create()
    const seen = [ledger().outbounds[0]?.status]

    const moved = [1, 2, 3].map(() => {
      const count = advance()
      seen.push(ledger().outbounds[0]?.status)
      return count
    })

    expect(seen).toEqual(['accepted', 'processing', 'shipped', 'shipped'])
    expect(moved).toEqual([1, 1, 0])
  })

  it('shows a shipped order with its tracking number, box, fees and times, and books the stock out', async () => {
    const { create, advance, detail, stockOf, passMs } = warehouseWorld()
    const { order_code: code } = await create(twoSkus)
    passMs(3_600_000)
    advance('shipped')

    expect(await detail(code)).toMatchObject({
      order_status: 'D',
      tracking_no: '770000000001',
      date_shipping: '2026-11-25 05:00:00',
      date_modify: '2026-11-25 05:00:00',
      orderBoxInfo: [
        { box_no: '1', tracking_number: '770000000001', product_barcode: 'G1001-MUG-RED', ob_qty: 2 },
        { box_no: '1', tracking_number: '770000000001', product_barcode: 'G1001-TEA-50', ob_qty: 1 },
      ],
      fee_details: { totalFee: 7, SHIPPING: 5.2, OPF: 1.8, currency_code: 'USD' },
    })
    expect(await stockOf('MUG-RED')).toMatchObject({ sellable: 8, reserved: 0, shipped: 2 })
  })

  it('works on the orders it is told to, and never on drafts', async () => {
    const { create, simulated, ledger } = warehouseWorld()
    await create()
    await create({ reference_no: 'Q2-1' })
    await create({ reference_no: 'Q3-1', verify: 0 })

    expect(simulated.advance('gc', { references: ['Q2-1', 'Q3-1'], to: 'shipped' })).toBe(1)
    expect(ledger().outbounds.map(({ status }) => status)).toEqual(['accepted', 'shipped', 'draft'])
  })

  it('ships a part ahead of the rest: still W, with a first box', async () => {
    const { create, advance, detail, ledger } = warehouseWorld()
    const { order_code: code } = await create()

    advance('partially-shipped')
    expect(await detail(code)).toMatchObject({ order_status: 'W', tracking_no: '770000000001', orderBoxInfo: [{ ob_qty: 1 }] })
    expect(ledger().outbounds).toMatchObject([{ status: 'partially-shipped' }])
    advance('shipped')
    expect(await detail(code)).toMatchObject({
      order_status: 'D',
      orderBoxInfo: [
        { box_no: '1', ob_qty: 1 },
        { box_no: '2', ob_qty: 1, tracking_number: '770000000002' },
      ],
    })
  })

  it('packs several parcels where that is switched on', async () => {
    const { create, advance, ledger } = warehouseWorld({ switches: { 'several-packages': true } })
    await create(twoSkus)
    advance('shipped')

    expect(ledger().outbounds[0]?.packages).toMatchObject([
      { lines: [{ wmsSku: 'MUG-RED', quantity: 2 }] },
      { lines: [{ wmsSku: 'TEA-50', quantity: 1 }] },
    ])
  })

  it('ships from another warehouse than asked where that is switched on', async () => {
    const { create, advance, detail } = warehouseWorld({ switches: { 'other-warehouse-used': true } })
    const { order_code: code } = await create()
    advance('shipped')

    expect(await detail(code)).toMatchObject({ order_status: 'D', warehouse_code: 'USWE' })
  })

  it('prints the number before the parcel leaves, and may change it, where that is switched on', async () => {
    const early = warehouseWorld({ switches: { 'label-before-shipping': true } })
    const changing = warehouseWorld({ switches: { 'label-before-shipping': true, 'tracking-number-changes': true } })
    for (const world of [early, changing]) {
      const { order_code: code } = await world.create()
      world.advance('processing')
      expect(await world.detail(code)).toMatchObject({
        order_status: 'W',
        tracking_no: '770000000001',
        date_shipping: '0000-00-00 00:00:00',
      })
      world.advance('shipped')
    }

    expect(early.ledger().outbounds[0]?.packages).toMatchObject([{ trackingNumber: '770000000001' }])
    expect(changing.ledger().outbounds[0]?.packages).toMatchObject([{ trackingNumber: '770000000002' }])
  })

  it('gives what has left another number when told so', async () => {
    const { create, advance, detail } = warehouseWorld()
    const { order_code: code } = await create()
    expect(advance('renumbered')).toBe(0)
    advance('shipped')

    expect(advance('renumbered')).toBe(1)
    expect(await detail(code)).toMatchObject({ order_status: 'D', tracking_no: '770000000002' })
  })

  it('puts an order aside with a reason, where it stays until somebody solves it', async () => {
    const { create, advance, detail } = warehouseWorld()
    const { order_code: code } = await create()

    advance('wms-exception')
    expect(await detail(code)).toMatchObject({ order_status: 'N', abnormal_problem_reason: expect.stringMatching(/./) })
    expect(advance()).toBe(0)
    expect(advance('shipped')).toBe(1)
    expect(await detail(code)).toMatchObject({ order_status: 'D', abnormal_problem_reason: '' })
  })
})

describe('order/cancel_order', () => {
  it('discards at once what is not being picked, and gives the stock back', async () => {
    const { create, ask, detail, stockOf } = warehouseWorld()
    const { order_code: code } = await create()

    expect(await ask('order/cancel_order', { order_code: code, reason: 'buyer' })).toMatchObject({ ask: 'Success', cancel_status: 2 })
    expect(await detail(code)).toMatchObject({ order_status: 'X' })
    expect(await stockOf('MUG-RED')).toMatchObject({ sellable: 10, reserved: 0 })
    expect(await ask('order/cancel_order', { order_code: code, reason: 'again' })).toMatchObject({ ask: 'Failure' })
  })

  it('is under way while the order is being picked, and done when the building goes on', async () => {
    const { create, ask, detail, advance } = warehouseWorld()
    const { order_code: code } = await create()
    advance('processing')

    expect(await ask('order/cancel_order', { order_code: code })).toMatchObject({ cancel_status: 1 })
    expect(await detail(code)).toMatchObject({ order_status: 'W' })
    advance()
    expect(await detail(code)).toMatchObject({ order_status: 'X' })
  })

  it('comes too late where that is switched on: the order ships', async () => {
    const { create, ask, detail, advance } = warehouseWorld({ switches: { 'cancel-takes-time': true, 'stop-comes-too-late': true } })
    const { order_code: code } = await create()

    expect(await ask('order/cancel_order', { order_code: code })).toMatchObject({ cancel_status: 1 })
    advance('shipped')
    expect(await detail(code)).toMatchObject({ order_status: 'D' })
  })

  it('fails for what has left, and lies where that is switched on', async () => {
    const honest = warehouseWorld()
    const lying = warehouseWorld({ switches: { 'cancel-lies': true } })
    const { order_code: shipped } = await honest.create()
    honest.advance('shipped')
    const { order_code: doomed } = await lying.create()

    expect(await honest.ask('order/cancel_order', { order_code: shipped })).toMatchObject({ ask: 'Success', cancel_status: 3 })
    expect(await lying.ask('order/cancel_order', { order_code: doomed })).toMatchObject({ cancel_status: 2 })
    lying.advance('shipped')
    expect(await lying.detail(doomed)).toMatchObject({ order_status: 'D' })
  })

  it('fails for an order that is not there', async () => {
    expect(await warehouseWorld().ask('order/cancel_order', { order_code: 'G1' })).toMatchObject({ ask: 'Failure' })
  })
})
