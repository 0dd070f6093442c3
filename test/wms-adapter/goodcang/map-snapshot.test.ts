import { describe, expect, test } from 'vitest'
import { mapOrder, mapStock } from '../../../wms-adapter/goodcang/map-snapshot.ts'
import { box, orderRecord } from './scripted.ts'

const shipped = { order_status: 'D', date_shipping: '2026-11-24 16:30:00', tracking_no: '1Z0001' }

function read(changes: Readonly<Record<string, unknown>>) {
  const reading = mapOrder(orderRecord(changes))
  if ('rejected' in reading) throw new Error(reading.rejected.reason)
  return reading.value
}

function reject(record: unknown) {
  const reading = mapOrder(record)
  return 'rejected' in reading ? reading.rejected : undefined
}

describe('the state of an order', () => {
  test.each([
    ['C', 'accepted', true],
    ['H', 'accepted', true],
    ['W', 'processing', false],
    ['D', 'shipped', false],
    ['N', 'wms-exception', false],
    ['P', 'wms-exception', false],
    ['X', 'cancelled', false],
    ['Z', undefined, false],
    ['7', undefined, false],
  ])('%s reads as %s, parked %s, with the letter kept', (letter, status, parked) => {
    expect(read({ order_status: letter, date_shipping: letter === 'D' ? shipped.date_shipping : '' })).toMatchObject({
      status,
      parked,
      wmsStatus: letter,
    })
  })

  test('is a partial shipment while a box has left an order that still waits', () => {
    const order = read({
      order_status: 'W',
      date_shipping: '2026-11-24 16:30:00',
      items: [{ product_sku: 'FISH65', quantity: 3 }],
      orderBoxInfo: [box('1Z0001', 'G000-FISH65', 1)],
    })

    expect(order).toMatchObject({
      status: 'partially-shipped',
      packages: [{ trackingNumber: '1Z0001', lines: [{ wmsSku: 'FISH65', quantity: 1 }] }],
    })
  })

  test('carries the problem without what it says about the buyer', () => {
    const order = read({ order_status: 'N', abnormal_problem_reason: 'phone of Robin Example unreachable, 12 Harbor Road' })

    expect(order.problem).toBe('phone of *** unreachable, ***')
  })
})

describe('the fields of an order', () => {
  test('reads times as Beijing time, numbers as text, and absence in all its forms', () => {
    const order = read({ tracking_no: null, abnormal_problem_reason: 'null', date_shipping: 'null' })

    expect(order).toEqual({
      reference: 'Q0123456789AB-1',
      wmsOrderNo: 'G000-210420-0004',
      status: 'processing',
      wmsStatus: 'W',
      parked: false,
      warehouseCode: 'USEA',
      lines: [{ wmsSku: 'FISH65', quantity: 2 }],
      destination: { country: 'US', postcode: '08810' },
      packages: [],
      updatedAt: '2026-11-24T07:50:08.000Z',
    })
  })

  test('knows both spellings of the postcode', () => {
    expect(read({ consignee_zipcode: undefined, consigne_zipcode: '07001' }).destination).toEqual({ country: 'US', postcode: '07001' })
  })

  test('keeps SKUs that are made of digits as text', () => {
    expect(read({ items: [{ product_sku: '00853', quantity: 1 }] }).lines).toEqual([{ wmsSku: '00853', quantity: 1 }])
  })

  test.each([
    ['items.0.quantity', { items: [{ product_sku: 'A', quantity: '1.5' }] }],
    ['items.0.quantity', { items: [{ product_sku: 'A', quantity: '' }] }],
    ['items.0.product_sku', { items: [{ product_sku: null, quantity: 1 }] }],
    ['order_status', { order_status: null }],
    ['date_shipping', { order_status: 'D', date_shipping: '', date_modify: '' }],
  ])('says where a record is unreadable: %s', (path, changes) => {
    const record = orderRecord(changes)

    expect(reject(record)).toEqual({
      platformOrderId: 'G000-210420-0004',
      reason: expect.stringMatching(`^${path}: `),
      payload: record,
    })
  })

  test('rejects a record that is no object', () => {
    expect(reject('G1')).toMatchObject({ payload: 'G1' })
  })
})

