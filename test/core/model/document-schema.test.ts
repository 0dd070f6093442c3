import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { orderDocument } from '../../../core/model/document.ts'
import { orderDocumentJsonSchema, orderDocumentSchema } from '../../../core/model/document-schema.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import { money } from '../../../core/value/money.ts'
import {
  confirmEffect,
  createEffect,
  dossier,
  fulfillmentLine,
  fulfillmentOrder,
  hold,
  order,
  orderLine,
  packed,
} from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
const check = ajv.compile(JSON.parse(orderDocumentJsonSchema()))

const plain = dossier()
const full = dossier({
  order: order({
    state: 'completed',
    platformState: 'shipped',
    shipBy: at('20:00'),
    promisedService: 'Standard',
    taxIds: { ioss: 'IM2760000742' },
    lines: [orderLine({ unitPrice: money(-1250, 'USD'), cancelledQuantity: 1 })],
    totals: {
      items: money(2500, 'USD'),
      shipping: money(0, 'USD'),
      tax: money(5, 'USD'),
      discount: money(100, 'USD'),
      grand: money(2405, 'USD'),
    },
  }),
  fulfillmentOrders: [
    fulfillmentOrder(1, {
      status: 'shipped',
      wmsOrderNo: 'G1',
      packages: [packed(1)],
      lines: [fulfillmentLine({ wmsSku: asWmsSku('X') })],
    }),
  ],
  effects: [createEffect(1), confirmEffect(1, { state: 'confirmed', settledAt: at('11:00') }), confirmEffect(2)],
  holds: [hold(), hold({ reason: 'high-value', releasedAt: at('09:00'), releasedBy: 'ann' })],
})
const withoutAddress = dossier({ order: order({ state: 'awaiting-payment', personal: { buyer: {}, notes: {} } }) })

describe('the schema of the order document', () => {
  // `vitest run test/core/model/document-schema.test.ts -u` writes it anew.
  it('is committed in docs as generated', async () => {
    await expect(orderDocumentJsonSchema()).toMatchFileSnapshot(path.resolve('docs/order.schema.json'))
  })

  it.each([
    ['an order with nothing decided', plain],
    ['an order with everything', full],
    ['an order without an address', withoutAddress],
  ])('takes the document of %s, masked or not', (_name, parts) => {
    for (const showPersonal of [false, true]) {
      const typed: z.input<typeof orderDocumentSchema> = orderDocument(parts, showPersonal)
      const document: unknown = JSON.parse(JSON.stringify(typed))

      expect(orderDocumentSchema.safeParse(document).error).toBeUndefined()
      check(document)
      expect(check.errors).toBeNull()
    }
  })

  it('refuses a key that is not described', () => {
    expect(check({ ...orderDocument(plain, false), surprise: 1 })).toBe(false)
  })

  it('refuses a state that is not on the list', () => {
    expect(check({ ...orderDocument(plain, false), state: 'lost' })).toBe(false)
  })
})
