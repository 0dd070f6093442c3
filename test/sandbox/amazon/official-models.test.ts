import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../../core/ports/transport.ts'
import { instantToMs } from '../../../core/value/instant.ts'
import { type AmazonWorld, amazonWorld, minuteMs } from '../../connectors/amazon/amazon-world.ts'
import { reportOfficialChecks } from '../../fakes/specs-report.ts'
import { everything, sandboxWorld, search } from './amazon-sandbox.ts'
import { type OfficialCheck, officialCheck, officialFolder } from './official-models.ts'

const folder = officialFolder()

/** Lets every exchange of a world be checked; the token endpoint has no official model. */
function watch(world: AmazonWorld, check: OfficialCheck): readonly string[] {
  const problems: string[] = []
  world.transport.tamper({
    change(response, request: HttpRequest) {
      if (!request.url.includes('/auth/o2/token')) {
        problems.push(...check.check(new Request(request.url, { method: request.method }), request.body, response.status, response.body))
      }
      return response
    },
  })
  return problems
}

async function liveThroughADay(world: AmazonWorld): Promise<void> {
  const { connector, call, marketplace } = world
  await connector.checkConnection(call)
  const from = world.now()
  const ids = Array.from({ length: 30 }, (_, index) =>
    world.place({
      payment: index % 5 === 0 ? 'unpaid' : 'paid',
      discount: '1.00',
      giftMessage: 'Hello',
      ioss: 'IM1234567890',
      buyerNote: 'Ring twice',
    }),
  )
  world.place({ kind: 'platform-fulfilled' })
  world.place({
    kind: 'programme',
    lines: [{ channelSku: '', title: 'Engraved ring', quantity: 1, unitPrice: '9.99', customization: 'A & B' }],
  })
  marketplace.changeOrder('seller', ids[1] ?? '', { type: 'request-cancel' })
  marketplace.changeOrder('seller', ids[2] ?? '', { type: 'cancel' })
  marketplace.changeOrder('seller', ids[3] ?? '', { type: 'cancel-units', line: 0, quantity: 1 })
  world.advance(10 * minuteMs)
  let page = await connector.fetchOrderChanges(undefined, call)
  for (; page.hasMore; page = await connector.fetchOrderChanges(page.nextCursor, call)) expect(page.rejected).toEqual([])
  await connector.listOrders({ from, to: world.now() }, undefined, call)
  for (const id of [ids[4], ids[5], '999-9999999-9999999']) await ship(world, id ?? '')
  await connector.fetchOrder('999-9999999-9999999', call)
  await connector.offerStock?.([{ channelSku: 'LAMP / RED', quantity: 3, idempotencyKey: 'k' }], call)
}

async function ship(world: AmazonWorld, id: string): Promise<void> {
  const order = await world.connector.fetchOrder(id, world.call)
  const lines = (order?.lines ?? []).map(({ platformLineId, quantity }) => ({ platformLineId, quantity }))
  const confirmation = {
    platformOrderId: id,
    packageOrdinal: 1,
    trackingNumber: `T${instantToMs(world.now())}`,
    carrierWord: 'Other',
    carrierName: 'Swift Post',
    shippedAt: world.now(),
    originCountry: 'US',
    lines: lines.length > 0 ? lines : [{ platformLineId: '1', quantity: 1 }],
    notifyBuyer: true,
  }
  await world.connector.confirmShipment(confirmation, world.call)
  await world.connector.confirmShipment({ ...confirmation, packageOrdinal: 2 }, world.call)
  await world.connector.readShipments(id, world.call)
}

/** Without QUAYSIDE_SPECS there are no official models to check against, and these tests are shown as skipped. */
describe.skipIf(folder === undefined)('the official models of Amazon', () => {
  test.each(['2026-01-01', 'v0'])('fit every request of the connector and every answer of the sandbox, read with %s', async (ordersApi) => {
    const world = amazonWorld({ settings: { ordersApi } })
    const check = officialCheck(folder ?? '')
    const problems = watch(world, check)

    await liveThroughADay(world)

    expect([...new Set(problems)]).toEqual([])
    const checked = [...check.counts.values()].reduce((sum, count) => sum + count, 0)
    expect(checked).toBeGreaterThan(ordersApi === 'v0' ? 45 : 15)
    expect([...check.counts.keys()]).toEqual(
      expect.arrayContaining(['confirmShipment', 'getMarketplaceParticipations', 'patchListingsItem']),
    )
  })

  test('fit what the sandbox refuses, too', async () => {
    const world = sandboxWorld()
    const check = officialCheck(folder ?? '')
    const id = world.place('a')
    const token = await world.login('a')
    const since = 'createdAfter=2026-11-24T00%3A00%3A00Z'
    const exchanges: readonly (readonly [string, string, number])[] = [
      [token, `${search}?${since}&includedData=${everything}&maxResultsPerPage=1`, 200],
      [token, `${search}?${since}&lastUpdatedAfter=2026-11-24T00%3A00%3A00Z`, 400],
      ['Atza|unknown', `${search}/${id}`, 403],
      [token, `${search}/999-9999999-9999999`, 404],
      [token, `/orders/v0/orders/${id}/address`, 200],
      [token, `/orders/v0/orders/${id}/buyerInfo`, 200],
      [token, `/orders/v0/orders/${id}/orderItems/buyerInfo`, 200],
    ]
    const problems: string[] = []
    for (const [credential, path, status] of exchanges) {
      const answer = await world.callWith(credential, 'GET', path)
      expect(answer.status).toBe(status)
      problems.push(...check.check(new Request(`http://127.0.0.1${path}`), undefined, answer.status, JSON.stringify(answer.body)))
    }

    expect(problems).toEqual([])
    reportOfficialChecks('amazon', exchanges.length)
  })

  test('find a mistake when there is one', () => {
    const check = officialCheck(folder ?? '')
    const request = new Request(`http://127.0.0.1${search}?createdAfter=yesterday&pageSize=1`)

    const problems = check.check(request, undefined, 200, JSON.stringify({ orders: [{ orderId: 1, orderStatus: 'UNSHIPPED' }] }))

    const mentions = (words: string) => problems.filter((problem) => problem.includes(words))
    expect(mentions('createdAfter: must match format')).toHaveLength(1)
    expect(mentions('no parameter pageSize')).toHaveLength(1)
    expect(mentions('orderId: must be string')).toHaveLength(1)
    expect(mentions('"orderStatus"')).toHaveLength(1)
  })
})
