import { describe, expect, test } from 'vitest'
import { shopify } from '../../../../connectors/shopify/index.ts'
import { contractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { harness } from '../shopify-world.ts'

const scopes = [
  'read_orders',
  'read_all_orders',
  'write_merchant_managed_fulfillment_orders',
  'read_products',
  'read_locations',
  'write_inventory',
]

describe('checking the connection to Shopify', () => {
  test('names store and domain, and warns of what is missing, such as old orders [shopify-trap-09]', async () => {
    const world = contractWorld(harness)

    const check = await world.connector.checkConnection(world.call)

    expect(check.account).toContain('contract.myshopify.com')
    expect(check.warnings).toEqual([expect.stringMatching(/^without the scope read_all_orders .* older than 60 days/)])
  })

  test('refuses an app without the scopes for fulfillment orders, naming them [shopify-trap-01] [shopify-auth-05]', async () => {
    const world = contractWorld({ ...harness, account: { scopes: ['read_orders'] } })

    await expect(world.connector.checkConnection(world.call)).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(/contract-shop.*read_merchant_managed_fulfillment_orders, write_merchant_managed_fulfillment_orders/),
    })
  })

  test('warns when another API version answers than the one asked for, and names the newest [shopify-auth-07] [shopify-trap-15]', async () => {
    const world = contractWorld(harness)
    const settings = { ...(world.shop.settings as object), apiVersion: '2024-10' }
    const connector = shopify.create({ ...world.shop, settings }, world.transport)

    const { warnings } = await connector.checkConnection(world.call)

    expect(warnings[0]).toBe('API version 2024-10 is no longer there and 2026-01 answers instead; set apiVersion to 2026-10')
  })

  test.each([
    ['2026-01', ['API version 2026-01 ends on 2027-01-01; set apiVersion to 2026-10 before']],
    ['2026-04', []],
  ])('of a store that asks for version %s warns %j [shopify-auth-08]', async (apiVersion, expected) => {
    const world = contractWorld({ ...harness, account: { scopes } })
    const connector = shopify.create({ ...world.shop, settings: { ...(world.shop.settings as object), apiVersion } }, world.transport)

    expect((await connector.checkConnection(world.call)).warnings).toEqual(expected)
  })

  test('warns when Shopify lists the version as unsupported [shopify-auth-08]', async () => {
    const world = contractWorld({ ...harness, account: { scopes } })
    const listed = '"handle":"2026-10","supported":'
    world.transport.tamper({ change: (response) => ({ ...response, body: response.body.replace(`${listed}true`, `${listed}false`) }) })

    const { warnings } = await world.connector.checkConnection(world.call)

    expect(warnings).toEqual(['API version 2026-10 is not supported; set apiVersion to 2026-07'])
  })

  test('tells that orders are kept from the app, in the words of Shopify, and so does the poll [shopify-auth-12] [shopify-error-12]', async () => {
    const world = contractWorld({ ...harness, account: { protectedData: 'orders-denied' } })
    const denied = {
      kind: 'auth',
      message: expect.stringMatching(
        /contract-shop: the app may not read or write orders on .*; Shopify says: .*not approved to access the Order object/,
      ),
    }

    await expect(world.connector.checkConnection(world.call)).rejects.toMatchObject(denied)
    await expect(world.readAll()).rejects.toMatchObject(denied)
  })

  test('warns when names and addresses are kept from the app [shopify-auth-10]', async () => {
    const world = contractWorld({ ...harness, account: { scopes, protectedData: 'denied' } })
    world.place()

    expect((await world.connector.checkConnection(world.call)).warnings).toEqual([
      expect.stringMatching(/^Shopify withholds names and addresses/),
    ])
  })

  test('holds orders whose personal data the store does not let the app see [shopify-auth-10]', async () => {
    const world = contractWorld({ ...harness, account: { protectedData: 'denied' } })
    const id = world.place()
    world.advance(minuteMs)

    const order = (await world.readAll()).orders.get(id)

    expect(order?.holds.map((hold) => hold.reason)).toEqual(['pii-missing'])
    expect(order?.personalWithheld).toBe(true)
  })
})
