import { describe, expect, test } from 'vitest'
import { amazon } from '../../../connectors/amazon/index.ts'
import { amazonSettings } from '../../../connectors/amazon/settings.ts'
import { amazonWorld, instantOf, minuteMs, ordinaryOrder, queryOf, searchPath } from './amazon-world.ts'

const settings = {
  region: 'na',
  sellerId: 'A1',
  marketplaceIds: ['ATVPDKIKX0DER'],
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
}

describe('settings', () => {
  test('read with the defaults', () => {
    expect(amazonSettings.parse(settings)).toMatchObject({ ordersApi: 'auto', productType: 'PRODUCT' })
  })

  test.each([
    ['an unknown key', { refreshtoken: 'x' }, /refreshtoken/],
    ['an unknown region', { region: 'us' }, /region/],
    ['no marketplace', { marketplaceIds: [] }, /marketplaceIds/],
    ['a marketplace of another region', { marketplaceIds: ['A1PA6795UKMFR9'] }, /belongs to region eu/],
    ['a day that is none', { clientSecretIssuedAt: '2026-02-30' }, /clientSecretIssuedAt/],
  ])('refuse %s', (_name, changes, words) => {
    const parsed = amazonSettings.safeParse({ ...settings, ...changes })

    expect(JSON.stringify(parsed.error?.issues)).toMatch(words)
  })

  test('take a marketplace that is not in our list', () => {
    expect(amazonSettings.safeParse({ ...settings, marketplaceIds: ['A17E79C6D8DWNP'] }).success).toBe(true)
  })
})

describe('the limits of a shop', () => {
  test('are shared by shops of the same application, seller and region, and by no others', () => {
    const { shop } = amazonWorld()
    const sibling = { ...shop, id: 'other-id' }
    const stranger = { ...shop, settings: { ...shop.settings, region: 'fe' as const } }

    expect(amazon.limitScope(sibling)).toBe(amazon.limitScope(shop))
    expect(amazon.limitScope(stranger)).not.toBe(amazon.limitScope(shop))
  })
})

