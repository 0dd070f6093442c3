import { describe, expect, it } from 'vitest'
import { warehouseWorld } from './warehouse-world.ts'

describe('reading an order', () => {
  it('shows it by code and by reference, with the postcode in a misspelt field', async () => {
    const { create, ask, detail } = warehouseWorld()
    const { order_code: code } = await create()

    const byReference = await ask('order/get_order_by_ref_code', { reference_no: 'Q1-1' })

    expect(byReference.data).toEqual(await detail(code))
    expect(byReference.data).toMatchObject({
      order_code: code,
      reference_no: 'Q1-1',
      order_status: 'W',
      consigne_zipcode: '08817',
      consignee_name: 'Alex Sample',
    })
    expect(byReference.data).not.toHaveProperty('consignee_zipcode')
  })

  it('gives times of Beijing without a zone, and the zero date for what has not happened', async () => {
    const { create, detail } = warehouseWorld()
    const { order_code: code } = await create({ verify: 0 })

    expect(await detail(code)).toMatchObject({
      date_create: '2026-11-25 04:00:00',
      date_release: '0000-00-00 00:00:00',
      date_shipping: '0000-00-00 00:00:00',
      tracking_no: '',
    })
  })

  it('gives numbers as text where that is switched on', async () => {
    const { create, detail, stockOf } = warehouseWorld({ switches: { 'numbers-as-text': true } })
    const { order_code: code } = await create()

    expect(await detail(code)).toMatchObject({ order_weight: '0.5', items: [{ quantity: '2' }] })
    expect(await stockOf('MUG-RED')).toMatchObject({ sellable: '8' })
  })

  it('fails for an order that is not there', async () => {
    const { ask } = warehouseWorld()

    expect(await ask('order/get_order_by_ref_code', { reference_no: 'Q9-9' })).toMatchObject({ ask: 'Failure' })
    expect(await ask('order/get_order_by_code', { order_code: 'G1' })).toMatchObject({ ask: 'Failure' })
  })

  it('shows the living one of several orders that had the same reference', async () => {
    const { create, ask } = warehouseWorld()
    const first = await create()
    await ask('order/cancel_order', { order_code: first['order_code'] })
    const second = await create()

    expect((await ask('order/get_order_by_ref_code', { reference_no: 'Q1-1' })).data).toMatchObject({
      order_code: second['order_code'],
      order_status: 'W',
    })
  })
})

describe('listing orders', () => {
  it('leaves drafts to a list of their own', async () => {
    const { create, list } = warehouseWorld()
    await create()
    await create({ reference_no: 'Q2-1', verify: 0 })

    expect(await list()).toMatchObject({ count: 1, data: [{ reference_no: 'Q1-1', consignee_zipcode: '08817' }] })
    expect(await list({ order_status: 'C' }, 'order/get_draft_order_list')).toMatchObject({
      count: 1,
      data: [{ reference_no: 'Q2-1', order_status: 'C' }],
    })
    expect(await list({}, 'order/get_draft_order_list')).toMatchObject({ ask: 'Failure' })
  })

  it('finds by time of change and of creation, in Beijing time, both ends included', async () => {
    const { create, list, passMs, advance } = warehouseWorld()
    await create()
    passMs(60_000)
    await create({ reference_no: 'Q2-1' })
    const references = async (filter: Readonly<Record<string, string>>) =>
      ((await list(filter)).data as { reference_no: string }[]).map((row) => row.reference_no)

    expect(await references({ modify_date_from: '2026-11-25 04:01:00' })).toEqual(['Q2-1'])
    expect(await references({ create_date_to: '2026-11-25 04:00:00' })).toEqual(['Q1-1'])
    passMs(60_000)
    advance()
    expect(await references({ modify_date_from: '2026-11-25 04:02:00' })).toEqual(['Q1-1', 'Q2-1'])
    expect(await references({ create_date_from: '2026-11-25 04:02:00' })).toEqual([])
  })

  it('finds by status, code, service and shipping date', async () => {
    const { create, list, simulated } = warehouseWorld()
    const { order_code: code } = await create()
    await create({ reference_no: 'Q2-1', shipping_method: 'EXPRESS' })
    simulated.advance('gc', { references: ['Q1-1'], to: 'shipped' })

    expect(await list({ order_status: 'D' })).toMatchObject({ count: 1, data: [{ reference_no: 'Q1-1' }] })
    expect(await list({ shipping_method: 'EXPRESS' })).toMatchObject({ count: 1, data: [{ reference_no: 'Q2-1' }] })
    expect(await list({ order_code_arr: [code] })).toMatchObject({ count: 1 })
    expect(await list({ date_shipping_from: '2026-11-25 00:00:00' })).toMatchObject({ count: 1, data: [{ reference_no: 'Q1-1' }] })
  })

  it('pages, counts the whole, and refuses pages of more than 100', async () => {
    const { create, list } = warehouseWorld()
    for (const reference of ['Q1-1', 'Q2-1', 'Q3-1'])
      await create({ reference_no: reference, items: [{ product_sku: 'TEA-50', quantity: 1 }] })

    expect(await list({ pageSize: 2, page: 2 })).toMatchObject({ count: 3, data: [{ reference_no: 'Q3-1' }] })
    expect(await list({ pageSize: 101 })).toMatchObject({ ask: 'Failure' })
    expect(await list({ modify_date_from: '2026-11-25T04:00:00Z' })).toMatchObject({ ask: 'Failure' })
  })
})

describe('stock and master data', () => {
  it('lists stock by SKU and warehouse, in pages of 200 at most', async () => {
    const { ask, simulated } = warehouseWorld()
    simulated.setStock('gc', 'USWE', 'MUG-RED', 3)

    expect(await ask('inventory/get_product_inventory', { page: 1, pageSize: 200 })).toMatchObject({ count: 3 })
    expect(
      await ask('inventory/get_product_inventory', { page: 1, pageSize: 200, product_sku_arr: ['MUG-RED'], warehouse_code: 'USWE' }),
    ).toMatchObject({
      count: 1,
      data: [{ product_sku: 'MUG-RED', warehouse_code: 'USWE', sellable: 3, product_barcode: 'G1001-MUG-RED' }],
    })
    expect(await ask('inventory/get_product_inventory', { page: 1, pageSize: 201 })).toMatchObject({ ask: 'Failure' })
  })

  it('lists warehouses, services and countries', async () => {
    const { ask } = warehouseWorld()

    expect((await ask('base_data/get_warehouse')).data).toMatchObject([
      { warehouse_code: 'USEA', country_code: 'US' },
      { warehouse_code: 'USWE' },
    ])
    expect((await ask('base_data/get_shipping_method', { warehouseCode: 'USWE' })).data).toMatchObject([
      { code: 'GROUND', warehouse_code: 'USWE' },
      { code: 'EXPRESS' },
    ])
    expect((await ask('base_data/get_country')).data).toContainEqual(
      expect.objectContaining({ country_code: 'DE', country_name_en: 'Germany' }),
    )
  })
})
