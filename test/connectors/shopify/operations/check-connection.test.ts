import { describe, expect, test } from 'vitest'
import { shopify } from '../../../../connectors/shopify/index.ts'
import { contractWorld, minuteMs } from '../../../contract/connector-world.ts'
import { harness } from '../shopify-world.ts'

describe('checking the connection to Shopify', () => {
  test('names store and domain, and warns of what is missing', async () => {
    const world = contractWorld(harness)

    const check = await world.connector.checkConnection(world.call)

    expect(check.account).toContain('contract.myshopify.com')
    expect(check.warnings).toEqual(['without the scope read_all_orders orders older than 60 days cannot be read'])
  })

  test('refuses an app without the scopes for fulfillment orders, naming them', async () => {
    const world = contractWorld({ ...harness, account: { scopes: ['read_orders'] } })

    await expect(world.connector.checkConnection(world.call)).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(/contract-shop.*read_merchant_managed_fulfillment_orders, write_merchant_managed_fulfillment_orders/),
    })
  })

  test('warns when another API version answers than the one asked for', async () => {
    const world = contractWorld(harness)
    const settings = { ...(world.shop.settings as object), apiVersion: '2024-10' }
    const connector = shopify.create({ ...world.shop, settings }, world.transport)

    const { warnings } = await connector.checkConnection(world.call)

    expect(warnings[0]).toContain('2024-10')
  })

  test('holds orders whose personal data the store does not let the app see', async () => {
    const world = contractWorld({ ...harness, account: { protectedData: 'denied' } })
    const id = world.place()
    world.advance(minuteMs)

    const order = (await world.readAll()).orders.get(id)

    expect(order?.holds.map((hold) => hold.reason)).toEqual(['pii-missing'])
    expect(order?.personalWithheld).toBe(true)
  })
})
