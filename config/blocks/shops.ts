import { z } from 'zod'
import type { Platform } from '../../core/model/order.ts'
import type { Shop } from '../../core/model/shop.ts'
import { duration, endpoint, identifier, instant, limits } from '../fields.ts'

const sinceMeaning = 'the moment from which orders are ours to ship, such as 2026-11-01T00:00:00Z; older ones are only recorded'

const since = z.string({
  error: (issue) => (issue.input === undefined ? `missing key "since": ${sinceMeaning}` : undefined),
})

const poll = z.strictObject(
  {
    every: duration.prefault('5m').describe('Time between two readings'),
    overlap: duration.prefault('10m').describe('How far each reading reaches back behind the last one'),
    since: since.pipe(instant).describe('Orders bought before it are recorded, never pushed'),
  },
  { error: (issue) => (issue.input === undefined ? `missing key "poll": { since: … }, ${sinceMeaning}` : undefined) },
)

/** One entry of `shops:`. `settings` is checked apart, by the connector's own schema. */
export const shopBlock = z.strictObject({
  id: identifier.describe('Your name for the shop; part of every order, so never change it'),
  platform: z.string(),
  client: identifier.default('default').describe('Whose goods the shop sells'),
  endpoint: endpoint.optional().describe('Replaces every host of the platform, for tests'),
  poll,
  limits: limits.prefault({}).describe('Rates that override the published ones, by operation or for all (default)'),
  settle: duration.prefault('2m').describe('Time between two probes of an unknown outcome'),
  settings: z.record(z.string(), z.unknown()),
})

/** shops.yaml and each file in shops/. */
export const shopsFile = z.strictObject({ shops: z.array(shopBlock) })

/** The shop as the product uses it; `settings` has passed the connector's schema. */
export function shopFrom(block: z.output<typeof shopBlock>, settings: unknown): Shop {
  return {
    id: block.id,
    platform: block.platform as Platform,
    clientId: block.client,
    ...(block.endpoint === undefined ? {} : { endpoint: block.endpoint }),
    pollEveryMs: block.poll.every,
    overlapMs: block.poll.overlap,
    since: block.poll.since,
    limits: block.limits,
    settleMs: block.settle,
    settings,
  }
}
