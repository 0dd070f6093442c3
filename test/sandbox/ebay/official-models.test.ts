import { describe, expect, test } from 'vitest'
import type { NewOrder } from '../../../sandbox/simulated.ts'
import { ebayWorld } from '../../connectors/ebay/ebay-world.ts'
import { minuteMs } from '../../contract/connector-world.ts'
import { reportOfficialChecks } from '../../fakes/specs-report.ts'
import { createCaller, orderPath } from './caller.ts'
import { type Exchange, loadOfficialModels, officialModelsFolder } from './official-models.ts'

const folder = officialModelsFolder()
const kinds: readonly NewOrder['kind'][] = ['ordinary', 'platform-fulfilled', 'digital', 'pickup', 'hub-forwarded', 'programme']
const origin = 'https://api.ebay.com'

/** Without QUAYSIDE_SPECS there are no official models to check against, and these tests are shown as skipped. */
describe.skipIf(folder === undefined)('against eBay’s official models', () => {
  test('every request of the connector and every answer of the simulation fits them', async () => {
    const models = loadOfficialModels(folder ?? '')
    const exchanges = await shopAtWork()

    const results = exchanges.map((exchange) => models.check(exchange))

    expect(results.flatMap((result) => result.problems)).toEqual([])
    expect(results.reduce((sum, result) => sum + result.checked, 0)).toBeGreaterThanOrEqual(15)
  })

  test('every state of an order that the simulation can show fits them', async () => {
    const models = loadOfficialModels(folder ?? '')
    const caller = createCaller()
    for (const kind of kinds) caller.place({ ...(kind ? { kind } : {}), ioss: 'IM2760000000', giftMessage: 'Alles Gute' })
    const changed = (['cancel', 'request-cancel', 'refund', 'hold'] as const).map((type) => {
      const id = caller.place()
      caller.marketplace.changeOrder('one', id, { type })
      return id
    })
    for (const id of changed) await caller.get(`${orderPath}/${id}?fieldGroups=TAX_BREAKDOWN`)
    await caller.get(`${orderPath}?limit=3&offset=3`)
    const { body: application } = await caller.grant({ grant_type: 'client_credentials' })
    await caller.get('/developer/analytics/v1_beta/rate_limit/?api_name=inventory', application.access_token)

    const results = caller.exchanges.map(({ method, path, sent, answer }) =>
      models.check({ method, path, sent, status: answer.status, received: answer.body }),
    )

    expect(results.flatMap((result) => result.problems)).toEqual([])
    expect(results.every((result) => result.checked > 0)).toBe(true)
    reportOfficialChecks('ebay', results.length)
  })

  test('finds what departs from them', () => {
    const models = loadOfficialModels(folder ?? '')
    const exchange: Exchange = { method: 'GET', path: orderPath, sent: undefined, status: 200, received: { total: 0, orders: [] } }

    expect(models.check(exchange)).toEqual({ problems: [], checked: 1 })
    expect(models.check({ ...exchange, received: { total: 'none' } }).problems).toHaveLength(1)
    expect(models.check({ ...exchange, received: { total: 0, rows: [] } }).problems).toHaveLength(1)
    expect(models.check({ ...exchange, path: `${orderPath}?page=2` }).problems).toHaveLength(1)
    expect(models.check({ ...exchange, status: 418 }).problems).toHaveLength(1)
  })
})

/** Reads, a cancel request, shipments in two packages, and stock: what a shop does, request by request. */
async function shopAtWork(): Promise<readonly Exchange[]> {
  const world = ebayWorld({ account: { skus: ['SKU-1'] } })
  const exchanges: Exchange[] = []
  world.transport.tamper({
    change: (response, request) => {
      if (!request.url.includes('/oauth2/')) {
        const sent = request.body === undefined ? undefined : JSON.parse(request.body)
        const received = response.body === '' ? undefined : JSON.parse(response.body)
        exchanges.push({ method: request.method, path: request.url.slice(origin.length), sent, status: response.status, received })
      }
      return response
    },
  })
  const ids = kinds.map((kind) => world.place({ ...(kind ? { kind } : {}), discount: '0.50', ioss: 'IM2760000000' }))
  world.change(ids[0] ?? '', { type: 'request-cancel' })
  world.advance(minuteMs)
  await world.connector.checkConnection(world.call)
  const { orders } = await world.readAll()
  await world.connector.listOrders({ from: world.shop.since, to: world.now() }, undefined, world.call)
  const order = orders.get(ids[5] ?? '')
  if (!order) throw new Error('the order was not read')
  for (const [index, line] of order.lines.entries()) {
    const lines = [{ platformLineId: line.platformLineId, quantity: 1 }]
    await world.connector.confirmShipment(world.confirmation(order, { lines, trackingNumber: `1Z${index}` }), world.call)
  }
  await world.connector.readShipments(order.platformOrderId, world.call)
  await world.connector.fetchOrder(order.platformOrderId, world.call)
  await world.readAll()
  await world.connector.offerStock?.([{ channelSku: 'SKU-1', quantity: 3, idempotencyKey: 'a' }], world.call)
  return exchanges
}
