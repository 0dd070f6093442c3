import nock from 'nock'
import { wish } from '../../../connectors/wish/index.ts'
import type { Shop } from '../../../core/model/shop.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { httpTransport } from '../../fakes/http-transport.ts'
import { confirmationOf } from './sample-order.ts'

export const host = 'https://merchant.wish.com'
export const secrets = { clientSecret: 'very-secret', refreshToken: 'refresh-1' }
export const token = {
  access_token: 'access-1',
  refresh_token: 'refresh-2',
  expiry_time: '2026-12-24T08:00:00.000Z',
  merchant_id: 'm-1',
  scopes: [],
}
export const ok = (data: unknown) => ({ message: '', code: 0, data })

export function shop(settings: object = {}): Shop {
  return {
    id: 'wish-1',
    platform: 'wish',
    clientId: 'default',
    pollEveryMs: 300_000,
    overlapMs: 600_000,
    since: '2026-11-01T00:00:00.000Z' as Instant,
    limits: {},
    settleMs: 1_000,
    settings: { clientId: '5d30f60e0a6fc464f4f376b0', ...secrets, ...settings },
  }
}

export const connect = (settings: object = {}) => wish.create(shop(settings), httpTransport())

export function refreshes(times = 1, answer: object = ok(token), status = 200) {
  return nock(host)
    .get('/api/v3/oauth/refresh_token')
    .query({
      client_id: '5d30f60e0a6fc464f4f376b0',
      client_secret: 'very-secret',
      refresh_token: 'refresh-1',
      grant_type: 'refresh_token',
    })
    .times(times)
    .reply(status, answer)
}

export function confirmation(trackingNumber: string) {
  return { ...confirmationOf('65a1b2c3d4e5f60718293a4b'), trackingNumber, carrierWord: 'FedEx', carrierName: 'FedEx' }
}