describe('checking the connection', () => {
  test('names the store and has nothing to warn of', async () => {
    const world = amazonWorld()

    expect(await world.connector.checkConnection(world.call)).toEqual({ account: 'Sandbox store seller', warnings: [] })
  })

  test('warns of a marketplace in which the seller takes no part', async () => {
    const world = amazonWorld({ settings: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('A2EUQ1WTGCTBG2')])
  })

  test.each([
    ['2026-06-28', 0],
    ['2026-06-27', 1],
  ])('warns from the 150th day of a client secret on: %s', async (clientSecretIssuedAt, count) => {
    const world = amazonWorld({ settings: { clientSecretIssuedAt } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings.filter((warning) => warning.includes('client secret'))).toHaveLength(count)
  })

  test('warns that v0 ends', async () => {
    const world = amazonWorld({ settings: { ordersApi: 'v0' } })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual([expect.stringContaining('2027-03-27')])
  })
})

describe('listing orders for the sweep', () => {
  test('asks for the status only, within the bounds', async () => {
    const world = amazonWorld()
    const window = { from: instantOf('2026-11-22T00:00:00Z'), to: instantOf('2026-11-24T00:00:00Z') }

    await world.connector.listOrders(window, undefined, world.call)

    expect(queryOf(world.sentTo(searchPath)[0])).toMatchObject({
      createdAfter: '2026-11-22T00:00:00.000Z',
      createdBefore: '2026-11-24T00:00:00.000Z',
      includedData: 'FULFILLMENT',
    })
  })

  test('sends no upper bound within the last two minutes, which Amazon would refuse', async () => {
    const world = amazonWorld({ simulation: { switches: { twoMinuteRule: true } } })
    const from = world.now()
    world.advance(3 * minuteMs)

    const listing = await world.connector.listOrders({ from, to: world.now() }, undefined, world.call)

    expect(listing).toEqual({ orders: [], nextPage: undefined })
    expect(queryOf(world.sentTo(searchPath)[0])['createdBefore']).toBeUndefined()
  })

  test('leaves out an order created at the end of the window, which belongs to the next one', async () => {
    const world = amazonWorld()
    const from = world.now()
    world.place()
    world.advance(10 * minuteMs)
    const to = world.now()
    world.place()
    world.advance(10 * minuteMs)

    const listing = await world.connector.listOrders({ from, to }, undefined, world.call)

    expect(listing.orders).toHaveLength(1)
  })

  test('begins again when a page token is refused', async () => {
    const world = amazonWorld()
    const from = world.now()
    for (let count = 0; count < 101; count += 1) world.place()
    world.advance(minuteMs)
    const window = { from, to: world.now() }
    const first = await world.connector.listOrders(window, undefined, world.call)
    world.advance(25 * 60 * minuteMs)

    const again = await world.connector.listOrders(window, first.nextPage, world.call)

    expect(again.orders).toEqual(first.orders)
  })

  test('uses v0 where searchOrders is refused', async () => {
    const world = amazonWorld({ account: { searchOrders: 'denied' } })
    const from = world.now()
    const id = world.place()
    world.advance(minuteMs)

    const listing = await world.connector.listOrders({ from, to: world.now() }, undefined, world.call)

    expect(listing.orders.map((order) => order.platformOrderId)).toEqual([id])
  })
})

describe('confirming a shipment', () => {
  const confirmation = (platformOrderId: string, platformLineId: string, changes: object = {}) => ({
    platformOrderId,
    packageOrdinal: 1,
    trackingNumber: 'T1',
    carrierWord: 'UPS',
    carrierName: 'UPS',
    shippedAt: instantOf('2026-11-24T08:00:00Z'),
    originCountry: 'US',
    lines: [{ platformLineId, quantity: 1 }],
    notifyBuyer: true,
    ...changes,
  })
  const oneLine = { lines: ordinaryOrder.lines.slice(1) }

  test('is unknown, not refused, when the order is shipped already: a read must tell by whom', async () => {
    const world = amazonWorld()
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.marketplace.changeOrder('seller', id, { type: 'ship-elsewhere', trackingNumber: 'T9', carrier: 'UPS' })

    const outcome = await world.connector.confirmShipment(confirmation(id, line), world.call)

    expect(outcome).toMatchObject({ result: 'unknown', code: 'amazon-already-fulfilled' })
  })

  test('uses the shop’s only marketplace for an order without site, and refuses to guess among several', async () => {
    const world = amazonWorld()
    const several = amazonWorld({ account: { marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'] } })
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''

    const known = await world.connector.confirmShipment(confirmation(id, line), world.call)
    const unknown = await several.connector.confirmShipment(confirmation(id, line), several.call)

    expect(known).toEqual({ result: 'confirmed', remoteId: '1' })
    expect(unknown).toMatchObject({ result: 'rejected', code: 'amazon-site-missing' })
    expect(several.transport.sent).toEqual([])
  })

  test('throws transient with notSent when only the token could not be had', async () => {
    const world = amazonWorld()
    world.marketplace.faults.set([{ kind: 'H7-reset-after', operations: ['token'] }])

    const writing = world.connector.confirmShipment(confirmation('1', '1'), world.call)

    await expect(writing).rejects.toMatchObject({ kind: 'transient', notSent: true })
  })

  test('survives the end of a token: it is replaced and the write sent once more', async () => {
    const world = amazonWorld({ account: { tokenSeconds: 60 } })
    const id = world.place(oneLine)
    const line = (await world.connector.fetchOrder(id, world.call))?.lines[0]?.platformLineId ?? ''
    world.transport.tamper({
      change: (response, request) =>
        request.url.includes('/auth/o2/token')
          ? { ...response, body: response.body.replace('"expires_in":60', '"expires_in":3600') }
          : response,
    })
    world.advance(61_000)
    await world.connector.fetchOrder(id, world.call)
    world.advance(61_000)

    const outcome = await world.connector.confirmShipment(confirmation(id, line), world.call)

    expect(outcome.result).toBe('confirmed')
    expect(world.marketplace.ledger('seller').orders[0]?.shipments).toHaveLength(1)
  })
})

describe('offering stock', () => {
  test('sets the quantity and reports what Amazon still works on as accepted', async () => {
    const world = amazonWorld()
    const offers = [
      { channelSku: 'LAMP RED/1', quantity: 5, idempotencyKey: '1' },
      { channelSku: '', quantity: 5, idempotencyKey: '2' },
    ]

    const outcomes = await world.connector.offerStock?.(offers, world.call)

    expect(outcomes?.map((outcome) => outcome.result)).toEqual(['accepted', 'rejected'])
  })

  test('is refused when Amazon calls the listing invalid', async () => {
    const world = amazonWorld()
    const issues = [{ code: '90220', message: 'quantity is missing', severity: 'ERROR', categories: [] }]
    world.transport.tamper({
      answer: (request) =>
        request.method === 'PATCH'
          ? { status: 200, headers: {}, body: JSON.stringify({ sku: 'X', status: 'INVALID', submissionId: 's', issues }) }
          : undefined,
    })

    const outcomes = await world.connector.offerStock?.([{ channelSku: 'X', quantity: 5, idempotencyKey: '1' }], world.call)

    expect(outcomes).toEqual([{ result: 'rejected', code: 'amazon-listing-invalid', message: '90220 quantity is missing' }])
  })

  test.each(['H5-5xx-after', 'H9-html-200', 'H6-timeout-after'] as const)('leaves the outcome unknown after %s', async (kind) => {
    const world = amazonWorld()
    world.marketplace.faults.set([{ kind, operations: ['patchListingsItem'] }])

    const outcomes = await world.connector.offerStock?.([{ channelSku: 'X', quantity: 5, idempotencyKey: '1' }], world.call)

    expect(outcomes?.[0]?.result).toBe('unknown')
  })
})

describe('the consent of a seller', () => {
  test('is asked for on the seller’s own site of the region', () => {
    const url = new URL(amazon.consent?.authorizeUrl(amazonSettings.parse({ ...settings, applicationId: 'amzn1.sp.solution.x' })) ?? '')

    expect(`${url.origin}${url.pathname}`).toBe('https://sellercentral.amazon.com/apps/authorize/consent')
    expect(url.searchParams.get('application_id')).toBe('amzn1.sp.solution.x')
  })

  test('needs an application id, or else the operator learns the other way', () => {
    expect(() => amazon.consent?.authorizeUrl(amazonSettings.parse(settings))).toThrow(expect.objectContaining({ kind: 'config' }))
  })

  test('gives a refresh token that works from then on, without one in the settings', async () => {
    const world = amazonWorld({ settings: { refreshToken: undefined } })
    const { consentCodeOf } = await import('../../../sandbox/amazon/account.ts')
    const code = consentCodeOf({ account: 'seller' })
    const granted = await amazon.consent?.exchange(world.shop.settings, code, world.transport, world.now())
    const key = amazon.consent?.tokenKey(world.shop.settings)
    if (!granted || !key) throw new Error('there is a consent flow')
    await world.call.tokens.get({ ...key, renew: () => Promise.resolve(granted) })
    world.advance(61 * minuteMs)

    const page = await world.connector.fetchOrderChanges(undefined, world.call)

    expect(granted.refreshToken).toMatch(/^Atzr/)
    expect(page.hasMore).toBe(false)
  })

  test('is refused for a code that is wrong or old', async () => {
    const world = amazonWorld()

    const exchange = amazon.consent?.exchange(world.shop.settings, 'wrong', world.transport, world.now())

    await expect(exchange).rejects.toMatchObject({ kind: 'auth', code: 'amazon-code-refused' })
  })

  test('outlives the rotation of the client secret', () => {
    const before = amazonSettings.parse(settings)
    const after = amazonSettings.parse({ ...settings, clientSecret: 'rotated' })

    expect(amazon.consent?.tokenKey(after)).toEqual(amazon.consent?.tokenKey(before))
  })
})
