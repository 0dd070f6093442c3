import { describe, expect, test } from 'vitest'
import { checkRequest, type SentRequest } from './official-requests.ts'

const get = (path: string): SentRequest => ({ method: 'GET', url: `http://127.0.0.1${path}` })
const post = (path: string, body: unknown): SentRequest => ({
  method: 'POST',
  url: `http://127.0.0.1${path}`,
  body: JSON.stringify(body),
})
const amazonOrders = '/orders/2026-01-01/orders?createdAfter=2026-11-24T08%3A00%3A00Z'
const ebayShipments = '/sell/fulfillment/v1/order/1/shipping_fulfillment'
const graphql = '/admin/api/2026-10/graphql.json'
const stock = '/public_open/inventory/get_product_inventory'

/** Without QUAYSIDE_SPECS there are no official models to check against, and these tests are shown as skipped. */
describe.skipIf(!process.env['QUAYSIDE_SPECS'])('a request that is compared with the official models', () => {
  test.each([
    ['amazon', get(amazonOrders)],
    ['ebay', get('/sell/fulfillment/v1/order?limit=50')],
    ['wish', get('/api/v3/orders?limit=50')],
    ['shopify', post(graphql, { query: '{ shop { name } }' })],
    ['goodcang', post(stock, { page: 1, pageSize: 200 })],
  ])('fits them for %s', (platform, request) => {
    expect(checkRequest(platform, request)).toEqual([])
  })

  test.each([
    ['amazon', 'parameter', get(`${amazonOrders}&pageSize=50`), 'searchOrders: the model knows no parameter pageSize'],
    ['amazon', 'type', get(`${amazonOrders}&maxResultsPerPage=many`), 'searchOrders maxResultsPerPage'],
    ['amazon', 'operation', get('/orders/2026-01-01/nothing'), 'no official operation'],
    ['ebay', 'parameter', get('/sell/fulfillment/v1/order?pageSize=50'), 'query parameter pageSize does not exist'],
    ['ebay', 'field', post(ebayShipments, { lineItems: [], carrier: 'UPS' }), '"carrier"'],
    ['ebay', 'operation', get('/sell/fulfillment/v1/nothing'), 'is in no official model'],
    ['wish', 'parameter', get('/api/v3/orders?pageSize=50'), 'GET /api/v3/orders query'],
    ['wish', 'operation', get('/api/v3/nothing'), 'no operation'],
    ['shopify', 'field', post(graphql, { query: '{ shop { nothing } }' }), 'Cannot query field "nothing"'],
    ['goodcang', 'missing field', post(stock, { page: 1 }), 'request.pageSize is missing'],
    ['goodcang', 'type', post(stock, { page: '1', pageSize: 200 }), 'request.page is not Int'],
    ['goodcang', 'operation', post('/public_open/order/nothing', {}), 'is in no official table'],
  ])('is found out on %s when its %s is wrong', (platform, _what, request, problem) => {
    expect(checkRequest(platform, request)?.join('; ')).toContain(problem)
  })

  test('is let through when the call is in no model', () => {
    expect(checkRequest('amazon', post('/auth/o2/token', {}))).toBeUndefined()
    expect(checkRequest('wish', { ...post('/api/v3/products/p1', {}), method: 'PUT' })).toBeUndefined()
  })
})
