import { wish } from '../../../connectors/wish/index.ts'
import type { Shop } from '../../../core/model/shop.ts'
import type { OrderPage, ShipmentConfirmation } from '../../../core/ports/connector.ts'
import { addMs } from '../../../core/value/instant.ts'
import type { WishOptions } from '../../../sandbox/wish/index.ts'
import { fakeCallContext } from '../../fakes/fake-call-context.ts'
import { sandboxTransport } from '../../fakes/sandbox-transport.ts'
import { wishWorld } from '../../sandbox/wish/world.ts'
import { confirmationOf } from './sample-order.ts'

/** A shop on the simulated Wish. */
export function shopWorld(
  options: Partial<WishOptions> = {},
  settings: object = {},
  accountOptions: Readonly<Record<string, unknown>> = {},
) {
  const world = wishWorld(options, undefined, accountOptions)
  const shop: Shop = {
    id: 'wish-1',
    platform: 'wish',
    clientId: 'default',
    pollEveryMs: 300_000,
    overlapMs: 600_000,
    since: addMs(world.now(), -3_600_000),
    limits: {},
    settleMs: 1_000,
    settings: { ...world.settings, ...settings },
  }
  const transport = sandboxTransport(world.marketplace)
  const call = fakeCallContext({ clock: world.now })
  const connector = wish.create(shop, transport)
  const confirm = (id: string, changes: Partial<ShipmentConfirmation> = {}) =>
    connector.confirmShipment({ ...confirmationOf(id, world.now()), ...changes }, call)
  const readOn = async (since: string | undefined): Promise<OrderPage> => {
    const page = await connector.fetchOrderChanges(since, call)
    if (!page.hasMore) return page
    const rest = await readOn(page.nextCursor)
    return { ...rest, orders: [...page.orders, ...rest.orders], rejected: [...page.rejected, ...rest.rejected] }
  }
  return { ...world, readOn, ask: world.call, shop, transport, call, connector, confirm }
}
