import type { LedgerOrder, MarketplaceLedger } from '../../../core/audit/ledger.ts'
import type { OrderSnapshot } from '../../../core/model/order.ts'
import type { ShipmentConfirmation } from '../../../core/ports/connector.ts'
import type { Instant } from '../../../core/value/instant.ts'
import { homeAddress, snapshot, snapshotLine } from '../../fakes/order-snapshots.ts'
import { type ScriptedConnector, scriptedConnector } from '../../fakes/scripted-connector.ts'
import type { VirtualClock } from '../../fakes/virtual-clock.ts'
import type { Chance } from './chance.ts'

export interface Marketplace {
  readonly connector: ScriptedConnector
  /** Buyers order, cancel, move and change their minds. */
  live(): void
  ledger(): MarketplaceLedger
}

export interface MarketplaceOptions {
  /** The first parcel makes the whole order shipped, and an order takes one number. */
  readonly shipsWhole: boolean
  /** Everything is for the same person. */
  readonly oneBuyer: boolean
}

export function marketplace(chance: Chance, clock: () => VirtualClock, options: MarketplaceOptions): Marketplace {
  const orders = new Map<string, OrderSnapshot>()
  const base = scriptedConnector(3)
  const show = (order: OrderSnapshot): void => {
    const changed = { ...order, platformStatus: order.status.toUpperCase(), updatedAt: clock().now() }
    orders.set(order.platformOrderId, changed)
    base.put(changed)
    if (chance.happens(0.2)) base.put(changed)
  }
  const connector: ScriptedConnector = {
    ...base,
    async confirmShipment(confirmation, call) {
      const order = orders.get(confirmation.platformOrderId)
      if (!order || order.status === 'cancelled') return { result: 'rejected', code: 'order-cancelled', message: 'the order is cancelled' }
      if (!hasLeft(order, confirmation)) return { result: 'rejected', code: 'nothing-left', message: 'nothing is left to ship' }
      // Executed and shown at once: another call may be under way.
      const outcome = base.confirmShipment(confirmation, call)
      show(shippedBy(order, confirmation, options.shipsWhole))
      return outcome
    },
  }
  let count = 0
  return {
    connector,
    live() {
      if (chance.happens(0.5) && count < 6) {
        count += 1
        show(newOrder(chance, { id: String(count), now: clock().now(), oneBuyer: options.oneBuyer }))
      }
      const open = [...orders.values()].filter((order) => order.status !== 'shipped')
      if (open.length > 0 && chance.happens(0.15)) show(changedByBuyer(chance, chance.pick(open)))
    },
    ledger: () => ({
      platform: 'shopify',
      account: 'brand',
      orders: [...orders.values()].map((order) => ledgerOrder(order, base)),
      requests: [],
    }),
  }
}

interface Purchase {
  readonly id: string
  readonly now: Instant
  readonly oneBuyer: boolean
}

function newOrder(chance: Chance, { id, now, oneBuyer }: Purchase): OrderSnapshot {
  const lines = [snapshotLine({ quantity: 1 + chance.below(3) })]
  if (chance.happens(0.4)) lines.push(snapshotLine({ platformLineId: 'L2', channelSku: 'CH-BOX', quantity: 1 + chance.below(2) }))
  if (chance.happens(0.3)) lines.push(snapshotLine({ platformLineId: 'L3', channelSku: 'CH-GIFT', quantity: 1 + chance.below(2) }))
  const personal = { shipTo: homeAddress, buyer: { id: chance.happens(0.8) || oneBuyer ? 'ada' : 'grace' }, notes: {} }
  return snapshot(id, { purchasedAt: now, updatedAt: now, personal, lines, status: chance.happens(0.15) ? 'awaiting-payment' : 'open' })
}

function changedByBuyer(chance: Chance, order: OrderSnapshot): OrderSnapshot {
  if (order.status === 'cancelled') {
    const isUntouched = order.lines.every((line) => line.shippedQuantity === 0)
    return isUntouched ? { ...order, status: 'open', lines: order.lines.map((line) => ({ ...line, cancelledQuantity: 0 })) } : order
  }
  switch (chance.below(6)) {
    case 0:
      return {
        ...order,
        status: 'cancelled',
        lines: order.lines.map((line) => ({ ...line, cancelledQuantity: line.quantity - line.shippedQuantity })),
      }
    case 1:
      return { ...order, personal: { ...order.personal, shipTo: { ...homeAddress, line1: `${chance.below(99)} Other Street` } } }
    case 2:
      return { ...order, lines: order.lines.map((line) => ({ ...line, quantity: line.quantity + 1 })) }
    case 3:
      return {
        ...order,
        lines: order.lines.map((line) =>
          line.quantity > line.cancelledQuantity + line.shippedQuantity + 1
            ? { ...line, cancelledQuantity: line.cancelledQuantity + 1 }
            : line,
        ),
      }
    case 4:
      return { ...order, holds: order.holds.length === 0 ? [{ reason: 'risk-flagged', detail: 'the risk is HIGH' }] : [] }
    default:
      if (order.status === 'partially-shipped') return order
      return { ...order, status: order.status === 'open' ? 'awaiting-payment' : 'open' }
  }
}

function hasLeft(order: OrderSnapshot, confirmation: ShipmentConfirmation): boolean {
  return confirmation.lines.every(({ platformLineId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.platformLineId === platformLineId)
    return line !== undefined && line.shippedQuantity + quantity <= line.quantity
  })
}

function shippedBy(order: OrderSnapshot, confirmation: ShipmentConfirmation, whole: boolean): OrderSnapshot {
  const lines = order.lines.map((line) => {
    const parcel = confirmation.lines.filter((part) => part.platformLineId === line.platformLineId)
    const quantity = parcel.reduce((sum, part) => sum + part.quantity, 0)
    return { ...line, shippedQuantity: whole ? line.quantity - line.cancelledQuantity : line.shippedQuantity + quantity }
  })
  const isAll = lines.every((line) => line.shippedQuantity >= line.quantity - line.cancelledQuantity)
  return { ...order, lines, status: isAll ? 'shipped' : 'partially-shipped' }
}

function ledgerOrder(order: OrderSnapshot, { shipments }: ScriptedConnector): LedgerOrder {
  return {
    platformOrderId: order.platformOrderId,
    createdAt: order.purchasedAt,
    status: order.status,
    oursToShip: true,
    visible: true,
    lines: order.lines.map(({ platformLineId, channelSku, quantity, cancelledQuantity }) => ({
      platformLineId,
      channelSku,
      quantity,
      cancelledQuantity,
    })),
    shipments: (shipments.get(order.platformOrderId) ?? []).map(({ trackingNumber = '', lines }) => ({
      trackingNumber,
      at: order.updatedAt,
      throughApi: true,
      lines,
    })),
  }
}
