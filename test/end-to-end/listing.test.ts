import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderDocument } from '../../core/model/document.ts'
import { type House, openHouse } from './harness.ts'

interface Page {
  readonly orders: readonly OrderDocument[]
  readonly next: string | null
}

describe('npm run orders', () => {
  let house: House
  let ids: readonly string[]
  beforeAll(async () => {
    house = await openHouse()
    ids = [house.place('shopify'), house.place('shopify'), house.place('amazon'), house.place('wish'), house.place('ebay')]
    await house.json('sync', '--json')
  })
  afterAll(() => house.close())

  it('lists every order once over pages, with null at the end', async () => {
    const seen: string[] = []
    let next: string | null = null
    let pages = 0
    do {
      const after: readonly string[] = next === null ? [] : ['--after', next]
      const page: Page = await house.json<Page>('orders', 'list', '--limit', '2', '--json', ...after)
      seen.push(...page.orders.map((order) => order.platformOrderId))
      next = page.next
      pages += 1
    } while (next !== null)

    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect(pages).toBe(3)
  })

  it('lists one shop and one state alone', async () => {
    const page = await house.json<Page>('orders', 'list', '--shop', 'brand-us', '--state', 'in-fulfillment', '--json')
    const none = await house.json<Page>('orders', 'list', '--state', 'completed', '--json')

    expect(page.orders.map((order) => order.shop)).toEqual(['brand-us', 'brand-us'])
    expect(none).toEqual({ orders: [], next: null })
  })

  it.each([
    ['--limit', '501', '--limit must be a whole number from 1 to 500'],
    ['--limit', 'many', '--limit must be a whole number from 1 to 500'],
    ['--state', 'sent', '"sent" is not a state; there are awaiting-payment'],
    ['--colour', 'blue', "unknown option '--colour'"],
  ])('refuses %s %s with 2 and says why', async (option, value, message) => {
    const finished = await house.run('orders', 'list', option, value)

    expect(finished).toMatchObject({ code: 2, stdout: '' })
    expect(finished.stderr).toContain(message)
  })

  it('shows an order by its number, its platform id, and shop and platform id', async () => {
    const [platformOrderId = ''] = ids
    const { orderNo } = await house.document(platformOrderId)

    const shown = []
    for (const id of [orderNo, platformOrderId, `brand-us/${platformOrderId}`]) shown.push(await house.json('orders', 'show', id, '--json'))

    expect(shown).toMatchObject([{ orderNo }, { orderNo }, { orderNo }])
  })

  it('says with 2 that it does not know an order', async () => {
    const finished = await house.run('orders', 'show', 'NOBODY')

    expect(finished).toMatchObject({ code: 2, stdout: '' })
    expect(finished.stderr).toContain('no order NOBODY is known')
  })

  it('masks personal data unless it is asked for, and records who looked', async () => {
    const [id = ''] = ids

    const masked = await house.json<OrderDocument>('orders', 'show', id, '--json')
    const shown = await house.json<OrderDocument>('orders', 'show', id, '--json', '--pii')

    const events = await house.read((storage) => storage.read((stores) => stores.events.list(masked.orderNo)))
    expect(masked.shipTo).toMatchObject({ name: 'A***', line1: '1***', phone: '2***', postcode: '0***', country: 'US' })
    expect(shown.shipTo).toMatchObject({ name: 'Alex Sample', line1: '100 Example Street', postcode: '08817' })
    expect(events.filter((event) => event.type === 'personal-data-shown')).toMatchObject([{ data: { user: 'tester' } }])
  })
})