describe('the packages of an order', () => {
  test('are none before it has shipped, although the label has a number', () => {
    expect(read({ order_status: 'W', tracking_no: '1Z0001', orderBoxInfo: [box('1Z0001', 'G000-FISH65', 2)] }).packages).toEqual([])
  })

  test('are one with everything when no boxes are told', () => {
    expect(read({ ...shipped, orderBoxInfo: null }).packages).toEqual([
      { trackingNumber: '1Z0001', serviceCode: 'FEDEX-SMALLPARCEL', shippedAt: '2026-11-24T08:30:00.000Z' },
    ])
  })

  test.each([
    ['9400 1000 0000 0000 0000 00', '9400 1000 0000 0000 0000 00'],
    ['1Z0001, 1Z0002', '1Z0001'],
    [' 1Z0001；1Z0002', '1Z0001'],
    ['，1Z0001', '1Z0001'],
  ])('keep a number that is written with blanks, and take the first of several: %s', (tracking_no, trackingNumber) => {
    expect(read({ ...shipped, tracking_no, orderBoxInfo: [] }).packages).toMatchObject([{ trackingNumber }])
  })

  test('are none when there is no number', () => {
    expect(read({ ...shipped, tracking_no: '' }).packages).toEqual([])
  })

  test('are told apart by tracking number, with what is in each', () => {
    const order = read({
      ...shipped,
      tracking_no: '1Z0001,1Z0002',
      items: [
        { product_sku: 'FISH65', quantity: 3 },
        { product_sku: 'X-FISH65', quantity: 1 },
      ],
      orderBoxInfo: [box('1Z0001', 'G000-FISH65', '1'), box('1Z0001', 'G000-X-FISH65', 1), box('1Z0002', 'G000-FISH65', 2)],
    })

    expect(order.packages).toMatchObject([
      {
        trackingNumber: '1Z0001',
        lines: [
          { wmsSku: 'FISH65', quantity: 1 },
          { wmsSku: 'X-FISH65', quantity: 1 },
        ],
      },
      { trackingNumber: '1Z0002', lines: [{ wmsSku: 'FISH65', quantity: 2 }] },
    ])
  })

  test('take the number of the order when a box has none of its own', () => {
    expect(read({ ...shipped, orderBoxInfo: [box('', 'G000-FISH65', 2)] }).packages).toMatchObject([
      { trackingNumber: '1Z0001', lines: [{ wmsSku: 'FISH65', quantity: 2 }] },
    ])
  })

  test('left when they were packed, if that was after the first box had gone', () => {
    const later = { ...box('1Z0002', 'G000-FISH65', 1), ob_add_time: '2026-11-25 09:00:00' }

    expect(read({ ...shipped, orderBoxInfo: [box('1Z0001', 'G000-FISH65', 1), later] }).packages).toMatchObject([
      { trackingNumber: '1Z0001', shippedAt: '2026-11-24T08:30:00.000Z' },
      { trackingNumber: '1Z0002', shippedAt: '2026-11-25T01:00:00.000Z' },
    ])
  })

  test('leave their contents open when a bar code is not of the order', () => {
    expect(read({ ...shipped, orderBoxInfo: [box('1Z0001', 'G000-OTHER', 2)] }).packages[0]).not.toHaveProperty('lines')
  })

  test.each([
    ['the packing', { orderBoxInfo: [box('1Z0001', 'G000-FISH65', 2)] }, '2026-11-24T08:20:08.000Z'],
    ['the last change', {}, '2026-11-24T07:50:08.000Z'],
  ])('have left at %s when the shipping time is zero', (_what, changes, shippedAt) => {
    expect(read({ ...shipped, date_shipping: '0000-00-00 00:00:00', ...changes }).packages).toMatchObject([{ shippedAt }])
  })
})

describe('a row of stock', () => {
  const row = {
    product_sku: 'FISH65',
    warehouse_code: 'USEA',
    onway: '1482',
    pending: '31',
    sellable: '10335',
    unsellable: '2',
    reserved: '10',
  }

  test('reads numbers that come as text', () => {
    expect(mapStock(row)).toEqual({
      value: {
        warehouseCode: 'USEA',
        wmsSku: 'FISH65',
        available: 10335,
        reserved: 10,
        pendingPutaway: 31,
        inTransit: 1482,
        defective: 2,
      },
    })
  })

  test('promises nothing of oversold stock', () => {
    expect(mapStock({ ...row, sellable: -3 })).toMatchObject({ value: { available: 0 } })
  })

  test.each([
    ['sellable', { sellable: undefined }],
    ['sellable', { sellable: 'many' }],
    ['reserved', { reserved: '1.5' }],
    ['warehouse_code', { warehouse_code: '' }],
  ])('is set aside when %s cannot be read', (path, changes) => {
    expect(mapStock({ ...row, ...changes })).toMatchObject({ rejected: { reason: expect.stringMatching(`^${path}: `) } })
  })
})
