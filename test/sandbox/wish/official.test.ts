import { expect, test } from 'vitest'
import { addMs } from '../../../core/value/instant.ts'
import { shopWorld } from '../../connectors/wish/shop-world.ts'
import { reportOfficialChecks } from '../../fakes/specs-report.ts'
import { hasOfficialModel, officialModel } from './official-model.ts'
import { trackingBody, wishWorld } from './world.ts'

// The vendor's model is not part of the product: QUAYSIDE_SPECS names a folder that has it.
test.skipIf(!hasOfficialModel)('what the simulated Wish answers is what the vendor’s model describes', async () => {
  const model = officialModel()
  const world = wishWorld({ asynchronousMs: 0 }, model.check)
  const shipped = world.place({
    ioss: 'IM3720000224',
    shipTo: { name: 'M', line1: 'a', line2: 'b', city: 'c', state: 'd', postcode: 'e', country: 'DE' },
  })
  world.place({ shipTo: { name: 'M', line1: 'a', city: 'c', state: 'd', postcode: 'e', country: 'GB' } })
  const cancelled = world.place()
  for (const kind of ['platform-fulfilled', 'pickup', 'hub-forwarded', 'programme'] as const) world.place({ kind })
  await world.call('PUT', `/api/v3/orders/${shipped}/tracking`, { body: { ...trackingBody, ship_note: 'first of two' } })
  await world.call('PUT', `/api/v3/orders/${cancelled}/refund`, {
    body: { refund_reason: 'UNABLE_TO_SHIP', refund_reason_note: 'sold out' },
  })
  await world.call('GET', `/api/v3/orders/${shipped}/refund_reasons`)
  await world.call('GET', '/api/v3/orders/shipping_carriers?order_type=GENERAL')
  await world.call('GET', '/api/v3/oauth/test')
  world.change(shipped, { type: 'uncancel' })
  await world.call('GET', '/api/v3/orders?states=APPROVED&states=REFUNDED&limit=500&sort_by=updated_at.asc')
  await world.call('GET', `/api/v3/orders/${shipped}`)
  await world.call('GET', `/api/v3/orders/${'0'.repeat(24)}`)

  expect(model.problems).toEqual([])
  expect(model.checked).toEqual({ requests: 9, answers: 9 })
  reportOfficialChecks('wish', model.checked.requests)
})

test.skipIf(!hasOfficialModel)('what the Wish connector sends is what the vendor’s model describes', async () => {
  const model = officialModel()
  const { transport, call, connector, ...world } = shopWorld({}, { pageSize: 2 })
  transport.tamper({
    change(response, { url, method, body }) {
      model.check(new Request(url, { method }), body ?? '', new Response(null, { status: response.status }), response.body)
      return response
    },
  })
  const ids = Array.from({ length: 9 }, () => world.place())
  await connector.checkConnection(call)
  let cursor: string | undefined
  for (let hasMore = true; hasMore; ) {
    const page = await connector.fetchOrderChanges(cursor, call)
    cursor = page.nextCursor
    hasMore = page.hasMore
  }
  await connector.listOrders({ from: addMs(world.now(), -1_000), to: addMs(world.now(), 1_000) }, undefined, call)
  const [id = ''] = ids
  const lines = [{ platformLineId: id, quantity: 2 }]
  const confirmation = {
    platformOrderId: id,
    packageOrdinal: 1,
    carrierWord: 'UPS',
    carrierName: 'UPS',
    originCountry: 'US',
    notifyBuyer: true,
    lines,
  }
  await connector.confirmShipment({ ...confirmation, trackingNumber: '1Z 999', shippedAt: world.now() }, call)
  world.advance(300)
  await connector.readShipments(id, call)

  expect(model.problems).toEqual([])
  expect(model.checked.requests).toBe(transport.sent.length)
  expect(model.checked.requests).toBeGreaterThan(15)
})
